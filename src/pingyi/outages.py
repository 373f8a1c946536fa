"""When nothing can be kept (a full or read-only disk, no memory, no database): told in words, with another way in.

Whatever layer meets it, the answer is 503 and never 500: nothing is wrong with what was sent, nothing is half done.
"""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

CODE = "outage"  # of a form's fault
AGAIN = 60  # seconds after which it may be tried again
LATELY = 600.0  # seconds for which the desk tells of it


class Outage(StrEnum):
    """Why nothing can be kept."""

    FULL = "full"
    READ_ONLY = "read_only"
    MEMORY = "memory"
    AWAY = "away"
    BUSY = "busy"


WHY: dict[Outage, str | Promise] = {
    Outage.FULL: gettext_lazy("the disk is full or cannot be written to"),
    Outage.READ_ONLY: gettext_lazy("the disk or the database is read-only"),
    Outage.MEMORY: gettext_lazy("the machine has too little memory"),
    Outage.AWAY: gettext_lazy("the database cannot be reached"),
    Outage.BUSY: gettext_lazy("the database is busy"),
}
ERRNO = {
    errno.ENOSPC: Outage.FULL, errno.EDQUOT: Outage.FULL, errno.EIO: Outage.FULL, errno.EFBIG: Outage.FULL,
    errno.EROFS: Outage.READ_ONLY, errno.ENOMEM: Outage.MEMORY, errno.EMFILE: Outage.BUSY, errno.ENFILE: Outage.BUSY,
}  # fmt: skip
# SQLite's codes, without what they are extended by.
SQLITE = {
    5: Outage.BUSY, 6: Outage.BUSY, 7: Outage.MEMORY, 8: Outage.READ_ONLY, 10: Outage.FULL, 13: Outage.FULL,
    14: Outage.AWAY,
}  # fmt: skip
# PostgreSQL's, by how they begin; the longest that fits counts.
POSTGRESQL = {
    "53100": Outage.FULL, "58": Outage.FULL, "53200": Outage.MEMORY, "53": Outage.BUSY, "25006": Outage.READ_ONLY,
    "08": Outage.AWAY, "57P": Outage.AWAY, "55P03": Outage.BUSY, "40001": Outage.BUSY, "40P01": Outage.BUSY,
}  # fmt: skip
Ways = Callable[[], Sequence[str]]
Answer = Callable[[HttpRequest, str], HttpResponse]
_WAYS: list[Ways] = []
_ANSWERS: dict[str, Answer] = {}
_known_ways: list[str] = []
_lately: dict[Outage, float] = {}  # when this process last met it, on the clock that nobody sets

logger = logging.getLogger(__name__)


def outage_of(fault: BaseException | None) -> Outage | None:
    """Return which outage a fault comes from, however deep it lies; None for a fault of the program or the request."""
    return next((found for one in _chain(fault) if (found := _outage(one)) is not None), None)


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while fault is not None and fault not in seen:
        seen.append(fault)
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _outage(fault: BaseException) -> Outage | None:
    code, state = getattr(fault, "sqlite_errorcode", None), getattr(fault, "sqlstate", None)
    found: Outage | None = None
    if isinstance(fault, MemoryError):
        found = Outage.MEMORY
    elif isinstance(code, int):
        found = SQLITE.get(code & 0xFF)
    elif isinstance(fault, OSError):
        found = ERRNO.get(fault.errno or 0)
    elif isinstance(state, str):
        found = next((POSTGRESQL[state[:size]] for size in (5, 3, 2) if state[:size] in POSTGRESQL), None)
    elif type(fault).__module__.startswith("psycopg") and type(fault).__name__ in {"OperationalError", "PoolTimeout"}:
        found = Outage.AWAY  # a connection that was never made, or broke, has no state
    elif isinstance(fault, (DatabaseError, InterfaceError)) and fault.__cause__ is None:
        found = _told_by(str(fault))
    return found


def _told_by(words: str) -> Outage | None:
    """What is raised without the driver's own fault is known by its words alone."""
    known = {"disk is full": Outage.FULL, "readonly": Outage.READ_ONLY, "locked": Outage.BUSY}
    return next((outage for part, outage in known.items() if part in words), None)


def note(outage: Outage, fault: BaseException | None) -> None:
    """Log an outage, and remember it for the office's desk; a short wait for the database is no matter for it."""
    logger.error("nothing could be kept: %s", outage, exc_info=fault)
    if outage is not Outage.BUSY:
        _lately[outage] = time.monotonic()


def lately() -> Outage | None:
    """Return what this process met in the last minutes; None where all could be kept."""
    since = time.monotonic() - LATELY
    return next((outage for outage, at in _lately.items() if at > since), None)


def ways_from(source: Ways) -> None:
    """Register who knows the other ways in, such as telephones; called once, from AppConfig.ready."""
    if source not in _WAYS:
        _WAYS.append(source)


def answered_by(prefix: str, answer: Answer) -> None:
    """Register how programs are answered below an address; called once, from AppConfig.ready."""
    _ANSWERS[prefix] = answer


def ways() -> list[str]:
    """Return the other ways in; those of before where they cannot be read now."""
    try:
        _known_ways[:] = [way for source in _WAYS for way in source()]
    except Exception:  # noqa: BLE001 - the database may be what is out
        logger.info("the other ways in cannot be read now")
    return list(_known_ways)


def for_programs(request: HttpRequest, outage: Outage) -> HttpResponse | None:
    """Return the answer in the form that programs read at this address; None where people read."""
    for prefix, answer in _ANSWERS.items():
        if request.path.startswith(prefix):
            response = answer(request, _("Nothing was kept: %(why)s. Send it again later.") % {"why": WHY[outage]})
            response.headers.setdefault("Retry-After", str(AGAIN))
            return response
    return None


def sentence(outage: Outage, *, is_member: bool) -> str:
    """Return what stands on a form whose step could not be kept, with another way."""
    if is_member:
        return _(
            "Nothing of this step was kept: %(why)s. What you typed is still here; send it again in some minutes. What"
            " cannot wait is noted on paper with day and hour and entered later. Tell the information center."
        ) % {"why": WHY[outage]}
    found = ways()
    if not found:
        return _(
            "This could not be received just now. What you typed is still here; send it again in some minutes. What"
            " cannot wait: come to the bureau, or send a letter."
        )
    return _(
        "This could not be received just now. What you typed is still here; send it again in some minutes. What cannot"
        " wait: call %(ways)s, come to the bureau, or send a letter."
    ) % {"ways": pgettext("between ways in", ", ").join(found)}


def as_fault(fault: BaseException, *, is_member: bool) -> ValidationError | None:
    """Return an outage as a fault of a form, and log it; None for any other fault, which is raised on."""
    outage = outage_of(fault)
    if outage is None:
        return None
    note(outage, fault)
    return ValidationError(sentence(outage, is_member=is_member), code=CODE)
