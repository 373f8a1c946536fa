"""A promised time in words."""

from __future__ import annotations

from django import template

from pingyi.stations.commitments.models import Commitment
from pingyi.stations.commitments.queries import commitment as queries

register = template.Library()


@register.filter
def within(row: Commitment) -> str:
    """Return the promised time, such as "within 10 working days"."""
    return queries.within(row)
