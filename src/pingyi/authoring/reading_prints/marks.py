"""The marks of a print: sources, indicators, scales, and adjustments."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import Any

from pingyi.authoring.printing.blocks import BlockKind
from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import (
    CLEAR,
    NUMBER,
    UnreadError,
    bare,
    fixed,
    matches,
    member,
    number,
    optional,
    read,
    share,
    unless_none,
    whole,
)
from pingyi.authoring.reading_prints.ranks import ranks
from pingyi.authoring.reading_prints.sheets import Seen
from pingyi.authoring.reading_prints.splitting import noted, parted, unmarked
from pingyi.rules.plan.measure import (
    Adjustment,
    Bonus,
    Deductions,
    Empty,
    Figure,
    Indicator,
    Measure,
    Option,
    Reading,
    Scale,
    Source,
    SourceKind,
    Veto,
    VetoEffect,
)

Row = tuple[str, ...]


def marks(context: Context) -> dict[str, Any]:
    """Return the plan's fields about marks, without the votes."""
    sources = _table(context, "sources", "sources", lambda row, at: _source(row, context))
    scales = context.each("scales", context.blocks("marks", "scales"), lambda one: _scale(one.text, context))
    return {
        "sources": sources,
        "scales": scales,
        "indicators": _indicators(context),
        **_adjustments(context),
        **ranks(context),
    }


def rows_of(block: Seen, *codes: str, tongue: str) -> list[Row]:
    """Return the rows under the printer's head of a table, or raise `UnreadError` where it is another table."""
    head = [bare(word(code, language=tongue)) for code in codes]
    is_ours = block.kind is BlockKind.TABLE and [bare(cell) for cell in block.rows[0]] == head
    if not is_ours or any(len(row) != len(head) for row in block.rows):
        raise UnreadError(block.text[:80])
    return block.rows[1:]


def _table(context: Context, sub: str, path: str, make: Any) -> tuple[Any, ...]:
    heads = ("name", "kind", "weight", "empty", "reading")
    for block in context.blocks("marks", sub):
        try:
            found = tuple(make(row, at) for at, row in enumerate(rows_of(block, *heads, tongue=context.tongue)))
        except UnreadError:
            continue
        context.places.append((path, block))
        return found
    return ()


def _source(row: Row, context: Context) -> Source:
    name, kind, weight, empty, reading = row
    tongue = context.tongue
    by_kind = context.said("by_kind", reading=fixed(Reading, tongue))
    found = {
        "kind": member(SourceKind, kind, tongue),
        "weight": share(weight),
        "empty": member(Empty, empty, tongue),
        "reading": None if matches(reading, by_kind) else member(Reading, reading, tongue),
    }
    one, short = context.names["sources"].add(name)
    return Source(id=one, name=short, **found)  # type: ignore[arg-type]


def _indicators(context: Context) -> tuple[Indicator, ...]:
    """Read both tables: what each indicator belongs to, and how it is measured."""
    blocks = context.blocks("marks", "indicators")
    tables = [one for one in blocks if one.kind is BlockKind.TABLE]
    try:
        first, second = tables
        rows = rows_of(first, "name", "criterion", "source", "weight", tongue=context.tongue)
        heads = ("name", "measure", "on_scale", "maximum", "minimum_count", "takes")
        measured = rows_of(second, *heads, tongue=context.tongue)
        if [bare(row[0]) for row in rows] != [bare(row[0]) for row in measured]:
            raise UnreadError(first.text)
        found = tuple(_indicator(*both, context=context) for both in zip(rows, measured, strict=True))
    except ValueError:
        return ()
    how = [one for one in blocks if bare(one.text) == bare(word("how", language=context.tongue))]
    context.places += [("indicators", block) for block in (first, *how, second)]
    return found


def _indicator(row: Row, measured: Row, *, context: Context) -> Indicator:
    name, criterion, source, weight = row
    _, measure, scale, maximum, least, takes = measured
    tongue, names = context.tongue, context.names
    one, short = names["indicators"].add(name)
    return Indicator(
        id=one,
        name=short,
        criterion=names["criteria"].id_of(criterion),
        source=names["sources"].id_of(source),
        weight=share(weight),
        measure=member(Measure, measure, tongue),
        scale=unless_none(scale, tongue, names["scales"].id_of, otherwise=""),
        maximum=number(maximum),
        minimum_count=unless_none(least, tongue, whole, otherwise=0),
        takes=unless_none(takes, tongue, lambda said: member(Figure, said, tongue), otherwise=None),
    )


