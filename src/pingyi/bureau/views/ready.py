"""Ready? What is open, accepted and in order before a plan is adopted and before a verdict is computed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from pingyi import clock, pages, ready
from pingyi.bureau import readiness
from pingyi.bureau.actions import ready as actions
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.forms.ready import Acceptance


@members_only
def page(request: HttpRequest, step: str = "", about: str = "") -> HttpResponse:
    """Show one step that is about to be done; without a name, the nearest one."""
    at = clock.now()
    known = ready.occasions(at=at)
    found = next((one for one in known if (one.step.value, one.about) == (step, about)), None)
    if found is None and step:
        raise Http404
    found = found or (known[0] if known else None)
    return pages.show(
        request, "bureau/ready.html", occasions=known, occasion=found, ready=readiness.look(found) if found else None
    )


@asking("ready.accept")
def accept(request: HttpRequest, step: str, about: str, line: str) -> HttpResponse:
    """Accept one line as it is, with a reason."""
    occasion = ready.occasion(step, about, at=clock.now())
    found = next((one for one in ready.lines(occasion) if one.check.id == line), None) if occasion else None
    if found is None or not found.check.is_acceptable:
        raise Http404
    form = Acceptance(request.POST or None, initial={"seen": found.digest})
    if form.is_valid() and pages.attempt(request, form, actions.accept, step, about, line):
        return pages.done(request, "bureau:ready_for", step, about, said=gettext("It was accepted as it is."))
    return pages.show(request, "bureau/ready_accept.html", form=form, occasion=occasion, line=found)


@asking("ready.accept")
def accept_all(request: HttpRequest, step: str, about: str) -> HttpResponse:
    """Accept all that warns as it is, with one reason."""
    occasion = ready.occasion(step, about, at=clock.now())
    lines = readiness.look(occasion).acceptable if occasion else []
    if occasion is None or not lines:
        raise Http404
    form = Acceptance(request.POST or None, initial={"seen": ready.together(lines)})
    if form.is_valid() and pages.attempt(request, form, actions.accept_all, step, about):
        left = ready.occasion(step, about, at=clock.now())
        is_ready = left is not None and bool(left.url) and readiness.look(left).is_ready
        to = occasion.url if is_ready else reverse("bureau:ready_for", args=[step, about])
        return pages.done(request, to, said=gettext("It was accepted as it is."))
    return pages.show(request, "bureau/ready_accept_all.html", form=form, occasion=occasion, lines=lines)
