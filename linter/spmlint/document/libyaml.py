"""libyaml's event parser as PyYAML wraps it, without the rest of PyYAML.

``import yaml`` also loads a whole second implementation in Python with its regular expressions: that takes longer than
reading a manifest, and nothing here uses it. So the extension module is imported beside the few modules it works with, and
in place of the others stand empty ones that hold the exception it wants from them. Where that does not work (another layout
of PyYAML, or ``yaml`` is loaded already) the package is imported as usual.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import PathFinder
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SHARED = ("error", "tokens", "events", "nodes")
_EXCEPTIONS = {
    "reader": "ReaderError",
    "scanner": "ScannerError",
    "parser": "ParserError",
    "composer": "ComposerError",
    "constructor": "ConstructorError",
    "emitter": "EmitterError",
    "serializer": "SerializerError",
    "representer": "RepresenterError",
}
"""What the extension imports from the modules that are not loaded."""


class LibyamlMissing(ImportError):
    """PyYAML was installed without libyaml; its own parser reads some files differently and takes 17 times as long."""


def load_parser() -> Any:
    """The class ``CParser``.

    Raises:
        LibyamlMissing: PyYAML has no extension module here.
    """
    loaded = sys.modules.get("yaml._yaml")
    if loaded is None:
        if "yaml" not in sys.modules:
            _load_extension()
        try:
            loaded = import_module("yaml._yaml")
        except ImportError:
            raise LibyamlMissing("PyYAML is installed without libyaml; install a wheel of it") from None
    return loaded.CParser


def _load_extension() -> None:
    """Import ``yaml._yaml`` into a package of stand-ins, and take these away again."""
    spec = PathFinder.find_spec("yaml")
    if spec is None or spec.submodule_search_locations is None:
        return
    package: Any = ModuleType("yaml")
    package.__path__ = list(spec.submodule_search_locations)
    stand_ins = {"yaml": package}
    sys.modules["yaml"] = package
    try:
        for name in _SHARED:
            setattr(package, name, import_module(f"yaml.{name}"))
        for name, exception in _EXCEPTIONS.items():
            base = package.error.YAMLError if name == "reader" else package.error.MarkedYAMLError
            module: Any = ModuleType(f"yaml.{name}")
            setattr(module, exception, type(exception, (base,), {"__init__": _keep} if name == "reader" else {}))
            stand_ins[module.__name__] = sys.modules[module.__name__] = module
            setattr(package, name, module)
        import_module("yaml._yaml")
    except (ImportError, AttributeError):
        sys.modules.pop("yaml._yaml", None)
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _keep(error: Any, name: str, position: int, character: object, encoding: str, reason: str) -> None:
    """As yaml.reader.ReaderError does."""
    error.name, error.position, error.character = name, position, character
    error.encoding, error.reason = encoding, reason
