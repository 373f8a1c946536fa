"""The plan's JSON Schema, for editors that help while a plan is written."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from pingyi.authoring.enum_words import VALUES
from pingyi.authoring.field_words import field_word
from pingyi.rules.plan import FORMAT, Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the schema, each field with its name in Chinese and English."""
    made = TypeAdapter(Plan).json_schema()
    definitions: dict[str, Any] = made.get("$defs", {})
    for name, part in {**definitions, "Plan": made}.items():
        _name_fields(name, part)
    made["properties"]["format"] |= {"const": FORMAT}
    return {"$schema": DIALECT, "$id": f"urn:{FORMAT.replace('/', ':')}", **made}


def schema_text() -> str:
    """Return the schema as the text of `plans/plan.schema.json`."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _name_fields(name: str, part: dict[str, Any]) -> None:
    for field, entry in part.get("properties", {}).items():
        zh, en = field_word(field, of=name)
        entry["title"] = f"{zh} · {en}"
    if "enum" in part:
        words = [VALUES.get(f"{name}.{value}", (value, value)) for value in part["enum"]]
        part["description"] = "; ".join(
            f"{value}: {zh} · {en}" for value, (zh, en) in zip(part["enum"], words, strict=True)
        )
