"""The marks on paper: sources, indicators, scales, votes, adjustments, rounding, ranks and grades (§4.4b)."""

from __future__ import annotations

from decimal import Decimal

from pingyi.authoring.printing import votes_part
from pingyi.authoring.printing.blocks import BlockKind, Page
from pingyi.authoring.printing.phrases import clear, leftovers, listed, noted, quoted
from pingyi.authoring.printing.words import word
from pingyi.authoring.values import say_id, say_number, say_value
from pingyi.rules.plan import Indicator, Plan, Source
from pingyi.rules.plan.measure import Adjustment, Bonus, Deductions, Option, Scale
from pingyi.rules.plan.outcome import Grade
from pingyi.rules.plan.statistics import Statistics, reading_of, statistics_of


def write(page: Page, plan: Plan) -> None:
    """Write how marks are given."""
    page.heading(word("marks", language=page.language))
    _sources(page, plan)
    _scales(page, plan)
    votes_part.write(page, plan)
    _adjustments(page, plan)
    _ranks(page, plan)


def _sources(page: Page, plan: Plan) -> None:
    tongue = page.language
    page.subheading(word("sources", language=tongue))
    rows = [_source(item, plan, tongue) for item in plan.sources]
    page.table(_heads("name", "kind", "weight", "empty", "reading", tongue=tongue), *rows)
    page.subheading(word("indicators", language=tongue))
    lines = [
        (
            item.name,
            say_id(item.criterion, field="criterion", plan=plan),
            say_id(item.source, field="source", plan=plan),
            _share(item.weight),
        )
        for item in plan.indicators
    ]
    page.table(_heads("name", "criterion", "source", "weight", tongue=tongue), *lines)
    page.put(BlockKind.BODY, word("how", language=tongue))
    measured = [_measured(item, plan, tongue) for item in plan.indicators]
    page.table(_heads("name", "measure", "on_scale", "maximum", "minimum_count", "takes", tongue=tongue), *measured)


def _heads(*codes: str, tongue: str) -> tuple[str, ...]:
    return tuple(word(code, language=tongue) for code in codes)


def _source(item: Source, plan: Plan, tongue: str) -> tuple[str, ...]:
    def said(value: object) -> str:
        return say_value(value, field="", plan=plan, language=tongue)

    reading = said(reading_of(item))
    if item.reading is None:
        reading = word("by_kind", language=tongue, reading=reading)
    return item.name, said(item.kind), _share(item.weight), said(item.empty), reading


def _measured(item: Indicator, plan: Plan, tongue: str) -> tuple[str, ...]:
    none = word("none", language=tongue)
    return (
        item.name,
        say_value(item.measure, field="measure", plan=plan, language=tongue),
        say_id(item.scale, field="scale", plan=plan) or none,
        f"{item.maximum:f}",
        str(item.minimum_count) if item.minimum_count else none,
        say_value(item.takes, field="takes", plan=plan, language=tongue) if item.takes else none,
    )


def _scales(page: Page, plan: Plan) -> None:
    tongue = page.language
    if plan.scales:
        page.subheading(word("scales", language=tongue))
    for scale in plan.scales:
        page.item(word("scale", language=tongue, name=clear(scale.name, tongue), options=_options(scale, tongue)))


def _options(scale: Scale, tongue: str) -> str:
    return word("and", language=tongue).join(_option(option, tongue) for option in scale.options)


def _option(option: Option, tongue: str) -> str:
    label, notes = quoted(option.label, tongue), []
    if option.value is None:
        notes.append(word("unscored", language=tongue))
    else:
        label = word("scored", language=tongue, label=label, value=f"{option.value:f}")
    if option.is_satisfied:
        notes.append(word("satisfied", language=tongue))
    return noted(label, notes, tongue)


def _adjustments(page: Page, plan: Plan) -> None:
    if plan.bonus or plan.deductions or plan.vetoes:
        page.subheading(word("adjust", language=page.language))
    for code, group in (("bonus", plan.bonus), ("deduction", plan.deductions)):
        if group:
            _group(page, code, group, plan)
    for veto in plan.vetoes:
        effect = say_value(veto.effect, field="effect", plan=plan, language=page.language)
        text = word("veto", language=page.language, name=veto.name, effect=effect)
        cap = word("cap", language=page.language, cap=f"{veto.cap:f}") if veto.cap is not None else ""
        page.item(text + cap + word("stop", language=page.language))


def _group(page: Page, code: str, group: Bonus | Deductions, plan: Plan) -> None:
    tongue = page.language
    for item in group.items:
        page.item(_adjustment(code, item, plan, tongue))
    if group.cap is not None:
        what = word("adjust_" + code, language=tongue)
        page.item(word("total_cap", language=tongue, what=what, cap=f"{group.cap:f}"))


def _adjustment(code: str, item: Adjustment, plan: Plan, tongue: str) -> str:
    text = word(code, language=tongue, name=item.name, points=f"{item.points:f}")
    cap = word("cap", language=tongue, cap=f"{item.cap:f}") if item.cap is not None else ""
    under = say_id(item.criterion, field="criterion", plan=plan)
    counted = word("counted_with", language=tongue, criterion=under) if under else ""
    takes = say_value(item.takes, field="takes", plan=plan, language=tongue) if item.takes else ""
    taken = word("taken", language=tongue, takes=takes) if takes else ""
    return text + cap + counted + taken + word("stop", language=tongue)


def _ranks(page: Page, plan: Plan) -> None:
    tongue = page.language

    def said(value: object) -> str:
        return say_value(value, field="", plan=plan, language=tongue)

    page.subheading(word("rank", language=tongue))
    rounding, ranking = plan.rounding, plan.ranking
    mode, comparison = said(rounding.mode), said(rounding.comparison)
    page.item(word("rounding", language=tongue, digits=rounding.digits, mode=mode, comparison=comparison))
    compared = [say_id(one, field="tie_sources", plan=plan) for one in ranking.tie_sources]
    ties, last = noted(said(ranking.ties), [listed(compared, tongue)], tongue), said(ranking.last_place)
    page.item(word("ranking", language=tongue, ties=ties, last=last, least=ranking.least_class_size))
    for text in _statistics(statistics_of(plan), tongue):
        page.item(text)
    for grade in plan.grades:
        unused = set() if grade.minimum is not None else {"minimum_is_inclusive"}
        said_of = {"id", "name", "minimum", "minimum_is_inclusive", "top_share"} - unused
        bounds = noted(_bounds(grade, tongue), leftovers(grade, plan, tongue, said=said_of), tongue)
        page.item(
            word("grade", language=tongue, name=clear(grade.name, tongue), bounds=bounds)
            + word("stop", language=tongue)
        )


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


def _share(weight: Decimal) -> str:
    return say_number(weight, field="weight")
