"""Sections and people from a table: template, upload, preview, confirm; the file is kept until then."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext

from pingyi import clock, pages
from pingyi.authoring.people_tables import read_people
from pingyi.authoring.people_templates import template as blank
from pingyi.authoring.people_words import FIELDS
from pingyi.authoring.tables.problems import taken_away
from pingyi.bureau import hooks, queries, uploads
from pingyi.bureau.actions import people as actions
from pingyi.bureau.entrance import asking
from pingyi.bureau.forms.columns import Columns, asked_columns, chosen_columns
from pingyi.bureau.forms.table import Confirm, TableFile
from pingyi.bureau.models import Upload
from pingyi.rules.refused import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@asking("bureau.import_people")
def template(request: HttpRequest) -> HttpResponse:
    """Download the empty table with its dropdowns."""
    headers = {"Content-Disposition": 'attachment; filename="sections-and-people.xlsx"'}
    return HttpResponse(blank(kinds=hooks.kinds()), content_type=XLSX, headers=headers)


@asking("bureau.import_people")
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and lead to its preview; nothing is changed yet."""
    form = TableFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = uploads.keep(form.cleaned_data["table"], login=request.user, at=clock.now())
        return pages.done(request, "bureau:import_preview", kept.pk)
    return pages.show(request, "bureau/import.html", form=form, kept=uploads.of(request.user))


@asking("bureau.import_people")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a kept file would change and what is wrong in it; a confirmation takes all of it over."""
    kept = uploads.get(number, login=request.user)
    chosen = chosen_columns((request.POST or request.GET).get("columns", ""), known=FIELDS)
    table = read_people(
        bytes(kept.content),
        kinds=hooks.kinds(),
        known_sections=[row.name for row in queries.sections()],
        columns=chosen,
    )
    columns = Columns(asked_columns(request), columns=table.columns, kinds=FIELDS)
    if columns.is_valid():
        return redirect(f"{request.path}?{urlencode({'columns': columns.as_chosen})}")
    form = Confirm(request.POST or None, initial={"sha256": kept.sha256, "columns": request.GET.get("columns", "")})
    if form.is_valid() and _take_over(request, form, kept, table=table):
        uploads.forget(kept)
        return pages.done(request, "bureau:invitations", said=gettext("The table was taken over."))
    incoming = queries.incoming(table)
    language = get_language() or "zh"
    problems = [(one, one.sentence(zh=language.startswith("zh"))) for one in incoming.problems]
    shown = {
        "kept": kept,
        "columns": columns,
        "table": table,
        "incoming": incoming,
        "problems": problems,
        "again": TableFile(),
    }
    shown["taken_away"] = taken_away(table.unread, language=language)
    return pages.show(request, "bureau/import_preview.html", form=form, **shown)


def _take_over(request: HttpRequest, form: Confirm, kept: Upload, **more: object) -> bool:
    def confirmed(*, sha256: str, columns: str, **rest: object) -> None:
        if sha256 != kept.sha256:
            raise Refused("import.changed_since")
        actions.import_people(**rest)  # type: ignore[arg-type]

    checked: Form = form
    return pages.attempt(request, checked, confirmed, **more)
