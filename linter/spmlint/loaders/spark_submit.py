"""Commands that start Spark: spark-submit, pyspark, spark-shell, spark-sql and the servers that are started like them.

One command is one job, whatever carries it: a script, a Dockerfile, a container's arguments. What stands in ``--conf`` is
beaten by the options that stand for a key, except for those the launcher rewrites to ``--conf`` (`spmlint.spark.arguments`).
The settings of the machine (spark-defaults.conf) are not known and presumed empty; a named properties file is for the
linker to find.
"""

from __future__ import annotations

import re

from spmlint.answer import CLIENT, CLUSTER, JVM, PYTHON, Opaque, R, World
from spmlint.conf import Conf, Layer
from spmlint.document.holes import mark_words
from spmlint.document.text import Text
from spmlint.fragment import PROPERTIES_FILE, Fragment, Loaded
from spmlint.loaders.spark_defaults import properties_layer, with_master, world_of
from spmlint.loaders.submit_options import SubmitOptions, read_options
from spmlint.spark.arguments import ENDS_IT
from spmlint.trouble import COMMAND_DASH, COMMAND_KEY, COMMAND_REFUSED, COMMAND_UNFINISHED, Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_SUBMIT, _SHELL = False, True
_PROGRAMS: dict[str, tuple[bool, str | None]] = {
    "spark-submit": (_SUBMIT, None),
    "spark2-submit": (_SUBMIT, None),
    "spark3-submit": (_SUBMIT, None),
    "run-example": (_SUBMIT, JVM),
    "pyspark": (_SHELL, PYTHON),
    "pyspark3": (_SHELL, PYTHON),
    "sparkR": (_SHELL, R),
    "spark-shell": (_SHELL, JVM),
    "spark-sql": (_SHELL, JVM),
    "start-thriftserver.sh": (_SHELL, JVM),
    "start-connect-server.sh": (_SHELL, JVM),
}
"""What starts Spark, whether it brings its application itself, and the language of that."""

_SUBMIT_CLASS = "org.apache.spark.deploy.SparkSubmit"
_SUBMIT_VARIABLE = re.compile(r"\$\{?SPARK_?SUBMIT(?:_CMD|_BIN|_PATH|_COMMAND)?\}?", re.IGNORECASE)

_WRAPPERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("docker", "docker-compose", "podman", "nerdctl"), ("exec", "run")),
    **dict.fromkeys(("kubectl", "oc"), ("--",)),
    **dict.fromkeys(("conda", "mamba", "micromamba", "poetry", "pipenv", "uv", "pdm", "hatch", "pixi"), ("run",)),
    **dict.fromkeys(("$", "%", "command-runner.jar", "retry", "then"), ()),
    **dict.fromkeys(("env", "exec", "nohup", "time", "timeout", "nice", "ionice", "setsid", "stdbuf", "flock"), ()),
    **dict.fromkeys(("sudo", "su", "gosu", "su-exec", "tini", "dumb-init", "ssh", "srun", "numactl", "xvfb-run"), ()),
}
"""Programs that run the command behind them, and the words of which one has to stand between."""

_PACKAGES = (
    "install",
    "uninstall",
    "build",
    "pull",
    "push",
    "tag",
    "pip",
    "pip3",
    "apt",
    "apt-get",
    "yum",
    "dnf",
    "apk",
)
_FILES = (
    "which",
    "type",
    "man",
    "ls",
    "cat",
    "cp",
    "mv",
    "ln",
    "rm",
    "chmod",
    "chown",
    "find",
    "grep",
    "pgrep",
    "pkill",
)
_NO_RUN = frozenset((*_PACKAGES, *_FILES))
"""Words behind which a name is a package, an image or a file."""

_STARTS_NOTHING = frozenset((*ENDS_IT, "--kill", "--status"))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APPLICATION = re.compile(r".*\.(?:py|jar|R|r|egg|zip)", re.DOTALL)


class Program:
    """A word that starts Spark: its index, whether it brings its application itself, and the language of that."""

    __slots__ = ("brings_application", "index", "language")

    def __init__(self, index: int, brings_application: bool, language: str | None) -> None:
        self.index = index
        self.brings_application = brings_application
        self.language = language


def find_program(words: Sequence[Text]) -> Program | None:
    """The first word of a command that starts Spark, be it run by another program; None where there is none."""
    for index, word in enumerate(words):
        name = base_name(word)
        if name in _PROGRAMS:
            return Program(index, *_PROGRAMS[name]) if _is_run(words[:index]) else None
        if name == "spark-class" and index + 1 < len(words) and words[index + 1].value == _SUBMIT_CLASS:
            return Program(index + 1, _SUBMIT, None)
        if _SUBMIT_VARIABLE.fullmatch(word.value) and word.holes:
            return Program(index, _SUBMIT, None) if _is_run(words[:index]) else None
        if index == 0 and not word.holes and name not in _WRAPPERS:
            return None
    return None


def base_name(word: Text) -> str:
    """The name of a program without its folder."""
    return word.value.rstrip("/").rsplit("/", 1)[-1]


