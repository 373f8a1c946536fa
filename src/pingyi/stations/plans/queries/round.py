"""The year's round and its plan, read once."""

from __future__ import annotations

from functools import lru_cache

from pingyi.authoring.read import read_plan
from pingyi.rules import figures
from pingyi.rules.plan import Plan
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import Round


def current_round() -> Round | None:
    """Return the latest year's round; None before a plan was adopted."""
    return Round.objects.order_by("-year").first()


def round_of(year: int) -> Round | None:
    """Return one year's round."""
    return Round.objects.filter(year=year).first()


def plan(round: Round) -> Plan:  # noqa: A002 - the glossary's word for a year's run
    """Return the round's adopted plan as data."""
    return read(round.plan_text)


@lru_cache(maxsize=8)
def read(text: str) -> Plan:
    """Read a plan's text, completed where it is older than the words for figures; one that does not read is refused."""
    found, problems = read_plan(text)
    if found is None:
        raise Refused("round.unreadable", count=len(problems))
    return figures.named(found)
