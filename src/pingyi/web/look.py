"""What the frame of every page shows: the reader's choices of display, the navigation, the person."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi import pages
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import ROLES
from pingyi.web import navigation as menu

THEMES: dict[str, str | Promise] = {"system": _("As the device"), "light": _("Light"), "dark": _("Dark")}
TYPES: dict[str, str | Promise] = {"usual": _("Usual"), "large": _("Large")}
COOKIES = {"theme": ("pingyi_theme", THEMES), "type": ("pingyi_type", TYPES)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of the ways to show the site."""

    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The frame of one page for one reader."""

    theme: str
    type: str
    themes: list[Choice]
    types: list[Choice]
    navigation: menu.Row
    account: list[menu.Entry]
    foot: list[menu.Entry]
    person: str
    role: object
    is_signed_in: bool
    is_rehearsal: bool
    house_of: str | Promise


def look_of(request: HttpRequest) -> Look:
    """Return the frame for this request."""
    actor = pages.actor_of(request)
    theme, kind = chosen(request, "theme"), chosen(request, "type")
    user = getattr(request, "user", None)
    is_signed_in = bool(user and user.is_authenticated)

    def entries(table: tuple[menu.Entry, ...]) -> list[menu.Entry]:
        return menu.entries(table, actor=actor, path=request.path)

    return Look(
        theme=theme,
        type=kind,
        themes=_choices(THEMES, theme),
        types=_choices(TYPES, kind),
        navigation=menu.row(actor=actor, path=request.path),
        account=entries(menu.ACCOUNT),
        foot=entries(menu.FOOT),
        person=actor.name or (user.get_username() if user and is_signed_in else ""),
        role=dict(ROLES).get(actor.role.value, "") if actor.name else "",
        is_signed_in=is_signed_in,
        is_rehearsal=settings.PINGYI.rehearsal,
        house_of=_house(is_signed_in=is_signed_in),
    )


def _house(*, is_signed_in: bool) -> str | Promise:
    """Name the bureau to its members; a public page reads no live table, not even for a name."""
    found = bureau.bureau() if is_signed_in else None
    return found.name if found else _("Democratic evaluation of conduct")


def chosen(request: HttpRequest, kind: str) -> str:
    """Return the reader's choice, kept in a cookie; the first choice is the default."""
    cookie, choices = COOKIES[kind]
    value = request.COOKIES.get(cookie, "")
    return value if value in choices else next(iter(choices))


def _choices(table: dict[str, str | Promise], now: str) -> list[Choice]:
    return [Choice(value=value, label=label, is_chosen=value == now) for value, label in table.items()]
