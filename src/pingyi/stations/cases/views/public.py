"""Tell us without an account; the receipt; the way back to a matter by its code (§3.2.2)."""

from __future__ import annotations

import segno
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pingyi import outages, pages, site
from pingyi.rules.actor import VISITOR
from pingyi.rules.refused import Refused
from pingyi.stations.cases import gate
from pingyi.stations.cases.actions import inbox
from pingyi.stations.cases.forms import public as forms
from pingyi.stations.cases.gate import Sum
from pingyi.stations.cases.models import WEB, Submission
from pingyi.stations.cases.queries import codes
from pingyi.stations.cases.queries.codes import Opening
from pingyi.stations.cases.views.by_code import by_code, private


@private
def tell(request: HttpRequest) -> HttpResponse:
    """Take a matter from anybody, and go on to its receipt; one that was taken already is neither counted nor asked."""
    if (code := codes.sent_before(request.POST.get("once", ""))) is not None:
        return redirect("citizens:receipt", code)
    form = forms.Tell(
        request.POST or None, request.FILES or None, asked=_asked_if_counted(request),
        initial={"kind": request.GET.get("kind", "")},
    )  # fmt: skip
    made: list[Submission] = []
    busy: list[Refused] = []

    def hand_in(*, by: object, **told: object) -> None:  # whoever is signed in hands in as a citizen here
        try:
            made.append(inbox.submit(channel=WEB, **told))  # type: ignore[arg-type]
        except Refused as refused:
            busy.extend([refused] if gate.is_busy(refused) else [])
            raise

    if form.is_valid():
        with pages.keeping(form, VISITOR):  # counting needs the disk as well
            if not gate.lets_pass(request, "tell", form.asked):
                form.ask_anew()
            elif pages.attempt(request, form, hand_in):
                return redirect("citizens:receipt", made[0].follow_code)
            elif form.asked:  # it is spent; what was refused is sent again with another
                form.ask(gate.new_sum())
    response = pages.show(request, "cases/public/tell.html", form=form)
    if busy:
        response.status_code = 503
        response["Retry-After"] = str(gate.RETRY_AFTER)
    return response


@private
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code and lead to the matter; a wrong one stays in the field."""
    form = forms.Code(request.POST or None, asked=_asked(request, "miss"))
    if form.is_valid() and form.asked and not gate.spend(form.asked):
        form.ask_anew()
    elif form.is_valid():
        code = form.cleaned_data["code"]
        if codes.opening(code) is not None:
            gate.let_pass(request, code)
            return redirect("citizens:follow", code)
        gate.count(request, "miss")
        form.add_error("code", forms.NO_SUCH_CODE)
    return pages.show(request, "cases/public/find.html", form=form)


@by_code
def receipt(request: HttpRequest, found: Opening) -> HttpResponse:
    """Show what the citizen should keep: number, code, QR."""
    address, picture = _drawn(request, reverse("citizens:follow", args=[found.code]))
    return pages.show(
        request, "cases/public/receipt.html", found=found, case=found.case, address=address, picture=picture
    )


def _drawn(request: HttpRequest, page: str) -> tuple[str, str]:
    """Return a page's address with its QR code; neither where nobody elsewhere could open it."""
    try:
        address = site.link(request, page)
    except Refused:
        return "", ""
    return address, segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="#fff")


def _asked_if_counted(request: HttpRequest) -> Sum | None:
    """Return the sum to be answered; none where the disk keeps no count: handing in counts too, and says so there."""
    try:
        return _asked(request, "tell")
    except DatabaseError as fault:
        if outages.outage_of(fault) is None:
            raise
        return None


def _asked(request: HttpRequest, use: str) -> Sum | None:
    """Return the sum to be answered: the one on the page, or a new one for a doubtful sender."""
    if request.method != "POST":
        return gate.new_sum() if use == "miss" and gate.is_pressing(request, use) else None
    if key := request.POST.get("sum_key", ""):
        return gate.read_sum(key) or gate.new_sum()
    is_doubtful = bool(request.POST.get("website")) or gate.is_pressing(request, use)
    return gate.new_sum() if is_doubtful else None
