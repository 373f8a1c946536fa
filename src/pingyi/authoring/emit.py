"""A plan → YAML that an official can read: a Chinese head over each part, open choices marked at their line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pingyi.authoring.field_words import field_word
from pingyi.rules.plan import Plan

_HEAD = (
    "# 民主评议方案 · 数据文件。# 号后面是说明，不影响内容；改动后用 pingyi plan check 检查。",
    "# A plan for a democratic evaluation. Words after # explain; check changes with: pingyi plan check",
)
_CHOICE = "待定：取自预设 {preset}，请核对 · a choice to make"
_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff“《（][A-Za-z0-9_./+ \-\u4e00-\u9fff，。、；！？“”《》（）：·…〔〕％]*(?<! )")
_RESERVED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# The parts that say who and what come first, the machinery after, the provenance last.
_LAST = ("original", "choices")


def to_yaml(plan: Plan) -> str:
    """Return the plan as YAML; `authoring.read` reads it back without loss (§0)."""
    choices = {choice.path: choice.preset for choice in plan.choices if not choice.confirmed}
    lines = [*_HEAD]
    for field in _ordered(plan):
        value = getattr(plan, field.name)
        if _is_left_out(field, value):
            continue
        if is_dataclass(value) or isinstance(value, tuple):
            lines += ["", f"# {_title(field.name)}"]
        lines += _entry(field.name, value, path=field.name, indent="", choices=choices)
    return "\n".join(lines) + "\n"


def _ordered(plan: Plan) -> list[Field[object]]:
    named = list(fields(plan))
    return sorted(named, key=lambda field: field.name in _LAST)


def _title(name: str) -> str:
    zh, en = field_word(name)
    return f"{zh} · {en}"


def _is_left_out(field: Field[object], value: object) -> bool:
    """An empty value that the schema fills by itself says nothing; any other is written out."""
    return field.default is not MISSING and value == field.default and value in ("", (), None)


def _entry(name: str, value: object, *, path: str, indent: str, choices: dict[str, str]) -> Iterator[str]:
    note = f"  # {_CHOICE.format(preset=choices[path])}" if path in choices else ""
    if isinstance(value, tuple):
        yield f"{indent}{name}:{note}" if value else f"{indent}{name}: []{note}"
        for index, item in enumerate(value):
            yield from _item(item, path=f"{path}[{index}]", indent=indent + "  ", choices=choices)
    elif is_dataclass(value):
        yield f"{indent}{name}:{note}"
        yield from _mapping(value, path=path, indent=indent + "  ", choices=choices)
    else:
        yield f"{indent}{name}: {_scalar(value)}{note}"


def _item(value: object, *, path: str, indent: str, choices: dict[str, str]) -> Iterator[str]:
    note = f"  # {_CHOICE.format(preset=choices[path])}" if path in choices else ""
    if not is_dataclass(value):
        yield f"{indent}- {_scalar(value)}{note}"
        return
    lines = list(_mapping(value, path=path, indent=indent + "  ", choices=choices))
    yield f"{indent}- {lines[0].lstrip()}{note}"
    yield from lines[1:]


def _mapping(value: object, *, path: str, indent: str, choices: dict[str, str]) -> Iterator[str]:
    shown = 0
    for field in fields(value):  # type: ignore[arg-type]
        inner = getattr(value, field.name)
        if not _is_left_out(field, inner):
            shown += 1
            yield from _entry(field.name, inner, path=f"{path}.{field.name}", indent=indent, choices=choices)
    if not shown:
        field = fields(value)[0]  # type: ignore[arg-type]
        yield from _entry(field.name, getattr(value, field.name), path="", indent=indent, choices=choices)


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date):
        return str(value)
    return _words(str(value))


def _words(text: str) -> str:
    """Quote a string wherever YAML could read something else into it."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _RESERVED and "  " not in text and " -" not in text
    if is_plain and ": " not in text and not text.endswith(":"):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
