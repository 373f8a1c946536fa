"""Hot matters as the worker last found them, with their cases as they stand now (§1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from pingyi.bureau.models import Section
from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.learning import WINDOWS
from pingyi.stations.cases.models import Case, Surfaced
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import people
from pingyi.stations.cases.queries.case import Seen

NEWS = 7  # days for which a matter that still grows lies on the office's desk
ON_THE_DESK = 3
SHOWN = 6  # cases of each matter


@dataclass(frozen=True, kw_only=True, slots=True)
class HotMatter:
    """One matter that many raised."""

    rank: int
    words: tuple[str, ...]
    place: str
    people: int
    first_on: date
    last_on: date
    cases: tuple[Seen, ...]
    count: int

    @property
    def more(self) -> int:
        """How many of its cases are not listed."""
        return self.count - len(self.cases)

    @property
    def reference(self) -> str:
        """The first of its cases, by which the page is addressed."""
        return self.cases[0].case.reference if self.cases else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rise:
    """A place, section or theme raised more than usual."""

    name: str
    now: int
    usual: str  # with one decimal
    times: str  # how many times the usual; empty where there was none before


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """A hot matter, or a place or theme raised more than usual, to which one case belongs."""

    anchor: str  # where it stands on the page of hot matters
    what: str
    people: int  # who raised it; 0 where a place or theme as a whole rises


@dataclass(frozen=True, kw_only=True, slots=True)
class HotPage:
    """What the page shows for one window."""

    days: int
    windows: tuple[int, ...]
    found_at: datetime | None
    looked_at: int  # cases in the window
    matters: tuple[HotMatter, ...]
    places: tuple[Rise, ...]
    sections: tuple[Rise, ...]
    themes: tuple[Rise, ...]


def page(*, days: int, seen_by: Actor, at: datetime) -> HotPage:
    """Return the hot matters of a window to those who oversee the bureau."""
    check(seen_by)
    days = days if days in WINDOWS else WINDOWS[1]
    row = Surfaced.objects.filter(days=days).first()
    found: dict[str, Any] = row.found if row else {}
    rises = found.get("surges", [])
    names = dict(Section.objects.values_list("reference", "name"))
    return HotPage(
        days=days,
        windows=WINDOWS,
        found_at=row.found_at if row else None,
        looked_at=found.get("cases", 0),
        matters=_matters(found.get("clusters", []), at=at),
        places=_rises(rises, "place", {}),
        sections=_rises(rises, "section", names),
        themes=_rises(rises, "theme", {}),
    )


def around(case: Case, *, seen_by: Actor) -> tuple[Around, ...]:
    """Return what of the latest month's hot matters this case belongs to, to those who may open their page (§1.4)."""
    if seen_by.role not in people.READERS or case.is_restricted:
        return ()
    row = Surfaced.objects.filter(days=WINDOWS[1]).first()
    found: dict[str, Any] = row.found if row else {}
    matters = [
        Around(anchor=f"matter-{rank}", what=_said(one), people=one["people"])
        for rank, one in enumerate(found.get("clusters", []), 1)
        if case.reference in one["keys"] or (one["place"] and one["place"] in case.place)
    ]
    own = {"theme": case.theme, "place": case.place}
    rising = [one for one in found.get("surges", []) if one["name"] and one["name"] == own.get(one["kind"])]
    return (*matters, *(Around(anchor=f"{one['kind']}s", what=one["name"], people=0) for one in rising))


def check(actor: Actor) -> None:
    """Refuse everybody but those who oversee: a section sees its own cases, not the bureau's."""
    if actor.role not in people.READERS:
        raise Refused("forbidden", verb="", role=actor.role.value)


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Lay the hottest matters that still grow on the supervision office's desk (§1.4)."""
    if actor.role is not Role.SUPERVISION_OFFICE:
        return []
    row = Surfaced.objects.filter(days=WINDOWS[1]).first()
    fresh = [one for one in _told(row) if date.fromisoformat(one["last_on"]) > day_of(at) - timedelta(days=NEWS)]
    return [
        DeskItem(
            kind=DeskKind.CHANGED,
            title=_("Hot matter: %(what)s (%(people)s people)") % {"what": _said(one), "people": one["people"]},
            url="/cases/hot/",
            room="cases",
        )
        for one in fresh[:ON_THE_DESK]
    ]


def _told(row: Surfaced | None) -> list[dict[str, Any]]:
    return list(row.found.get("clusters", [])) if row else []


def _said(one: dict[str, Any]) -> str:
    words = [one["place"], *(word for word in one["words"] if word not in one["place"])]
    return " ".join(word for word in words[:4] if word)


def _matters(told: list[dict[str, Any]], *, at: datetime) -> tuple[HotMatter, ...]:
    """Read all listed cases at once; what has been merged or restricted since is left out."""
    wanted = [key for one in told for key in one["keys"][-SHOWN:]]
    rows = cases.rows().filter(reference__in=wanted, is_restricted=False)
    seen = {row.reference: cases.see(row, at=at) for row in rows.defer("text", "answer", "result", "due_moves")}
    return tuple(_matter(rank, one, seen) for rank, one in enumerate(told, 1))


def _matter(rank: int, one: dict[str, Any], seen: dict[str, Seen]) -> HotMatter:
    return HotMatter(
        rank=rank,
        words=tuple(word for word in one["words"] if word not in one["place"]),
        place=one["place"],
        people=one["people"],
        first_on=date.fromisoformat(one["first_on"]),
        last_on=date.fromisoformat(one["last_on"]),
        cases=tuple(seen[key] for key in reversed(one["keys"][-SHOWN:]) if key in seen),
        count=len(one["keys"]),
    )


def _rises(told: list[dict[str, Any]], kind: str, names: dict[str, str]) -> tuple[Rise, ...]:
    return tuple(
        Rise(
            name=names.get(one["name"], one["name"]),
            now=one["now"],
            usual=f"{one['usual']:.1f}",
            times=f"{one['now'] / one['usual']:.1f}" if one["usual"] >= 0.5 else "",
        )
        for one in told
        if one["kind"] == kind
    )
