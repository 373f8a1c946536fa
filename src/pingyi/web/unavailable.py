"""The page that says that nothing can be kept now: with another way in, and with what was typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from pingyi import outages
from pingyi.outages import AGAIN, WHY, Outage
from pingyi.rules.actor import VISITOR, Role

SECRET = ("password", "csrfmiddlewaretoken", "otp", "code", "token")  # of a name; these are not shown again
# Where not even a page can be drawn any more.
PLAIN = (
    "<!doctype html><meta charset='utf-8'><title>503</title><p>现在无法接收。请过几分钟再试，或电话、来访、来信。</p>"
    "<p>This cannot be received now. Try again in some minutes, or call, come, or write.</p>"
)


def page(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Answer 503 in words; what was sent by a form of ours is given back, to be sent again or copied."""
    try:
        text: str = render_to_string("web/unavailable.html", _words(request, outage))
    except Exception:  # noqa: BLE001 - memory may be what is out
        text = PLAIN
    response = HttpResponse(text, status=503)
    response.headers["Retry-After"] = str(AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


def _words(request: HttpRequest, outage: Outage) -> dict[str, object]:
    actor = getattr(request, "actor", VISITOR)
    is_post = request.method == "POST"
    typed = _typed(request) if is_post else []
    return {
        "is_member": actor.role is not Role.PUBLIC,
        "is_post": is_post,
        "why": WHY[outage],
        "ways": outages.ways(),
        "address": request.get_full_path(),
        "typed": typed,
        "had_files": bool(typed and request.FILES),
        "long": [value for _name, value in typed if len(value.split()) > 1 or len(value) > 12],
        "csrf_token": get_token(request) if typed else "",
    }


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what our own form sent, but nothing secret; what another site may have sent is never offered again."""
    if not getattr(request, "csrf_processing_done", False) or request.path.startswith("/accounts/"):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and not any(part in name.casefold() for part in SECRET)
    ]
