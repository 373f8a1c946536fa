"""What a code opens: the citizen's own secret code decides, the reading code, which staff know, only shows (§3.2.2)."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass

from django.db import connection

from pingyi.stations.cases import keyed
from pingyi.stations.cases.models import WEB, Case, SealedReceipt, Submission
from pingyi.stations.cases.queries import case as cases

ONCE = re.compile(r"[\w-]{16,64}")  # the word of a form, by which the same form sent twice comes once
# Asked by every form that comes in: in a storm, building the query would take a sixth of the time of all of it.
_SENT = f"SELECT follow_code FROM {Submission._meta.db_table} WHERE once = %s AND channel_id = %s"  # noqa: S608
_READING = re.compile(rf"(\d{{4}})(\d{{6,9}})([0-9A-Z]{{{keyed.READING_SIGNS}}})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What a code leads to: a case, a matter that waits for its number, or a sealed receipt that has none yet."""

    code: str
    decides: bool  # may rate, have the matter opened again, write letters and erase
    case: Case | None = None
    receipt: SealedReceipt | None = None

    @property
    def shown(self) -> str:
        """The code as it is read out."""
        if not self.decides and self.case is not None:
            return reading_code(self.case)
        return in_fours(self.code)


def opening(code: str) -> Opening | None:
    """Return what a code opens, typed without spaces; None for a code of nothing."""
    if (read := _READING.fullmatch(code)) is not None:
        return _reading(code, f"{read[1]}-{read[2]}", read[3])
    if Submission.objects.filter(follow_code=code, channel_id=WEB, case=None).exists():
        return Opening(code=code, decides=True)
    case: Case | None = cases.rows().filter(follow_code=code).first() if code else None
    if case is not None:
        return Opening(code=code, decides=True, case=case)
    digest = keyed.code_digest(code)
    receipt = SealedReceipt.objects.select_related("case").filter(code_digest=digest, voided_on=None).first()
    if receipt is None:
        return None
    bound = cases.rows().get(pk=receipt.case_id) if receipt.case_id else None
    return Opening(code=code, decides=True, case=bound, receipt=receipt)


def sent_before(once: str) -> str | None:
    """Return the code of what a form of the public pages handed in, by the word that it carries; None for a new one."""
    if not ONCE.fullmatch(once):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [once, WEB])
        found = cursor.fetchone()
    return found[0] if found else None


def reading_code(case: Case) -> str:
    """Return a case's reading code as it is read out; a report of misconduct has none (§5.4)."""
    return "" if case.is_restricted else f"{case.reference} {in_fours(keyed.reading_word(case.reference))}"


def in_fours(code: str) -> str:
    """Return a code in groups of four, as it is read over the telephone."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _reading(code: str, reference: str, word: str) -> Opening | None:
    is_right = hmac.compare_digest(word, keyed.reading_word(reference))
    case: Case | None = cases.rows().filter(reference=reference, is_restricted=False).first() if is_right else None
    return Opening(code=code, decides=False, case=case) if case is not None else None
