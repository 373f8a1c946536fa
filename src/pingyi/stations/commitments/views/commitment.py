"""The pages of commitments: what everybody reads, and the way of one to the public."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi import clock, pages
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.models import Section
from pingyi.rules.actor import Role
from pingyi.rules.permissions import may
from pingyi.stations.commitments.actions import commitment as actions
from pingyi.stations.commitments.actions import measurement
from pingyi.stations.commitments.forms import commitment as forms
from pingyi.stations.commitments.queries import commitment as queries
from pingyi.stations.commitments.queries import figures
from pingyi.stations.commitments.views.seen import overtaken


def index(request: HttpRequest) -> HttpResponse:
    """Show everybody what each section promises; to members also what is in preparation and what is lacking."""
    actor = pages.actor_of(request)
    is_member = actor.role is not Role.PUBLIC
    return pages.show(
        request,
        "commitments/commitments.html",
        promising=queries.by_section(list(queries.published())),
        coming=queries.coming(actor) if is_member else [],
        lacking=queries.lacking(queries.plan()) if is_member else [],
        is_member=is_member,
    )


@members_only
def kept(request: HttpRequest) -> HttpResponse:
    """Show how often each commitment was kept this year, always with n."""
    today = clock.today()
    found = figures.kept(year=today.year, on=today)
    waiting = queries.measured_to_check(pages.actor_of(request))
    return pages.show(
        request, "commitments/kept.html", sections=figures.by_section(found), waiting=waiting, today=today
    )


@asking("commitment.draft")
def add(request: HttpRequest) -> HttpResponse:
    """Draft a commitment."""
    offered = _sections(request, "commitment.draft")
    form = forms.Draft(request.POST or None, sections=offered)
    if form.is_valid() and pages.attempt(request, form, actions.draft):
        return pages.done(request, "commitments:commitments", said=_("The draft is kept. Hand it in when it is ready."))
    limits = queries.plan()
    return pages.show(
        request, "commitments/commitment_form.html", form=form, plan=limits, title=_("Draft a commitment")
    )


def commitment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one version with its count and its former versions."""
    opened = _opened(request, reference)
    today = clock.today()
    counted = figures.of(opened.row, on=today) if opened.row.published_on else None
    is_member = pages.actor_of(request).role is not Role.PUBLIC
    return pages.show(
        request,
        "commitments/commitment.html",
        opened=opened,
        row=opened.row,
        counted=counted,
        is_member=is_member,
    )


@asking("commitment.edit")
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a draft."""
    row = _opened(request, reference).row
    fields = ("kind", "what", "amount", "unit", "case_kind", "measured_by")
    first = {"seen": row.version, **{name: getattr(row, name) for name in fields}}
    form = forms.Commitment(request.POST or None, initial=first)
    if form.is_valid() and pages.attempt(request, form, actions.edit, reference):
        return pages.done(request, "commitments:commitment", reference, said=_("The draft was changed."))
    return pages.show(
        request,
        "commitments/commitment_form.html",
        form=form,
        row=row,
        plan=queries.plan(),
        title=_("Change the draft"),
        overtaken=overtaken(form, version=row.version),
    )


@asking("commitment.propose")
@require_POST
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand a draft in; what is wrong with it is said on the draft's own form."""
    row = _opened(request, reference).row
    form = forms.Nothing(request.POST)
    if form.is_valid() and pages.attempt(request, form, actions.propose, reference):
        said = _("Handed in: another person checks it.")
        return pages.done(request, "commitments:commitment", reference, said=said)
    return _ask(request, form, row=row, title=_("Hand in"), submit=_("Hand in"))


@asking("commitment.publish")
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a proposed version beside what it replaces, and publish it."""
    return _check(request, reference, verb="publish")


@asking("commitment.return")
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Return a proposed version with a reason."""
    return _check(request, reference, verb="return")


