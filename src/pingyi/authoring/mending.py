"""A damaged passage of a document put right: the document is read anew, and what people changed since stays (§0)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from pingyi.authoring.prose import Draft, understand
from pingyi.authoring.prose.lost import find_lost, passage
from pingyi.rules.plan import Plan

Span = tuple[int, int]
_NEAR = 6  # characters on either side that tell one "?" from another
_OF_THE_IMPORT = frozenset({"id", "original", "choices"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Mended:
    """The document with the right words: read anew where nobody changed the plan, else what changes in it by path."""

    text: str
    draft: Draft | None
    values: dict[str, object]


def mended(plan: Plan, *, text: str, place: Span, words: str) -> Mended:
    """Put `words` at a damaged passage of the text that a plan was read from."""
    before, new_text = _read(plan, text), text[: place[0]] + words + text[place[1] :]
    after = _read(plan, new_text)
    if before.plan == plan and before.text == text:
        return Mended(text=after.text, draft=after, values={})
    values = dict(_read_anew(before.plan, plan, after.plan, ""))
    values |= _put_right_beside(plan, text, place, words, known=values)
    if plan.original is not None:
        told = set(plan.original.lost)
        left = [one for one in find_lost(text) if (one.start, one.end) != place and str(one) in told]
        moves = (moved((one.start, one.end), place, words) for one in left)
        values["original.lost"] = [str(passage(new_text, *span)) for span in moves]
    return Mended(text=new_text, draft=None, values=values)


def moved(span: Span, place: Span, words: str) -> Span:
    """Return where a stretch stands once other words stand at a place."""
    by = len(words) - (place[1] - place[0])
    start, end = (at if at <= place[0] else at + by if at >= place[1] else place[0] for at in span)
    return start, max(start, end)


def _read(plan: Plan, text: str) -> Draft:
    """Read a document's text as it was read when it was brought; its lines were joined then."""
    name, sha256 = (plan.original.name, plan.original.sha256) if plan.original else ("", "")
    return understand(text, name=name, year=plan.year, sha256=sha256, lines_are_whole=True)


def _read_anew(before: object, now: object, after: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield what the right words change in what was read and nobody changed since, where the lists still agree."""
    if is_dataclass(before) and type(before) is type(now) is type(after):
        for entry in fields(before):
            if entry.name not in _OF_THE_IMPORT:
                was, is_, will = (getattr(one, entry.name) for one in (before, now, after))
                yield from _read_anew(was, is_, will, f"{path}.{entry.name}" if path else entry.name)
    elif isinstance(before, tuple) and isinstance(now, tuple) and isinstance(after, tuple):
        if len(before) == len(now) == len(after):
            for number, (was, is_, will) in enumerate(zip(before, now, after, strict=True)):
                yield from _read_anew(was, is_, will, f"{path}[{number}]")
    elif before == now != after and not is_dataclass(after):
        yield path, _written(after)


def _written(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _put_right_beside(
    plan: Plan, text: str, place: Span, words: str, *, known: dict[str, object]
) -> Iterator[tuple[str, object]]:
    """Yield the other values that hold the passage: those that people wrote, and those of lists that were changed."""
    start, end = place
    found, before, after = text[start:end], text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    for path, value in _strings(plan, ""):
        new = _put_right(value, found, words, before=before, after=after)
        if new != value and path not in known:
            yield path, new


def _strings(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _strings(one, f"{path}[{number}]")
    elif is_dataclass(value):
        for entry in fields(value):
            at = f"{path}.{entry.name}" if path else entry.name
            if entry.name != "id" and at not in {"original.lost", "original.name", "original.sha256", "choices"}:
                yield from _strings(getattr(value, entry.name), at)


def _put_right(value: str, found: str, words: str, *, before: str, after: str) -> str:
    """Return a value with the right words wherever it holds the passage: what stands beside it must be the same."""
    parts, at = [], 0
    while (place := value.find(found, at)) >= 0:
        end = place + len(found)
        is_it = _ends_alike(value[:place], before) and _ends_alike(value[end:][::-1], after[::-1])
        parts += [value[at:place], words if is_it else found]
        at = end
    return "".join([*parts, value[at:]])


def _ends_alike(one: str, other: str) -> bool:
    """Whether two stretches end with the same sign; one that ends here says nothing against it."""
    one, other = one.rstrip(), other.rstrip()
    return not one or not other or one[-1] == other[-1]
