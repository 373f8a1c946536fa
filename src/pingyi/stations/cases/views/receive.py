"""Receive a matter by telephone, at the counter, by letter or visit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.entrance import asking
from pingyi.stations.cases.actions import intake
from pingyi.stations.cases.forms.receipt import Receipt
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import codes, year


@asking("case.receive")
def receive(request: HttpRequest) -> HttpResponse:
    """Receive a matter, and go on to its page."""
    actor = pages.actor_of(request)
    form = Receipt(
        request.POST or None, request.FILES or None, holder=actor.reference, has_section=actor.section is not None,
        channels=year.channels(year.round_on(clock.today())), initial={"kind": "complaint", "channel": "phone"},
    )  # fmt: skip
    made: list[Case] = []
    if form.is_valid() and pages.attempt(request, form, lambda **told: made.append(intake.receive(**told))):
        return _received(request, made[0])
    return pages.show(request, "cases/receive.html", form=form)


def _received(request: HttpRequest, case: Case) -> HttpResponse:
    """A report of misconduct has gone to the supervision office; who received it sees it no more."""
    if case.is_restricted:
        said = _("The report went to the supervision office as %(number)s; nobody else sees it.")
        return pages.done(request, "cases:cases", said=said % {"number": case.reference})
    said = _("The matter was received. Tell the person the number and the reading code: %(code)s.")
    return pages.done(request, "cases:case", case.reference, said=said % {"code": codes.reading_code(case)})
