"""Notices about cases; they name the number and never the matter, so that nothing is left to erase in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau.models import Member
from pingyi.rules.actor import Actor
from pingyi.stations.cases.models import Case


def tell(code: str, case: Case, *, to: Iterable[Member], by: Actor, at: datetime, **facts: str) -> None:
    """Queue a notice; nobody is told of what they did themselves."""
    others = [one for one in to if one.reference != by.reference]
    url = case.get_absolute_url()
    notices.queue(code, to=others, about=case, at=at, url=url, reference=case.reference, **facts)
