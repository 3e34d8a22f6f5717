"""Rule packs of others: installed modules that a configuration names, each with its rules in ``RULES``.

A pack is imported by its name and uses `spmlint.rule` alone. Nothing is imported that no configuration names.
"""

from __future__ import annotations

from importlib import import_module

from spmlint.config import ConfigError
from spmlint.rule import Rule


def rules_of(pack: str) -> list[Rule]:
    """The rules of a pack.

    Raises:
        ConfigError: there is no such module, it fails as it is imported, or it has no ``RULES``.
    """
    try:
        module = import_module(pack)
    except (Exception, SystemExit) as error:
        name = type(error).__name__
        reason = str(error) if isinstance(error, ImportError) else f"{name}: {error}".removesuffix(": ")
        raise ConfigError(f"rule pack {pack!r} cannot be imported: {reason}") from None
    rules = getattr(module, "RULES", None)
    if not isinstance(rules, (list, tuple)) or not rules or not all(isinstance(rule, Rule) for rule in rules):
        raise ConfigError(f"rule pack {pack!r} has no RULES: a list of the Rule objects it brings")
    return list(rules)
