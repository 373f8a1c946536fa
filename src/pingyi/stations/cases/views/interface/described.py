"""The schema laid out for people: each operation with what it takes, what it answers, and a line to try it with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

Plain = dict[str, Any]
EXAMPLES: dict[str, Plain] = {
    "hand_in": {
        "kind": "complaint",
        "text": "柳溪路工地夜间施工",
        "external_number": "T-0081",
        "contact": {"phone": "13800000001"},
    },
    "hand_over_satisfaction": {"level": 4, "words": "比较满意"},
}
UPLOADS = {"lay_down"}
PATHS = {"{number}": "2026-000001", "{external_number}": "T-0081", "{receipt}": "7QK2M9BCDFGH"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One field or parameter."""

    name: str
    kind: str
    is_needed: bool
    description: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer of an operation."""

    status: str
    description: str
    fields: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    takes: tuple[Told, ...]
    body: tuple[Told, ...]
    answers: tuple[Answer, ...]
    problems: tuple[str, ...]
    example: str


def described(schema: Plain) -> list[Described]:
    """Return every operation, in the order of the addresses."""
    known = schema["components"]["schemas"]
    return [
        _operation(method, path, one, known)
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
    ]


def _operation(method: str, path: str, one: Plain, known: Plain) -> Described:
    taken = list(one.get("requestBody", {}).get("content", {}).values())
    body: Plain = taken[0]["schema"] if taken else {}
    good = {status: answer for status, answer in one["responses"].items() if status < "400"}
    return Described(
        id=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        description=one.get("description", ""),
        takes=tuple(_parameter(each) for each in one["parameters"]),
        body=tuple(_fields(body, known)),
        answers=tuple(_answer(status, answer, known) for status, answer in good.items()),
        problems=tuple(one["x-problems"]),
        example=_example(one["operationId"], method.upper(), path),
    )


def _answer(status: str, answer: Plain, known: Plain) -> Answer:
    words = {
        "200": pgettext("interface", "Done"),
        "201": pgettext("interface", "Made"),
        "202": pgettext("interface", "Kept, not done yet"),
    }
    shape = answer["content"]["application/json"]["schema"]
    return Answer(status=status, description=words.get(status, ""), fields=tuple(_fields(shape, known)))


def _parameter(one: Plain) -> Told:
    return Told(
        name=one["name"],
        kind=_kind(one["schema"]),
        is_needed=one["required"],
        description=one.get("description", ""),
    )


def _fields(shape: Plain, known: Plain, prefix: str = "") -> Iterator[Told]:
    """Yield the fields of a shape, those of shapes within it after a dot."""
    named, is_many = _within(shape)
    if not named and "properties" not in shape:
        return
    prefix = f"{prefix}[]." if is_many and prefix else f"{prefix}." if prefix else "[]." if is_many else ""
    shape = known[named] if named else shape
    for name, field in shape["properties"].items():
        inner, _many = _within(field)
        yield Told(
            name=f"{prefix}{name}",
            kind=_kind(field),
            is_needed=name in shape.get("required", ()),
            description=field.get("description", ""),
        )
        if inner and inner != "Case":
            yield from _fields(field, known, f"{prefix}{name}")


def _within(field: Plain) -> tuple[str, bool]:
    """Return the name of the shape within a field, and whether there are many of it."""
    for one in (field, *field.get("anyOf", ()), *field.get("allOf", ())):
        if "$ref" in one:
            return one["$ref"].rpartition("/")[2], False
        if one.get("type") == "array" and "$ref" in one.get("items", {}):
            return one["items"]["$ref"].rpartition("/")[2], True
    return "", False


def _kind(field: Plain) -> str:
    """What a field holds, in words."""
    if "anyOf" in field:
        return " · ".join(_kind(one) for one in field["anyOf"])
    if "enum" in field:
        return " | ".join(field["enum"])
    inner, is_many = _within(field)
    if inner:
        return "[{…}]" if is_many else "{…}"
    words = {
        "string": pgettext("interface", "text"),
        "integer": pgettext("interface", "whole number"),
        "boolean": "true/false",
        "null": "null",
    }
    formats = {
        "binary": pgettext("interface", "file"),
        "date": pgettext("interface", "day"),
        "date-time": pgettext("interface", "moment"),
    }
    type_ = str(field.get("type", ""))
    kind = formats.get(field.get("format", "")) or words.get(type_, type_)
    most = field.get("maxLength")
    return f"{kind} ≤ {most}" if most else kind


def _example(id_: str, method: str, path: str) -> str:
    for name, value in PATHS.items():
        path = path.replace(name, value)
    parts = [f"curl -H 'Authorization: Bearer KEY' ADDRESS{path}"]
    if id_ in UPLOADS:
        parts.append("-F 'file=@site.jpg'")
    elif method == "POST":
        parts.insert(1, "-H 'Content-Type: application/json'")
        parts.append(f"-d '{json.dumps(EXAMPLES[id_], ensure_ascii=False)}'")
    return " \\\n  ".join(parts)
