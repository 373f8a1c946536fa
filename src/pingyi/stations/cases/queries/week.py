"""What happened in one week, counted for the bulletin (公报, §3.2.2)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from django.db.models import Q, QuerySet

from pingyi.rules.case.figures import Rate
from pingyi.rules.case.stages import UNFINISHED, Stage, is_overdue
from pingyi.stations.cases import marks
from pingyi.stations.cases.models import Case, Complainant, Surfaced
from pingyi.stations.cases.queries import as_of, figures, figures_page, year
from pingyi.stations.cases.queries.as_of import Stood
from pingyi.stations.cases.queries.figures import Counted
from pingyi.stations.cases.queries.figures_page import Line

AGAIN_WITHIN = timedelta(days=90)
TOP = 3
HOTTEST = 5
MANY = 2_000  # keys that are asked for in one statement


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Week:
    """A week from Monday to Sunday, named as 2026-W12."""

    monday: date

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def name(self) -> str:
        """What addresses call it."""
        calendar = self.monday.isocalendar()
        return f"{calendar.year}-W{calendar.week:02}"

    @property
    def number(self) -> int:
        """Its number in the year."""
        return self.monday.isocalendar().week

    def moved(self, weeks: int) -> Week:
        """Return a week before or after."""
        return Week(monday=self.monday + timedelta(weeks=weeks))


@dataclass(frozen=True, kw_only=True, slots=True)
class Hot:
    """A matter that many raised."""

    said: str
    people: int
    cases: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What was received in the week before, as its own issue says and as it is known now."""

    received: int
    corrected: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """One week's counts; `finished` are the cases closed in it and those that were overdue at its end."""

    week: Week
    received: Counted
    before: Before
    kinds: tuple[Line, ...]
    channels: tuple[Line, ...]
    dispatched: int  # of the received: with a section, or on offer to one
    finished: Counted
    sections: tuple[Line, ...]  # of the finished
    received_by_section: dict[str, int]
    themes: tuple[tuple[str, int], ...]
    themed: int
    again: int  # received from somebody who had raised a matter within ninety days
    known: int  # received from somebody who can be told apart
    floor: float
    hot: tuple[Hot, ...]

    def whole(self, rate: str) -> list[str]:
        """Return the sections with all of it and at least one case."""
        return [line.name for line in self.sections if self._rate(line, rate).share == 1]

    def below_floor(self) -> list[tuple[str, Rate]]:
        """Return the sections whose satisfaction lies under the plan's floor."""
        rates = [(line.name, self._rate(line, "satisfaction")) for line in self.sections]
        return [(name, rate) for name, rate in rates if rate.share is not None and rate.share * 100 < self.floor]

    def _rate(self, line: Line, rate: str) -> Rate:
        return line.counted.rates[rate]


def week_of(name: str, *, on: date) -> Week:
    """Return the week of a name; the last whole one for a name that is none, or that is not over."""
    last = Week(monday=on - timedelta(days=on.weekday() + 7))
    try:
        found = Week(monday=date.fromisocalendar(int(name[:4]), int(name[6:]), 1))
    except ValueError:
        return last
    return min(found, last)


def happened(week: Week) -> Happened:
    """Return one week's counts as of the end of its Sunday; reports of misconduct are in none of them (§5.4).

    What is counted is read from the record, so it is the same whenever it is asked.
    """
    on = week.sunday
    told = _open_to_all(as_of.stood(_candidates(week), on=on))
    taken = [one for one in told if week.monday <= one.received_on <= on]
    received, finished = (as_of.counted(cases, on=on) for cases in (taken, _finished(told, week)))
    sections = figures_page.lines(finished, figures.section_of, figures_page.section_names())
    by_section = figures_page.lines(received, figures.section_of, figures_page.section_names())
    keys = {one.key for one in taken}
    themes, known = _themes(keys, week), _known(keys, week)
    return Happened(
        week=week,
        received=sum(received.values(), Counted()),
        before=_before(week),
        kinds=figures_page.kinds(received),
        channels=figures_page.channels(received, at=as_of.end_of(on)),
        dispatched=len({one.key for one in taken if one.place[0] is not None} | as_of.on_offer(sorted(keys), on=on)),
        finished=sum(finished.values(), Counted()),
        sections=tuple(line for line in sections if line.key != "None"),
        received_by_section={line.name: line.counted.tally.received for line in by_section},
        themes=tuple(themes[:TOP]),
        themed=sum(count for _, count in themes),
        again=sum(known),
        known=len(known),
        floor=float(year.handling(year.round_on(week.monday)).satisfaction_floor),
        hot=_hot(),
    )


