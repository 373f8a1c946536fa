"""The words that cases are found by: written with them, filled in after an import, rebuilt by a command (§3.2.2)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from pingyi.inference.searching import likes, words
from pingyi.record import rows as stored
from pingyi.stations.cases.models import Case, CaseWords

AT_ONCE = 50  # an import's rows are many: they are marked, and the worker fills them in behind it
BATCH = 1_000


def follow(cases: Sequence[Case]) -> None:
    """Write the words of cases whose texts an act has just changed; the record calls this within the act."""
    late = len(cases) > AT_ONCE
    new = [case for case in cases if case.version == 1]  # these can have no words yet, and are written quicker for it
    for some, is_new in ((new, True), ([case for case in cases if case.version > 1], False)):
        found = [""] * len(some) if late else [words_of(case) for case in some]
        _store([case.pk for case in some], found, is_stale=late, is_new=is_new)


def words_of(case: Case) -> str:
    """Return every word that the case is found by, and the marks by which near-same texts meet."""
    texts = (case.reference, case.title, case.text, case.place, case.theme, case.answer, case.result)
    return " ".join([*words([*texts, case.external_number]), *likes(told(case))])


def told(case: Case) -> str:
    """Return what the citizen said, the part by which two cases are compared."""
    return f"{case.title}。{case.text}" if case.text else case.title


def fill(*, most: int = BATCH) -> int:
    """Fill in the words of cases that an import left behind; return how many were done."""
    with transaction.atomic():
        stale = CaseWords.objects.select_for_update(of=("self",)).filter(is_stale=True).select_related("case")
        rows = list(stale.order_by("pk")[:most])
        if rows:
            _store([row.pk for row in rows], [words_of(row.case) for row in rows])
    return len(rows)


def rebuild() -> int:
    """Mark every case as stale and fill all in again; return how many."""
    last = 0
    while batch := list(Case.objects.filter(pk__gt=last).only("pk").order_by("pk")[:BATCH]):
        _store([case.pk for case in batch], [""] * len(batch), is_stale=True)
        last = batch[-1].pk
    return fill_all()


def fill_all() -> int:
    """Fill in the words of every case that waits; return how many."""
    done = 0
    while filled := fill():
        done += filled
    return done


def forget() -> None:
    """Rewrite SQLite's search table, whose old pages hold removed words until then; a server clears up by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO cases_found (cases_found) VALUES ('optimize')")


def _store(cases: Sequence[int], words: Sequence[str], *, is_stale: bool = False, is_new: bool = False) -> None:
    columns = {"case_id": cases, "words": words, "is_stale": [is_stale] * len(cases)}
    if cases:
        stored.insert_columns(CaseWords, columns, over=() if is_new else ("words", "is_stale"))  # plain row
