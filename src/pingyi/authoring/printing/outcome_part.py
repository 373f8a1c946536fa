"""The marks on paper: sources, indicators, votes, adjustments, ranks, and what follows (§4.4b, §4.4c)."""

from __future__ import annotations

from decimal import Decimal

from pingyi.authoring.printing.blocks import Page
from pingyi.authoring.printing.words import word
from pingyi.authoring.values import say_date, say_id, say_number, say_value
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Adjustment, Bonus, Deductions, Scale
from pingyi.rules.plan.outcome import Consequence, Grade
from pingyi.rules.plan.statistics import Statistics


def write(page: Page, plan: Plan) -> None:
    """Write how marks are given, what follows, and what is made public."""
    page.heading(word("marks", language=page.language))
    _sources(page, plan)
    _scales(page, plan)
    _votes(page, plan)
    _adjustments(page, plan)
    _ranks(page, plan)
    _outcome(page, plan)
    _open(page, plan)


def _sources(page: Page, plan: Plan) -> None:
    tongue = page.language
    heads = [word(code, language=tongue) for code in ("name", "weight", "empty", "criterion", "source", "measure")]
    page.subheading(word("sources", language=tongue))
    rows = [
        (item.name, _share(item.weight), say_value(item.empty, field="empty", plan=plan, language=tongue))
        for item in plan.sources
    ]
    page.table((heads[0], heads[1], heads[2]), *rows)
    page.subheading(word("indicators", language=tongue))
    lines = [
        (
            item.name,
            say_id(item.criterion, field="criterion", plan=plan),
            say_id(item.source, field="source", plan=plan),
            _share(item.weight),
            say_value(item.measure, field="measure", plan=plan, language=tongue),
        )
        for item in plan.indicators
    ]
    page.table((heads[0], heads[3], heads[4], heads[1], heads[5]), *lines)


def _scales(page: Page, plan: Plan) -> None:
    if plan.scales:
        page.subheading(word("scales", language=page.language))
    for scale in plan.scales:
        page.item(word("scale", language=page.language, name=scale.name, options=_options(scale, page.language)))


def _options(scale: Scale, tongue: str) -> str:
    parts = [
        word("unscored", language=tongue, label=option.label)
        if option.value is None
        else word("scored", language=tongue, label=option.label, value=f"{option.value:f}")
        for option in scale.options
    ]
    return word("and", language=tongue).join(parts)


def _votes(page: Page, plan: Plan) -> None:
    tongue = page.language
    if plan.assembly or plan.survey:
        page.subheading(word("votes", language=tongue))
    if plan.assembly:
        rules = plan.assembly
        scale = say_id(rules.scale, field="scale", plan=plan)
        quorum = say_number(rules.quorum, field="quorum")
        page.item(word("assembly", language=tongue, scale=scale, quorum=quorum, tellers=rules.tellers))
        groups = [(group.name, group.weight) for group in rules.groups]
        contents = [(say_id(line.criterion, field="criterion", plan=plan), line.weight) for line in rules.contents]
        for code, shares in (("groups", groups), ("contents", contents)):
            if shares:
                page.item(word(code, language=tongue, **{code: _shares(shares, tongue)}))
    if plan.survey:
        scale = say_id(plan.survey.scale, field="scale", plan=plan)
        count, conductor = plan.survey.minimum_per_section, plan.survey.conductor or plan.organizer.supervision_office
        page.item(word("survey", language=tongue, conductor=conductor, scale=scale, count=count))


def _adjustments(page: Page, plan: Plan) -> None:
    if plan.bonus or plan.deductions or plan.vetoes:
        page.subheading(word("adjust", language=page.language))
    for code, group in (("bonus", plan.bonus), ("deduction", plan.deductions)):
        if group:
            _group(page, code, group)
    for veto in plan.vetoes:
        effect = say_value(veto.effect, field="effect", plan=plan, language=page.language)
        text = word("veto", language=page.language, name=veto.name, effect=effect)
        cap = word("cap", language=page.language, cap=f"{veto.cap:f}") if veto.cap is not None else ""
        page.item(text + cap + word("stop", language=page.language))


def _group(page: Page, code: str, group: Bonus | Deductions) -> None:
    tongue = page.language
    for item in group.items:
        page.item(_adjustment(code, item, tongue))
    if group.cap is not None:
        what = word("adjust_" + code, language=tongue)
        page.item(word("total_cap", language=tongue, what=what, cap=f"{group.cap:f}"))


