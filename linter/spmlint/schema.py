"""Validates configuration and facts against the schemas that ship with the package."""

from __future__ import annotations

import json
import os
import re
from difflib import get_close_matches

from jsonschema import Draft202012Validator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def load_schema(name: str) -> dict[str, Any]:
    """A shipped schema by file name."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


def validate(data: Any, name: str) -> list[str]:
    """One line for each way ``data`` breaks the schema, with the nearest known name for an unknown key."""
    return [message for _, message, _ in violations(data, name)]


def violations(data: Any, name: str) -> list[tuple[list[str | int], str, str | None]]:
    """Each way ``data`` breaks the schema: the path to the part at fault, what to say, and the key that is not known."""
    schema = load_schema(name)
    errors = sorted(Draft202012Validator(schema).iter_errors(data), key=lambda error: list(map(str, error.path)))
    return [found for error in errors for found in _described(error)]


def _described(error: Any) -> Iterator[tuple[list[str | int], str, str | None]]:
    path = list(error.absolute_path)
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    before = f"{where}: " if where else ""
    if error.validator != "additionalProperties":
        yield path, before + error.message, None
        return
    known = list(error.schema.get("properties", {}))
    patterns = error.schema.get("patternProperties", {})
    for key in sorted(set(error.instance) - set(known)):
        if any(re.search(pattern, key) for pattern in patterns):
            continue
        near = get_close_matches(key, known, n=1)
        yield path, f"{before}unknown key {key!r}" + (f", did you mean {near[0]!r}?" if near else ""), key
