"""The difference of two plans, item by item, in words that an official reads (§0)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from pingyi.authoring.gist import UNTOLD, gist
from pingyi.authoring.places import place_word
from pingyi.authoring.values import is_english, say_value
from pingyi.rules.plan import Plan

MESSAGES: dict[str, tuple[str, str]] = {
    "added": ("新增{place}：{after}", "Added to {place}: {after}"),
    "removed": ("删去{place}：{before}", "Removed from {place}: {before}"),
    "changed": ("{place}：由“{before}”改为“{after}”", "{place}: changed from '{before}' to '{after}'"),
    "reordered": ("{place}：顺序由“{before}”改为“{after}”", "{place}: order changed from '{before}' to '{after}'"),
}
_IN_ORDER = {"grades", "tie_sources", "options"}


class DifferenceKind(StrEnum):
    """What happened to one place of the plan."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One difference; `part` is the plan's part, `path` the place in the new plan (in the old, if removed)."""

    kind: DifferenceKind
    part: str
    path: str
    place: tuple[str, str]  # Chinese, English
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")

    def sentence(self, language: str = "zh") -> str:
        """Say what is different."""
        tongue = is_english(language)
        words = {"place": self.place[tongue], "before": self.before[tongue], "after": self.after[tongue]}
        return MESSAGES[self.kind.value][tongue].format(**words)

    def as_json(self) -> dict[str, object]:
        """Return plain values, for `--json`."""
        return {
            "kind": self.kind.value,
            "part": self.part,
            "path": self.path,
            "zh": self.sentence("zh"),
            "en": self.sentence("en"),
        }


def diff(before: Plan, after: Plan) -> list[Difference]:
    """Return what the second plan changes in the first; equal orders give an empty list."""
    return list(_Comparison(before, after).parts(before, after, path=""))


class _Comparison:
    """Two plans side by side."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self._before, self._after = before, after

    def parts(self, old: object, new: object, *, path: str) -> Iterator[Difference]:
        """Compare two values of the same dataclass, field by field."""
        for entry in fields(old):  # type: ignore[arg-type]
            if entry.name in UNTOLD:
                continue
            one, two = getattr(old, entry.name), getattr(new, entry.name)
            if one != two:
                place = f"{path}.{entry.name}" if path else entry.name
                yield from self._values(one, two, path=place, field=entry.name)

    def _values(self, one: object, two: object, *, path: str, field: str) -> Iterator[Difference]:
        if is_dataclass(one) and is_dataclass(two):
            yield from self.parts(one, two, path=path)
        elif isinstance(one, tuple) and isinstance(two, tuple):
            yield from self._lists(one, two, path=path, field=field)
        else:
            yield self._changed(DifferenceKind.CHANGED, path, field, one, two)

    def _lists(
        self, one: tuple[object, ...], two: tuple[object, ...], *, path: str, field: str
    ) -> Iterator[Difference]:
        old, new = _by_key(one), _by_key(two)
        for key, (number, item) in old.items():
            if key not in new:
                yield self._only(DifferenceKind.REMOVED, f"{path}[{number}]", path, field, item)
        for key, (number, item) in new.items():
            if key not in old:
                yield self._only(DifferenceKind.ADDED, f"{path}[{number}]", path, field, item)
            elif is_dataclass(item) and item != old[key][1]:
                yield from self.parts(old[key][1], item, path=f"{path}[{number}]")
        kept = [[key for key in side if key in old and key in new] for side in (old, new)]
        if field in _IN_ORDER and kept[0] != kept[1]:
            yield self._changed(DifferenceKind.REORDERED, path, field, one, two)

    def _only(self, kind: DifferenceKind, path: str, around: str, field: str, item: object) -> Difference:
        plan = self._before if kind is DifferenceKind.REMOVED else self._after
        words = (gist(item, field=field, plan=plan), gist(item, field=field, plan=plan, language="en"))
        sides = {"before": words} if kind is DifferenceKind.REMOVED else {"after": words}
        return Difference(kind=kind, part=_part(path), path=path, place=self._place(plan, around), **sides)

    def _changed(self, kind: DifferenceKind, path: str, field: str, one: object, two: object) -> Difference:
        before = tuple(say_value(one, field=field, plan=self._before, language=tongue) for tongue in ("zh", "en"))
        after = tuple(say_value(two, field=field, plan=self._after, language=tongue) for tongue in ("zh", "en"))
        return Difference(
            kind=kind,
            part=_part(path),
            path=path,
            place=self._place(self._after, path),
            before=(before[0], before[1]),
            after=(after[0], after[1]),
        )

    def _place(self, plan: Plan, path: str) -> tuple[str, str]:
        return place_word(plan, path), place_word(plan, path, language="en")


def _by_key(items: Sequence[object]) -> dict[object, tuple[int, object]]:
    """Key a list's items by what identifies them, so that a moved item is not a new one."""
    keyed: dict[object, tuple[int, object]] = {}
    for number, item in enumerate(items):
        key = next((getattr(item, name) for name in ("id", "path", "criterion") if getattr(item, name, "")), None)
        if key is None and is_dataclass(item):
            key = getattr(item, "kind", None)
        key = item if key is None else key
        keyed[key if key not in keyed else (key, number)] = (number, item)
    return keyed


def _part(path: str) -> str:
    return path.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
