"""Tags that pages of every room may load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from django import template
from django.core.validators import EMPTY_VALUES
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pingyi import pages
from pingyi.rules.actor import VISITOR, Actor
from pingyi.rules.permissions import may as rule_may

register = template.Library()
NUMBERED = re.compile(r"(\d{4}-[0-9A-Z]{6}|\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?|(?:\d{4}年)?\d{1,2}月\d{1,2}日)")
WHOLE = '<span class="whole">{}</span>'
FULL_WIDTH = {":": "：", ",": "，"}


@register.simple_tag(takes_context=True)
def fresh_id(context: Context, kind: str, given: str = "") -> str:
    """Return the given id, or one that this page has not used yet."""
    if given:
        return given
    page: Any = context.get("request") or context
    if not hasattr(page, "fresh_ids"):
        page.fresh_ids = count(1)
    return f"{kind}-{next(page.fresh_ids)}"


@register.simple_tag(takes_context=True)
def chart_scripts(context: Context) -> SafeString:
    """Load what draws charts, once a page and only where a chart is."""
    page: Any = context.get("request") or context
    files = () if getattr(page, "has_charts", False) else ("vendor/echarts/echarts.min.js", "web/charts.js")
    page.has_charts = True
    return format_html_join("", '<script src="{}" defer></script>', ((static(file),) for file in files))


@register.simple_tag(takes_context=True)
def may(context: Context, verb: str, row: object = None) -> bool:
    """Whether the reader may do this verb (to this row); drawn from the same table that the door asks."""
    actor = context.get("actor", VISITOR)
    about = row if isinstance(row, Mapping) or row is None else _about(row)
    return rule_may(actor if isinstance(actor, Actor) else VISITOR, verb, about)


@register.filter
def returning(url: str, page: str) -> str:
    """Return an address whose form, once it is done, leads back to this page."""
    path, mark, place = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'back': page})}{mark}{place}"


@register.filter
def left_for(url: str, request: HttpRequest | None) -> str:
    """Return where one goes who leaves a form undone: where one came from, or else to this address."""
    return (pages.came_from(request) if request else "") or url


@register.filter
def is_out(form: object) -> bool:
    """Whether nothing is wrong with a form, but nothing can be kept now."""
    return pages.is_out(form)


@register.filter
def unbroken(text: str) -> SafeString:
    """Return a sentence whose dates and case numbers stay on one line."""
    parts = enumerate(NUMBERED.split(text))  # every second one is what the pattern holds
    return format_html_join("", "{}", ((format_html(WHOLE, part) if at % 2 else part,) for at, part in parts))


@register.filter
def listed(names: Iterable[object]) -> str:
    """Return names in one line, with the comma of the reader's language."""
    return ("、" if (get_language() or "zh").startswith("zh") else ", ").join(map(str, names))


@register.simple_tag
def mark(sign: str) -> str:
    """Return a colon or comma between two words as the reader's language writes it."""
    return FULL_WIDTH[sign] if (get_language() or "zh").startswith("zh") else f"{sign} "


@register.simple_tag
def chosen(form: BaseForm) -> str:
    """Return in one line what a form of filters lets through; empty where it lets everything through."""
    return listed(said for field in form.visible_fields() if (said := _said(field)))


def _said(field: BoundField) -> str:
    value = field.value()
    if value in EMPTY_VALUES:
        return ""
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value)) if choices else f"{field.label} {value}"


def _about(row: object) -> Mapping[str, object]:
    about = getattr(row, "about", None)
    found = about() if callable(about) else about
    return found if isinstance(found, Mapping) else {}
