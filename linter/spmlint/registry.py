"""Which rules there are, and which modules a run must import for what it found.

The built-in pack ships a generated table (`spmlint_rules.index`) that says of each rule's checks what they declare, so that
only the rules that have something to look at are imported.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from spmlint.rule import Check, Rule

    Declared = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], bool]
    Row = tuple[str, str, str, tuple[Declared, ...]]
    """A rule's code, name and module; of each check the subject, triggers, what it explains, platforms, whether advice."""

BUILTIN_PACK = "spmlint_rules"

THE_REST = "*"
"""What a check explains that tells of every refusal no other check explains."""


class Registry:
    """The rules of the built-in pack and of the packs named in the configuration."""

    def __init__(self, packs: Sequence[str] = ()) -> None:
        """Read the table of the built-in pack and import the ``packs``.

        Raises:
            ConfigError: a pack cannot be imported, or a rule of it has a code or name that another one has.
        """
        self.rows: list[Row] = list(import_module(f"{BUILTIN_PACK}.index").INDEX)
        self._foreign: dict[str, Rule] = {}
        self._modules = {code: module for code, _, module, _ in self.rows}
        if packs:
            from spmlint.packs import rules_of

            for pack in packs:
                for rule in rules_of(pack):
                    self._refuse_clash(rule, pack)
                    self.add(rule)

    def _refuse_clash(self, rule: Rule, pack: str) -> None:
        for name in (rule.code, rule.name):
            code = self.code_of(name)
            if code is not None:
                from spmlint.config import ConfigError

                owner = "spmlint itself" if code not in self._foreign else "another rule of a pack"
                raise ConfigError(f"rule pack {pack!r}: {rule.code} {rule.name} clashes with {code} of {owner}")

    def add(self, rule: Rule) -> None:
        """Take a rule that is not of the built-in pack."""
        self._foreign[rule.code] = rule
        self.rows.append((rule.code, rule.name, "", tuple(check.declared for check in rule.checks)))

    def rule(self, code: str) -> Rule:
        """The rule of that code, imported now."""
        if code in self._foreign:
            return self._foreign[code]
        rule: Rule = import_module(f"{BUILTIN_PACK}.{self._modules[code]}").rule
        return rule

    def page(self, code: str) -> str:
        """The rule's page: the docstring of its module."""
        import sys

        self.rule(code)
        if code in self._foreign:
            function = self._foreign[code].checks[0].function
            return sys.modules[function.__module__].__doc__ or ""
        return import_module(f"{BUILTIN_PACK}.{self._modules[code]}").__doc__ or ""

    def code_of(self, name: str) -> str | None:
        """The code of a rule given by code (any case) or name."""
        wanted = name.lower()
        return next((row[0] for row in self.rows if wanted in (row[0].lower(), row[1])), None)

    def no_rule(self, name: str) -> str:
        """What to say of a name that no rule has: the message names the nearest."""
        from difflib import get_close_matches

        near = get_close_matches(name, [word for row in self.rows for word in row[:2]], n=1)
        return f"no rule {name!r}" + (f", did you mean {near[0]!r}?" if near else "")

    def needed(self, wanted: set[str]) -> set[str]:
        """The rules that have to run for ``wanted`` to be told.

        What no rule explains is only known once all that explain have been heard, wanted or not.
        """
        explaining = {row[0]: {cause for check in row[3] for cause in check[2]} for row in self.rows}
        if not any(THE_REST in explaining[code] for code in wanted):
            return wanted
        return wanted | {code for code, causes in explaining.items() if causes}

    def checks(
        self,
        subjects: Iterable[str],
        words: Set[str],
        platforms: Iterable[str],
        wanted: Set[str] | None,
        chosen: Set[str] = frozenset(),
    ) -> list[Check]:
        """The checks of the ``wanted`` rules (None: all) that have something to say.

        They look at one of ``subjects``, one of ``words`` triggers them, and what they are about may happen on one of
        ``platforms``. Advice is given by the ``chosen`` rules alone.
        """
        kinds, possible = set(subjects), set(platforms)
        found: list[Check] = []
        for code, _, _, declared in self.rows:
            if wanted is not None and code not in wanted:
                continue
            speaking = [
                number
                for number, (subject, triggers, _, places, advice) in enumerate(declared)
                if subject in kinds
                and is_triggered(triggers, words)
                and not (places and possible.isdisjoint(places))
                and not (advice and code not in chosen)
            ]
            if speaking:
                checks = self.rule(code).checks
                found.extend(checks[number] for number in speaking)
        return found


def is_triggered(triggers: Sequence[str], words: Set[str]) -> bool:
    """Whether one of ``triggers`` is among ``words``; no triggers means always, a trailing ``*`` any ending."""
    if not triggers:
        return True
    for trigger in triggers:
        if trigger in words:
            return True
        if trigger.endswith("*") and any(word.startswith(trigger[:-1]) for word in words):
            return True
    return False