def _scale(said: str, context: Context) -> Scale:
    tongue = context.tongue
    found = read(said, context.said("scale", name=CLEAR, options=".*"))
    options = parted(found["options"], word("and", language=tongue))
    one, short = context.names["scales"].add(unmarked(found["name"]))
    boxes = tuple(_option(option, f"{one}-{at}", context) for at, option in enumerate(options, 1))
    return Scale(id=one, name=short, options=boxes)


def _option(said: str, one: str, context: Context) -> Option:
    tongue = context.tongue
    label, notes = noted(said, tongue)
    told = {bare(note) for note in notes}
    codes = {code: bare(word(code, language=tongue)) for code in ("unscored", "satisfied")}
    if told - set(codes.values()):
        raise UnreadError(said[:80])
    value: Decimal | None = None
    if codes["unscored"] not in told:
        found = read(label, context.said("scored", label=".+?", value=NUMBER))
        label, value = found["label"], number(found["value"])
    return Option(id=one, label=unmarked(label), value=value, is_satisfied=codes["satisfied"] in told)


def _adjustments(context: Context) -> dict[str, Any]:
    """Read bonus, deductions and vetoes, which stand in one list."""
    vetoes: list[Veto] = []
    lists = {code: _Adjusting(code, path) for code, path in (("bonus", "bonus"), ("deduction", "deductions"))}
    for block in context.blocks("marks", "adjust"):
        if any(one.takes(block, context) for one in lists.values()):
            continue
        one = f"veto-{len(vetoes) + 1}"
        veto = context.one(f"vetoes[{len(vetoes)}]", block, partial(_veto, one=one, context=context))
        vetoes += [veto] if veto else []
    found: dict[str, Any] = {"vetoes": tuple(vetoes)}
    for code, kind in (("bonus", Bonus), ("deduction", Deductions)):
        if lists[code].items or lists[code].cap is not None:
            found[lists[code].path] = kind(items=tuple(lists[code].items), cap=lists[code].cap)
    return found


class _Adjusting:
    """What is added, or what is taken: the entries and the limit, as far as they were read."""

    def __init__(self, code: str, path: str) -> None:
        self.code, self.path = code, path
        self.items: list[Adjustment] = []
        self.cap: Decimal | None = None

    def takes(self, block: Seen, context: Context) -> bool:
        """Read a block, and tell whether it is of this list."""
        number = len(self.items)
        one = f"{self.code}-{number + 1}"
        item = context.one(
            f"{self.path}.items[{number}]", block, partial(_adjustment, code=self.code, one=one, context=context)
        )
        if item:
            self.items.append(item)
            return True
        cap = context.one(f"{self.path}.cap", block, partial(_total, code=self.code, context=context))
        self.cap = cap if cap is not None else self.cap
        return cap is not None


def _adjustment(said: str, *, code: str, one: str, context: Context) -> Adjustment:
    tongue, criteria = context.tongue, context.names["criteria"]
    source = (
        context.said(code, points=NUMBER)
        + optional(context.said("cap", cap=NUMBER))
        + optional(context.said("counted_with", criterion=criteria.as_said()))
        + optional(context.said("taken", takes=fixed(Figure, tongue)))
        + re.escape(word("stop", language=tongue))
    )
    found = read(said, source)
    return Adjustment(
        id=one,
        name=found["name"],
        points=number(found["points"]),
        cap=number(found["cap"]) if found["cap"] else None,
        criterion=criteria.id_of(found["criterion"]) if found["criterion"] else "",
        takes=member(Figure, found["takes"], tongue) if found["takes"] else None,
    )


def _total(said: str, *, code: str, context: Context) -> Decimal:
    what = re.escape(word("adjust_" + code, language=context.tongue))
    return number(read(said, context.said("total_cap", what=what, cap=NUMBER))["cap"])


def _veto(said: str, *, one: str, context: Context) -> Veto:
    tongue = context.tongue
    source = context.said("veto", name=".+", effect=fixed(VetoEffect, tongue))
    found = read(said, source + optional(context.said("cap", cap=NUMBER)) + re.escape(word("stop", language=tongue)))
    cap = number(found["cap"]) if found["cap"] else None
    return Veto(id=one, name=found["name"], effect=member(VetoEffect, found["effect"], tongue), cap=cap)
