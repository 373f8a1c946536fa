"""The pages of a task: read, report, check, assign, more time."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi import clock, pages
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.handing_out import hand_out
from pingyi.rules import task as rules
from pingyi.rules.permissions import may
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries
from pingyi.stations.plans.actions import check, deed, task
from pingyi.stations.plans.forms import task as forms
from pingyi.stations.plans.queries import deed as deeds
from pingyi.stations.plans.queries import people, why
from pingyi.stations.plans.queries import task as tasks
from pingyi.words import refusal


@members_only
def duties(request: HttpRequest) -> HttpResponse:
    """Show what this person and section have to do, what waits for their word, and what is behind them."""
    actor, today = pages.actor_of(request), clock.today()
    return pages.show(
        request,
        "plans/duties.html",
        own=tasks.own(actor, on=today),
        to_check=tasks.to_check(actor, on=today),
        finished=tasks.finished(actor, on=today),
        round=queries.current_round(),
    )


@members_only
def task_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one task: what, why, until when, what was done."""
    opened = _opened(request, reference)
    day_off = why.day_off(opened.seen.task.due_on)
    row = opened.seen.task
    offers = deeds.offered(row) if may(pages.actor_of(request), "task.report", row.about()) else ()
    return pages.show(request, "plans/task.html", opened=opened, task=row, day_off=day_off, offers=offers)


@members_only
def why_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Explain the due date day by day."""
    opened = _opened(request, reference)
    plan = queries.plan(opened.seen.task.round)
    planned_on = rules.due_date(opened.in_plan, plan) if opened.in_plan else None
    shown = why.why(opened.seen.task, in_plan=opened.in_plan, planned_on=planned_on, on=clock.today())
    return pages.show(request, "plans/task_why.html", why=shown, opened=opened, task=opened.seen.task)


@asking("task.add")
def add(request: HttpRequest) -> HttpResponse:
    """Add a task beside the plan's (§3.2.1)."""
    form = forms.Addition(request.POST or None, sections=bureau.sections())
    if form.is_valid() and pages.attempt(request, form, task.add):
        return pages.done(request, "plans:board", said=_("The task was added."))
    return pages.show(request, "plans/task_add.html", form=form)


@asking("task.report")
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Report a task with its proofs; what was uploaded stays whatever else is wrong."""
    opened = _opened(request, reference)
    holder = pages.actor_of(request).reference
    first = {"text": opened.seen.task.report} if opened.may_read else {}
    form = forms.Report(
        request.POST or None, request.FILES or None, holder=holder, standing=opened.proofs,
        proof_needed=bool(opened.seen.task.product), initial=first,
    )  # fmt: skip
    if form.is_valid() and pages.attempt(request, form, task.report, reference):
        return pages.done(request, "plans:task", reference, said=_("The report was handed in and waits for its check."))
    return pages.show(request, "plans/task_report.html", form=form, opened=opened, task=opened.seen.task)


@asking("task.report")
@require_POST
def by_deed(request: HttpRequest, reference: str) -> HttpResponse:
    """Report a task by an act that stands in the record."""
    opened = _opened(request, reference)
    form = forms.ByDeed(request.POST)
    if form.is_valid() and pages.attempt(request, form, deed.report, reference):
        return pages.done(request, "plans:task", reference, said=_("The report was handed in and waits for its check."))
    return _ask(request, form, opened, title=_("Use it as the proof"), submit=_("Use it as the proof"))


@asking("task.accept", "task.return")
def check_page(request: HttpRequest, reference: str, verb: str = "accept") -> HttpResponse:
    """Show the report beside what the plan asks, and take the checker's word."""
    opened = _opened(request, reference)
    if not opened.may_read:
        raise PermissionDenied
    posted = request.POST or None
    accepting = forms.Acceptance(posted if verb == "accept" else None, prefix="accept")
    returning = forms.Reason(posted if verb == "return" else None, prefix="return", verb="task.return")
    form, action, said = (
        (accepting, check.accept, _("The report was accepted."))
        if verb == "accept"
        else (returning, check.send_back, _("The report was returned, with your reason."))
    )
    if form.is_valid() and pages.attempt(request, form, action, reference):
        return pages.done(request, "plans:task", reference, said=said)
    return pages.show(
        request, "plans/task_check.html", form=form, accepting=accepting, returning=returning, opened=opened,
        task=opened.seen.task,
    )  # fmt: skip


