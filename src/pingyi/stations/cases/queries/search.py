"""Full text over cases: what a reader typed, in the cases that this reader may see, the newest first (§3.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from pingyi.inference import searching
from pingyi.inference.searching import Asked, Part
from pingyi.rules.actor import Actor
from pingyi.stations.cases import marks
from pingyi.stations.cases.models import Case, Complainant
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import readable
from pingyi.stations.cases.queries.case import Seen
from pingyi.stations.cases.queries.masks import Masked, masked

PAGE = 20
LOOKED_AT = 4 * PAGE  # more than a page, for pairs that only met by chance are left out


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One case that was found, with the words marked where they stand."""

    seen: Seen
    title: tuple[Part, ...]
    around: tuple[Part, ...]
    where: str  # matter, place, theme, answer, result; empty when the title says it all

    @property
    def case(self) -> Case:
        """The row."""
        return self.seen.case


@dataclass(frozen=True, kw_only=True, slots=True)
class Hits:
    """A page of hits; `after` leads to the next page."""

    query: str
    hits: tuple[Hit, ...]
    after: int | None


def search(query: str, *, seen_by: Actor, at: datetime, before: int | None = None) -> Hits:
    """Return a page of the cases that hold every term; a restricted case is found by the supervision office alone."""
    looked = searching.asked(query)
    if looked.is_empty:
        return Hits(query=query, hits=(), after=None)
    rows = _matching(looked, seen_by=seen_by, before=before)
    true = [row for row in rows if searching.holds([text for _, text in _texts(row)], looked.terms)]
    shown = true[:PAGE]
    more = len(true) > PAGE or len(rows) == LOOKED_AT
    last = shown[-1] if len(true) > PAGE else rows[-1] if rows else None
    hits = tuple(_hit(row, looked, at=at) for row in shown)
    return Hits(query=query, hits=hits, after=last.pk if more and last else None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """A case of the person who is looked for, and that person with most hidden: two may share four digits."""

    seen: Seen
    person: Masked


def raised_by(said: str, *, seen_by: Actor, at: datetime) -> list[Raised]:
    """Return the newest cases of whoever has this number, these last four digits or this name (§3.2.2)."""
    keys = marks.raised_by(said, most=PAGE)
    rows = cases.rows().filter(readable.by(seen_by), key_name__in=keys).order_by("-pk")
    persons = {row.case_id: row for row in Complainant.objects.filter(case__key_name__in=keys)}
    return [Raised(seen=cases.see(row, at=at), person=masked(persons.get(row.pk))) for row in rows]


def newest(words: Sequence[str], rows: QuerySet[Case], *, most: int, any_of_them: bool = False) -> list[Case]:
    """Return the newest of the rows that have all of the index words, or any of them.

    Keys come first and alone: beside the eight tables of a whole row PostgreSQL would not begin with the index.
    """
    keys = _keys(words, rows.select_related(None), any_of_them=any_of_them)[:most]
    return list(cases.rows().filter(pk__in=list(keys)).order_by("-pk"))


def _keys(words: Sequence[str], rows: QuerySet[Case], *, any_of_them: bool) -> QuerySet[Case, int]:
    joint = " OR " if any_of_them else " AND "
    if connection.vendor == "postgresql":
        quoted = (" | " if any_of_them else " & ").join(_lexeme(word) for word in words)
        where = "array_to_tsvector(string_to_array(cases_casewords.words, ' ')) @@ CAST(%s AS tsquery)"
        table, key = "cases_casewords", "cases_casewords.case_id = cases_case.id"
    else:
        quoted = joint.join(_phrase(word) for word in words)
        # The plus keeps SQLite from walking all cases and asking the words of each: a rare word would take a second.
        table, key, where = "cases_found", "cases_case.id = +cases_found.rowid", "cases_found MATCH %s"
    found = rows.extra(tables=[table], where=[key, where], params=[quoted])  # noqa: S610 - no values in the words of SQL
    ordered = (
        found.order_by("-pk") if connection.vendor == "postgresql" else found.extra(order_by=["-cases_found.rowid"])
    )
    return ordered.values_list("pk", flat=True)


def _matching(looked: Asked, *, seen_by: Actor, before: int | None) -> list[Case]:
    words = [*looked.words, *(f"{word}*" for word in looked.beginnings)]
    rows = Case.objects.filter(readable.by(seen_by))
    return newest(words, rows.filter(pk__lt=before) if before is not None else rows, most=LOOKED_AT)


def _lexeme(word: str) -> str:
    plain = word.removesuffix("*").replace("'", "''").replace("\\", "\\\\")
    return f"'{plain}':*" if word.endswith("*") else f"'{plain}'"


def _phrase(word: str) -> str:
    plain = word.removesuffix("*").replace('"', '""')
    return f'"{plain}"*' if word.endswith("*") else f'"{plain}"'


def _texts(row: Case) -> list[tuple[str, str]]:
    return [
        ("", row.title),
        ("matter", row.text),
        ("place", row.place),
        ("theme", row.theme),
        ("answer", row.answer),
        ("result", row.result),
        ("number", row.external_number),
        ("", row.reference),
    ]


def _hit(row: Case, looked: Asked, *, at: datetime) -> Hit:
    told = [(name, searching.marked(text, looked.terms)) for name, text in _texts(row) if name]
    where, around = next(
        ((name, parts) for name, parts in told if any(part.is_hit for part in parts)),
        ("", searching.marked(row.text, ())),
    )
    title = searching.marked(row.title, looked.terms)
    return Hit(seen=cases.see(row, at=at), title=title, around=around, where=where)
