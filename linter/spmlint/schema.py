"""Validates configuration and facts against the schemas that ship with the package."""

from __future__ import annotations

import json
import os
from difflib import get_close_matches

from jsonschema import Draft202012Validator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def load_schema(name: str) -> dict[str, Any]:
    """A shipped schema by file name."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


def validate(data: Any, name: str) -> list[str]:
    """One line for each way ``data`` breaks the schema, with the nearest known name for an unknown key."""
    errors = sorted(
        Draft202012Validator(load_schema(name)).iter_errors(data), key=lambda error: list(map(str, error.path))
    )
    return [_describe(error) for error in errors]


def _describe(error: Any) -> str:
    where = ".".join(str(part) for part in error.absolute_path)
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        unknown = sorted(set(error.instance) - set(known))
        hints = []
        for key in unknown:
            near = get_close_matches(key, known, n=1)
            hints.append(f"unknown key {key!r}" + (f", did you mean {near[0]!r}?" if near else ""))
        message = "; ".join(hints)
    else:
        message = error.message
    return f"{where}: {message}" if where else message
