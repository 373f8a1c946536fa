"""The pages of the openness checklist."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi import clock, pages
from pingyi.bureau import queries as bureau
from pingyi.bureau.entrance import asking
from pingyi.bureau.handing_out import hand_out
from pingyi.rules.actor import Role
from pingyi.rules.permissions import may
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.actions import openness as actions
from pingyi.stations.commitments.forms import openness as forms
from pingyi.stations.commitments.forms.commitment import Looked, Reason
from pingyi.stations.commitments.queries import openness as queries
from pingyi.stations.commitments.views.seen import overtaken
from pingyi.words import refusal


def checklist(request: HttpRequest) -> HttpResponse:
    """Show what each section keeps open; members also see what is missing."""
    actor = pages.actor_of(request)
    found = queries.checklists(actor, on=clock.today())
    is_member = actor.role is not Role.PUBLIC
    return pages.show(request, "commitments/openness.html", checklists=found, is_member=is_member)


@asking("openness.add")
def add(request: HttpRequest) -> HttpResponse:
    """Put items on the checklists of sections."""
    actor = pages.actor_of(request)
    offered = [row for row in bureau.sections() if may(actor, "openness.add", {"section": row.reference})]
    if not offered:
        raise PermissionDenied
    form = forms.Addition(request.POST or None, sections=offered)
    if form.is_valid() and pages.attempt(request, form, actions.add):
        return pages.done(request, "commitments:openness", said=_("The items are on the checklist."))
    return pages.show(request, "commitments/openness_add.html", form=form)


def item(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one item: where it can be seen, who looked, when somebody looks again."""
    opened = _opened(request, reference)
    return pages.show(request, "commitments/openness_item.html", opened=opened, item=opened.seen.item)


@asking("openness.show")
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where an item can be seen; what was uploaded stays whatever else is wrong."""
    opened = _opened(request, reference)
    row = opened.seen.item
    form = forms.Showing(
        request.POST or None, request.FILES or None, holder=pages.actor_of(request).reference,
        standing=opened.proofs, initial={"seen": row.version, "url": row.url, "place": row.place},
    )  # fmt: skip
    if form.is_valid() and pages.attempt(request, form, actions.show, reference):
        said = _("Shown: another person looks at it.")
        return pages.done(request, "commitments:openness-item", reference, said=said)
    return pages.show(
        request, "commitments/openness_show.html", form=form, opened=opened, item=row,
        overtaken=overtaken(form, version=row.version),
    )  # fmt: skip


@asking("openness.accept")
@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the item is open."""
    return _word(request, reference, form=Looked(request.POST), verb="accept")


@asking("openness.return")
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the item is not open, and what is missing."""
    return _word(request, reference, form=Reason(request.POST or None, verb="openness.return"), verb="return")


@asking("openness.drop")
def drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the item does not apply to the section."""
    return _word(request, reference, form=Reason(request.POST or None, verb="openness.drop"), verb="drop")


def proof(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out a proof to those who may see it."""
    actor = pages.actor_of(request)
    row = queries.proof(reference, seen_by=actor)
    if row is None:
        raise Http404
    try:
        return hand_out(row.sha256, name=row.name, mime=row.mime, public=actor.role is Role.PUBLIC)
    except Refused as refused:
        return pages.show(request, "commitments/lost.html", sentence=refusal(refused), back=row.item.get_absolute_url())


def _word(request: HttpRequest, reference: str, *, form: Looked | Reason, verb: str) -> HttpResponse:
    opened = _opened(request, reference)
    words: dict[str, tuple[Callable[..., object], str, str, str]] = {
        "accept": (actions.accept, _("Found open today."), _("Is it open?"), _("It is open")),
        "return": (actions.send_back, _("Returned to the section."), _("It is not open"), _("Return to the section")),
        "drop": (actions.drop, _("The item does not apply to the section."), _("It does not apply"), _("Leave it out")),
    }
    action, said, title, submit = words[verb]
    if form.is_valid() and pages.attempt(request, form, action, reference):
        return pages.done(request, "commitments:openness-item", reference, said=said)
    return pages.show(
        request, "commitments/openness_ask.html", form=form, opened=opened, item=opened.seen.item, title=title,
        submit=submit, overtaken=overtaken(form, version=opened.seen.item.version),
    )  # fmt: skip


def _opened(request: HttpRequest, reference: str) -> queries.Opened:
    opened = queries.item(reference, seen_by=pages.actor_of(request), on=clock.today())
    if opened is None:
        raise Http404
    return opened
