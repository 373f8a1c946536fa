"""What a trigger asks for, as a print says it (§4.4c)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints import leftovers
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import (
    NUMBER,
    SHARE,
    WHOLE,
    UnreadError,
    bare,
    loose,
    notes_source,
    number,
    optional,
    share,
)
from pingyi.authoring.reading_prints.splitting import listed
from pingyi.rules.plan.measure import Scale
from pingyi.rules.plan.outcome import Test, TestKind


def read_tests(said: str, context: Context, *, boxes: dict[str, Scale], scales: tuple[Scale, ...]) -> tuple[Test, ...]:
    """Return the tests that a sentence joins; `boxes` is the scale of each indicator."""
    tongue, place, found = context.tongue, 0, []
    joint = loose(word("all_tests", language=tongue).strip())
    forms = list(_forms(context))
    while True:
        tail = rf"(?:{notes_source(tongue)})?(?P<joint>\s*{joint}\s*|\Z)"
        met = ((kind, facts, re.compile(source + tail, re.DOTALL).match(said, place)) for kind, facts, source in forms)
        kind, facts, match = next((one for one in met if one[2]), (TestKind.LAST, {}, None))
        if match is None:
            raise UnreadError(said[:80])
        slots = {name: value or "" for name, value in match.groupdict().items()}
        found.append(_test(kind, facts, slots, context, boxes=boxes, scales=scales))
        place = match.end()
        if not slots["joint"]:
            return tuple(found)


def _forms(context: Context) -> Iterator[tuple[TestKind, dict[str, Any], str]]:
    """Yield what a test can ask, how that is said, and what the saying itself tells."""
    none = re.escape(word("none", language=context.tongue))
    for kind in (TestKind.LAST, TestKind.VETO):
        yield kind, {}, context.said(f"test_{kind.value}")
    for kind in (TestKind.BELOW, TestKind.ABOVE):
        for tail, facts in (("", {}), ("_inclusive", {"is_inclusive": True})):
            yield kind, facts, context.said(f"test_{kind.value}{tail}", score=f"{NUMBER}|{none}")
    for kind in (TestKind.BOTTOM, TestKind.TOP):
        yield kind, {}, context.said(f"test_{kind.value}", limits=_limits(kind.value, context))
    for kind in (TestKind.RATE_BELOW, TestKind.RATE_ABOVE):
        for tail, facts in (("", {}), ("_inclusive", {"is_inclusive": True})):
            rate = _rate_source(context)
            yield kind, facts, context.said(f"test_{kind.value}{tail}", rate=rate, share=f"{SHARE}|{none}")
    grades, triggers = (context.names[part].as_said() for part in ("grades", "triggers"))
    yield TestKind.GRADE, {}, context.said("test_grade", grade=optional(grades))
    for code, facts in (("test_times", {"is_consecutive": False}), ("test_times_in_a_row", {})):
        slots = {"count": f"{WHOLE}|{none}", "trigger": optional(triggers)}
        yield TestKind.TIMES, facts, context.said(code, **slots)


def _limits(side: str, context: Context) -> str:
    count, part = context.said(f"{side}_count", count=WHOLE), context.said(f"{side}_share", share=SHARE)
    both = loose(word("both_limits", language=context.tongue))
    second = part.replace("P<share>", "P<other_share>")
    return f"{count}(?:{both}{second})?|{part}|{loose(word(f'{side}_no_limit', language=context.tongue))}"


def _rate_source(context: Context) -> str:
    none = re.escape(word("none", language=context.tongue))
    name = f"{context.names['indicators'].as_listed(context.tongue)}|{none}"
    votes = context.said("rate_votes", indicator=name).replace("P<indicator>", "P<voted>")
    return f"{context.said('rate_own', indicator=name)}|{votes}"


def _test(
    kind: TestKind,
    facts: dict[str, Any],
    slots: dict[str, str],
    context: Context,
    *,
    boxes: dict[str, Scale],
    scales: tuple[Scale, ...],
) -> Test:
    none, names = word("none", language=context.tongue), context.names
    given = {name: value for name, value in slots.items() if value and value != none}
    found: dict[str, Any] = dict(facts)
    if "score" in given:
        found["score"] = number(given["score"])
    if "count" in given:
        found["count"] = int(given["count"])
    if told := given.get("share") or given.get("other_share"):
        found["share"] = share(told)
    for field, part in (("indicator", "indicators"), ("grade", "grades"), ("trigger", "triggers")):
        said = given.get(field) or (given.get("voted") if field == "indicator" else "")
        found |= {field: names[part].id_of(said)} if said else {}
    if "options" in given:
        found["options"] = listed(given["options"], context.tongue)
    found = leftovers.facts(slots["notes"], Test, context) | found
    if "options" in found:
        found["options"] = _boxes(found["options"], boxes.get(found.get("indicator", "")), scales)
    return Test(kind=kind, **found)


def _boxes(labels: tuple[str, ...], scale: Scale | None, scales: tuple[Scale, ...]) -> tuple[str, ...]:
    """Return the boxes of these labels: those of the indicator's scale, else of the first scale that has them."""
    known: dict[str, str] = {}
    for one in (*reversed(scales), *([scale] if scale else [])):
        known |= {bare(box.label): box.id for box in reversed(one.options)}
    return tuple(known.get(bare(label), label) for label in labels)
