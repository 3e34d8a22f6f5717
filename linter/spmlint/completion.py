"""Scripts that let bash, zsh and fish complete the command line, made from the parser: what it knows, they offer."""

from __future__ import annotations

import argparse
from shlex import quote

from spmlint.arguments import make_parser
from spmlint.registry import Registry
from spmlint.report import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_BASH = """\
# bash completion of spmlint; source it, or put it into ~/.local/share/bash-completion/completions/spmlint
_spmlint_words() {{
    local head=
    [[ $cur == *,* ]] && head=${{cur%,*}},
    COMPREPLY=($(compgen -P "$head" -W "$1" -- "${{cur##*,}}"))
}}
_spmlint() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command= word
    COMPREPLY=()
    # bash makes a word of its own of the sign in --format=json.
    [[ $cur == = ]] && cur=
    [[ $prev == = ]] && prev=${{COMP_WORDS[COMP_CWORD-2]}}
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case $word in {commands}) command=$word; break;; esac
    done
    case $command,$prev in
{values}
    esac
    case $command,$cur in
{words}
    esac
}}
complete -o default -o bashdefault -F _spmlint spmlint
"""

_ZSH = """\
#compdef spmlint
# zsh completion of spmlint; source it, or put it as _spmlint into a folder of $fpath
_spmlint_reports() {{ if compset -P '*='; then _files; else compadd -S '' -- {reports}; fi }}
_spmlint_rules() {{ _values -s , rule {rules}; }}
_spmlint() {{
    local context state state_descr line
    typeset -A opt_args
    _arguments -C {options} '1:command:(({commands}))' '*::argument:->argument'
    [[ $state == argument ]] || return
    case $words[1] in
{cases}
    esac
}}
if [[ ${{funcstack[1]-}} == _spmlint ]]; then _spmlint "$@"; else compdef _spmlint spmlint; fi
"""

_FISH_TOP = "complete -c spmlint -n __fish_use_subcommand"
_FISH = """\
# fish completion of spmlint; source it, or put it into ~/.config/fish/completions/spmlint.fish
function __spmlint_rules
    printf '%s\\n' {rules}
end
{lines}
"""


def script(shell: str) -> str:
    """The script for ``shell``: bash, zsh or fish."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _commands() -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Name, help and parser of every command."""
    (commands,) = (action for action in make_parser()._actions if isinstance(action, argparse._SubParsersAction))
    helps = {action.dest: action.help or "" for action in commands._choices_actions}
    return {name: (helps[name], parser) for name, parser in commands.choices.items()}


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]


def _positional(parser: argparse.ArgumentParser) -> argparse.Action:
    """The one argument a command has that is no option, which may be given several times."""
    (found,) = (action for action in parser._actions if not action.option_strings)
    return found


def _is_file(action: argparse.Action) -> bool:
    return action.metavar in ("FILE", "PATH")


def _is_rule_list(action: argparse.Action) -> bool:
    return action.metavar == "RULE,..."


def _rules() -> str:
    return " ".join(word for row in Registry().rows for word in row[:2])


def _values(action: argparse.Action) -> list[str]:
    """The words an option's value, or an argument, is one of; empty where it is free or a file."""
    if action.choices is not None:
        return [str(choice) for choice in action.choices]
    if action.metavar in ("RULE", "RULE,..."):
        return _rules().split()
    if action.metavar == "FORMAT=FILE":
        return [f"{form}=" for form in FORMATS]
    return []


def _bash() -> str:
    commands = _commands()
    values, words = [], []
    for name, (_, parser) in commands.items():
        for action in _options(parser):
            pattern = "|".join(f"{name},{flag}" for flag in action.option_strings)
            offered = " ".join(_values(action))
            if offered:
                spaceless = " compopt -o nospace 2>/dev/null;" if offered.endswith("=") else ""
                values.append(f"        {pattern}) _spmlint_words {quote(offered)};{spaceless} return;;")
            elif action.nargs != 0:
                values.append(f"        {pattern}) return;;")
        flags = " ".join(flag for action in _options(parser) for flag in action.option_strings)
        words.append(f"        {name},-*) _spmlint_words {quote(flags)};;")
        arguments = " ".join(_values(_positional(parser)))
        if arguments:
            words.append(f"        {name},*) _spmlint_words {quote(arguments)};;")
    top = " ".join([*commands, *(flag for action in _options(make_parser()) for flag in action.option_strings)])
    words.append(f"        ,*) _spmlint_words {quote(top)};;")
    return _BASH.format(commands="|".join(commands), values="\n".join(values), words="\n".join(words))


def _zsh() -> str:
    cases = []
    for name, (_, parser) in _commands().items():
        positional = _positional(parser)
        several = "*" if positional.nargs == "*" else ""
        told = " ".join([*_zsh_options(parser), quote(f"{several}:{positional.dest}:{_zsh_value(positional)}")])
        cases.append(f"        {name}) _arguments -s {told};;")
    return _ZSH.format(
        reports=" ".join(f"{form}=" for form in FORMATS),
        rules=_rules(),
        options=" ".join(_zsh_options(make_parser())),
        commands=" ".join(f'{name}\\:"{_zsh_text(said)}"' for name, (said, _) in _commands().items()),
        cases="\n".join(cases),
    )


def _zsh_options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in _options(parser):
        value = (
            "" if action.nargs == 0 else f":{str(action.metavar or action.dest).replace(':', ' ')}:{_zsh_value(action)}"
        )
        again = "*" if isinstance(action, argparse._AppendAction | argparse._ExtendAction) else ""
        for flag in action.option_strings:
            glued = "=" if value and flag.startswith("--") else ""
            yield quote(f"{again}{flag}{glued}[{_zsh_text(action.help or '')}]{value}")


def _zsh_value(action: argparse.Action) -> str:
    if _is_file(action):
        return "_files"
    if _is_rule_list(action):
        return "_spmlint_rules"
    if action.metavar == "FORMAT=FILE":
        return "_spmlint_reports"
    return f"({' '.join(_values(action))})" if _values(action) else " "


def _zsh_text(text: str) -> str:
    return "".join(f"\\{char}" if char in "[]:\\" else char for char in text if char not in "\"'`$")


def _fish() -> str:
    lines = []
    for name, (said, parser) in _commands().items():
        lines.append(f"{_FISH_TOP} -f -a {name} -d {_fish_text(said)}")
        here = f"complete -c spmlint -n '__fish_seen_subcommand_from {name}'"
        lines.extend(f"{here} {_fish_option(action)}" for action in _options(parser))
        positional = _positional(parser)
        if not _is_file(positional):
            lines.append(f"{here} -f{_fish_offer(positional)}")
    lines.extend(f"{_FISH_TOP} {_fish_option(action)}" for action in _options(make_parser()))
    return _FISH.format(rules=_rules(), lines="\n".join(lines))


def _fish_option(action: argparse.Action) -> str:
    flags = [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in action.option_strings]
    takes_file = _is_file(action) or action.metavar == "FORMAT=FILE"
    value = "" if action.nargs == 0 else (" -r -F" if takes_file else " -x") + _fish_offer(action)
    return f"{' '.join(flags)}{value} -d {_fish_text(action.help or '')}"


def _fish_offer(action: argparse.Action) -> str:
    if _is_rule_list(action):
        return " -a '(__fish_complete_list , __spmlint_rules)'"
    values = " ".join(_values(action))
    return f" -a {_fish_text(values)}" if values else ""


def _fish_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
