"""The pages of notice boards for members: where they hang, their editions, printing and hanging."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from pingyi import clock, pages, site
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.handing_out import hand_out
from pingyi.bureau.models import Section
from pingyi.documents import poster
from pingyi.documents.letter import chinese_day
from pingyi.rules import board as rules
from pingyi.rules.board import Content, Size
from pingyi.rules.permissions import may
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.actions import board as actions
from pingyi.stations.commitments.forms import board as forms
from pingyi.stations.commitments.forms.commitment import Reason
from pingyi.stations.commitments.models import BoardEdition, NoticeBoard
from pingyi.stations.commitments.queries import board as queries
from pingyi.stations.commitments.queries import content as contents
from pingyi.words import refusal


@members_only
def boards(request: HttpRequest) -> HttpResponse:
    """Show all boards, the worst first, and the editions that they share."""
    today = clock.today()
    found = queries.boards(on=today, taken_down=bool(request.GET.get("all")))
    return pages.show(request, "commitments/boards.html", boards=found, scopes=queries.scopes(on=today))


@asking("board.place")
def place(request: HttpRequest) -> HttpResponse:
    """Place a board."""
    actor = pages.actor_of(request)
    offered = [row for row in bureau.sections() if may(actor, "board.place", {"section": row.reference})]
    whole = may(actor, "board.place", {"section": None})
    if not offered and not whole:
        raise PermissionDenied
    form = forms.Placing(request.POST or None, sections=offered, whole=whole)
    if form.is_valid() and pages.attempt(request, form, actions.place):
        return pages.done(request, "commitments:boards", said=_("The board is on the list. Print it, then hang it."))
    return pages.show(request, "commitments/board_place.html", form=form)


@asking("board.publish")
def publish(request: HttpRequest) -> HttpResponse:
    """Show what the next edition would say and change, and publish it."""
    if not may(pages.actor_of(request), "board.publish"):
        raise PermissionDenied
    section = _section(request.GET.get("section", ""))
    last = queries.latest(section)
    before = last.said if last else None
    form = forms.Edition(request.POST if request.method == "POST" else None, initial=contents.ways_of(before))
    reference = section.reference if section else ""
    if form.is_valid() and pages.attempt(request, form, actions.publish, section=reference):
        return pages.done(request, "commitments:boards", said=_("Published. Print the boards and replace what hangs."))
    now, closed = _next(section, before)
    return pages.show(
        request, "commitments/board_publish.html", form=form, section=section, last=last, now=now, closed=closed,
        changes=rules.changes(before, now) if before and now else (), lacking=poster.unprintable(now) if now else "",
    )  # fmt: skip


@members_only
def board(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one board: what hangs, what changed since, the sheets to print."""
    opened = queries.board(reference, on=clock.today())
    latest = opened.seen.latest
    return pages.show(
        request, "commitments/board.html", opened=opened, board=opened.seen.board,
        lacking=poster.unprintable(latest.said) if latest else "", sheets=list(poster.SIDES),
        **_leading(request, opened.seen.board, latest),
    )  # fmt: skip


@asking("board.hang")
def hang(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an edition hangs, with its photograph."""
    opened = queries.board(reference, on=clock.today())
    latest = opened.seen.latest
    form = forms.Hanging(
        request.POST or None, request.FILES or None, holder=pages.actor_of(request).reference,
        initial={"edition": latest.number if latest else None},
    )  # fmt: skip
    if form.is_valid() and pages.attempt(request, form, actions.hang, reference):
        return pages.done(request, "commitments:board", reference, said=_("Noted: this edition hangs."))
    return pages.show(request, "commitments/board_hang.html", form=form, opened=opened, board=opened.seen.board)


@asking("board.take_down")
def take_down(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a board hangs no more."""
    opened = queries.board(reference, on=clock.today())
    form = Reason(request.POST or None, verb="board.take_down")
    if form.is_valid() and pages.attempt(request, form, actions.take_down, reference):
        return pages.done(request, "commitments:boards", said=_("The board was taken down."))
    return pages.show(request, "commitments/board_take_down.html", form=form, board=opened.seen.board)


@members_only
def sheet(request: HttpRequest, reference: str, size: str) -> HttpResponse:
    """Hand out the newest edition as a sheet to print."""
    opened = queries.board(reference, on=clock.today())
    row, latest = opened.seen.board, opened.seen.latest
    if latest is None or size not in {side.value for side in poster.SIDES}:
        raise Http404
    try:
        made = poster.pdf(_poster(request, row, latest), size=Size(size))
    except Refused as refused:
        return pages.show(request, "commitments/lost.html", sentence=refusal(refused), back=row.get_absolute_url())
    name = f"{row.place}-{latest.number}-{size.upper()}.pdf"
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"  # noqa: FBT003
    return response


@members_only
def photograph(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the photograph of a hung board."""
    row = queries.board(reference, on=clock.today()).seen.board
    if not row.photograph_sha256:
        raise Http404
    try:
        return hand_out(row.photograph_sha256, name="board.jpg", mime=row.photograph_mime)
    except Refused as refused:
        return pages.show(request, "commitments/lost.html", sentence=refusal(refused), back=row.get_absolute_url())


def _poster(request: HttpRequest, row: NoticeBoard, latest: BoardEdition) -> poster.Poster:
    house = bureau.bureau()
    return poster.Poster(
        content=latest.said,
        edition=latest.number,
        published=chinese_day(latest.published_on),
        office=house.office_name if house else "",
        url=_address(request, row, latest),
        root=latest.checkpoint_root,
        tree_size=latest.checkpoint_size or 0,
    )


def _leading(request: HttpRequest, row: NoticeBoard, latest: BoardEdition | None) -> dict[str, str]:
    """Return the address that the board's code leads to, or why it has none."""
    try:
        return {"address": _address(request, row, latest) if latest else ""}
    except Refused as refused:
        return {"address": "", "no_address": refusal(refused)}


def _address(request: HttpRequest, row: NoticeBoard, latest: BoardEdition) -> str:
    return site.link(request, reverse("commitments:board-said", args=[row.reference, latest.number]))


def _section(reference: str) -> Section | None:
    return bureau.section(reference) if reference else None


def _next(section: Section | None, before: Content | None) -> tuple[Content | None, str]:
    try:
        return contents.compose(section, **contents.ways_of(before), on=clock.today()), ""
    except Refused as refused:
        return None, refusal(refused)
