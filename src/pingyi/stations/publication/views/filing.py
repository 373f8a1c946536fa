"""A filing's pages: handing the paper over, the receipt of the office above (§4.3d, §4.4a)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.bureau.entrance import asking
from pingyi.documents.handed_in import HandedIn
from pingyi.record import queries as record
from pingyi.rules.filing import FilingStage
from pingyi.rules.permissions import require
from pingyi.stations.publication.actions import filing as actions
from pingyi.stations.publication.forms import filing as forms
from pingyi.stations.publication.queries import filing as queries
from pingyi.stations.publication.queries import report
from pingyi.stations.publication.queries.filing import Asked
from pingyi.stations.publication.views.doors import download, room, round_of


@room
def filing(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Show what is asked for and how it stands."""
    asked = _asked(request, year, key)
    return pages.show(
        request,
        "publication/filing.html",
        asked=asked,
        row=asked.row,
        is_receiver=pages.actor_of(request).role is asked.receiver,
        may_enter=queries.may_enter_paper(asked, pages.actor_of(request)),
        history=record.history(asked.row.subject, with_words=True) if asked.row else (),
    )


@room
@asking("filing.file")
def file(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Hand the paper over."""
    require(pages.actor_of(request), "filing.file")
    asked = _asked(request, year, key)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.File(*posted, drafted=lambda ending: _drafted(request, year, ending))
    if form.is_valid() and pages.attempt(request, form, actions.file, year, key):
        return pages.done(request, "publication:filing", year, key, said=_("It was filed; the office was told."))
    return pages.show(request, "publication/filing_file.html", form=form, asked=asked)


@room
@asking("filing.receive")
def receive(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Give the receipt."""
    require(pages.actor_of(request), "filing.receive")
    asked = _asked(request, year, key)
    if pages.actor_of(request).role is not asked.receiver:
        return _receive_on_paper(request, asked)
    form = forms.Receive(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.receive, year, key):
        return pages.done(request, "publication:filing-receipt", year, key, said=_("It was acknowledged."))
    return pages.show(request, "publication/filing_receive.html", form=form, asked=asked, row=asked.row)


def _receive_on_paper(request: HttpRequest, asked: Asked) -> HttpResponse:
    form = forms.ReceivePaper(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid() and pages.attempt(request, form, actions.receive_on_paper, asked.year, asked.key):
        said = _("The receipt on paper was entered.")
        return pages.done(request, "publication:filing-receipt", asked.year, asked.key, said=said)
    return pages.show(request, "publication/filing_receive.html", form=form, asked=asked, row=asked.row, on_paper=True)


@room
@asking("filing.return")
def send_back(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Return the paper with a reason."""
    require(pages.actor_of(request), "filing.return")
    asked = _asked(request, year, key)
    form = forms.Return(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.send_back, year, key):
        return pages.done(request, "publication:filing", year, key, said=_("It was returned; the bureau was told."))
    return pages.show(request, "publication/filing_return.html", form=form, asked=asked, row=asked.row)


@room
def scan(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Hand out the scan of the receipt on paper."""
    row = _asked(request, year, key).row
    if row is None or not row.scan_sha256:
        raise Http404
    return download(HandedIn(name=row.scan_name, mime=row.scan_mime, content=queries.scan(row)))


@room
def document(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Hand out the paper that was filed."""
    row = _asked(request, year, key).row
    if row is None:
        raise Http404
    return download(HandedIn(name=row.document_name, mime=row.mime, content=queries.document(row)))


@room
def receipt(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Show the receipt, to be printed."""
    asked = _asked(request, year, key)
    if asked.stage is not FilingStage.RECEIVED:
        raise Http404
    return pages.show(request, "publication/receipt.html", asked=asked, row=asked.row)


def _asked(request: HttpRequest, year: int, key: str) -> Asked:
    return queries.filing(round_of(year), key=key, on=clock.today(), seen_by=pages.actor_of(request))


def _drafted(request: HttpRequest, year: int, ending: str) -> HandedIn:
    actor = pages.actor_of(request)
    return report.of_bureau(round_of(year), on=clock.today(), seen_by=actor, ending=ending).docx()
