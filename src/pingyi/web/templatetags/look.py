"""Tags that pages of every room may load."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from django import template
from django.template import Context

from pingyi.rules.actor import VISITOR, Actor
from pingyi.rules.permissions import may as rule_may

register = template.Library()


@register.simple_tag(takes_context=True)
def fresh_id(context: Context, kind: str, given: str = "") -> str:
    """Return the given id, or one that this page has not used yet."""
    if given:
        return given
    page = context.get("request") or context
    if not hasattr(page, "fresh_ids"):
        page.fresh_ids = count(1)
    return f"{kind}-{next(page.fresh_ids)}"


@register.simple_tag(takes_context=True)
def may(context: Context, verb: str, row: object = None) -> bool:
    """Whether the reader may do this verb (to this row); drawn from the same table that the door asks."""
    actor = context.get("actor", VISITOR)
    about = row if isinstance(row, Mapping) or row is None else _about(row)
    return rule_may(actor if isinstance(actor, Actor) else VISITOR, verb, about)


def _about(row: object) -> Mapping[str, object]:
    about = getattr(row, "about", None)
    found = about() if callable(about) else about
    return found if isinstance(found, Mapping) else {}
