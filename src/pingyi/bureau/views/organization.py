"""The bureau on one page, its names, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from pingyi import clock, pages
from pingyi.bureau import queries, role_words
from pingyi.bureau.actions import organization
from pingyi.bureau.entrance import asking, members_only
from pingyi.bureau.forms.posts import BureauForm, of_bureau
from pingyi.bureau.models import ROLES
from pingyi.record.sentences import sentence
from pingyi.rules.actor import Role
from pingyi.rules.permissions import PERMISSIONS, Reach


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleShown:
    """A role, what it is for, how many hold it, and what it may do."""

    id: str
    name: object
    words: object
    count: int
    acts: list[tuple[str, object]]


@members_only
def bureau(request: HttpRequest) -> HttpResponse:
    """Show the bureau: its sections with their heads, and who stands outside them."""
    return pages.show(
        request,
        "bureau/bureau.html",
        bureau=queries.bureau(),
        units=queries.units(),
        outside=queries.outside_sections(),
        closed=queries.sections(closed=True),
        uninvited=queries.uninvited(at=clock.now()),
    )


@asking("bureau.change")
def change(request: HttpRequest) -> HttpResponse:
    """Change the bureau's names or year."""
    row = queries.bureau()
    form = BureauForm(request.POST or None, initial=of_bureau(row) if row else {})
    if form.is_valid() and pages.attempt(request, form, organization.change):
        return pages.done(request, "bureau:bureau", said=gettext("The bureau was changed."))
    return pages.show(request, "bureau/change.html", form=form)


@members_only
def roles(request: HttpRequest) -> HttpResponse:
    """Show what each role is for and may do, from the one table of permissions (§5.1)."""
    held = queries.count_by_role()
    shown = [
        RoleShown(id=value, name=name, words=role_words.WORDS[Role(value)], count=held.get(value, 0), acts=_acts(value))
        for value, name in ROLES
    ]
    return pages.show(request, "bureau/roles.html", roles=shown)


def _acts(role: str) -> list[tuple[str, object]]:
    reaches = [(verb, row.reach.get(Role(role))) for verb, row in PERMISSIONS.items()]
    return [(sentence(verb), _reach(reach)) for verb, reach in reaches if reach is not None]


def _reach(reach: Reach) -> object:
    return role_words.REACHES[reach]
