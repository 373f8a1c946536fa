"""A section's pages: look, add, change, name a head, close."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from pingyi import pages
from pingyi.bureau import hooks, queries
from pingyi.bureau.actions import section as actions
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.forms.posts import ChangedSection, NameHead, NewSection, Reason
from pingyi.record import queries as record


@members_only
def section(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one section: what it is, who is in it, what was done."""
    row = queries.section(reference)
    return pages.show(
        request,
        "bureau/section.html",
        section=row,
        kind=hooks.kinds().get(row.kind_id, row.kind_id),
        ranked_in=hooks.classes().get(hooks.class_of(row.section_class), row.section_class),
        people=queries.members(section=reference),
        parts=queries.sections().filter(parent=row),
        history=record.history(row.subject),
    )


@asking("section.add")
def add(request: HttpRequest) -> HttpResponse:
    """Add a section."""
    form = NewSection(request.POST or None)
    if form.is_valid() and pages.attempt(request, form, actions.add):
        said = gettext("%(name)s was added.") % {"name": form.cleaned_data["name"]}
        return pages.done(request, "bureau:bureau", said=said)
    return pages.show(request, "bureau/section_form.html", form=form)


@asking("section.change")
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a section."""
    row = queries.section(reference)
    form = ChangedSection(request.POST or None, section=row)
    if form.is_valid() and pages.attempt(request, form, actions.change, reference):
        return pages.done(request, "bureau:section", reference, said=gettext("The section was changed."))
    return pages.show(request, "bureau/section_form.html", form=form, section=row)


@asking("section.name_head")
def name_head(request: HttpRequest, reference: str) -> HttpResponse:
    """Name a section's head and stand-in."""
    row = queries.section(reference)
    form = NameHead(request.POST or None, section=row)
    if form.is_valid() and pages.attempt(request, form, actions.name_head, reference):
        return pages.done(request, "bureau:section", reference, said=gettext("Head and stand-in were named."))
    people = queries.members(section=reference)
    return pages.show(request, "bureau/name_head.html", form=form, section=row, people=people)


@asking("section.close")
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a section, with a reason."""
    row = queries.section(reference)
    form = Reason(request.POST or None, verb="section.close")
    if form.is_valid() and pages.attempt(request, form, actions.close, reference):
        return pages.done(request, "bureau:section", reference, said=gettext("The section was closed."))
    duties = hooks.open_duties(reference)
    people = queries.members(section=reference)
    return pages.show(request, "bureau/section_close.html", form=form, section=row, duties=duties, people=people)
