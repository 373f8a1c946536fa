"""The votes on paper: how the assembly votes and how the survey asks (§4.3c, §4.3d)."""

from __future__ import annotations

from collections.abc import Iterator

from pingyi.authoring.printing.blocks import Page
from pingyi.authoring.printing.phrases import noted, quoted
from pingyi.authoring.printing.words import word
from pingyi.authoring.printing.year_part import span
from pingyi.authoring.values import say_id, say_number
from pingyi.rules.plan import Assembly, Plan, Survey
from pingyi.rules.plan.voting import ElectorGroup


def write(page: Page, plan: Plan) -> None:
    """Write the rules of the assembly and of the survey."""
    if plan.assembly or plan.survey:
        page.subheading(word("votes", language=page.language))
    for text in _assembly(plan.assembly, plan, page.language) if plan.assembly else ():
        page.item(text)
    for text in _survey(plan.survey, plan, page.language) if plan.survey else ():
        page.item(text)


def _assembly(rules: Assembly, plan: Plan, tongue: str) -> Iterator[str]:
    scale = say_id(rules.scale, field="scale", plan=plan)
    quorum = say_number(rules.quorum, field="quorum")
    yield word("assembly", language=tongue, scale=scale, quorum=quorum, tellers=rules.tellers)
    when = span(rules.earliest_on, rules.latest_on, tongue)
    if when:
        yield word("assembly_when", language=tongue, span=when.lstrip("，, "))
    void = word("void" if rules.is_void_when_returned_exceeds_issued else "not_void", language=tongue)
    recused = word("recused" if rules.section_staff_are_recused else "not_recused", language=tongue)
    yield f"{void}{word('semicolon', language=tongue)}{recused}{word('stop', language=tongue)}"
    between = word("and", language=tongue)
    if rules.groups:
        yield word("groups", language=tongue, groups=between.join(_group(group, tongue) for group in rules.groups))
    if rules.contents:
        lines = [(say_id(line.criterion, field="criterion", plan=plan), line.weight) for line in rules.contents]
        shares = [_share(quoted(name, tongue), say_number(weight, field="weight"), tongue) for name, weight in lines]
        yield word("contents", language=tongue, contents=between.join(shares))


def _group(group: ElectorGroup, tongue: str) -> str:
    share = _share(quoted(group.name, tongue), say_number(group.weight, field="weight"), tongue)
    return noted(share, [word("group_minimum", language=tongue, minimum=group.minimum)], tongue)


def _share(name: str, weight: str, tongue: str) -> str:
    return word("share", language=tongue, name=name, weight=weight)


def _survey(rules: Survey, plan: Plan, tongue: str) -> Iterator[str]:
    scale = say_id(rules.scale, field="scale", plan=plan)
    conductor = rules.conductor or plan.organizer.supervision_office
    yield word("survey", language=tongue, conductor=conductor, scale=scale, count=rules.minimum_per_section)
    margin, confidence = (
        say_number(value, field=field) for value, field in ((rules.margin, "margin"), (rules.confidence, "confidence"))
    )
    yield word("survey_sample", language=tongue, margin=margin, confidence=confidence)
    if rules.strata:
        sized = [
            noted(
                quoted(part.name, tongue),
                [word("stratum_size", language=tongue, size=part.size)] if part.size is not None else [],
                tongue,
            )
            for part in rules.strata
        ]
        yield word("strata", language=tongue, strata=word("and", language=tongue).join(sized))
