"""How codes and purposes are shown on the citizen's pages."""

from __future__ import annotations

from django import template

from pingyi.stations.cases.forms.public import LEVELS
from pingyi.stations.cases.models import Identification, Reopening
from pingyi.stations.cases.words_oversight import GROUNDS
from pingyi.stations.cases.words_public import PURPOSES

register = template.Library()


@register.filter
def purpose(row: Identification) -> str:
    """Say what the data were opened for."""
    return str(PURPOSES.get(row.purpose, row.purpose))


@register.filter
def ground(row: Reopening) -> str:
    """Say why a citizen had a case opened again."""
    return str(GROUNDS.get(row.ground or "", ""))


@register.filter
def level(number: int) -> str:
    """Say one of the five levels."""
    return str(dict(LEVELS).get(number, number))
