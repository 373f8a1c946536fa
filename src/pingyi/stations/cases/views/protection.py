"""Opening who raised a case, letters to a reporter, erasing: each an act of its own (§3.2.6, §5.4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import pages
from pingyi.bureau.entrance import asking
from pingyi.stations.cases.actions import citizen, protection
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.forms import protection as forms
from pingyi.stations.cases.forms import public
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import protected
from pingyi.stations.cases.views.by_code import private


@private
@asking("case.identify")
def identify(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what for, and show the data once; looking again is another act."""
    case = protected.find(reference, seen_by=pages.actor_of(request))
    form = forms.Identify(request.POST or None, initial={"purpose": request.GET.get("purpose", "")})
    seen: list[Contact] = []
    if form.is_valid() and pages.attempt(
        request, form, lambda **told: seen.append(protection.identify(reference, **told))
    ):
        return pages.show(request, "cases/identified.html", case=case, contact=seen[0])
    return pages.show(request, "cases/identify.html", case=case, form=form)


@asking("case.write")
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to the reporter of misconduct."""
    case = cases.find(reference, seen_by=pages.actor_of(request))
    form = public.Letter(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, citizen.write, reference):
        return pages.done(request, "cases:case", reference, said=_("The reporter reads your letter by the code."))
    return pages.show(request, "cases/write.html", case=case, form=form)


@asking("case.erase")
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    """Destroy for good what was told in a case, after asking once more."""
    case = cases.find(reference, seen_by=pages.actor_of(request))
    form = public.Sure(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, protection.erase, reference):
        return pages.done(request, "cases:case", reference, said=_("What was told has been erased for good."))
    return pages.show(request, "cases/erase.html", case=case, form=form)
