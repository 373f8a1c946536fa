"""A large table is opened and looked through by the worker, while its page tells how far that is (§3.2.2)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from pingyi import outages
from pingyi.authoring.case_tables import UnreadableTableError, open_tables
from pingyi.bureau import shelf
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions.tables import fail, kept_fault
from pingyi.stations.cases.models import HotlineTable, TableComparison, TableState
from pingyi.stations.cases.queries import looks, reconcile
from pingyi.stations.cases.queries import tables as queries

logger = logging.getLogger(__name__)
Now = Callable[[], datetime]


def look_on(*, now: Now, between: Callable[[], object] = lambda: None) -> Iterator[HotlineTable]:
    """Look through the tables that wait for it, then compare; `between` is called after each batch of rows.

    Nothing is written of a table but how far it is, until the whole is known: after a crash it is begun again.
    """
    while (table := queries.looked_through()) is not None:
        try:
            _look(table, now=now, between=between)
        except (UnreadableTableError, Refused) as fault:
            if fault.code == "file.busy":
                return  # nothing is wrong with the table: the worker comes back to it
            fail(table, fault, at=now())
        except Exception as fault:
            if outages.outage_of(fault) is not None:  # nothing is wrong with the table: it is looked through again
                raise
            logger.exception("the table %s cannot be looked through", table.token)
            fail(table, UnreadableTableError("file.damaged"), at=now())
        yield table
    while (asked := reconcile.waiting()) is not None:
        _answer(asked, now=now, between=between)
        yield asked.table


def _answer(asked: TableComparison, *, now: Now, between: Callable[[], object]) -> None:
    """Make one comparison; it is as old as its beginning, so that what is settled meanwhile asks for another."""
    began = now()

    def told(rows: int) -> None:
        mine.update(looked=rows)  # plain row
        between()

    mine = TableComparison.objects.filter(pk=asked.pk, is_waiting=True)
    try:
        whole = reconcile.compare(asked.table, on=day_of(began), told=told)
        found: dict[str, Any] = {"found": reconcile.kept(whole.shortened), "whole": reconcile.kept(whole)}
    except (UnreadableTableError, Refused) as fault:
        found = {"fault": kept_fault(fault)}
    except Exception as fault:
        if outages.outage_of(fault) is not None:
            raise
        logger.exception("the table %s cannot be compared", asked.table.token)
        found = {"fault": kept_fault(UnreadableTableError("file.damaged"))}
    mine.update(is_waiting=False, at=began, **found)  # plain row


def _look(table: HotlineTable, *, now: Now, between: Callable[[], object]) -> None:
    def told(rows: int) -> None:
        _waiting(table).update(looked=rows)  # plain row
        between()

    if not table.read:
        found = open_tables(shelf.take(table.sha256), is_known=True)
        _open(table, at=now(), read=looks.kept(found), sheet=found[0].head.sheet[:80])
    else:
        _open(table, at=now(), preview=queries.preview(table, on=day_of(now()), told=told))


def _open(table: HotlineTable, *, at: datetime, **found: Any) -> None:
    """Give the table back to people, unless somebody else did so meanwhile."""
    with transaction.atomic():
        waiting = _waiting(table).select_for_update().first()
        if waiting is not None:
            for name, value in {**found, "state": TableState.OPENED, "moved_at": at}.items():
                setattr(waiting, name, value)
            waiting.save()  # plain row


def _waiting(table: HotlineTable) -> Any:
    return HotlineTable.objects.filter(pk=table.pk, state=TableState.LOOKING)