def _adjustment(code: str, item: Adjustment, tongue: str) -> str:
    text = word(code, language=tongue, name=item.name, points=f"{item.points:f}")
    cap = word("cap", language=tongue, cap=f"{item.cap:f}") if item.cap is not None else ""
    return text + cap + word("stop", language=tongue)


def _ranks(page: Page, plan: Plan) -> None:
    tongue = page.language

    def said(value: object) -> str:
        return say_value(value, field="", plan=plan, language=tongue)

    page.subheading(word("rank", language=tongue))
    rounding, ranking = plan.rounding, plan.ranking
    mode, comparison = said(rounding.mode), said(rounding.comparison)
    page.item(word("rounding", language=tongue, digits=rounding.digits, mode=mode, comparison=comparison))
    ties, last = said(ranking.ties), said(ranking.last_place)
    page.item(word("ranking", language=tongue, ties=ties, last=last, least=ranking.least_class_size))
    if plan.statistics:
        for text in _statistics(plan.statistics, tongue):
            page.item(text)
    for grade in plan.grades:
        bounds = _bounds(grade, tongue)
        page.item(word("grade", language=tongue, name=grade.name, bounds=bounds) + word("stop", language=tongue))


def _statistics(rules: Statistics, tongue: str) -> tuple[str, str]:
    """Say how sure a result must be, and what a trigger asks for (§5.2)."""
    share, range_ = _share(rules.level), _share(rules.weight_range)
    facts = {"ratings": rules.minimum_ratings, "ballots": rules.minimum_ballots, "level": share, "range": range_}
    return word("statistics", language=tongue, **facts), word(f"triggers_{rules.triggers.value}", language=tongue)


def _bounds(grade: Grade, tongue: str) -> str:
    if grade.minimum is None and grade.top_share is None:
        return word("grade_rest", language=tongue)
    code = "grade_from" if grade.minimum_is_inclusive else "grade_over"
    minimum = word(code, language=tongue, minimum=f"{grade.minimum:f}") if grade.minimum is not None else ""
    if grade.top_share is None:
        return minimum
    gap = " " if tongue.startswith("en") and minimum else ""
    return minimum + gap + word("grade_top", language=tongue, share=_share(grade.top_share))


def _outcome(page: Page, plan: Plan) -> None:
    tongue, separator = page.language, word("and", language=page.language)
    page.heading(word("outcome", language=tongue))
    named = {consequence.id: _consequence(consequence, plan, tongue) for consequence in plan.consequences}
    for trigger in plan.triggers:
        follows = separator.join(named.get(name, name) for name in trigger.consequences)
        page.item(word("trigger", language=tongue, name=trigger.name, consequences=follows))
    if plan.confirmation:
        unit = say_value(plan.confirmation.unit, field="unit", plan=plan, language=tongue)
        page.item(word("confirmation", language=tongue, days=plan.confirmation.preview_days, unit=unit))
    if plan.result_uses:
        page.item(word("uses", language=tongue, uses=separator.join(plan.result_uses)))


def _consequence(consequence: Consequence, plan: Plan, tongue: str) -> str:
    if consequence.days is None:
        return consequence.name
    unit = say_value(consequence.unit, field="unit", plan=plan, language=tongue)
    return word("consequence_days", language=tongue, name=consequence.name, days=consequence.days, unit=unit)


def _open(page: Page, plan: Plan) -> None:
    tongue, stop = page.language, word("stop", language=page.language)
    if plan.publications or plan.filings:
        page.heading(word("open", language=tongue))
    for publication in plan.publications:
        scope = say_value(publication.scope, field="scope", plan=plan, language=tongue)
        text = word("publication", language=tongue, title=publication.title, scope=scope)
        days = word("publication_days", language=tongue, days=publication.days) if publication.days else ""
        page.item(text + days + stop)
    for filing in plan.filings:
        recipient = say_id(filing.recipient, field="recipient", plan=plan, language=tongue)
        text = word("filing", language=tongue, title=filing.title, recipient=recipient)
        due = say_date(filing.due_on, language=tongue) if filing.due_on else ""
        page.item(text + (word("filing_due", language=tongue, due=due) if due else "") + stop)


def _share(weight: Decimal) -> str:
    return say_number(weight, field="weight")


def _shares(parts: list[tuple[str, Decimal]], tongue: str) -> str:
    told = [word("share", language=tongue, name=name, weight=_share(weight)) for name, weight in parts]
    return word("and", language=tongue).join(told)