@asking("commitment.amend")
@require_POST
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a new version."""
    row = _opened(request, reference).row
    form = forms.Nothing(request.POST)
    if form.is_valid() and pages.attempt(request, form, actions.amend, reference):
        return pages.done(request, "commitments:edit", queries.newest(row), said=_("Change what is to be new."))
    return _ask(request, form, row=row, title=_("Begin a new version"), submit=_("Begin a new version"))


@asking("commitment.withdraw")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a version back with a reason."""
    row = _opened(request, reference).row
    form = forms.Reason(request.POST or None, verb="commitment.withdraw")
    if form.is_valid() and pages.attempt(request, form, actions.withdraw, reference):
        return pages.done(request, "commitments:commitments", said=_("The commitment was withdrawn."))
    return _ask(request, form, row=row, title=_("Withdraw the commitment"), submit=_("Withdraw"), kind="danger")


@asking("commitment.measure")
def measure(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter how often a commitment was kept."""
    row = _opened(request, reference).row
    form = forms.Measurement(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, measurement.measure, reference):
        said = _("Entered: the figures count once another person has checked them.")
        return pages.done(request, "commitments:commitment", reference, said=said)
    return _ask(request, form, row=row, title=_("How often was it kept?"), submit=_("Enter the figures"))


@asking("measurement.accept")
@require_POST
def accept_measured(request: HttpRequest, reference: str) -> HttpResponse:
    """Let entered figures count."""
    row = queries.measured(reference).commitment
    form = forms.Nothing(request.POST)
    if form.is_valid() and pages.attempt(request, form, measurement.accept, reference):
        return pages.done(request, "commitments:commitment", row.reference, said=_("The figures count from now on."))
    return _ask(request, form, row=row, title=_("Check the figures"), submit=_("They are right"))


@asking("measurement.refuse")
def refuse_measured(request: HttpRequest, reference: str) -> HttpResponse:
    """Let entered figures not count."""
    row = queries.measured(reference).commitment
    form = forms.Reason(request.POST or None, verb="measurement.refuse")
    if form.is_valid() and pages.attempt(request, form, measurement.refuse, reference):
        return pages.done(request, "commitments:commitment", row.reference, said=_("The figures were refused."))
    return _ask(request, form, row=row, title=_("Refuse the figures"), submit=_("Refuse"), kind="danger")


def _check(request: HttpRequest, reference: str, *, verb: str) -> HttpResponse:
    opened = _opened(request, reference)
    posted = request.POST if request.method == "POST" else None
    publishing = forms.Looked(posted if verb == "publish" else None, initial={"seen": opened.row.version})
    returning = forms.Reason(posted if verb == "return" else None, prefix="return", verb="commitment.return")
    form, action, said = (
        (publishing, actions.publish, _("Published: it is in force from today."))
        if verb == "publish"
        else (returning, actions.send_back, _("Returned, with your reason."))
    )
    if form.is_valid() and pages.attempt(request, form, action, reference):
        return pages.done(request, "commitments:commitment", reference, said=said)
    return pages.show(
        request, "commitments/commitment_check.html", form=form, publishing=publishing, returning=returning,
        opened=opened, row=opened.row, plan=queries.plan(), overtaken=overtaken(publishing, version=opened.row.version),
    )  # fmt: skip


def _opened(request: HttpRequest, reference: str) -> queries.Opened:
    opened = queries.commitment(reference, seen_by=pages.actor_of(request))
    if opened is None:
        raise Http404
    return opened


def _sections(request: HttpRequest, verb: str) -> list[Section]:
    actor = pages.actor_of(request)
    offered = [row for row in bureau.sections() if may(actor, verb, {"section": row.reference})]
    if not offered:
        raise PermissionDenied
    return offered


def _ask(
    request: HttpRequest, form: Form, *, row: object, title: str, submit: str, kind: str = "primary"
) -> HttpResponse:
    return pages.show(
        request, "commitments/ask.html", form=form, row=row, title=title, submit=submit, kind=kind
    )  # fmt: skip
