"""Error pages: calm, and each says what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = tuple[str | Promise, str | Promise]

FAULTS: dict[str, Words] = {
    "400": (
        _("This request could not be understood"),
        _("Go back and try again. If it was a large form or file, send it in smaller parts."),
    ),
    "403": (
        _("This page is not open to you"),
        _("Your role does not reach it, or you are not signed in. Sign in, or ask the supervision office."),
    ),
    "form": (
        _("The form was open too long"),
        _("Go back one step: what you typed is still there. Load the page again in another tab, then send the form."),
    ),
    "404": (
        _("There is no such page"),
        _("The address may be mistyped, or the matter was closed. Start from the front page or your desk."),
    ),
    "500": (
        _("Something went wrong on our side"),
        _("Nothing was changed by your last step. Try again in a minute; if it stays, tell the information center."),
    ),
}


def page(request: HttpRequest, status: int, *, fault: str = "", todo: str = "") -> HttpResponse:
    """Answer with the error page of this status."""
    title, usual = FAULTS[fault or str(status)]
    words = {"status": status, "fault_title": title, "fault_todo": todo or usual}
    if status >= 500:
        return HttpResponse(render_to_string("web/broken.html", words), status=status)
    return render(request, "web/fault.html", words, status=status)
