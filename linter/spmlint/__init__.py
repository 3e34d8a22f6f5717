"""spmlint: what a Spark job's configuration will really do, before it runs.

The public API. Importing it costs nothing; each function imports what it needs.
"""

from __future__ import annotations

from spmlint.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spmlint.answer import Version, World
    from spmlint.config import Config
    from spmlint.finding import Report
    from spmlint.spark.footprint import Footprint

__all__ = ["__version__", "check", "footprint", "parse_duration", "parse_size"]


_worlds: dict[tuple[object, ...], World] = {}
"""The worlds `footprint` was asked about: there are a few hundred at most, and each answers any number of configurations."""


def check(paths: Iterable[str], *, config: Config | None = None) -> Report:
    """Lint files and folders; ``config`` stands for every configuration file that would be found above them.

    Raises:
        spmlint.config.ConfigError: a configuration or a facts file is wrong.
    """
    from spmlint.config import Configs
    from spmlint.run import check as run

    return run(paths, Configs(config))


def footprint(
    conf: Mapping[str, str],
    *,
    spark_version: str,
    manager: str = "kubernetes",
    deploy_mode: str = "cluster",
    language: str = "jvm",
    yarn_maximum_allocation_mib: int | None = None,
) -> Footprint:
    """What Spark makes of ``conf``: containers and heap regions, executors, and what is refused.

    ``manager`` is kubernetes, yarn, standalone, local or emr-serverless; ``deploy_mode`` cluster or client; ``language`` jvm,
    python or r. ``yarn_maximum_allocation_mib`` is yarn.scheduler.maximum-allocation-mb. ``.to_dict()`` of the result is the
    object that ``spmlint explain --format json`` prints: sizes in MiB, regions in bytes.

    Raises:
        ValueError: no such version, manager, mode or language; or a version outside 3.1 to 4.3.
    """
    from spmlint.answer import LANGUAGES, MANAGERS, MODES, World
    from spmlint.spark.footprint import footprint as compute

    for value, known in ((manager, MANAGERS), (deploy_mode, MODES), (language, LANGUAGES)):
        if value not in known:
            raise ValueError(f"{value!r} is none of {', '.join(known)}")
    key = (_version(spark_version), manager, deploy_mode, language)
    if key not in _worlds:
        questions = ("Spark version", "platform", "deploy mode", "language")
        _worlds[key] = World({question: (answer,) for question, answer in zip(questions, key, strict=True)})
    world = _worlds[key]
    return compute(conf, world, spark_version=spark_version, yarn_maximum_allocation_mib=yarn_maximum_allocation_mib)


def parse_size(text: str, *, unit: str = "b", spark_version: str) -> int:
    """``text`` in whole ``unit`` (b, k, m, g, t, p), which is also what a bare number counts.

    Raises:
        ValueError: exactly where Spark's JavaUtils.byteStringAs refuses.
    """
    from spmlint.answer import World
    from spmlint.spark.sizes import parse_size as parse

    return parse(text, unit, World().with_spark(_version(spark_version)).spark)


def parse_duration(text: str, *, unit: str = "ms", spark_version: str) -> int:
    """``text`` in whole ``unit`` (us, ms, s, m, h, d), which is also what a bare number counts.

    Raises:
        ValueError: exactly where Spark's JavaUtils.timeStringAs refuses.
    """
    from spmlint.spark.durations import parse_duration as parse

    _version(spark_version)
    return parse(text, unit)


def _version(text: str) -> Version:
    from spmlint.answer import SPARK_VERSIONS, parse_version

    version = parse_version(text)
    if version is None or version not in SPARK_VERSIONS:
        raise ValueError(f"Spark version {text!r} is not one of those modelled, 3.1 to 4.3")
    return version
