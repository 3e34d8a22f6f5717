"""The arguments of spark-submit: their grammar, the keys they set, and which of two writers of one key wins.

Sources: ``SparkSubmitOptionParser``, ``SparkSubmitCommandBuilder``, ``SparkSubmitArguments``, ``SparkSubmit``.
Everything is told in word indices and offsets, so that whoever split the command can say where it stands.
"""

from __future__ import annotations

from spmlint.answer import JVM, PYTHON, V3_4, V4_0, V4_2, R

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from spmlint.answer import Version, Versions

CONF = "--conf"
KEY_OF = {
    "--archives": "spark.archives",
    "--deploy-mode": "spark.submit.deployMode",
    "--driver-class-path": "spark.driver.extraClassPath",
    "--driver-cores": "spark.driver.cores",
    "--driver-default-class-path": "spark.driver.defaultExtraClassPath",
    "--driver-java-options": "spark.driver.extraJavaOptions",
    "--driver-library-path": "spark.driver.extraLibraryPath",
    "--driver-memory": "spark.driver.memory",
    "--exclude-packages": "spark.jars.excludes",
    "--executor-cores": "spark.executor.cores",
    "--executor-memory": "spark.executor.memory",
    "--files": "spark.files",
    "--jars": "spark.jars",
    "--keytab": "spark.kerberos.keytab",
    "--master": "spark.master",
    "--name": "spark.app.name",
    "--num-executors": "spark.executor.instances",
    "--packages": "spark.jars.packages",
    "--principal": "spark.kerberos.principal",
    "--py-files": "spark.submit.pyFiles",
    "--queue": "spark.yarn.queue",
    "--remote": "spark.remote",
    "--repositories": "spark.jars.repositories",
    "--total-executor-cores": "spark.cores.max",
}
"""The options that stand for a key. (On YARN jars, files and archives end up under ``spark.yarn.dist.*``.)"""

_OTHER_OPTIONS = (
    CONF,
    "--class",
    "--extra-properties-file",
    "--kill",
    "--properties-file",
    "--proxy-user",
    "--status",
)
OPTIONS = frozenset((*KEY_OF, *_OTHER_OPTIONS))
"""Every option that takes a value."""

SWITCHES = frozenset(("--help", "--load-spark-defaults", "--supervise", "--usage-error", "--verbose", "--version"))
"""Every option that does not."""

SHORT = {"-c": CONF, "-h": "--help", "-v": "--verbose"}

SINCE: dict[str, Version] = {
    "--remote": V3_4,
    "--load-spark-defaults": V4_0,
    "--driver-default-class-path": V4_0,
    "--extra-properties-file": V4_2,
}
"""The options that only later releases know."""

ENDS_IT = frozenset(("--help", "--usage-error", "--version"))
"""Options after which spark-submit prints something and starts nothing."""

AS_CONF = frozenset(
    (
        "--driver-class-path",
        "--driver-default-class-path",
        "--driver-java-options",
        "--driver-library-path",
        "--driver-memory",
    )
)
"""Options that the launcher rewrites to ``--conf``: among them and ``--conf`` itself the last one wins. Every other option
beats ``--conf`` wherever it stands."""

_LINE_ENDS = frozenset("\n\r\u0085\u2028\u2029")


class Option:
    """One option as written: its long ``name``, the ``word`` it stands in, and its value.

    ``value_word`` and ``value_offset`` say where the value begins: in the next word, or behind the ``=`` of the same one.
    A switch has neither value nor place of one.
    """

    __slots__ = ("name", "value", "value_offset", "value_word", "word")

    def __init__(self, name: str, word: int, value: str | None, value_word: int, value_offset: int) -> None:
        self.name = name
        self.word = word
        self.value = value
        self.value_word = value_word
        self.value_offset = value_offset


class Write:
    """One key set by an option. The key stands at ``key_offset`` of ``word`` for ``--conf``, and nowhere (None) otherwise."""

    __slots__ = ("key", "key_offset", "option", "value", "value_offset", "word")

    def __init__(self, option: Option, key: str, key_offset: int | None, value: str, value_offset: int) -> None:
        self.option = option
        self.key = key
        self.key_offset = key_offset
        self.value = value
        self.word = option.value_word
        self.value_offset = value_offset


