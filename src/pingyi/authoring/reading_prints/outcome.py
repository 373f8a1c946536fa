"""What follows by a print: triggers with their tests, measures, confirmation, and what is made public."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints import doers
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.marks import Row, rows_of
from pingyi.authoring.reading_prints.patterns import (
    CLEAR,
    WHOLE,
    UnreadError,
    bare,
    day,
    day_source,
    fixed,
    loose,
    member,
    notes_source,
    optional,
    read,
    unless_none,
)
from pingyi.authoring.reading_prints.splitting import listed, noted_list, unmarked
from pingyi.authoring.reading_prints.tests_of_triggers import read_tests
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.plan.measure import Scale
from pingyi.rules.plan.outcome import Confirmation, Consequence, ConsequenceKind, Trigger
from pingyi.rules.plan.schedule import Filing, Publication, Scope, Witness, Witnessing


def outcome(context: Context, *, boxes: dict[str, Scale], scales: tuple[Scale, ...], office: str) -> dict[str, Any]:
    """Return what follows from the marks; `boxes` are the scales of the indicators, `office` receives filings."""
    found: dict[str, Any] = {"consequences": _consequences(context)}
    sheet = context.blocks("outcome", "triggers")
    for block in sheet:  # one refers to another by its name, also to one below
        if named := re.match(_trigger_head(context), block.text, re.DOTALL):
            context.names["triggers"].add(unmarked(named["name"]))
    found["triggers"] = context.each(
        "triggers", sheet, lambda one: _trigger(one.text, context, boxes=boxes, scales=scales)
    )
    found |= _conditions(context)
    return found | _open(context, office)


def _trigger_head(context: Context) -> str:
    return context.said("trigger", name=CLEAR, consequences=f"(?P<cons>{_followed(context)})").replace(
        "(?P<consequences>", "(?:"
    )


def _followed(context: Context) -> str:
    """Return how a list of measures is said."""
    tongue = context.tongue
    term = word("consequence_days", language=tongue, name="\0", days="\1", unit="\2").partition("\0")[2]
    days = loose(term).replace("\1", WHOLE).replace("\2", fixed(DayUnit, tongue))
    one = context.names["consequences"].as_listed(tongue) + optional(days)
    return f"(?:{one}(?:{loose(word('and', language=tongue).strip())}\\s*{one})*)?"


def _trigger(said: str, context: Context, *, boxes: dict[str, Scale], scales: tuple[Scale, ...]) -> Trigger:
    tongue = context.tongue
    tests = r"\s*" + context.said("trigger_tests")
    most = optional(r"\s*" + context.said("trigger_at_most", at_most=WHOLE))
    found = read(said, _trigger_head(context) + tests + most)
    printed = unmarked(found["name"])
    numbered = re.fullmatch(r"(.+)〔\d+〕", printed, re.DOTALL)
    name = numbered[1] if numbered and numbered[1] in context.names["triggers"] else printed
    follows = [name for name, _ in noted_list(found["cons"], tongue)]
    return Trigger(
        id=context.names["triggers"].id_of(printed),
        name=name,
        all_of=read_tests(found["tests"], context, boxes=boxes, scales=scales),
        consequences=tuple(context.names["consequences"].id_of(one) for one in follows),
        at_most=int(found["at_most"]) if found["at_most"] else None,
    )


def _consequences(context: Context) -> tuple[Consequence, ...]:
    heads = ("measure_name", "measure_kind", "term", "place", "addressee")
    for block in context.blocks("outcome", "measures"):
        try:
            rows = rows_of(block, *heads, tongue=context.tongue)
            found = tuple(_consequence(row, context) for row in rows)
        except UnreadError:
            continue
        context.places.append(("consequences", block))
        return found
    return ()


def _consequence(row: Row, context: Context) -> Consequence:
    tongue = context.tongue
    name, kind, term, place, addressee = row
    units = fixed(DayUnit, tongue)
    none = re.escape(word("none", language=tongue))
    untimed = f"{none}{optional(notes_source(tongue).replace('.*?', units))}"
    found = read(term, f"(?:{context.said('term_days', days=WHOLE, unit=units)}|{untimed})")
    unit = found["unit"] or found["notes"]
    one, short = context.names["consequences"].add(name)
    return Consequence(
        id=one,
        name=short,
        kind=member(ConsequenceKind, kind, tongue),
        days=int(found["days"]) if found["days"] else None,
        unit=member(DayUnit, unit, tongue) if unit else DayUnit.WORKING,
        place=unless_none(place, tongue, str, otherwise=""),
        addressee=unless_none(addressee, tongue, str, otherwise=""),
    )


def _conditions(context: Context) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for block in context.blocks("outcome", "conditions"):
        if told := context.one("confirmation", block, lambda text: _confirmation(text, context)):
            found["confirmation"] = told
        elif uses := context.one(
            "result_uses", block, lambda text: read(text, context.said("uses", uses=".*"))["uses"]
        ):
            found["result_uses"] = listed(uses, context.tongue)
    return found


def _confirmation(said: str, context: Context) -> Confirmation:
    found = read(said, context.said("confirmation", days=WHOLE, unit=fixed(DayUnit, context.tongue)))
    return Confirmation(preview_days=int(found["days"]), unit=member(DayUnit, found["unit"], context.tongue))


def _open(context: Context, office: str) -> dict[str, Any]:
    publications: list[Publication] = []
    filings: list[Filing] = []
    found: dict[str, Any] = {}
    for block in context.blocks("open"):
        one = f"publication-{len(publications) + 1}"
        shown = context.one(
            f"publications[{len(publications)}]", block, partial(_publication, one=one, context=context)
        )
        if shown:
            publications.append(shown)
            continue
        if witnessing := context.one("witnessing", block, lambda text: _witnessing(text, context)):
            found["witnessing"] = witnessing
            continue
        one = f"filing-{len(filings) + 1}"
        filed = context.one(
            f"filings[{len(filings)}]", block, partial(_filing, one=one, context=context, office=office)
        )
        filings += [filed] if filed else []
    return {**found, "publications": tuple(publications), "filings": tuple(filings)}


def _publication(said: str, *, one: str, context: Context) -> Publication:
    tongue = context.tongue
    source = context.said("publication", title=CLEAR, scope=fixed(Scope, tongue))
    stop = re.escape(word("stop", language=tongue))
    found = read(said, source + optional(context.said("publication_days", days=WHOLE)) + stop)
    days = int(found["days"]) if found["days"] else None
    return Publication(id=one, title=unmarked(found["title"]), scope=member(Scope, found["scope"], tongue), days=days)


def _filing(said: str, *, one: str, context: Context, office: str) -> Filing:
    tongue = context.tongue
    due = optional(context.said("filing_due", due=day_source(tongue)))
    stop = re.escape(word("stop", language=tongue))
    found = read(said, context.said("filing", title=CLEAR) + due + stop)
    return Filing(
        id=one,
        title=unmarked(found["title"]),
        recipient=doers.recipient(found["recipient"], context, office=office),
        due_on=day(found["due"]) if found["due"] else None,
    )


def _witnessing(said: str, context: Context) -> Witnessing:
    tongue = context.tongue
    found = read(said, context.said("witnesses", names=".*", needed=WHOLE))
    is_none = bare(found["names"]) == bare(word("none", language=tongue))
    named = [] if is_none else noted_list(found["names"], tongue)
    witnesses = tuple(_witness(name, notes, at, context) for at, (name, notes) in enumerate(named, 1))
    return Witnessing(witnesses=witnesses, needed=int(found["needed"]))


def _witness(name: str, notes: list[str], at: int, context: Context) -> Witness:
    tongue = context.tongue
    words = {bare(word(code, language=tongue)): code == "outside" for code in ("outside", "inside")}
    if not notes or bare(notes[0]) not in words:
        raise UnreadError(name[:80])
    key = unmarked(read(notes[1], context.said("witness_key"))["key"]) if len(notes) > 1 else ""
    return Witness(id=f"witness-{at}", name=name, key=key, is_outside=words[bare(notes[0])])
