"""Hotlines' tables: upload, columns, units, what would change, the import under way, what was set aside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pingyi import clock, pages
from pingyi.authoring.case_tables.problems import MESSAGES
from pingyi.authoring.tables.problems import taken_away
from pingyi.bureau.models import Section
from pingyi.rules.plan.conduct import Channel
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import tables as actions
from pingyi.stations.cases.forms import tables as forms
from pingyi.stations.cases.models import HotlineTable, TableComparison, TableState
from pingyi.stations.cases.queries import looks
from pingyi.stations.cases.queries import tables as queries
from pingyi.stations.cases.queries import units as named
from pingyi.stations.cases.views.importers import importers
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.queries.round import current_round
from pingyi.words import refusal

LOOKED = "looked"  # asked by a page that waits until its table was looked through
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@importers
def index(request: HttpRequest) -> HttpResponse:
    """List the tables that were brought in, and take another."""
    channels = _channels()
    form = forms.Upload(request.POST or None, request.FILES or None, channels=channels)
    if form.is_valid():
        file = form.cleaned_data["table"]
        try:
            kept = actions.keep(
                file.name, content=file.read(), channel_id=form.cleaned_data["channel_id"],
                by=pages.actor_of(request), at=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("table", refusal(refused))
        else:
            return redirect("cases:table", kept.token)
    names = {one.id: one.name for one in channels}
    lines = [(one, names.get(one.channel_id, one.channel_id)) for one in queries.tables()]
    return pages.show(request, "cases/tables.html", form=form, lines=lines, has_plan=current_round() is not None)


@importers
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Show what each column is taken for, with sample values, and let it be corrected."""
    table = _table(request, token)
    if table.state != TableState.OPENED:
        return redirect("cases:table", token)
    found = looks.look(table)
    form = forms.Mapping(request.POST or None, columns=found.columns, mapping=found.mapping)
    if form.is_valid():
        try:
            settled = actions.settle_columns(
                token, mapping=form.settled(), by=pages.actor_of(request), at=clock.now()
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refusal(refused))
        else:
            return redirect(_next(settled), token)
    return pages.show(request, "cases/table_columns.html", form=form, table=table, sheet=found)


@importers
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """Read another sheet of the file."""
    form = forms.Sheet(request.POST if request.method == "POST" else None)
    if form.is_valid():
        pages.attempt(request, form, actions.choose_sheet, token)
    return redirect("cases:table-columns", token)


@importers
def units(request: HttpRequest, token: str) -> HttpResponse:
    """Show which section each unit is taken for, and let it be corrected."""
    table = _table(request, token)
    sections = Section.objects.filter(closed_on=None).order_by("order", "name")
    form = forms.Units(request.POST if request.method == "POST" else None, lines=named.of(table), sections=sections)
    if form.is_valid() and pages.attempt(request, form, actions.settle_units, token):
        return redirect("cases:table", token)
    return pages.show(request, "cases/table_units.html", form=form, table=table)


@importers
def table(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a table would change; once ordered, how far its import is."""
    found = _table(request, token)
    if found.state == TableState.OPENED and (LOOKED in request.GET or not found.preview):
        return onward(request, reverse(_next(found), args=[token]))
    language = get_language() or "zh"
    is_part = bool(request.headers.get("HX-Request"))
    part = "cases/_table_looking.html" if found.state == TableState.LOOKING else "cases/_table_progress.html"
    template = part if is_part else "cases/table.html"
    told = _told(found, language)
    return pages.show(request, template, table=found, form=forms.Confirm(), is_part=is_part, **told)


@importers
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Order the import."""
    return _did(request, token, actions.start, said=_("The import was ordered. It goes on in the background."))


@importers
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the import after the batch that is being taken."""
    return _did(request, token, actions.stop, said=_("The import is stopped."))


@importers
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Go on with a stopped import."""
    return _did(request, token, actions.resume, said=_("The import goes on where it stopped."))


@importers
def aside(request: HttpRequest, token: str) -> HttpResponse:
    """Download the rows that were set aside, to be mended and sent again."""
    found = _table(request, token)
    content = queries.aside_workbook(found, language=get_language() or "zh")
    stem = found.file_name.rpartition(".")[0] or found.file_name
    name = content_disposition_header(True, _("{file} set aside.xlsx").format(file=stem)) or ""  # noqa: FBT003
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})


def _next(found: HotlineTable) -> str:
    """Return the page on which the person goes on: new units are settled before the changes are looked at."""
    if found.state == TableState.OPENED and not found.preview:
        return "cases:table-columns"
    return "cases:table-units" if any(not one.is_settled for one in named.of(found)) else "cases:table"


def onward(request: HttpRequest, path: str) -> HttpResponse:
    """Lead a whole page on, also where it asks only for its part."""
    return HttpResponse(headers={"HX-Redirect": path}) if request.headers.get("HX-Request") else redirect(path)


def _did(request: HttpRequest, token: str, action: object, *, said: str) -> HttpResponse:
    found = _table(request, token)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, action, token):  # type: ignore[arg-type]
        return pages.done(request, "cases:table", token, said=said)
    told = _told(queries.table_of(token, by=pages.actor_of(request)), get_language() or "zh")
    return pages.show(request, "cases/table.html", table=found, form=form, **told)


def _told(found: HotlineTable, language: str) -> dict[str, object]:
    aside_rows = found.preview.get("aside", [])
    place = 0 if language.startswith("zh") else 1
    return {
        "aside": [
            (one["row"], one["said"], queries.sentences(one["row"], one["problems"], language=language))
            for one in aside_rows
        ],
        "notes": [
            (count, MESSAGES[code][place].format_map(_Left())) for code, count in found.preview.get("notes", {}).items()
        ],
        "taken_away": taken_away(found.preview.get("unread", {}), language=language),
        "fault": fault_of(found),
        "is_moving": found.state in actions.UNDER_WAY,
        "is_looking": found.state == TableState.LOOKING,
        "looked": found.looked,
        "again": f"{reverse('cases:table', args=[found.token])}?{LOOKED}=1",
        "left": ngettext("%(number)s row", "%(number)s rows", found.rows - found.taken)
        % {"number": found.rows - found.taken},
    }


def fault_of(found: HotlineTable | TableComparison) -> str:
    """Return in words why a table cannot be read; empty where it can."""
    if not found.fault:
        return ""
    code = f"table.{found.fault['code']}" if found.fault["is_file"] else found.fault["code"]
    return refusal(Refused(code, **found.fault["facts"]))


class _Left(dict[str, str]):
    """Where a note is told for many rows, its values are left out."""

    def __missing__(self, key: str) -> str:
        return "…"


def _table(request: HttpRequest, token: str) -> HotlineTable:
    return queries.table_of(token, by=pages.actor_of(request))


def _channels() -> list[Channel]:
    round_ = current_round()
    return list(plans.plan(round_).channels) if round_ else []
