"""The tree of a text, walked along the schema: values, places and problems at once."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pingyi.authoring.field_words import field_word
from pingyi.authoring.problems import Problem
from pingyi.authoring.scalars import convert
from pingyi.authoring.shape import Slot, slots, stand_in
from pingyi.authoring.tree import Listing, Mapping, Node, Scalar
from pingyi.rules.plan import Plan

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_GONE = object()  # what could not be read and is left out


@dataclass(slots=True)
class _Marks:
    """Where a value stands, and its parts by the piece of path that leads to them."""

    line: int
    column: int
    parts: dict[str, _Marks] = field(default_factory=dict)


class Walk:
    """One walk over one text."""

    def __init__(self, *, unread: set[int]) -> None:
        """Begin a walk; `unread` are the lines that the parser had to leave out."""
        self.problems: list[Problem] = []
        self.ids: dict[str, dict[str, int]] = defaultdict(dict)
        self._unread = unread
        self._year: int | None = None

    def plan(self, root: Node) -> tuple[Plan | None, dict[str, tuple[int, int]]]:
        """Return the plan as far as it can be read, and the place of each of its parts."""
        self._year = _year_in(root)
        value, marks = self._part(Plan, root, path="")
        places: dict[str, tuple[int, int]] = {}
        _flatten(marks, "", places)
        return (value if isinstance(value, Plan) else None), places

    def _part(self, cls: type[Any], node: Node, *, path: str) -> tuple[object, _Marks]:
        marks = _Marks(node.line, node.column)
        if not isinstance(node, Mapping):
            self._report("not_a_mapping", node, path)
            return _GONE, marks
        known = slots(cls)
        values: dict[str, object] = {}
        for key, child in self._named(cls, node, path=path):
            value, marks.parts[key] = self._field(cls, known[key], child, path=_join(path, key))
            if value is not _GONE:
                values[key] = value
        is_whole = self._complete(cls, node, values, path=path)
        return (cls(**values) if is_whole else _GONE), marks

    def _named(self, cls: type[Any], node: Mapping, *, path: str) -> list[tuple[str, Node]]:
        """Return the entries that the schema knows, each once; the others are problems."""
        first: dict[str, int] = {}
        kept = []
        for key, child in node.entries:
            name = key.text
            if name in first:
                self._report("same_name_twice", key, path, key=name, first=first[name])
            elif name not in slots(cls):
                self._unknown_name(cls, key, path=path)
            else:
                first[name] = key.line
                kept.append((name, child))
        return kept

    def _unknown_name(self, cls: type[Any], key: Scalar, *, path: str) -> None:
        known = slots(cls)
        near = next((name for name in known if key.text in field_word(name, of=cls.__name__)), None)
        near = near or next(iter(get_close_matches(key.text.lower(), known, n=1, cutoff=0.6)), None)
        if near:
            self._report("unknown_name_near", key, path, key=key.text, suggestion=near)
        else:
            self._report("unknown_name", key, path, key=key.text, allowed=", ".join(known))

    def _complete(self, cls: type[Any], node: Mapping, values: dict[str, object], *, path: str) -> bool:
        """Report what is missing and fill in what the rest needs to open; False when that cannot be done."""
        written = {key.text for key, _ in node.entries}
        for slot in slots(cls).values():
            if not slot.is_required or slot.name in values:
                continue
            if slot.name not in written and not self._is_damaged(node):
                zh, en = field_word(slot.name, of=cls.__name__)
                self._report("missing", node, _join(path, slot.name), key=slot.name, word_zh=zh, word_en=en)
            filler = stand_in(slot)
            if filler is None:
                return False
            values[slot.name] = filler
        return True

    def _is_damaged(self, node: Mapping) -> bool:
        return not node.ends or any(node.line <= line <= node.ends for line in self._unread)

    def _field(self, cls: type[Any], slot: Slot, node: Node, *, path: str) -> tuple[object, _Marks]:
        marks = _Marks(node.line, node.column)
        if isinstance(node, Scalar) and node.is_null:
            if slot.is_required and not slot.may_be_none and not slot.is_list:
                zh, en = field_word(slot.name, of=cls.__name__)
                self._report("no_value", node, path, key=slot.name, word_zh=zh, word_en=en)
            return _GONE, marks
        if slot.is_list:
            return self._list(slot, node, path=path)
        if slot.is_part:
            return self._part(slot.kind, node, path=path)
        return self._scalar(slot.kind, node, path=path, is_id=slot.name == "id"), marks

    def _list(self, slot: Slot, node: Node, *, path: str) -> tuple[object, _Marks]:
        marks = _Marks(node.line, node.column)
        if not isinstance(node, Listing):
            self._report("not_a_list", node, path)
            return _GONE, marks
        kept: list[object] = []
        self._collect_ids(node, path=path)
        for number, item in enumerate(node.items):
            place = f"{path}[{number}]"
            if slot.is_part:
                value, inner = self._part(slot.kind, item, path=place)
            else:
                value, inner = self._scalar(slot.kind, item, path=place), _Marks(item.line, item.column)
            if value is not _GONE:
                marks.parts[f"[{len(kept)}]"] = inner
                kept.append(value)
        return tuple(kept), marks

    def _collect_ids(self, node: Listing, *, path: str) -> None:
        """Remember the ids of a list, of faulty items too, so that references to them are not blamed."""
        known = self.ids[re.sub(r"\[\d+\]", "[]", path)]
        seen: dict[str, int] = {}
        for item in node.items:
            entries = item.entries if isinstance(item, Mapping) else []
            value = next((child for key, child in entries if key.text == "id"), None)
            if not isinstance(value, Scalar) or value.is_null:
                continue
            if value.text in seen:
                self._report("same_id_twice", value, path, value=value.text, first=seen[value.text])
            seen.setdefault(value.text, value.line)
        known.update(seen)

    def _scalar(self, kind: type, node: Node, *, path: str, is_id: bool = False) -> object:
        if not isinstance(node, Scalar):
            self._report("not_text", node, path)
            return _GONE
        result = convert(node.text, to=kind, year=self._year)
        if result.code:
            self._report(result.code, node, path, **result.facts)
        elif is_id and not _ID.fullmatch(node.text):
            self._report("bad_id", node, path, value=node.text[:70])
        return result.value if result.is_read else _GONE

    def _report(self, code: str, node: Node, path: str, **facts: object) -> None:
        self.problems.append(Problem(code=code, path=path, line=node.line, column=node.column, facts=facts))


def _year_in(root: Node) -> int | None:
    for key, child in root.entries if isinstance(root, Mapping) else []:
        if key.text == "year" and isinstance(child, Scalar) and re.fullmatch(r"\d{4}", child.text):
            return int(child.text)
    return None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _flatten(marks: _Marks, path: str, places: dict[str, tuple[int, int]]) -> None:
    places[path] = (marks.line, marks.column)
    for piece, inner in marks.parts.items():
        _flatten(inner, path + piece if piece.startswith("[") else _join(path, piece), places)
