"""What follows on paper: triggers with their tests, measures, confirmation, and what is made public (§4.4b, §4.4c)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pingyi.authoring.printing.blocks import Page
from pingyi.authoring.printing.phrases import clear, labels, leftovers, listed, noted, quoted
from pingyi.authoring.printing.words import word
from pingyi.authoring.values import say_date, say_id, say_number, say_value
from pingyi.rules.plan import Consequence, Plan, Trigger
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.plan.schedule import Filing, Publication, Witness


def write(page: Page, plan: Plan) -> None:
    """Write what follows from the marks, and what is made public."""
    _outcome(page, plan)
    _open(page, plan)


def _outcome(page: Page, plan: Plan) -> None:
    tongue = page.language
    page.heading(word("outcome", language=tongue))
    if plan.triggers:
        page.subheading(word("triggers", language=tongue))
    for trigger in plan.triggers:
        page.item(_trigger(trigger, plan, tongue))
    if plan.consequences:
        page.subheading(word("measures", language=tongue))
        heads = ("measure_name", "measure_kind", "term", "place", "addressee")
        rows = [_measure(one, plan, tongue) for one in plan.consequences]
        page.table(tuple(word(code, language=tongue) for code in heads), *rows)
    if plan.confirmation or plan.result_uses:
        page.subheading(word("conditions", language=tongue))
    if plan.confirmation:
        unit = say_value(plan.confirmation.unit, field="unit", plan=plan, language=tongue)
        page.item(word("confirmation", language=tongue, days=plan.confirmation.preview_days, unit=unit))
    if plan.result_uses:
        page.item(word("uses", language=tongue, uses=listed(plan.result_uses, tongue)))


def _trigger(trigger: Trigger, plan: Plan, tongue: str) -> str:
    named = {one.id: _timed(one, plan, tongue) for one in plan.consequences}
    follows = word("and", language=tongue).join(named.get(one, one) for one in trigger.consequences)
    tests = word("all_tests", language=tongue).join(_test(test, plan, tongue) for test in trigger.all_of)
    parts = [
        word("trigger", language=tongue, name=clear(trigger.name, tongue), consequences=follows),
        word("trigger_tests", language=tongue, tests=tests),
    ]
    if trigger.at_most is not None:
        parts.append(word("trigger_at_most", language=tongue, at_most=trigger.at_most))
    return "".join(parts)


def _test(test: Test, plan: Plan, tongue: str) -> str:
    """Say what one test of a trigger asks; a value that its kind has no use for stands in brackets."""
    said, text = _TESTS[test.kind](test, plan, tongue)
    return noted(text, leftovers(test, plan, tongue, said=said), tongue)


Said = tuple[set[str], str]


def _bare(test: Test, plan: Plan, tongue: str) -> Said:
    return set(), word(f"test_{test.kind.value}", language=tongue)


def _limit(test: Test, plan: Plan, tongue: str) -> Said:
    code = f"test_{test.kind.value}" + ("_inclusive" if test.is_inclusive else "")
    score = f"{test.score:f}" if test.score is not None else word("none", language=tongue)
    return {"score", "is_inclusive"}, word(code, language=tongue, score=score)


def _places(test: Test, plan: Plan, tongue: str) -> Said:
    side = test.kind.value
    limits = []
    if test.count is not None:
        limits.append(word(f"{side}_count", language=tongue, count=test.count))
    if test.share is not None:
        limits.append(word(f"{side}_share", language=tongue, share=say_number(test.share, field="share")))
    told = word("both_limits", language=tongue).join(limits) or word(f"{side}_no_limit", language=tongue)
    return {"count", "share"}, word(f"test_{side}", language=tongue, limits=told)


def _grade(test: Test, plan: Plan, tongue: str) -> Said:
    grade = say_id(test.grade, field="grade", plan=plan)
    return {"grade"}, word("test_grade", language=tongue, grade=grade)


def _rate(test: Test, plan: Plan, tongue: str) -> Said:
    code = f"test_{test.kind.value}" + ("_inclusive" if test.is_inclusive else "")
    none = word("none", language=tongue)
    one = next((each for each in plan.indicators if each.id == test.indicator), None)
    name = quoted(say_id(test.indicator, field="indicator", plan=plan), tongue) or none
    options = listed(labels(test.options, plan, scale=one.scale if one else ""), tongue)
    told = {"indicator": name, "options": options}
    rate = word("rate_votes" if test.options else "rate_own", language=tongue, **told)
    share = say_number(test.share, field="share") if test.share is not None else none
    return {"share", "is_inclusive", "indicator", "options"}, word(code, language=tongue, rate=rate, share=share)


def _times(test: Test, plan: Plan, tongue: str) -> Said:
    code = "test_times_in_a_row" if test.is_consecutive else "test_times"
    count = test.count if test.count is not None else word("none", language=tongue)
    trigger = say_id(test.trigger, field="trigger", plan=plan)
    return {"count", "trigger", "is_consecutive"}, word(code, language=tongue, count=count, trigger=trigger)


_TESTS: Final[dict[TestKind, Callable[[Test, Plan, str], Said]]] = {
    TestKind.LAST: _bare,
    TestKind.BELOW: _limit,
    TestKind.ABOVE: _limit,
    TestKind.BOTTOM: _places,
    TestKind.TOP: _places,
    TestKind.VETO: _bare,
    TestKind.GRADE: _grade,
    TestKind.RATE_BELOW: _rate,
    TestKind.RATE_ABOVE: _rate,
    TestKind.TIMES: _times,
}


def _timed(consequence: Consequence, plan: Plan, tongue: str) -> str:
    name = quoted(consequence.name, tongue)
    if consequence.days is None:
        return name
    unit = say_value(consequence.unit, field="unit", plan=plan, language=tongue)
    return word("consequence_days", language=tongue, name=name, days=consequence.days, unit=unit)


def _measure(one: Consequence, plan: Plan, tongue: str) -> tuple[str, ...]:
    kind, unit = (say_value(value, field="", plan=plan, language=tongue) for value in (one.kind, one.unit))
    none = word("none", language=tongue)
    term = word("term_days", language=tongue, days=one.days, unit=unit) if one.days is not None else none
    if one.days is None and one.unit is not DayUnit.WORKING:
        term = noted(none, [unit], tongue)
    return one.name, kind, term, one.place or none, one.addressee or none


def _open(page: Page, plan: Plan) -> None:
    tongue, stop = page.language, word("stop", language=page.language)
    if plan.publications or plan.filings or plan.witnessing:
        page.heading(word("open", language=tongue))
    for publication in plan.publications:
        page.item(_publication(publication, plan, tongue) + stop)
    for filing in plan.filings:
        page.item(_filing(filing, plan, tongue) + stop)
    if plan.witnessing:
        names = word("and", language=tongue).join(_witness(one, tongue) for one in plan.witnessing.witnesses)
        needed, none = plan.witnessing.needed, word("none", language=tongue)
        page.item(word("witnesses", language=tongue, names=names or none, needed=needed))


def _publication(publication: Publication, plan: Plan, tongue: str) -> str:
    scope = say_value(publication.scope, field="scope", plan=plan, language=tongue)
    text = word("publication", language=tongue, title=clear(publication.title, tongue), scope=scope)
    if publication.days is None:
        return text
    return text + word("publication_days", language=tongue, days=publication.days)


def _filing(filing: Filing, plan: Plan, tongue: str) -> str:
    recipient = say_id(filing.recipient, field="recipient", plan=plan, language=tongue)
    text = word("filing", language=tongue, title=clear(filing.title, tongue), recipient=recipient)
    if filing.due_on is None:
        return text
    return text + word("filing_due", language=tongue, due=say_date(filing.due_on, language=tongue))


def _witness(witness: Witness, tongue: str) -> str:
    notes = [word("outside" if witness.is_outside else "inside", language=tongue)]
    if witness.key:
        notes.append(word("witness_key", language=tongue, key=clear(witness.key, tongue, of="；;（）()")))
    return noted(quoted(witness.name, tongue), notes, tongue)
