"""The sentences and tables of the summaries; every number is counted from the rows that are handed in (§4.4a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.rules.day import day_of
from pingyi.rules.result import OrderStage
from pingyi.rules.task import Stage, Standing, was_late
from pingyi.stations.plans.models import Meeting
from pingyi.stations.plans.queries.task import Seen
from pingyi.stations.publication.queries.filing import Asked
from pingyi.stations.results.models import ConsequenceOrder
from pingyi.stations.results.queries.verdict import Result

Rows = list[tuple[str, ...]]


def tasks_said(found: Sequence[Seen]) -> str:
    """Say how many tasks were done, in time and late, and how many are not done."""
    counts = _counted(found)
    return _(
        "The year had %(all)d tasks: %(done)d are done, %(timely)d of them in time and %(late)d late;"
        " %(waiting)d wait to be checked, %(open)d are not done."
    ) % {**counts, "timely": counts["done"] - counts["late"]}


def tasks_by_section(found: Sequence[Seen]) -> Rows:
    """Return the counts section by section, the bureau's own first."""
    names = list(dict.fromkeys(_section(one) for one in found))
    rows: Rows = [(_("Section"), _("Tasks"), _("Done"), _("Done late"), _("Not done"))]
    for name in names:
        counts = _counted([one for one in found if _section(one) == name])
        undone = counts["open"] + counts["waiting"]
        rows.append((name, str(counts["all"]), str(counts["done"]), str(counts["late"]), str(undone)))
    return rows


def tasks_one_by_one(found: Sequence[Seen]) -> Rows:
    """Return each task with its dates and how it stands."""
    head = (_("Task"), _("Due"), _("Reported"), _("State"))
    return [head, *((one.task.title, _day(one.task.due_on), _day(one.task.reported_on), _state(one)) for one in found)]


def meetings(held: Sequence[Meeting]) -> Rows:
    """Return the meetings with their days and attendance."""
    head = (_("Meeting"), _("Day"), _("Invited"), _("Present"))
    return [head, *((row.title, _day(row.held_at), str(row.invited), str(row.present)) for row in held)]


def verdict_said(shown: Sequence[Result]) -> str:
    """Say whether the result is there."""
    if not shown:
        return _("The result of the year is not confirmed yet.")
    return _("%(count)d sections were evaluated by the plan. Score, rank and grade:") % {"count": len(shown)}


def ranking(shown: Sequence[Result], *, grades: Mapping[str, str]) -> Rows:
    """Return the ranking."""
    rows: Rows = [(_("Rank"), _("Section"), _("Score"), _("Grade"))]
    for one in shown:
        said = one.said
        grade = grades.get(said.grade, "—")
        rows.append((str(said.placement.rank or "—"), said.sheet.section.name, said.sheet.printed or "—", grade))
    return rows


def score_said(own: Sequence[Result], *, grades: Mapping[str, str]) -> str:
    """Say a section's own score."""
    if not own:
        return _("The result of the year is not confirmed yet.")
    said = own[0].said
    facts = {"score": said.sheet.printed, "rank": said.placement.rank or "—", "of": said.placement.of}
    return _("Score %(score)s, rank %(rank)s of %(of)s, grade: %(grade)s.") % {
        **facts,
        "grade": grades.get(said.grade, "—"),
    }


def consequences_said(kept: Sequence[ConsequenceOrder]) -> str:
    """Say how many consequences there are, and how many are carried out."""
    if not kept:
        return _("Nothing follows that has to be carried out.")
    done = sum(row.order_stage is OrderStage.DONE for row in kept)
    return _("%(count)d matters follow from the result; %(done)d are carried out.") % {"count": len(kept), "done": done}


def consequences(kept: Sequence[ConsequenceOrder]) -> Rows:
    """Return what follows, with dates and state."""
    stages = {
        OrderStage.DRAFTED: _("to be ordered"), OrderStage.ORDERED: _("ordered"), OrderStage.REPORTED: _("reported"),
        OrderStage.RETURNED: _("returned"), OrderStage.DONE: _("carried out"), OrderStage.WAIVED: _("not carried out"),
        OrderStage.LIFTED: pgettext("a consequence", "lifted"),
    }  # fmt: skip
    head = (_("Section"), _("Matter"), _("Due"), _("State"))
    return [head, *((row.section.name, row.name, _day(row.due_on), stages[row.order_stage]) for row in kept)]


def summaries_said(found: Sequence[Seen]) -> str:
    """Say which sections' summaries came in time, which late, which not."""
    late = _names(one for one in found if came_late(one))
    missing = _names(one for one in found if one.task.reported_on is None and one.task.stage != Stage.WAIVED)
    return _("Of %(all)d section summaries: late %(late)s; not handed in %(missing)s.") % {
        "all": len(found),
        "late": late,
        "missing": missing,
    }


def filings(asked: Sequence[Asked]) -> Rows:
    """Return what was filed with whom, and the receipts."""
    rows: Rows = [(_("Filing"), _("With"), _("Due"), pgettext("a filing", "Filed"), _("Receipt"))]
    for one in asked:
        filed = _day(one.row.filed_on) if one.row else "—"
        number = (one.row.receipt_number if one.row else "") or "—"
        rows.append((one.title, one.recipient_name, _day(one.due_on), filed, number))
    return rows


def _counted(found: Sequence[Seen]) -> dict[str, int]:
    """Count by state; what is not to be done any more is left out."""
    kept = [one for one in found if one.task.stage != Stage.WAIVED]
    standings = [one.standing for one in kept]
    late = standings.count(Standing.DONE_LATE)
    done, waiting = late + standings.count(Standing.DONE), standings.count(Standing.WAITING)
    return {"all": len(kept), "done": done, "late": late, "waiting": waiting, "open": len(kept) - done - waiting}


def came_late(one: Seen) -> bool:
    """Whether it was handed in after its due date."""
    return was_late(one.task.state)


def _names(found: Iterable[Seen]) -> str:
    return "、".join(_section(one) for one in found) or pgettext("sections", "none")


def _section(one: Seen) -> str:
    return one.task.section.name if one.task.section else _("Bureau and supervision office")


def _day(day: date | datetime | None) -> str:
    if day is None:
        return "—"
    return (day_of(day) if isinstance(day, datetime) else day).isoformat()


def _state(one: Seen) -> str:
    return {
        Standing.DONE: _("done"), Standing.DONE_LATE: _("done late"), Standing.WAITING: _("waits to be checked"),
        Standing.LATE: _("overdue"), Standing.RETURNED: _("returned"),
    }.get(one.standing, _("not done"))  # fmt: skip
