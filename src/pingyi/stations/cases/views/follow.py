"""What the code of a receipt opens: where it stands, why this date, files, rating, objection, papers, letters."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.handing_out import hand_out
from pingyi.rules.actor import Role
from pingyi.rules.case.rating import Level
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import citizen, protection, rating
from pingyi.stations.cases.forms import public as forms
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import follow as queries
from pingyi.stations.cases.queries import timing
from pingyi.stations.cases.queries.codes import Opening
from pingyi.stations.cases.views.by_code import by_code, deciding, follower, with_case
from pingyi.words import refusal


@by_code
def follow(request: HttpRequest, found: Opening) -> HttpResponse:
    """Show where a matter stands."""
    if found.case is None:
        page = "free_receipt" if found.receipt else "waiting"
        return pages.show(request, f"cases/public/{page}.html", found=found)
    is_citizen = pages.actor_of(request).role is Role.PUBLIC
    return pages.show(
        request, "cases/public/follow.html", followed=queries.follow(found.case, at=clock.now()), case=found.case,
        found=found, is_citizen=is_citizen, decides=is_citizen and found.decides,
    )  # fmt: skip


@with_case
def why(request: HttpRequest, found: Opening, case: Case) -> HttpResponse:
    """Explain the due date day by day."""
    going = queries.follow(case, at=clock.now()).going
    told = timing.why(going, on=clock.today())
    return pages.show(request, "cases/public/why.html", case=case, found=found, going=going, why=told)


@with_case
def file(request: HttpRequest, found: Opening, case: Case, reference: str) -> HttpResponse:
    """Hand out a file of the matter, its answer or its result."""
    row = queries.file(case, reference)
    try:
        return hand_out(row.sha256, name=row.name, mime=row.mime)
    except Refused as refused:
        raise Http404(refusal(refused)) from refused


@deciding
def rate(request: HttpRequest, found: Opening, case: Case) -> HttpResponse:
    """Take the rating; whoever is dissatisfied is asked whether the matter should be opened again."""
    form = forms.Rate(request.POST or None)
    if form.is_valid() and _done(request, found, case, form, rating.rate):
        if not Level(form.cleaned_data["level"]).is_satisfied:
            said = _("Thank you. If the matter is not settled, you can have it opened again here.")
            return pages.done(request, "citizens:reopen", found.code, said=said)
        return pages.done(request, "citizens:follow", found.code, said=_("Thank you for your rating."))
    return _ask(request, found, case, form, "cases/public/rate.html")


@deciding
def reopen(request: HttpRequest, found: Opening, case: Case) -> HttpResponse:
    """Open a closed matter again because it is not settled."""
    form = forms.Objection(request.POST or None)
    if form.is_valid() and _done(request, found, case, form, citizen.object_to):
        said = _("The matter is open again. The section must answer anew.")
        return pages.done(request, "citizens:follow", found.code, said=said)
    return _ask(request, found, case, form, "cases/public/reopen.html")


@with_case
def papers(request: HttpRequest, found: Opening, case: Case) -> HttpResponse:
    """Take the citizen's word that the missing papers are in."""
    form = forms.Papers(request.POST if request.method == "POST" else None, request.FILES or None, holder=found.code)
    if form.is_valid() and _done(request, found, case, form, citizen.hand_in_papers):
        return pages.done(request, "citizens:follow", found.code, said=_("Thank you. The work goes on."))
    return _ask(request, found, case, form, "cases/public/papers.html")


@deciding
def write(request: HttpRequest, found: Opening, case: Case) -> HttpResponse:
    """Add a letter to the protected thread."""
    form = forms.Letter(request.POST or None)
    if form.is_valid() and _done(request, found, case, form, citizen.write):
        return pages.done(request, "citizens:follow", found.code, said=_("Your letter is with the office."))
    return _ask(request, found, case, form, "cases/public/write.html")


@deciding
def erase(request: HttpRequest, found: Opening, case: Case) -> HttpResponse:
    """Destroy for good what was told in a closed matter, after asking once more."""
    form = forms.Sure(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(request, found, case, form, protection.erase):
        said = _("What you told us has been erased for good.")
        return pages.done(request, "citizens:follow", found.code, said=said)
    return _ask(request, found, case, form, "cases/public/erase.html")


def _done(request: HttpRequest, found: Opening, case: Case, form: Form, action: Callable[..., object]) -> bool:
    """Act as the one who holds the code."""
    return pages.attempt_as(follower(request, found, case), form, action, case.reference)


def _ask(request: HttpRequest, found: Opening, case: Case, form: Form, template: str) -> HttpResponse:
    followed = queries.follow(case, at=clock.now())
    return pages.show(request, template, form=form, found=found, case=case, followed=followed)
