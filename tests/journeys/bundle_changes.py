"""Every way in which one part of a bundle's file is changed: a leaf, a cell, a byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from pingyi.rules import entry


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every leaf of a JSON value; what is empty is a leaf too."""
    parts = [*value.items()] if isinstance(value, dict) else [*enumerate(value)] if isinstance(value, list) else []
    if not parts:
        yield path
    for name, part in parts:
        yield from leaves(part, (*path, name))


def other(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value}1" if isinstance(value, str) else "1"


def changed_leaf(content: bytes, path: tuple[Any, ...]) -> bytes:
    """Return a JSON file with one leaf changed."""
    value = json.loads(content)
    at = value
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = other(at[path[-1]])
    return entry.canonical(value)


def changes(name: str, content: bytes) -> list[Callable[[], bytes]]:
    """Return every way in which one part of a file is changed: leaf by leaf, cell by cell, or some bytes."""
    if name.endswith(".json"):
        return [lambda path=path: changed_leaf(content, path) for path in leaves(json.loads(content))]
    if name.endswith(".csv"):
        rows = [line.split(",") for line in content.decode().splitlines()]
        cells = [(row, cell) for row in range(len(rows)) for cell in range(len(rows[row]))]
        return [lambda at=at: changed_cell(rows, *at) for at in cells]
    return [lambda at=at: content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :] for at in range(len(content))]


def changed_cell(rows: list[list[str]], row: int, cell: int) -> bytes:
    """Return a table with one cell changed."""
    copy = [[*line] for line in rows]
    copy[row][cell] += "1"
    return "".join(",".join(line) + "\n" for line in copy).encode()
