"""The pages of a meeting: called, convened, attended, written down."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import asking, members_only
from pingyi.rules.task import Setter
from pingyi.stations.plans import queries
from pingyi.stations.plans.actions import meeting as actions
from pingyi.stations.plans.actions import task as tasks
from pingyi.stations.plans.forms import meeting as forms
from pingyi.stations.plans.forms.task import Reason, Resolution
from pingyi.stations.plans.queries import meeting as meetings

BLANK_LINES = 12  # on a sign-in sheet, for those who come uninvited


@members_only
def index(request: HttpRequest) -> HttpResponse:
    """Show the round's meetings."""
    opened = queries.current_round()
    if opened is None:
        return pages.show(request, "plans/no_round.html")
    return pages.show(request, "plans/meetings.html", meetings=meetings.meetings(opened), kinds=forms.KINDS)


@members_only
def meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one meeting."""
    held = meetings.meeting(reference, on=clock.today())
    return pages.show(request, "plans/meeting.html", held=held, meeting=held.meeting)


@asking("meeting.plan")
def add(request: HttpRequest) -> HttpResponse:
    """Call a meeting beside the plan's."""
    form = forms.Call(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.plan_meeting):
        return pages.done(request, "plans:meetings", said=_("The meeting was planned. Now set its day."))
    return pages.show(
        request, "plans/meeting_ask.html", form=form, title=_("Plan a meeting"), submit=_("Plan the meeting")
    )


@asking("meeting.convene")
def convene(request: HttpRequest, reference: str) -> HttpResponse:
    """Set day and place."""
    row = meetings.meeting(reference, on=clock.today()).meeting
    names = ("held_at", "planned_minutes", "place", "convener", "guests", "agenda")
    form = forms.Convening(request.POST or None, initial={name: getattr(row, name) for name in names})
    said = _("The meeting is convened, and those called were told.")
    return _do(request, reference, form, actions.convene, title=_("Set day and place"), submit=_("Convene"), said=said)


@asking("meeting.record_attendance")
def attendance(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down who came."""
    row = meetings.meeting(reference, on=clock.today()).meeting
    form = forms.AttendanceCount(
        request.POST or None, initial={"invited": row.invited or len(meetings.lines(row.guests))}
    )
    action, said = actions.record_attendance, _("The attendance was written down.")
    return _do(request, reference, form, action, title=_("Attendance"), submit=_("Write down"), said=said)


@asking("meeting.minute")
def minute(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the minutes."""
    row = meetings.meeting(reference, on=clock.today()).meeting
    holder = pages.actor_of(request).reference
    form = forms.Minutes(
        request.POST or None, request.FILES or None, holder=holder, initial={"text": row.minutes or row.agenda}
    )
    said = _("The minutes were written.")
    return _do(request, reference, form, actions.minute, title=_("Minutes"), submit=_("Write the minutes"), said=said)


@asking("meeting.cancel")
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call the meeting off."""
    form = Reason(request.POST or None, verb="meeting.cancel")
    said = _("The meeting was called off.")
    return _do(request, reference, form, actions.cancel, title=_("Call off"), submit=_("Call off"), said=said)


@asking("task.add")
def resolve(request: HttpRequest, reference: str) -> HttpResponse:
    """Turn a resolution into a task with a doer and a due date."""
    row = meetings.meeting(reference, on=clock.today()).meeting
    form = Resolution(request.POST or None, sections=bureau.sections())
    action = partial(tasks.add, setter=Setter.MEETING.value, origin=row.subject)
    if form.is_valid() and pages.attempt(request, form, action):
        return pages.done(request, "plans:meeting", reference, said=_("The resolution is a task now."))
    return pages.show(
        request, "plans/meeting_ask.html", form=form, meeting=row, title=_("A resolution as a task"), submit=_("Add")
    )


@members_only
def sign_in_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the sheet on which those who come sign, made for paper."""
    held = meetings.meeting(reference, on=clock.today())
    return pages.show(request, "plans/meeting_sheet.html", held=held, meeting=held.meeting, blanks=range(BLANK_LINES))


@members_only
def printed(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the minutes as a document, made for paper."""
    held = meetings.meeting(reference, on=clock.today())
    return pages.show(request, "plans/meeting_print.html", held=held, meeting=held.meeting, bureau=bureau.bureau())


def _do(
    request: HttpRequest,
    reference: str,
    form: Form,
    action: Callable[..., object],
    *,
    title: str,
    submit: str,
    said: str,
) -> HttpResponse:
    if form.is_valid() and pages.attempt(request, form, action, reference):
        return pages.done(request, "plans:meeting", reference, said=said)
    row = meetings.meeting(reference, on=clock.today()).meeting
    return pages.show(request, "plans/meeting_ask.html", form=form, meeting=row, title=title, submit=submit)
