"""What everybody sees of a notice board: the page behind its code, and the page for screens; no account needed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from pingyi import pages, site
from pingyi.documents import poster
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.queries import board as queries


def said(request: HttpRequest, reference: str, edition: int) -> HttpResponse:
    """Say whether the scanned board is out of date, what changed since, and what holds now."""
    scanned = queries.scanned(reference, edition)
    return pages.show(request, "commitments/board_said.html", scanned=scanned, content=scanned.latest.said)


def screen(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the newest edition on a screen that hangs somewhere; it renews itself."""
    scanned = queries.scanned(reference)
    return pages.show(
        request, "commitments/board_screen.html", scanned=scanned, content=scanned.latest.said,
        head=queries.newest_root(),
    )  # fmt: skip


@cache_control(public=True, max_age=86400)
def code(request: HttpRequest, reference: str, edition: int) -> HttpResponse:
    """Draw the QR code of a board's page."""
    scanned = queries.scanned(reference, edition)
    address = reverse("commitments:board-said", args=[scanned.board.reference, scanned.edition.number])
    try:
        drawn = poster.qr_svg(site.link(request, address))
    except Refused as refused:
        raise Http404 from refused
    return HttpResponse(drawn, content_type="image/svg+xml")
