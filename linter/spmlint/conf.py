"""Settings in layers, and the law by which one of them answers for a key.

A loader emits settings in the order its platform applies them and the last writer wins, so there is no precedence table.
Losers are kept. `Conf.get` walks the layers from the strongest; a layer that may hold a key nobody can see stops it with
`Opaque`.
"""

from __future__ import annotations

from spmlint.answer import Opaque
from spmlint.asked import FAMILY, SETTINGS
from spmlint.document.text import ESCAPED, Span, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from spmlint.asked import Word
    from spmlint.document.node import Scalar

    Keys: TypeAlias = "frozenset[str] | TemplatedKey"

LAUNCH, SUBMIT, START = 0, 1, 2
"""The moments at which a layer first appears: to the launcher, to the submitter, to the running driver."""


class Setting:
    """One key and value as a layer gives it.

    ``key`` is the Spark key it sets; ``label`` how the file spells it (``spec.executor.memory``, ``--executor-memory``);
    ``value`` its Text; ``name`` the key as written, where it is.
    """

    __slots__ = ("_name", "key", "label", "layer", "position", "shared", "value")

    def __init__(
        self,
        key: str,
        value: Text,
        *,
        name: Text | Scalar | None = None,
        label: str | None = None,
        shared: bool = False,
    ) -> None:
        self.key = key
        self.value = value
        self._name = name
        self.label = label or key
        self.shared = shared
        self.layer: Layer = _NOWHERE
        self.position = 0
        """How many settings stand before it in its layer."""

    @property
    def name(self) -> Text | None:
        """The Text of the key; None where there is none. Nearly always nobody asks for it."""
        name = self._name
        return name if name is None or isinstance(name, Text) else name.text

    @property
    def is_named(self) -> bool:
        """Whether the file holds the key."""
        return self._name is not None

    def span(self) -> Span:
        """Where the value stands: the place a finding about this setting points at."""
        return self.value.span()

    @property
    def is_editable(self) -> bool:
        """Whether replacing the value's span replaces this value and nothing else."""
        return self.value.is_verbatim and not self.shared

    @property
    def is_injected(self) -> bool:
        """Whether the platform, not a person, gives this value."""
        return self.layer.injected

    def where(self) -> str:
        """How a sum names it: ``spec.executor.memory, line 23``."""
        if self.layer.injected:
            return f"{self.key}, set by {self.layer.name}"
        return f"{self.label}, line {self.value.span().line}"

    def __repr__(self) -> str:
        return f"Setting({self.key!r}, {self.value!r})"


class TemplatedKey:
    """The keys that one with placeholders may come to be."""

    __slots__ = ("_head", "_parts")

    def __init__(self, name: Text) -> None:
        self._parts: list[str] = []
        at = 0
        for start, end in name.holes:
            self._parts.append(name.value[at:start])
            at = end
        self._head = self._parts[0]
        self._parts.append(name.value[at:])

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str) or not key.startswith(self._head):
            return False
        at = len(self._head)
        for part in self._parts[1:-1]:
            at = key.find(part, at)
            if at < 0:
                return False
            at += len(part)
        return key.endswith(self._parts[-1]) and len(key) - len(self._parts[-1]) >= at

    def may_begin(self, prefix: str) -> bool:
        """Whether one of them may begin with ``prefix``."""
        return self._head.startswith(prefix) or prefix.startswith(self._head)


class Layer:
    """Settings that one carrier gives at one moment, in writing order.

    ``opened`` holds what may hide further keys (an include, ``toYaml``, ``"$ARGS"``, an unseen file): after how many
    settings it stands, the reason, its place, and the only keys it may hide, None for any; a place of None means a fact
    nobody gave, which is not worth an entry in the report.
    ``classification`` names the EMR classification the layer belongs to; a layer with ``clears`` drops every weaker layer
    of its classification. ``since`` names the operator that gives the layer, and the release from which on it does.
    """

    __slots__ = ("classification", "clears", "injected", "moment", "name", "opened", "settings", "since")

    def __init__(
        self,
        name: str,
        settings: Iterable[Setting] = (),
        *,
        moment: int = LAUNCH,
        injected: bool = False,
        classification: str | None = None,
        clears: bool = False,
        since: tuple[str, tuple[int, ...]] | None = None,
    ) -> None:
        self.name = name
        self.since = since
        self.moment = moment
        self.injected = injected
        self.classification = classification
        self.clears = clears
        self.opened: list[tuple[int, str, Text | Span | None, Keys | None]] = []
        self.settings: list[Setting] = []
        for setting in settings:
            self.add(setting)

    def add(self, setting: Setting) -> None:
        """Append a setting; it beats every earlier one of the same key."""
        setting.layer = self
        setting.position = len(self.settings)
        self.settings.append(setting)

    def open(self, reason: str, place: Text | Span | None = None, keys: Keys | None = None) -> None:
        """Say that keys (any, or one of ``keys``) may be set here, after the settings added so far, that cannot be seen."""
        self.opened.append((len(self.settings), reason, place, keys))

    def open_key(self, name: Text) -> None:
        """Say that the key is set here that ``name``, which holds a placeholder, comes to be."""
        self.open(f"templated key {name.value}", name, TemplatedKey(name))

    def __repr__(self) -> str:
        return f"Layer({self.name!r}, {len(self.settings)} settings)"


_NOWHERE = Layer("nowhere")


