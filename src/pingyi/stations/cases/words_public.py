"""Where a matter stands, told to the citizen in plain words; sections are named and persons are not."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.models import Case, ClockStop

PURPOSES: Mapping[str, str | Promise] = {
    "contact": gettext_lazy("To ask about the matter or to make an appointment"),
    "deliver": gettext_lazy("To deliver the answer"),
    "call_back": gettext_lazy("To ask whether the matter was settled (call-back)"),
    "protect": gettext_lazy("To protect the person"),
    "law": gettext_lazy("Because a law or a court demands it"),
}


def steps() -> tuple[str, ...]:
    """Return the five steps of a matter's way."""
    return (
        pgettext("step of a matter", "Received"),
        pgettext("step of a matter", "With a section"),
        pgettext("step of a matter", "Answered"),
        pgettext("step of a matter", "Result"),
        pgettext("step of a matter", "Closed"),
    )


def holder(case: Case) -> str:
    """Return who has it: the section, or the supervision office."""
    return case.section.name if case.section else _("The supervision office")


def said(case: Case, *, stop: ClockStop | None, is_late: bool) -> str:
    """Return one or two sentences of where it stands."""
    if is_late:
        late = _("It should have been finished by %(day)s and is overdue; the supervision office has been shown this.")
        return late % {"day": case.due_on.isoformat()}
    if case.stage == Stage.CLOSED.value:
        return _("It is closed. Below are the answer and the result.")
    if stop is not None:
        return _stopped(stop)
    return _open(case)


def _stopped(stop: ClockStop) -> str:
    if stop.cause == "papers":
        return _("It waits for papers from you. Hand them in, and the work goes on.")
    return _("The work waits for others, such as a test or a court; it goes on as soon as they are done.")


def _open(case: Case) -> str:
    if case.answered_on is not None and case.settled_on is not None:
        return _("Answer and result are there. Somebody who did not handle it checks them before it is closed.")
    if case.answered_on is not None:
        return _("You have an answer. The result is still to come, so the matter is not finished.")
    if case.settled_on is not None:
        return _("A result is noted. You still get an answer, so the matter is not finished.")
    if case.is_restricted:
        return _("The supervision office is looking into it. Nobody else at the bureau sees it.")
    if case.stage == Stage.RECEIVED.value:
        return _("It was received and is being passed to the section in charge.")
    return _("%(section)s is working on it.") % {"section": holder(case)}
