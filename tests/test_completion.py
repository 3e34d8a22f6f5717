"""Shell completion, asked of the shells themselves where they are installed."""

import argparse
import shutil
import subprocess

import pytest

from spmlint.arguments import SHELLS, make_parser
from spmlint.cli import main
from spmlint.registry import Registry
from spmlint.report import FORMATS

BASH = r"""
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_spmlint spmlint "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""

CODES = {row[0] for row in Registry().rows}
NAMES = {row[1] for row in Registry().rows}


def script(shell, capsys, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    assert main(["completion", shell]) == 0
    path = tmp_path / f"spmlint.{shell}"
    path.write_text(capsys.readouterr().out)
    return str(path)


def ask(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    return {line.partition("\t")[0] for line in result.stdout.splitlines()} - {""}


def flags(command):
    (commands,) = (action for action in make_parser()._actions if isinstance(action, argparse._SubParsersAction))
    return set(commands.choices[command]._option_string_actions)


CASES = [
    ("spmlint ch", {"check"}),
    ("spmlint check --format ", set(FORMATS)),
    ("spmlint check --format s", {"sarif"}),
    ("spmlint check --fix --fail-on ", {"error", "warning", "info", "never"}),
    ("spmlint explain --format ", {"text", "json", "html"}),
    ("spmlint completion ", set(SHELLS)),
    ("spmlint rule ", CODES | NAMES),
    ("spmlint rule SPM101 heap-below", {"heap-below-minimum"}),
    ("spmlint check --select heap-below", {"heap-below-minimum"}),
    ("spmlint check --select SPM704,heap-below", {"SPM704,heap-below-minimum"}),
]


@pytest.mark.parametrize(("line", "offered"), CASES)
def test_bash(capsys, tmp_path, line, offered):
    path = script("bash", capsys, tmp_path)
    assert ask("bash", "-uc", BASH, "bash", path, *line.split(" ")) == offered


def test_bash_offers_every_option_and_splits_words_at_the_equals_sign(capsys, tmp_path):
    path = script("bash", capsys, tmp_path)

    def offered(*words):
        return ask("bash", "-uc", BASH, "bash", path, "spmlint", *words)

    for command in ("check", "explain", "rule", "completion"):
        assert offered(command, "-") == flags(command)
    assert offered("check", "--format", "=", "js") == {"json"}
    assert offered("check", "--format", "=") == set(FORMATS)
    assert offered("check", "--output", "") == {f"{form}=" for form in FORMATS}
    assert offered("check", "--output", "sarif", "=", "") == set()
    assert offered("") > {"check", "explain", "rule", "--version"}


@pytest.mark.parametrize(("line", "offered"), CASES)
def test_fish(capsys, tmp_path, monkeypatch, line, offered):
    monkeypatch.setenv("HOME", str(tmp_path))
    path = script("fish", capsys, tmp_path)
    assert ask("fish", "-c", f"source {path}; complete -C {line!r}") == offered


def test_fish_offers_every_long_option(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    path = script("fish", capsys, tmp_path)
    for command in ("check", "explain", "rule", "completion"):
        offered = ask("fish", "-c", f"source {path}; complete -C 'spmlint {command} --'")
        assert offered == {flag for flag in flags(command) if flag.startswith("--")}


ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "TERM=dumb; autoload -Uz compinit && compinit -u -D && source $1"
zpty -w shell 'complete() { zle complete-word; print -r -- $BUFFER >~/new && mv ~/new ~/buffer }'
zpty -w shell "zle -N complete; bindkey '^I' complete; print -- RE''ADY"
zpty -r shell text '*READY*'
zpty -wn shell "$2"$'\t'
until [[ -e ~/buffer ]]; do sleep 0.05; done
cat ~/buffer
"""


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("spmlint che", "spmlint check "),
        ("spmlint check --format sar", "spmlint check --format sarif "),
        ("spmlint check --format=sar", "spmlint check --format=sarif "),
        ("spmlint check --hide-s", "spmlint check --hide-suppressed "),
        ("spmlint completion fi", "spmlint completion fish "),
        ("spmlint rule heap-below", "spmlint rule heap-below-minimum "),
        ("spmlint check --output gitl", "spmlint check --output gitlab="),
        ("spmlint check --select SPM704,heap-below", "spmlint check --select SPM704,heap-below-minimum"),
    ],
)
def test_zsh(capsys, tmp_path, monkeypatch, line, completed):
    monkeypatch.setenv("HOME", str(tmp_path))
    path = script("zsh", capsys, tmp_path)
    command = ["zsh", "-fc", ZSH, "zsh", path, line]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.stdout.rstrip("\n,") == completed
