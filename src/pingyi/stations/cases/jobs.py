"""The room's jobs: the inbox and the hotlines' tables at once; oversight, figures and erasure every hour (§3.2.2)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pingyi.jobs import HOUR, MINUTE, SECOND, Turn, job
from pingyi.stations.cases import indexing
from pingyi.stations.cases.actions import (
    accusing,
    drawing_up,
    importing,
    inbox,
    looking,
    protection,
    recounting,
    supervising,
)


@job("cases.inbox", title=_("Numbers for what people hand in"), every=SECOND, most=2 * MINUTE, quick=True)
def receive(turn: Turn) -> None:
    """Make cases of what waits in the inbox."""
    while inbox.drain(at=turn.at()) == inbox.BATCH:
        turn.between()


@job("cases.look", title=_("Looking through the hotlines' tables"), every=SECOND, most=5 * MINUTE)
def look(turn: Turn) -> None:
    """Open large tables, and compare them with the cases."""
    for _table in looking.look_on(now=turn.at, between=turn.between):
        turn.between()


@job("cases.import", title=_("Importing the hotlines' tables"), every=SECOND, most=5 * MINUTE)
def take_rows(turn: Turn) -> None:
    """Make cases of the tables' rows."""
    for _rows in importing.carry_on(now=turn.at):
        turn.between()


@job("cases.words", title=_("Words that cases are searched by"), every=SECOND, most=5 * MINUTE)
def fill(turn: Turn) -> None:
    """Write the words of cases that an import left behind."""
    indexing.fill()


@job("cases.recount", title=_("Due dates of cases, counted again"), every=HOUR, most=10 * MINUTE)
def recount(turn: Turn) -> None:
    """Make firm what a newly published calendar makes firm."""
    recounting.recount(at=turn.at())


@job("cases.remind", title=_("Reminders of cases in danger"), every=HOUR, most=10 * MINUTE)
def remind(turn: Turn) -> None:
    """Remind of cases that near their due date, and urge those that passed it."""
    supervising.remind(at=turn.at())


@job("cases.letters", title=_("Letters about late cases"), every=HOUR, most=10 * MINUTE)
def write_letters(turn: Turn) -> None:
    """Write the letters that are due."""
    supervising.write_letters(at=turn.at())


@job("cases.breaches", title=_("Breaches that have come about"), every=HOUR, most=10 * MINUTE)
def raise_breaches(turn: Turn) -> None:
    """Raise each breach once."""
    accusing.accuse(at=turn.at())


@job("cases.figures", title=_("Today's figures for everybody"), every=HOUR, most=10 * MINUTE)
def draw_up(turn: Turn) -> None:
    """Write the day's figures."""
    drawing_up.draw_up(at=turn.at())


@job("cases.bulletin", title=_("The weekly bulletin"), every=HOUR, most=10 * MINUTE)
def issue(turn: Turn) -> None:
    """Draw the bulletin of the last whole week."""
    drawing_up.issue_last(at=turn.at())


@job("cases.see", title=_("Hot matters and proposals"), every=HOUR, most=30 * MINUTE, apart=True)
def see(turn: Turn) -> None:
    """Find hot matters, and once a day learn the proposals anew; in a process of its own, for it may take minutes."""
    from pingyi.stations.cases import learning  # heavy, and only this process needs it

    at = turn.at()
    indexing.fill_all()
    learning.surface(at=at)
    if learning.is_due(at=at):
        learning.learn_all(at=at)


@job("cases.erase", title=_("Erasing what was kept for its term"), every=HOUR, most=10 * MINUTE)
def clear_up(turn: Turn) -> None:
    """Erase people's words once their term is over, tables too."""
    protection.clear_up(at=turn.at())