class Problem:
    """Where spark-submit stops reading and refuses, and why."""

    __slots__ = ("message", "word")

    def __init__(self, word: int, message: str) -> None:
        self.word = word
        self.message = message


class Arguments:
    """The arguments of one spark-submit.

    ``resource`` is the index of the word that names the application (None where it is missing); from index ``rest`` on
    every word belongs to the application. After a ``problem`` nothing more has been read.
    """

    __slots__ = ("options", "problem", "resource", "rest")

    def __init__(self, options: list[Option], resource: int | None, rest: int, problem: Problem | None) -> None:
        self.options = options
        self.resource = resource
        self.rest = rest
        self.problem = problem

    def last(self, name: str) -> Option | None:
        """The last option called ``name``: it is the one that counts."""
        return next((option for option in reversed(self.options) if option.name == name), None)

    def writes(self) -> list[Write]:
        """The keys the options set, in the order in which a later one beats an earlier one."""
        pasted = [_write(option) for option in self.options if option.name == CONF or option.name in AS_CONF]
        stronger = [_write(option) for option in self.options if option.name in KEY_OF and option.name not in AS_CONF]
        return [write for write in pasted + stronger if write is not None]


def _write(option: Option) -> Write | None:
    value = option.value or ""
    if option.name != CONF:
        return Write(option, KEY_OF[option.name], None, value, option.value_offset)
    key, equals, text = value.partition("=")
    if not equals:
        return None
    return Write(option, key, option.value_offset, text, option.value_offset + len(key) + 1)


def parse_arguments(words: Sequence[str], spark: Versions) -> Arguments:
    """Reads the words behind ``spark-submit``: options up to the application, then the application's own arguments.

    Never raises for what is wrong with the words: see ``Arguments.problem``.
    """
    options: list[Option] = []
    index = 0
    while index < len(words):
        word = words[index]
        name, value, offset = _split(word)
        name = SHORT.get(name, name)
        if (name in OPTIONS or name in SWITCHES) and not _known(name, spark):
            return Arguments(options, None, len(words), Problem(index, f"Spark knows {name} only in later releases"))
        if name in OPTIONS:
            option = Option(name, index, value, index, offset)
            if value is None:
                if index + 1 == len(words):
                    return Arguments(options, None, len(words), Problem(index, f"{word} lacks its value"))
                index += 1
                option.value, option.value_word, option.value_offset = words[index], index, 0
            options.append(option)
            if name == CONF and "=" not in (option.value or ""):
                problem = Problem(option.value_word, f"'{option.value}' is no key=value")
                return Arguments(options, None, len(words), problem)
        elif name in SWITCHES:
            options.append(Option(name, index, None, index, 0))
            if name in ENDS_IT:
                return Arguments(options, None, len(words), None)
        elif name.startswith("-"):
            return Arguments(options, None, len(words), Problem(index, f"spark-submit knows no option {name}"))
        else:
            return Arguments(options, index, index + 1, None)
        index += 1
    missing = None if _needs_nothing(options) else Problem(len(words), "the application is missing")
    return Arguments(options, None, len(words), missing)


def _split(word: str) -> tuple[str, str | None, int]:
    """The name in ``word`` and, of ``--name=value``, the value and its offset."""
    name, _, value = word.partition("=")
    if word.startswith("--") and len(name) > 2 and value and not _LINE_ENDS.intersection(value):
        return name, value, len(name) + 1
    return word, None, 0


def _known(name: str, spark: Versions) -> bool:
    return name not in SINCE or spark >= SINCE[name]


def _needs_nothing(options: Sequence[Option]) -> bool:
    return any(option.name in ("--kill", "--status") for option in options)


def language_of(resource: str) -> str:
    """The language of the application ``resource`` names: ``python``, ``r`` or ``jvm``."""
    if resource.endswith(".py") or resource == "pyspark-shell":
        return PYTHON
    if resource.endswith((".R", ".r")) or resource == "sparkr-shell":
        return R
    return JVM
