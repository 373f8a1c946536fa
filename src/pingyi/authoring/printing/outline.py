"""The plan's parts in the order of an official document (§0)."""

from __future__ import annotations

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.printing import marks_part, outcome_part, year_part
from pingyi.authoring.printing.blocks import Block, BlockKind, Page
from pingyi.authoring.printing.naming import told_apart
from pingyi.authoring.printing.phrases import OPENING, clear, listed, noted, quoted
from pingyi.authoring.printing.words import closed, word
from pingyi.authoring.values import is_english, say_date, say_id
from pingyi.rules.plan import Criterion, Plan
from pingyi.rules.plan.people import SectionClass


def outline(plan: Plan, *, language: str = "zh") -> tuple[Block, ...]:
    """Return the whole document as blocks; parts that the plan does not have are left out."""
    page, plan = Page(language=language), told_apart(plan)
    page.put(BlockKind.TITLE, plan.title)
    if plan.number:
        page.put(BlockKind.NUMBER, plan.number)
    _thought(page, plan)
    _subject(page, plan)
    year_part.write(page, plan)
    marks_part.write(page, plan)
    outcome_part.write(page, plan)
    if plan.requirements:
        page.heading(word("requirements", language=language))
        for sentence in plan.requirements:
            page.item(closed(sentence, language))
    page.put(BlockKind.SIGNATURE, plan.issuer)
    if plan.issued_on:
        page.put(BlockKind.SIGNATURE, say_date(plan.issued_on, language=language))
    return tuple(page.blocks)


def _thought(page: Page, plan: Plan) -> None:
    tongue = page.language
    if plan.preamble or plan.maxims:
        page.heading(word("preamble", language=tongue))
        if plan.preamble:
            page.put(BlockKind.BODY, plan.preamble)
        if plan.maxims:
            marks = ("'{}'", "; ") if is_english(tongue) else ("“{}”", "、")
            page.put(BlockKind.BODY, marks[1].join(marks[0].format(maxim) for maxim in plan.maxims))
    if plan.principles:
        page.heading(word("principles", language=tongue))
        for principle in plan.principles:
            page.item(_titled(principle.title, principle.text, tongue))


def _subject(page: Page, plan: Plan) -> None:
    tongue = page.language
    page.heading(word("subject", language=tongue))
    page.subheading(word("who", language=tongue))
    if plan.subject.text:
        page.put(BlockKind.BODY, plan.subject.text + word("stop", language=tongue))
    names = listed((kind.name for kind in plan.subject.kinds), tongue)
    page.put(BlockKind.BODY, word("kinds", language=tongue, names=names))
    classes = word("and", language=tongue).join(_class(one, plan, tongue) for one in plan.subject.classes)
    page.put(BlockKind.BODY, word("classes", language=tongue, names=classes))
    page.put(BlockKind.BODY, word("year", language=tongue, year=plan.year))
    page.subheading(word("what", language=tongue))
    for criterion in plan.criteria:
        page.item(_criterion(criterion, plan, tongue))
    _organizer(page, plan)


def _class(section_class: SectionClass, plan: Plan, tongue: str) -> str:
    kinds = {kind.id: kind.name for kind in plan.subject.kinds}
    notes = [listed((kinds.get(one, one) for one in section_class.kinds), tongue)]
    if not section_class.is_ranked:
        notes.append(word("unranked", language=tongue))
    return noted(quoted(section_class.name, tongue), notes, tongue)


def _criterion(criterion: Criterion, plan: Plan, tongue: str) -> str:
    text = _titled(criterion.title, criterion.text, tongue)
    if not criterion.principles:
        return text
    names = [say_id(one, field="principles", plan=plan) for one in criterion.principles]
    return text + (" " if is_english(tongue) else "") + word("serves", language=tongue, names=listed(names, tongue))


def _organizer(page: Page, plan: Plan) -> None:
    tongue = page.language
    page.subheading(word("organizer", language=tongue))
    body = plan.organizer.leading_body or word("body_default", language=tongue)
    page.put(BlockKind.BODY, word("org_text", language=tongue, body=body, office=plan.organizer.supervision_office))
    if plan.authorities:
        chains = [
            noted(quoted(one.name, tongue), [value_word(one.chain)[is_english(tongue)]], tongue)
            for one in plan.authorities
        ]
        page.put(BlockKind.BODY, word("authorities", language=tongue, names=word("and", language=tongue).join(chains)))


def _titled(title: str, text: str, language: str) -> str:
    """Say a thing and what is meant by it; a title that holds a stop or opens with a mark stands in marks."""
    stops = "。." if is_english(language) else "。"
    is_closed = title.endswith(tuple(stops))
    bare = title[:-1] if is_closed else title
    said = (
        clear(bare, language, of=stops)
        if any(stop in bare for stop in stops) or bare.startswith(tuple(OPENING))
        else title
    )
    end = "" if is_closed and said == title else word("stop", language=language)
    gap = " " if is_english(language) and text else ""
    return f"{said}{end}{gap}{closed(text, language)}"
