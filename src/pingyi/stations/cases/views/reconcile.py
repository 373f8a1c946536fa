"""The hotline's own list against ours, as a page and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi import clock, pages
from pingyi.stations.cases.actions import tables as actions
from pingyi.stations.cases.forms import tables as forms
from pingyi.stations.cases.models import HotlineTable, TableComparison
from pingyi.stations.cases.queries import looks
from pingyi.stations.cases.queries import tables as queries
from pingyi.stations.cases.queries.reconcile import SHOWN, Comparison, Difference, Kind, Side, again, compare, latest
from pingyi.stations.cases.sentences_tables import DIFFERENCES
from pingyi.stations.cases.views.importers import importers
from pingyi.stations.cases.views.tables import fault_of, onward

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@importers
def reconcile(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is missing here or there, late in one list only, or different."""
    table = queries.table_of(token, by=pages.actor_of(request))
    if not table.mapping or not table.sha256:
        return redirect("cases:table-columns" if table.sha256 else "cases:table", token)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid() and pages.attempt(request, form, actions.compare, token):
        return redirect("cases:table-reconcile", token)
    kept = _kept(request, table)
    if kept and (kept.is_waiting or kept.fault):
        return _unfinished(request, table, kept)
    if request.headers.get("HX-Request"):
        return onward(request, reverse("cases:table-reconcile", args=[token]))
    found = again(kept.found) if kept else compare(table, on=clock.today())
    groups = [(DIFFERENCES[kind], count, found.of(kind)[:SHOWN]) for kind, count in found.counted]
    return pages.show(
        request, "cases/table_reconcile.html", table=table, form=form, kept=kept, found=found, groups=groups,
        shown=SHOWN,
    )  # fmt: skip


@importers
def differences(request: HttpRequest, token: str) -> HttpResponse:
    """Download every difference."""
    table = queries.table_of(token, by=pages.actor_of(request))
    if not table.sha256:
        return redirect("cases:table", token)
    kept = _kept(request, table)
    if kept and (kept.is_waiting or kept.fault):
        return redirect("cases:table-reconcile", token)
    content = _workbook(again(kept.whole) if kept else compare(table, on=clock.today()))
    stem = table.file_name.rpartition(".")[0] or table.file_name
    name = content_disposition_header(True, _("{file} differences.xlsx").format(file=stem)) or ""  # noqa: FBT003
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})


def _kept(request: HttpRequest, table: HotlineTable) -> TableComparison | None:
    """Return a large table's comparison, which the worker makes; a small table is compared at once."""
    if not looks.look(table).is_large:
        return None
    found = latest(table, on=clock.today())
    return found or actions.compare(table.token, by=pages.actor_of(request), at=clock.now())


def _unfinished(request: HttpRequest, table: HotlineTable, kept: TableComparison) -> HttpResponse:
    is_part = bool(request.headers.get("HX-Request")) and kept.is_waiting
    path = reverse("cases:table-reconcile", args=[table.token])
    if request.headers.get("HX-Request") and not is_part:
        return onward(request, path)
    template = "cases/_table_looking.html" if is_part else "cases/table_comparing.html"
    return pages.show(
        request, template, table=table, kept=kept, looked=kept.looked, fault=fault_of(kept), again=path
    )  # fmt: skip


def _workbook(found: Comparison) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    for kind in Kind:
        sheet = book.add_worksheet(str(DIFFERENCES[kind][0])[:31])
        sheet.write_row(0, 0, _head(), bold)
        sheet.set_column(0, 12, 16)
        for line, one in enumerate(found.of(kind), 1):
            sheet.write_row(line, 0, _line(one))
    book.close()
    return out.getvalue()


def _head() -> list[str]:
    sides = (
        (_("Theirs"), _("Ours")),
        (
            pgettext("a case", "Received"),
            pgettext("a case", "Due"),
            _("Closed"),
            _("Late"),
        ),
    )
    return [_("Their number"), _("Our number"), *(f"{side} · {what}" for side in sides[0] for what in sides[1])]


def _line(one: Difference) -> list[str]:
    return [one.number, one.reference, *_side(one.theirs), *_side(one.ours)]


def _side(side: Side | None) -> Iterable[str]:
    if side is None:
        return ["", "", "", ""]
    days = (side.received_on, side.due_on, side.closed_on)
    return [*(day.isoformat() if day else "" for day in days), _("yes") if side.is_late else _("no")]
