"""What each page of docs/reference/ says."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import typer
from django.utils.translation import override

import pingyi.rules
from pingyi.authoring.schema import schema
from pingyi.cli import app
from pingyi.record import uncovered
from pingyi.record.sentences import sentence
from pingyi.rules.actor import Role
from pingyi.rules.permissions import PERMISSIONS

PACKAGE = Path(pingyi.rules.__file__).resolve().parents[1]
REACHES = {"any": "●", "own_section": "section", "own": "own", "not_own": "not own"}


def verbs() -> str:
    """Every change that can be made: its sentence in both languages, and the function that makes it."""
    places = dict(_acted())
    rows = ((f"`{verb}`", _in("zh-hans", verb), _in("en", verb), places.get(verb, "–")) for verb in PERMISSIONS)
    return "# Verbs · 动作\n\nEach is one act: one entry in the record for each row it changes.\n\n" + _table(
        ("verb", "中文", "English", "where"), rows
    )


def permissions() -> str:
    """Who may do what, as `rules/permissions.py` says."""
    roles = [role for role in Role if any(role in row.reach for row in PERMISSIONS.values())]
    rows = (
        (f"`{verb}`", *(REACHES.get(row.reach[role].value, "?") if role in row.reach else "" for role in roles))
        for verb, row in PERMISSIONS.items()
    )
    head = (
        "# Permissions · 职权\n\n● every row; *section*: rows of the own section; *own*: rows about oneself;"
        " *not own*: rows that one did not make oneself. Empty: never.\n\n"
    )
    return head + _table(("verb", *(role.value.replace("_", " ") for role in roles)), rows)


def states() -> str:
    """The stages of each matter and its moves, as diagrams."""
    parts = [
        f"## `rules/{place}`\n\n```mermaid\nstateDiagram-v2\n"
        + "".join(f"    {start} --> {end}: {verb}\n" for start, verb, end in arrows)
        + "```\n"
        for place, arrows in _diagrams()
    ]
    return (
        "# Stages and moves · 状态\n\nA move that has no arrow here is refused. An arrow back to its own stage changes"
        " other things than the stage, or leads where the facts say.\n\n"
    ) + "\n".join(parts)


def settings() -> str:
    """Every environment variable."""
    fields: Mapping[str, Any] = importlib.import_module("pingyi.config.environment").Environment.model_fields
    rows = (
        (f"`PINGYI_{name.upper()}`", _default(field), str(field.description or "")) for name, field in fields.items()
    )
    return "# Settings · 设置\n\nAll come from the environment; none is needed.\n\n" + _table(
        ("variable", "default", "meaning"), rows
    )


def plan() -> str:
    """Every part and field of a plan."""
    made = schema()
    parts = [("Plan", made), *sorted(made["$defs"].items())]
    blocks = [_part(name, part) for name, part in parts]
    head = "# The plan's data · 方案数据\n\nThe same as `pingyi plan schema`, for reading. ● must be given.\n\n"
    return head + "\n".join(blocks)


def uncovered_columns() -> str:
    """The columns that no entry covers, by reason; what `pingyi verify` says of them."""
    found = list(uncovered.columns())
    head = (
        f"# Not covered · 不在覆盖之内\n\nThese {len(found)} columns of the database are covered by no entry and no"
        " binding: whoever changes one past the site is not named. `pingyi verify` says so each time, and why each may"
        " stay so. A column without a reason stops the house from starting.\n\n"
    )
    rows = (
        (_reason("zh-hans", why), _reason("en", why), ", ".join(f"`{name}`" for name, one in found if one == why))
        for why in dict.fromkeys(why for _, why in found)
    )
    return head + _table(("为什么", "why", "columns · 列"), rows)


def commands() -> str:
    """Every command with its words."""
    root = typer.main.get_command(app)
    return "# Commands · 命令\n\n" + "\n".join(_command(["./pingyi"], root))


def _in(language: str, verb: str) -> str:
    with override(language):
        return sentence(verb)


def _reason(language: str, why: str) -> str:
    with override(language):
        return str(uncovered.WHY[why])


def _acted() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" not in path.parts:
            for verb in re.findall(r'\bact\(\s*"([\w.]+)"', path.read_text(encoding="utf-8")):
                yield verb, f"`{path.relative_to(PACKAGE).as_posix()}`"


def _diagrams() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    for found in pkgutil.walk_packages(pingyi.rules.__path__, "pingyi.rules."):
        if ".tests" in found.name:
            continue
        for name, table in sorted(vars(importlib.import_module(found.name)).items()):
            arrows = _grouped(table) if name.endswith("MOVES") and isinstance(table, Mapping) else []
            if arrows:
                yield f"{found.name.removeprefix('pingyi.rules.').replace('.', '/')}.py", arrows


def _grouped(table: Mapping[Any, Any]) -> list[tuple[str, str, str]]:
    verbs: dict[tuple[str, str], list[str]] = {}
    for start, verb, end in _arrows(table):
        verbs.setdefault((start, end), []).append(verb)
    return [(start, ", ".join(names), end) for (start, end), names in verbs.items()]


def _arrows(table: Mapping[Any, Any]) -> Iterator[tuple[str, str, str]]:
    """Both forms of a table of moves: verb → (starts, end or None where it stays), and (verb, start) → end."""
    for key, value in table.items():
        if isinstance(key, tuple):
            verb, start = (str(getattr(part, "value", part)) for part in key)
            yield start, verb, _end(value, start)
        elif isinstance(value, tuple):
            for start in sorted(str(stage.value) for stage in value[0]):
                yield start, str(key), _end(value[1], start)


def _end(value: Any, start: str) -> str:
    return str(value.value) if isinstance(value, Enum) else start


def _default(field: Any) -> str:
    if field.default_factory is not None:
        return "`var/`"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`" if (
        field.default not in (None, "")
    ) else "–"  # fmt: skip


def _part(name: str, part: Mapping[str, Any]) -> str:
    if "enum" in part:
        return f"## {name}\n\n{part.get('description', ', '.join(map(str, part['enum'])))}\n"
    needed = part.get("required", ())
    rows = (
        (f"`{field}`", "●" if field in needed else "", entry.get("title", ""), _kind(entry))
        for field, entry in part.get("properties", {}).items()
    )
    return f"## {name}\n\n" + _table(("field", "", "名称 · name", "kind"), rows)


def _kind(entry: Mapping[str, Any]) -> str:
    if "$ref" in entry:
        name = entry["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in entry:
        return " or ".join(dict.fromkeys(_kind(one) for one in entry["anyOf"]))
    if entry.get("type") == "array":
        return f"list of {_kind(entry.get('items', {}))}"
    return str(entry.get("format") or entry.get("type") or entry.get("const") or "text")


def _command(path: list[str], command: Any) -> Iterator[str]:
    # Typer brings a click of its own, so a group is known by what it can do, not by its class.
    children: Mapping[str, Any] = getattr(command, "commands", {})
    if children:
        for name, child in sorted(children.items()):
            yield from _command([*path, name], child)
        return
    yield f"## `{' '.join(path)}`\n\n{(command.help or '').strip()}\n"
    shown = [one for one in command.params if not getattr(one, "hidden", False) and one.name != "help"]
    if shown:
        yield _table(("word", "meaning"), ((f"`{_word(one)}`", getattr(one, "help", "") or "") for one in shown))


def _word(one: Any) -> str:
    return ", ".join(one.opts) if one.param_type_name == "option" else str(one.name).upper()


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *(tuple(row) for row in rows)]
    made = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines]
    return "\n".join([made[0], "|" + "---|" * len(lines[0]), *made[1:]]) + "\n"
