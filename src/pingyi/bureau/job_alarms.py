"""What the worker did not do: each job as its page shows it, and what lies on the office's desk (§5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.bureau.leases import CUT_OFF
from pingyi.bureau.models import JobRun
from pingyi.desk import DeskItem, DeskKind
from pingyi.jobs import Job, declared
from pingyi.rules.actor import Actor, Role

MANY = 2  # faults, one after the other
FAULTS: dict[str, str | Promise] = {
    CUT_OFF: gettext_lazy("It took too long, or its process was ended in the midst of it."),
    "OperationalError": gettext_lazy("The database could not be used: busy, full, read-only or not reachable."),
    "MemoryError": gettext_lazy("The machine has too little memory."),
    "BrokenRecordError": gettext_lazy(
        "The record does not continue its last checkpoint. Run ./pingyi verify before anything else."
    ),
    "OSError": gettext_lazy("A file could not be read or written: the disk is full, or the folder is read-only."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class JobShown:
    """How one job stands; `fault` is a sentence, empty while all is well."""

    name: str
    title: str
    every: timedelta
    last_done: datetime | None
    due: datetime | None
    is_late: bool
    fails: int
    fault: str


def jobs(*, at: datetime) -> list[JobShown]:
    """Return every declared job with its last run."""
    rows = {row.name: row for row in JobRun.objects.all()}
    return [_shown(job, rows.get(job.name), at=at) for job in declared()]


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay on the supervision office's desk what did not run; it is gone once it has run again."""
    if actor.role is not Role.SUPERVISION_OFFICE:
        return []
    return [
        DeskItem(kind=DeskKind.LATE, title=_sentence(one), url="/jobs/", room="bureau", is_alarm=True)
        for one in jobs(at=at)
        if one.is_late
    ]


def _sentence(one: JobShown) -> str:
    told = {"what": one.title, "when": f"{localtime(one.last_done):%Y-%m-%d %H:%M}" if one.last_done else _("never")}
    return _("Does not run by itself: %(what)s (last done: %(when)s). Tell the information center.") % told


def _shown(job: Job, row: JobRun | None, *, at: datetime) -> JobShown:
    """A site that never had a worker has no rows yet; only what was once entered can be late."""
    is_late = row is not None and (row.fails >= MANY or row.due + 2 * job.every + job.most < at)
    return JobShown(
        name=job.name,
        title=str(job.title),
        every=job.every,
        last_done=row.ended if row else None,
        due=row.due if row else None,
        is_late=is_late,
        fails=row.fails if row else 0,
        fault=_fault(row, is_late=is_late) if row else "",
    )


def _fault(row: JobRun, *, is_late: bool) -> str:
    """Say what went wrong, and for what is not known, its name as the log has it."""
    if row.fails:
        known = FAULTS.get(row.fault)
        return str(known) if known else _("It ended with a fault (%(name)s); the log tells more.") % {"name": row.fault}
    return _("The worker does not run. Start the site again with ./pingyi serve.") if is_late else ""
