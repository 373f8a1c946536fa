"""What a hotline's table said of a case in its own words and moments, and which of them judged it (§3.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingyi.authoring.case_tables import CaseRow
from pingyi.authoring.case_tables.moments import Moment
from pingyi.rules.case.imported import Judge
from pingyi.stations.cases.models import Case

LONGEST = 60  # characters of a head or a word that are kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source's own words of one case."""

    said: tuple[tuple[str, str], ...]  # head and cell
    received: str
    due: str
    closed: str
    judged: str  # the sentence that says what decided; empty where our own limit and days do


def kept(row: CaseRow) -> dict[str, Any]:
    """Return what is kept of a row with its case."""
    moments = {"received": row.received_at, "due": row.due_at, "closed": row.closed_at}
    told = {name: _written(moment) for name, moment in moments.items() if moment is not None}
    said = [[head[:LONGEST], word[:LONGEST]] for head, word in row.said]
    return {**told, **({"said": said} if said else {})}


def of(case: Case) -> Source | None:
    """Return what the source said of a case; nothing where it did not come by a table, or was erased."""
    told = case.source_told
    if not isinstance(told, dict):
        return None
    said = tuple((head, word) for head, word in told.get("said", ()))
    moments = {name: told.get(name, "") for name in ("received", "due", "closed")}
    return Source(said=said, judged=_judged(case, said, **moments), **moments)


def _judged(case: Case, said: tuple[tuple[str, str], ...], *, received: str, due: str, closed: str) -> str:
    if case.judged_by == Judge.DATES:
        return _("Judged by the source’s own moments: closed %(closed)s, its target %(due)s.") % {
            "closed": closed, "due": due,
        }  # fmt: skip
    if case.judged_by == Judge.WORD:
        words = pgettext("between two words of a source", ", ").join(word for _head, word in said)
        return _("Judged by the source’s own word: %(word)s. The due date of this page did not decide.") % {
            "word": words
        }
    if case.judged_by == Judge.LIMIT:
        return _("The source did not say whether it was in time; judged by the due date of this page.")
    return ""


def _written(moment: Moment) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()