def _candidates(week: Week) -> QuerySet[Case]:
    """Leave out what was over before the week began, and is still: it is in none of the counts."""
    over = Q(stage=Stage.CLOSED.value, closed_on__lt=week.monday)
    gone = Q(stage=Stage.MERGED.value, changed_at__lt=as_of.end_of(week.monday - timedelta(days=1)))
    return Case.objects.filter(received_on__lte=week.sunday).exclude(over).exclude(gone)


def _open_to_all(cases: Iterable[Stood]) -> list[Stood]:
    return [one for one in cases if not one.is_restricted and one.state.stage is not Stage.MERGED]


def _finished(cases: Iterable[Stood], week: Week) -> list[Stood]:
    """Cases closed in the week, and those that were overdue when it ended: leaving a case open helps nobody."""
    return [
        one
        for one in cases
        if (one.state.closed_on is not None and week.monday <= one.state.closed_on <= week.sunday)
        or (one.state.stage in UNFINISHED and (is_overdue(one.state, on=week.sunday) or one.state.has_been_late))
    ]


def _before(week: Week) -> Before:
    """Count the week before as its own issue did, and as it is known a week later: the difference is a correction."""
    last = week.moved(-1)
    rows = Case.objects.filter(received_on__range=(last.monday, last.sunday))
    told = len(_open_to_all(as_of.stood(rows, on=last.sunday)))
    return Before(received=told, corrected=len(_open_to_all(as_of.stood(rows, on=week.sunday))))


def _received(week: Week) -> QuerySet[Case]:
    return Case.objects.filter(received_on__range=(week.monday, week.sunday))


def _themes(keys: Collection[int], week: Week) -> list[tuple[str, int]]:
    found = _received(week).exclude(theme="").values_list("pk", "theme")
    counts = Counter(theme for key, theme in found if key in keys)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _known(keys: Collection[int], week: Week) -> list[bool]:
    """Return for each case of somebody who can be told apart whether that person came before."""
    told = Complainant.objects.filter(case__in=_received(week), erased_on=None)
    rows = list(told.values_list("case__key_name", "case__received_at", "case__received_on", "case"))
    persons = marks.persons(name for name, *_ in rows)
    earlier = _history(set(persons.values()), until=week.sunday)
    return [
        earlier[persons[name]].was_there(before=moment, since=day - AGAIN_WITHIN)
        for name, moment, day, key in rows
        if key in keys and name in persons
    ]


class _Visits:
    """When one person raised something, in order, and the latest day until then."""

    def __init__(self, visits: Iterable[tuple[datetime, date]]) -> None:
        found = sorted(visits)
        self._moments = [moment for moment, _ in found]
        self._latest = list(accumulate((day for _, day in found), max))

    def was_there(self, *, before: datetime, since: date) -> bool:
        earlier = bisect_left(self._moments, before)
        return earlier > 0 and self._latest[earlier - 1] >= since


def _history(persons: Collection[str], *, until: date) -> dict[str, _Visits]:
    whose = {name: person for person, names in marks.others(persons).items() for name in names}
    visits: dict[str, list[tuple[datetime, date]]] = {person: [] for person in persons}
    names = list(whose)
    for start in range(0, len(names), MANY):
        raised = Case.objects.filter(key_name__in=names[start : start + MANY], received_on__lte=until)
        for name, moment, day in raised.values_list("key_name", "received_at", "received_on"):
            visits[whose[name]].append((moment, day))
    return {person: _Visits(found) for person, found in visits.items()}


def _hot() -> tuple[Hot, ...]:
    row = Surfaced.objects.order_by("days").first()
    clusters = row.found.get("clusters", [])[:HOTTEST] if row else []
    return tuple(
        Hot(
            said=" ".join([one["place"], *(word for word in one["words"][:4] if word not in one["place"])]).strip(),
            people=one["people"],
            cases=len(one["keys"]),
        )
        for one in clusters
    )
