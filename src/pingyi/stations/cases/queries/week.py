"""What happened in one week, counted for the bulletin (公报, §3.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pingyi.rules.case.figures import Rate
from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.models import Case, Complainant, Surfaced
from pingyi.stations.cases.queries import figures, figures_page, year
from pingyi.stations.cases.queries.figures import Counted, Period
from pingyi.stations.cases.queries.figures_page import Line
from pingyi.stations.cases.queries.listing import OPEN

AGAIN_WITHIN = timedelta(days=90)
TOP = 3
HOTTEST = 5


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
class Happened:
    """One week's counts; `finished` are the cases closed in it and those that were overdue at its end."""

    week: Week
    received: Counted
    before: int  # received in the week before
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


def happened(week: Week, *, at: datetime) -> Happened:
    """Return one week's counts, as its cases stand now; reports of misconduct are in none of them (§5.4)."""
    taken, done = _open_to_all(figures.received(_period(week))), _finished(week)
    received, finished = figures.counted(taken, at=at), figures.counted(done, at=at)
    sections = figures_page.lines(finished, figures.section_of, figures_page.section_names())
    by_section = figures_page.lines(received, figures.section_of, figures_page.section_names())
    themes = _themes(taken)
    known = Complainant.objects.filter(case__in=taken).exclude(contact_key="")
    return Happened(
        week=week,
        received=sum(received.values(), Counted()),
        before=_open_to_all(figures.received(_period(week.moved(-1)))).count(),
        kinds=figures_page.kinds(received),
        channels=figures_page.channels(received, at=at),
        dispatched=taken.filter(Q(section__isnull=False) | Q(offered_to__isnull=False)).count(),
        finished=sum(finished.values(), Counted()),
        sections=tuple(line for line in sections if line.key != "None"),
        received_by_section={line.name: line.counted.tally.received for line in by_section},
        themes=themes[:TOP],
        themed=sum(count for _, count in themes),
        again=known.filter(_came_before()).count(),
        known=known.count(),
        floor=float(year.handling(year.round_on(week.monday)).satisfaction_floor),
        hot=_hot(),
    )


def _period(week: Week) -> Period:
    return Period(since=week.monday, until=week.sunday)


def _open_to_all(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.filter(is_restricted=False)


def _finished(week: Week) -> QuerySet[Case]:
    """Cases closed in the week, and those that were overdue when it ended: leaving a case open helps nobody."""
    was_open = Q(stage__in=OPEN, stopped_on=None) | Q(closed_on__gt=week.sunday)
    overdue = was_open & Q(due_on__lt=week.sunday, received_on__lte=week.sunday)
    rows = Case.objects.exclude(stage=Stage.MERGED.value)
    return _open_to_all(rows.filter(Q(closed_on__range=(week.monday, week.sunday)) | overdue))


def _themes(rows: QuerySet[Case]) -> tuple[tuple[str, int], ...]:
    found = rows.exclude(theme="").values_list("theme").annotate(count=Count("pk")).order_by("-count", "theme")
    return tuple(found)


def _came_before() -> Exists:
    earlier = Complainant.objects.filter(
        contact_key=OuterRef("contact_key"),
        case__received_at__lt=OuterRef("case__received_at"),
        case__received_on__gte=OuterRef("case__received_on") - AGAIN_WITHIN,
    )
    return Exists(earlier.exclude(pk=OuterRef("pk")))


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
