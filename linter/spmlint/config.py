"""Configuration: ``[tool.spmlint]`` in pyproject.toml, or ``.spmlint.toml``, found by walking up from each file."""

from __future__ import annotations

import os

from spmlint.answer import CLIENT, LOCAL, World, parse_version
from spmlint.finding import WARNING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any


class ConfigError(Exception):
    """The configuration, the command line or a facts file is wrong; the run ends with exit status 2."""


class Config:
    """What a run is told besides the files. Every field has the default of a run without configuration.

    Paths in ``facts`` are absolute. ``select`` is None where no rule was chosen: then all run, without advice.
    """

    __slots__ = (
        "deploy_mode",
        "exclude",
        "facts",
        "fail_on",
        "ignore",
        "language",
        "manager",
        "packs",
        "per_file_ignores",
        "platform",
        "root",
        "select",
        "severity",
        "spark_version",
        "targets",
    )

    def __init__(self) -> None:
        self.root = os.getcwd()
        self.spark_version: str | None = None
        self.manager: str | None = None
        self.deploy_mode: str | None = None
        self.language: str | None = None
        self.platform: str | None = None
        self.facts: list[str] = []
        self.select: list[str] | None = None
        self.ignore: list[str] = []
        self.exclude: list[str] = []
        self.per_file_ignores: dict[str, list[str]] = {}
        self.severity: dict[str, str] = {}
        self.fail_on = WARNING
        self.packs: list[str] = []
        self.targets: list[dict[str, Any]] = []
        """What holds for the files of some ``paths`` only: facts, and the answers where the files do not say."""

    def world(self) -> World:
        """What is answered where the files do not say."""
        world = World()
        if self.spark_version is not None:
            version = parse_version(self.spark_version)
            if version is None:
                raise ConfigError(f"not a Spark version: {self.spark_version}")
            world = world.with_spark(version)
        if self.manager is not None:
            world = world.with_manager(self.manager)
        if self.platform is not None:
            if self.platform not in world.options("platform"):
                raise ConfigError(f"platform {self.platform} does not run on manager {self.manager}")
            world = world.narrowed("platform", (self.platform,))
        if self.deploy_mode is not None:
            world = world.narrowed("deploy mode", (self.deploy_mode,))
        elif self.manager == LOCAL:
            world = world.narrowed("deploy mode", (CLIENT,))
        if self.language is not None:
            world = world.narrowed("language", (self.language,))
        return world


class Configs:
    """Finds and remembers the configuration that holds for each folder.

    ``explicit`` holds for all (a configuration, or the path of one); ``isolated`` reads none; ``overrides`` are fields of
    `Config` that the command line gave and that beat every file's.
    """

    def __init__(
        self,
        explicit: Config | str | None = None,
        *,
        isolated: bool = False,
        overrides: Mapping[str, Any] | None = None,
    ) -> None:
        self._overrides = dict(overrides or {})
        self._isolated = isolated
        if isinstance(explicit, str):
            explicit = read_config(explicit)
        self._explicit = self._overridden(explicit) if explicit else None
        self._by_folder: dict[str, Config] = {}
        self._by_target: dict[tuple[int, ...], Config] = {}

    def for_path(self, path: str) -> Config:
        """The configuration of a file: the nearest one above it, or the defaults; with its ``targets`` for that path."""
        if self._explicit is not None:
            found = self._explicit
        else:
            found = self._for_folder("" if self._isolated else os.path.dirname(os.path.abspath(path)))
        return self._aimed(found, path) if found.targets else found

    def _aimed(self, config: Config, path: str) -> Config:
        """``config`` as its targets have it for one path: their facts come on top, later answers win, the command line
        beats both.
        """
        from copy import copy

        from spmlint.discovery import matches

        aims = [n for n, target in enumerate(config.targets) if matches(path, target["paths"], config.root)]
        key = (id(config), *aims)
        if aims and key not in self._by_target:
            aimed = copy(config)
            for target in (config.targets[n] for n in aims):
                for field, value in _fields(target, config.root):
                    if field not in self._overrides:
                        setattr(aimed, field, [*aimed.facts, *value] if field == "facts" else value)
            self._by_target[key] = aimed
        return self._by_target[key] if aims else config

    def _for_folder(self, folder: str) -> Config:
        known = self._by_folder.get(folder)
        if known is None:
            own = _config_in(folder) if folder else Config()
            if own is not None:
                known = self._overridden(own)
            else:
                parent = os.path.dirname(folder)
                known = self._for_folder("" if parent == folder else parent)
            self._by_folder[folder] = known
        return known

    def _overridden(self, config: Config) -> Config:
        for field, value in self._overrides.items():
            setattr(config, field, value)
        return config


def _config_in(folder: str) -> Config | None:
    own = os.path.join(folder, ".spmlint.toml")
    if os.path.isfile(own):
        return read_config(own)
    project = os.path.join(folder, "pyproject.toml")
    if os.path.isfile(project):
        with open(project, "rb") as file:
            if b"[tool.spmlint" in file.read():
                return read_config(project)
    return None


def read_config(path: str) -> Config:
    """Read and validate one configuration file.

    Raises:
        ConfigError: it cannot be read, is not TOML, or does not match the schema (config.schema.json).
    """
    import tomllib

    try:
        with open(path, "rb") as file:
            data: dict[str, Any] = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    if os.path.basename(path) == "pyproject.toml":
        data = data.get("tool", {}).get("spmlint", {})
    from spmlint.schema import validate

    problems = validate(data, "config.schema.json")
    if problems:
        raise ConfigError("\n".join(f"{path}: {problem}" for problem in problems))
    return _config_of(data, os.path.dirname(os.path.abspath(path)))


def _config_of(data: Mapping[str, Any], root: str) -> Config:
    config = Config()
    config.root = root
    for field, value in _fields(data, root):
        setattr(config, field, value)
    return config


def _fields(data: Mapping[str, Any], root: str) -> Iterator[tuple[str, Any]]:
    """The fields of a `Config` that a table of the file sets; paths of facts are relative to the file."""
    for key, value in data.items():
        if key == "facts":
            yield key, [os.path.join(root, path) for path in value]
        elif key != "paths":
            yield key.replace("-", "_"), value