def _is_run(before: Sequence[Text]) -> bool:
    """Whether a command behind these words is run by them."""
    names = {base_name(word) for word in before}
    if names & _NO_RUN:
        return False
    needed = _WRAPPERS.get(base_name(before[0]), ()) if before else ()
    return not needed or bool(names.intersection(needed))


class Carrier:
    """What a command stands in: where its job goes, and what is known of it beforehand.

    ``example`` marks documentation, where half a command is enough to make a point.
    """

    __slots__ = ("example", "loaded", "namespace", "world", "written")

    def __init__(
        self, loaded: Loaded, world: World | None = None, *, namespace: str | None = None, example: bool = False
    ) -> None:
        self.loaded = loaded
        self.world = world or World()
        self.namespace = namespace
        self.example = example
        self.written: dict[str, Text] = {}
        """What the script has written to files so far, by their names."""


def load_submission(words: Sequence[Text], carrier: Carrier, following: Sequence[Text] = ()) -> bool:
    """Add the job that a command starts, if it starts one; returns whether it is a command of Spark.

    ``following`` are the words of the next command, which may have been meant as the rest of this one.
    """
    program = find_program(words)
    if program is None:
        return False
    behind = list(words[program.index + 1 :])
    if behind or program.brings_application:
        load_options(words[program.index], behind, carrier, program, following)
    return True


def load_options(
    place: Text,
    words: list[Text],
    carrier: Carrier,
    program: Program | None = None,
    following: Sequence[Text] = (),
) -> None:
    """Add the job that a list of words is, as spark-submit reads it; ``place`` is what to point at for all of it."""
    program = program or Program(0, _SUBMIT, None)
    read = read_options(words, mixed=program.brings_application)
    if any(option.name in _STARTS_NOTHING for option in read.arguments.options):
        return
    complete = read.problem is None or not carrier.example
    if complete:
        carrier.loaded.troubles.extend(_troubles(place, read, following))
    layer = read.layer("the command", place)
    if carrier.example:
        for setting in layer.settings:
            setting.value = mark_words(setting.value)
    if read.problem is not None and words:
        layer.open("spark-submit does not read beyond this word", words[min(read.problem.word, len(words) - 1)])
    fragment = Fragment(
        "spark-submit",
        place.span(),
        [layer],
        name=_name(place, read),
        namespace=carrier.namespace,
        world=_world(carrier.world, layer, read, program),
        complete=complete,
        main=read.main,
    )
    fragment.main_class = read.value("--class")
    named = read.value("--properties-file")
    written = carrier.written.get(named.value) if named is not None and not named.holes else None
    if written is not None:
        below = properties_layer(written, PROPERTIES_FILE)
        fragment.layers.insert(0, below)
        fragment.world = fragment.world.completed_by(world_of(below))
    elif named is not None:
        fragment.refers[PROPERTIES_FILE] = named
    carrier.loaded.fragments.append(fragment)


def _name(program: Text, read: SubmitOptions) -> str:
    name = read.value("--name")
    for text in (name, read.main):
        if text is not None and text.value and not text.holes:
            return text.value if text is name else base_name(text)
    return base_name(program)


def _world(world: World, layer: Layer, read: SubmitOptions, program: Program) -> World:
    conf = Conf([layer])
    named = read.value("--properties-file") is not None
    try:
        master = conf.setting("spark.master")
        if master is not None:
            holes = master.value.holes
            world = with_master(world, master.value.value[: holes[0][0]] if holes else master.value.value)
        mode = conf.setting("spark.submit.deployMode")
        if mode is not None and mode.value.value in (CLIENT, CLUSTER):
            world = world.narrowed("deploy mode", (mode.value.value,))
        elif mode is None and not named and len(world.options("deploy mode")) > 1:
            world = world.narrowed("deploy mode", (CLIENT,))
    except Opaque:
        pass  # a placeholder among the options may say otherwise
    languages = (program.language,) if program.language is not None else read.languages()
    return world if languages is None else world.narrowed("language", languages)


def _troubles(program: Text, read: SubmitOptions, following: Sequence[Text]) -> list[Trouble]:
    """What is wrong with the command itself."""
    found = []
    if read.main is not None and read.main.value[:1] in tuple(_DASHES):
        dash = read.main.span(0, 1)
        message = f"'{read.main.value}' begins with a typographic dash, so it is taken for the application"
        found.append(Trouble(COMMAND_DASH, dash, message, "write two hyphens: --"))
    for write in read.arguments.writes():
        if write.key_offset is not None and write.key != write.key.strip():
            place = read.words[write.word].span(write.key_offset, write.key_offset + len(write.key))
            found.append(Trouble(COMMAND_KEY, place, f"the key is '{write.key}' with its blank, which nothing reads"))
    problem = read.problem
    if problem is not None and problem.word < len(read.words):
        found.append(Trouble(COMMAND_REFUSED, read.words[problem.word].span(), problem.message))
    elif problem is not None and read.arguments.options:
        hint = ""
        if following and (following[0].value.startswith("--") or _APPLICATION.fullmatch(following[0].value)):
            hint = (
                f"line {read.words[-1].span().end_line} lacks a backslash at its end: the line below is run on its own"
            )
        found.append(
            Trouble(COMMAND_UNFINISHED, read.words[-1].span(), f"{base_name(program)}: {problem.message}", hint)
        )
    return found
