"""Cases that look like another one, and why: nearly the same text, or the same person again (§1.4, §3.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from pingyi.inference import near
from pingyi.inference.searching import LIKE
from pingyi.rules.actor import Actor, Role
from pingyi.stations.cases import marks
from pingyi.stations.cases.indexing import told
from pingyi.stations.cases.models import Case, CaseGroup, CaseWords, Complainant, Grouped
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import readable
from pingyi.stations.cases.queries.case import Seen
from pingyi.stations.cases.queries.search import newest

LOOKED_AT = 60
MOST_OF_ONE = 5_000  # cases of one person among which is looked
MOST = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Another case, and why it is shown beside this one."""

    seen: Seen
    percent: int  # of all short strings of both texts, how many both have
    is_same_text: bool
    is_same_person: bool

    @property
    def case(self) -> Case:
        """The row."""
        return self.seen.case


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """A group with its cases, as far as the reader may see them; `hidden` counts the rest."""

    group: CaseGroup
    cases: tuple[Seen, ...]
    hidden: int


def alike(case: Case, *, seen_by: Actor, at: datetime) -> tuple[Alike, ...]:
    """Return the cases most like this one among those that the reader may see, the likest first."""
    same_person = _by_same_person(case, seen_by=seen_by)
    numbers = near.shingles(told(case))
    found = {row.pk: row for row in (*same_person, *_by_same_text(case, seen_by=seen_by))}
    judged = [
        (row, near.likeness(numbers, near.shingles(told(row))), row.pk in {one.pk for one in same_person})
        for row in found.values()
    ]
    kept = [one for one in judged if one[1] >= (near.AGAIN if one[2] else near.NEAR)]
    kept.sort(key=lambda one: (-one[1], -one[0].pk))
    return tuple(
        Alike(
            seen=cases.see(row, at=at),
            percent=round(100 * share),
            is_same_text=share >= near.NEAR,
            is_same_person=is_same,
        )
        for row, share, is_same in kept[:MOST]
    )


def together(case: Case, *, seen_by: Actor, at: datetime) -> Together | None:
    """Return the group that the case is in, if it is in one."""
    row = Grouped.objects.filter(case=case, left_on=None).select_related("group").first()
    return _together(row.group, seen_by=seen_by, at=at) if row else None


def group(reference: str, *, seen_by: Actor, at: datetime) -> Together | None:
    """Return a group to those who may see at least one of its cases."""
    row = CaseGroup.objects.filter(reference=reference).select_related("opened_by").first()
    found = _together(row, seen_by=seen_by, at=at) if row else None
    return found if found and found.cases else None


def _together(row: CaseGroup, *, seen_by: Actor, at: datetime) -> Together:
    inside = cases.rows().filter(groupings__group=row, groupings__left_on=None)
    shown = inside.filter(readable.by(seen_by)).order_by("received_on", "pk")
    seen = tuple(cases.see(one, at=at) for one in shown)
    return Together(group=row, cases=seen, hidden=inside.count() - len(seen))


def _by_same_text(case: Case, *, seen_by: Actor) -> list[Case]:
    kept = CaseWords.objects.filter(case=case).values_list("words", flat=True).first() or ""
    likes = [word for word in kept.split(" ") if word.startswith(LIKE)]
    if not likes:
        return []
    others = _beside(Case.objects.all(), case, seen_by=seen_by)
    return newest(likes, others, most=LOOKED_AT, any_of_them=True)


def _by_same_person(case: Case, *, seen_by: Actor) -> list[Case]:
    names = marks.same_person(case.key_name, most=MOST_OF_ONE) if Complainant.objects.filter(case=case).exists() else []
    if not names:
        return []
    others = _beside(cases.rows(), case, seen_by=seen_by).filter(key_name__in=names)
    if seen_by.role is not Role.SUPERVISION_OFFICE:  # who wished not to be named is not named by another case either
        others = others.exclude(complainant__is_withheld=True)
        if case.complainant.is_withheld:
            return []
    return list(others.order_by("-pk")[:LOOKED_AT])


def _beside(rows: QuerySet[Case], case: Case, *, seen_by: Actor) -> QuerySet[Case]:
    """The other cases that may stand beside this one: a report of misconduct beside such reports alone.

    Otherwise the same telephone would tell who reported, without the act with a reason that opens it (§5.4).
    """
    others = rows.filter(readable.by(seen_by), is_restricted=case.is_restricted)
    return others.exclude(pk=case.pk)
