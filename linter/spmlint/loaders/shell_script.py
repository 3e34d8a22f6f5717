"""Shell scripts, and the pieces of shell that other files carry: every command in them that starts Spark or calls EMR."""

from __future__ import annotations

from spmlint.document.shell import Command, Variable, read_script
from spmlint.document.shell_words import split_words
from spmlint.document.text import Source, Text, join
from spmlint.fragment import OWN_LINE, Fragment, Loaded
from spmlint.loaders.aws_cli import load_call
from spmlint.loaders.embedded_file import load_file, load_manifest
from spmlint.loaders.spark_defaults import world_of
from spmlint.loaders.spark_submit import Carrier, base_name, find_program, load_options, load_submission
from spmlint.loaders.submit_options import read_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

COMMENTS = OWN_LINE

_SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh"))
_CLIENTS = frozenset(("kubectl", "oc", "k3s", "microk8s.kubectl"))
_REMOTE = frozenset((*_SHELLS, "ssh"))
"""Programs that read a script from a here-document."""

_PYSPARK_ARGUMENTS = "PYSPARK_SUBMIT_ARGS"
_MAX_DEPTH = 5
"""Scripts inside the strings of scripts."""


def load(source: Source, loaded: Loaded) -> None:
    """Add what a whole script starts."""
    load_script(source.whole(), Carrier(loaded))


def load_script(text: Text, carrier: Carrier, depth: int = 0) -> None:
    """Add the job of each command that starts one.

    A list of options that no command of the script reads is a part of a job, and the variable that pyspark reads is one.
    """
    script = read_script(text)
    for index, command in enumerate(script.commands):
        following = script.commands[index + 1].words if index + 1 < len(script.commands) else ()
        _load_command(command, carrier, following, depth)
    for variable in script.unread:
        _load_variable(variable, carrier)


def load_words(words: list[Text], carrier: Carrier) -> None:
    """Add what one command starts, whose words no shell has to cut."""
    if words:
        _load_command(Command(words[0].span(), words, [], []), carrier, (), 0)


def _load_command(command: Command, carrier: Carrier, following: Sequence[Text], depth: int) -> None:
    """Add what a command starts, by itself or through a shell."""
    words = command.words
    for name, value in command.environment:
        if name == _PYSPARK_ARGUMENTS:
            load_options(value, split_words(value), carrier)
    if load_submission(words, carrier, following) or depth > _MAX_DEPTH:
        return
    first = base_name(words[0])
    if first == "aws":
        load_call(words, carrier)
        return
    if command.heredocs:
        _take_file(first, command, carrier)
    inner = [words[at + 1] for at in range(len(words) - 1) if _takes_script(words, at)]
    if first == "eval" and len(words) > 1:
        inner.append(join(words[1:], " "))
    elif first == "ssh" and " " in words[-1].value:
        inner.append(words[-1])
    if first in _REMOTE:
        inner.extend(command.heredocs)
    for text in inner:
        load_script(text, carrier, depth + 1)


def _take_file(program: str, command: Command, carrier: Carrier) -> None:
    """Add what a file means that a command writes, or that ``kubectl`` reads, in a here-document."""
    named = command.output
    if program == "tee":
        named = next((word for word in command.words[1:] if not word.value.startswith("-")), None)
    if program in _CLIENTS and "-" in [word.value for word in command.words]:
        load_manifest(command.heredocs[-1], carrier.loaded)
    elif program in ("cat", "tee") and named is not None and not named.holes:
        carrier.written[named.value] = command.heredocs[-1]
        load_file(base_name(named), command.heredocs[-1], carrier.loaded)


def _takes_script(words: Sequence[Text], at: int) -> bool:
    """Whether the word behind ``at`` is a script: ``bash -lc '...'``, ``su - user -c '...'``."""
    option = words[at].value
    if not (option.startswith("-") and option.endswith("c") and option[1:2] != "-"):
        return False
    return any(base_name(word) in _SHELLS or word.value == "su" for word in words[:at])


def _load_variable(variable: Variable, carrier: Carrier) -> None:
    """Add the options that a variable holds, where nothing in the script says what becomes of them."""
    words = variable.texts if variable.is_array else split_words(variable.texts[0])
    if variable.name == _PYSPARK_ARGUMENTS and words:
        load_options(variable.texts[0], words, carrier)
        return
    program = find_program(words)
    if program is None and not any(word.value in ("--conf", "-c") for word in words):
        return
    layer = read_options(words[program.index + 1 :] if program else list(words), mixed=True).layer(variable.name)
    # Other programs take --conf too; theirs are not Spark's keys.
    if layer.settings and (program is not None or any(one.key.startswith("spark.") for one in layer.settings)):
        world = world_of(layer)
        place = words[0].span()
        fragment = Fragment("spark-submit options", place, [layer], name=variable.name, world=world)
        carrier.loaded.fragments.append(fragment)