@asking("task.assign")
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Make another person responsible."""
    opened = _opened(request, reference)
    offered = people.free_candidates(opened.seen.task.section, on=clock.today())
    form = forms.Assignment(request.POST or None, people=offered)
    if form.is_valid() and pages.attempt(request, form, task.assign, reference):
        return pages.done(request, "plans:task", reference, said=_("Another person is responsible from now on."))
    return _ask(request, form, opened, title=_("Who is responsible?"), submit=_("Make responsible"))


@asking("task.extend_ask")
def extend(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for more time."""
    opened = _opened(request, reference)
    form = forms.Extension(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, task.extend_ask, reference):
        return pages.done(request, "plans:task", reference, said=_("You asked for more time."))
    return _ask(request, form, opened, title=_("Ask for more time"), submit=_("Ask for more time"))


@asking("task.extend_grant")
def extend_grant(request: HttpRequest, reference: str) -> HttpResponse:
    """Grant the time that was asked for."""
    opened = _opened(request, reference)
    form = forms.Nothing(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, task.extend_grant, reference):
        return pages.done(request, "plans:task", reference, said=_("The time was granted."))
    return _ask(request, form, opened, title=_("Grant more time"), submit=_("Grant"))


@asking("task.extend_deny")
def extend_deny(request: HttpRequest, reference: str) -> HttpResponse:
    """Refuse the time that was asked for."""
    opened = _opened(request, reference)
    form = forms.Reason(request.POST or None, verb="task.extend_deny")
    if form.is_valid() and pages.attempt(request, form, task.extend_deny, reference):
        return pages.done(request, "plans:task", reference, said=_("The time was refused, with your reason."))
    return _ask(request, form, opened, title=_("Refuse more time"), submit=_("Refuse"))


@asking("task.waive")
def waive(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the task need not be done."""
    opened = _opened(request, reference)
    form = forms.Reason(request.POST or None, verb="task.waive")
    if form.is_valid() and pages.attempt(request, form, task.waive, reference):
        return pages.done(request, "plans:task", reference, said=_("The task was waived."))
    return _ask(request, form, opened, title=_("Waive the task"), submit=_("Waive"))


@asking("task.withdraw_report")
@require_POST
def withdraw_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a report back."""
    opened = _opened(request, reference)
    form = forms.Nothing(request.POST)
    if form.is_valid() and pages.attempt(request, form, task.withdraw_report, reference):
        return pages.done(request, "plans:task", reference, said=_("The report was taken back. You can change it."))
    return _ask(request, form, opened, title=_("Take the report back"), submit=_("Take back"))


@members_only
def proof(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out a file to those who may read it; never as a page of this site."""
    row = tasks.proof(reference, seen_by=pages.actor_of(request))
    if row is None:
        raise PermissionDenied
    try:
        return hand_out(row.sha256, name=row.name, mime=row.mime)
    except Refused as refused:
        return pages.show(request, "plans/proof_lost.html", proof=row, sentence=refusal(refused))


def _opened(request: HttpRequest, reference: str) -> tasks.Opened:
    return tasks.task(reference, seen_by=pages.actor_of(request), on=clock.today())


def _ask(request: HttpRequest, form: Form, opened: tasks.Opened, *, title: str, submit: str) -> HttpResponse:
    return pages.show(
        request, "plans/task_ask.html", form=form, opened=opened, task=opened.seen.task, title=title, submit=submit
    )
