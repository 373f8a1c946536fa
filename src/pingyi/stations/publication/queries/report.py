"""The year's summaries, drafted from the record for people to edit: the bureau's and each section's (§4.4a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi.authoring.printing.blocks import Block, BlockKind, Page
from pingyi.authoring.values import say_date
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Section
from pingyi.documents.handed_in import HandedIn
from pingyi.documents.official_docx import compose
from pingyi.reader.papers import KINDS
from pingyi.rules import filing as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.refused import Refused
from pingyi.rules.rounding import fixed
from pingyi.rules.sheet import total
from pingyi.rules.task import Standing
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.plans.queries import task as tasks
from pingyi.stations.plans.queries.task import Seen
from pingyi.stations.publication.queries import filing as filings
from pingyi.stations.publication.queries import report_rooms as rooms
from pingyi.stations.publication.queries import report_words as words
from pingyi.stations.results.models import Verdict
from pingyi.stations.results.queries import order as orders
from pingyi.stations.results.queries import sheet as sheets
from pingyi.stations.results.queries import verdict as results
from pingyi.stations.results.queries.verdict import Result

OVERSEERS = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR})
DONE = frozenset({Standing.DONE, Standing.DONE_LATE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A summary as it stands in the record today; people put in what the record cannot know."""

    title: str
    author: str
    on: date
    blocks: tuple[Block, ...]

    def docx(self) -> HandedIn:
        """Return it as a document that the office can edit."""
        content = compose(self.blocks, title=self.title, author=self.author, on=self.on)
        return HandedIn(name=f"{self.title}.docx", mime=KINDS["docx"], content=content)


def of_bureau(round_: Round, *, on: date, seen_by: Actor, ending: str = "") -> Draft:
    """Draft the bureau's yearly summary, for those who oversee the whole; `ending` is what only people know."""
    if seen_by.role not in OVERSEERS:
        raise Refused("report.not_yours")
    house = bureau.bureau()
    name = house.name if house else ""
    title = _("Summary of the %(year)d evaluation of conduct of %(name)s") % {"year": round_.year, "name": name}
    page = _begun(title)
    found = [tasks.see(row, on=on) for row in tasks.tasks(round_)]
    page.heading(_("Tasks carried out"))
    page.put(BlockKind.BODY, words.tasks_said(found))
    page.table(*words.tasks_by_section(found))
    _meetings(page, round_)
    rooms.put_cases(page, round_, on=on)
    rooms.put_promises(page, round_, on=on)
    verdict = results.final(round_.year)
    shown = results.results(verdict, seen_by=seen_by) if verdict else []
    page.heading(_("Result of the evaluation"))
    page.put(BlockKind.BODY, words.verdict_said(shown))
    if shown:
        page.table(*words.ranking(shown, grades=_grades(round_)))
    rooms.put_certainty(page, verdict, shown)
    rooms.put_decision(page, verdict, orders.of(verdict, seen_by=seen_by) if verdict else [])
    _consequences(page, verdict, seen_by=seen_by)
    page.heading(_("Papers handed in"))
    _filed(page, round_, on=on, seen_by=seen_by)
    return _closed(page, title=title, author=name, on=on, ending=ending)


def of_section(round_: Round, section: Section, *, on: date, seen_by: Actor) -> Draft:
    """Draft a section's summary, for the section itself and those who oversee it."""
    if seen_by.role not in OVERSEERS and seen_by.section != section.reference:
        raise Refused("report.not_yours")
    title = _("Summary of the %(year)d evaluation of conduct of %(name)s") % {
        "year": round_.year,
        "name": section.name,
    }
    page = _begun(title)
    found = [tasks.see(row, on=on) for row in tasks.tasks(round_).filter(section=section)]
    page.heading(_("Tasks carried out"))
    page.put(BlockKind.BODY, words.tasks_said(found))
    if found:
        page.table(*words.tasks_one_by_one(found))
    verdict = results.final(round_.year)
    own = (
        [one for one in results.results(verdict, seen_by=seen_by) if one.section == section.reference]
        if verdict
        else []
    )
    page.heading(_("Score of the section"))
    _score(page, own, round_)
    _consequences(page, verdict, seen_by=seen_by, section=section)
    return _closed(page, title=title, author=section.name, on=on)


def _begun(title: str) -> Page:
    page = Page(language=get_language() or "zh")
    page.put(BlockKind.TITLE, title)
    return page


def _closed(page: Page, *, title: str, author: str, on: date, ending: str = "") -> Draft:
    """End with what only people know, the name and the day."""
    page.heading(_("Shortcomings and next steps"))
    for line in ending.strip().splitlines() or [
        _("(To be written: what fell short, why, and what will be done by when.)")
    ]:
        page.put(BlockKind.BODY, line)
    page.put(BlockKind.SIGNATURE, author)
    page.put(BlockKind.SIGNATURE, say_date(on, language=page.language))
    return Draft(title=title, author=author, on=on, blocks=tuple(page.blocks))


def _meetings(page: Page, round_: Round) -> None:
    held = [row for row in round_.meetings.order_by("held_at", "pk") if row.held_at]
    page.heading(_("Meetings held"))
    page.put(BlockKind.BODY, _("%(count)d meetings were held.") % {"count": len(held)})
    if held:
        page.table(*words.meetings(held))


def _score(page: Page, own: Sequence[Result], round_: Round) -> None:
    page.put(BlockKind.BODY, words.score_said(own, grades=_grades(round_)))
    names = sheets.Names(plans.plan(round_))
    for one in own:
        rows = [(names.source(key), fixed(total(lines), digits=2)) for key, lines in one.said.sheet.by_source().items()]
        page.table((_("Source"), _("Points")), *rows)


def _consequences(page: Page, verdict: Verdict | None, *, seen_by: Actor, section: Section | None = None) -> None:
    found = orders.of(verdict, seen_by=seen_by) if verdict else []
    kept = [row for row in found if section is None or row.section_id == section.pk]
    page.heading(_("What follows from the result"))
    page.put(BlockKind.BODY, words.consequences_said(kept))
    if kept:
        page.table(*words.consequences(kept))


def _filed(page: Page, round_: Round, *, on: date, seen_by: Actor) -> None:
    page.put(BlockKind.BODY, words.summaries_said(summaries(round_, on=on)))
    asked = filings.filings(round_, on=on, seen_by=seen_by)
    if asked:
        page.table(*words.filings(asked))


def summaries(round_: Round, *, on: date) -> list[Seen]:
    """Return the sections' summaries with how each stands, by section (§4.4a)."""
    wanted = rules.summaries(plans.plan(round_))
    rows = tasks.tasks(round_).filter(plan_task__in=wanted).order_by("section__order", "pk")
    return [tasks.see(row, on=on) for row in rows]


def _grades(round_: Round) -> dict[str, str]:
    return {one.id: one.name for one in plans.plan(round_).grades}


def summaries_seen(round_: Round, *, on: date, seen_by: Actor) -> list[Seen]:
    """Return the summaries that concern a reader: a section's own, or all for those who oversee the whole."""
    found = summaries(round_, on=on)
    if seen_by.role in OVERSEERS:
        return found
    return [one for one in found if one.task.section and one.task.section.reference == seen_by.section]