class Conf:
    """The settings of a job at one moment, and the law that answers for a key."""

    __slots__ = ("_by_key", "_hidden", "_layers", "_open", "asked", "presume", "reads")

    def __init__(
        self, layers: Sequence[Layer], at: int = START, *, presume: bool = False, asked: list[Word] | None = None
    ) -> None:
        self._layers = _standing(layers, at)
        self.asked = [] if asked is None else asked
        """See `spmlint.asked`."""
        self.presume = presume
        """Take what nobody gave (an open layer without a place) for empty, as `explain` does and says."""
        self.reads: list[Setting] | None = None
        """Settings read since a recorder began to listen; None while nobody listens."""
        self._by_key: dict[str, list[tuple[int, Setting]]] = {}
        self._open = [(rank, layer) for rank, layer in enumerate(self._layers) if layer.opened]
        """The layers that may hide keys, strongest first."""
        self._open.reverse()
        hidden = [keys for _, layer in self._open for _, _, _, keys in layer.opened]
        listed = [keys for keys in hidden if isinstance(keys, frozenset)]
        self._hidden = frozenset[str]().union(*listed) if len(listed) == len(hidden) else None
        """The keys that they may hide; None where it may be any, or those of a pattern."""
        for rank, layer in enumerate(self._layers):
            for setting in layer.settings:
                self._by_key.setdefault(setting.key, []).append((rank, setting))

    @property
    def layers(self) -> list[Layer]:
        """The layers that are seen at that moment, the weakest first."""
        self.asked.append((SETTINGS,))
        return self._layers

    def get(self, key: str) -> str | None:
        """The value that holds for ``key``, as written; None where every layer is closed and none has it.

        Raises:
            Opaque: the value has a hole, or a layer that may hold the key cannot be seen.
        """
        setting = self.setting(key)
        return None if setting is None else setting.value.known()

    def setting(self, key: str) -> Setting | None:
        """The setting that wins for ``key``, or None. Raises `Opaque` like `get`, except for holes in its value."""
        self.asked.append(key)
        written = self._by_key.get(key)
        rank, setting = written[-1] if written else (-1, None)
        if self._hidden is None or key in self._hidden:
            for open_rank, layer in self._open:
                if open_rank <= rank:
                    break
                self._refuse_if_open(layer, key)
            if setting is not None:
                self._refuse_if_open(setting.layer, key, after=setting.position)
        if setting is None:
            return None
        if self.reads is not None:
            self.reads.append(setting)
        return setting

    def _refuse_if_open(self, layer: Layer, key: str, after: int = -1) -> None:
        for rank, reason, place, keys in layer.opened:
            if rank > after and (place is not None or not self.presume) and (keys is None or key in keys):
                raise Opaque(reason, place)

    def written(self, key: str) -> list[Setting]:
        """Every setting of ``key``, the one that wins first; never raises."""
        return list(self.by_strength(key))

    def by_strength(self, key: str) -> Iterator[Setting]:
        """The same, one after the other: a key may be written any number of times."""
        self.asked.append(key)
        return (setting for _, setting in reversed(self._by_key.get(key, ())))

    def winner(self, key: str) -> Setting | None:
        """The strongest setting of ``key`` that is written, whatever may hide above it; never raises."""
        self.asked.append(key)
        written = self._by_key.get(key)
        return written[-1][1] if written else None

    def keys(self) -> Iterable[str]:
        """The keys that are certainly written."""
        self.asked.append((FAMILY, ""))
        return self._by_key.keys()

    def keys_with(self, prefix: str) -> list[str]:
        """The written keys that begin with ``prefix``; raises `Opaque` where a layer may hold more of them."""
        self.asked.append((FAMILY, prefix))
        for _, layer in reversed(self._open):
            for _, reason, place, keys in layer.opened:
                if isinstance(keys, TemplatedKey):
                    hides = keys.may_begin(prefix)
                else:
                    hides = keys is None or any(key.startswith(prefix) for key in keys)
                if hides and (place is not None or not self.presume):
                    raise Opaque(reason, place)
        return [key for key in self._by_key if key.startswith(prefix)]

    def is_certain(self, key: str) -> bool:
        """Whether what answers for ``key`` can be seen, be it that nothing sets it."""
        try:
            self.setting(key)
        except Opaque:
            return False
        return True

    def settings(self) -> Iterator[Setting]:
        """Every setting, weakest layer first, in writing order."""
        self.asked.append((SETTINGS,))
        for layer in self._layers:
            yield from layer.settings

    def without(self, *keys: str) -> Conf:
        """The same settings as if nobody had written ``keys``: what the defaults would have been."""
        layers = []
        for layer in self._layers:
            kept = Layer(layer.name, moment=layer.moment, injected=layer.injected)
            kept.opened = layer.opened
            kept.settings = [setting for setting in layer.settings if setting.key not in keys]
            layers.append(kept)
        return Conf(layers, presume=self.presume, asked=self.asked)


def _standing(layers: Sequence[Layer], at: int) -> list[Layer]:
    """The layers seen at a moment, without those that a later layer of the same classification clears."""
    kept: list[Layer] = []
    cleared: set[str] = set()
    for layer in reversed(layers):
        if layer.moment > at or layer.classification in cleared:
            continue
        kept.append(layer)
        if layer.clears and layer.classification:
            cleared.add(layer.classification)
    kept.reverse()
    return kept


def injected(key: str, value: str, place: Span | Text, label: str | None = None) -> Setting:
    """A setting the platform gives, standing at the object it belongs to, or at the field it was computed from.

    ``label`` names that field.
    """
    span = place.span()
    text = Text(span.source, value, span.start, span.end, ((0, len(value), span.start, span.end, ESCAPED),))
    return Setting(key, text, label=label)
