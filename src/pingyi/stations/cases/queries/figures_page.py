"""Figures as pages show them: bureau, sections, kinds, channels, and the sections in a funnel (§3.2.2, §5.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from pingyi.bureau.models import Section
from pingyi.documents import charts
from pingyi.documents.charts import FunnelPoint
from pingyi.inference import funnel as funnels
from pingyi.inference.funnel import Funnel, Place
from pingyi.rules.case.figures import Rate
from pingyi.rules.rounding import fixed
from pingyi.stations.cases import words
from pingyi.stations.cases import words_figures as said
from pingyi.stations.cases.queries import figures, year
from pingyi.stations.cases.queries.figures import Counted, Period


@dataclass(frozen=True, slots=True)
class Share:
    """A rate with its words."""

    rate: Rate

    @property
    def name(self) -> str:
        """What it is called."""
        return str(said.RATES[self.rate.definition])

    @property
    def definition(self) -> str:
        """What is divided by what."""
        return str(said.DEFINITIONS[self.rate.definition])

    @property
    def percent(self) -> str:
        """In per cent with one digit; a share of nothing is a dash."""
        return percent(self.rate)

    @property
    def of(self) -> str:
        """The two numbers."""
        return f"{self.rate.numerator}/{self.rate.denominator}"

    @property
    def is_small(self) -> bool:
        """Whether n is too small to compare by; nothing at all is no small number."""
        return self.rate.is_small and self.rate.denominator > 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a table: a section, a kind or a channel."""

    key: str
    name: str
    counted: Counted

    @property
    def shares(self) -> list[Share]:
        """Every rate."""
        return [Share(rate) for rate in self.counted.rates.values()]


@dataclass(frozen=True, kw_only=True, slots=True)
class InFunnel:
    """A section's place in the funnel."""

    name: str
    share: Share
    said: str
    tag: str
    usual: str  # the range that chance explains, in per cent


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """All figures of a period."""

    period: Period
    total: Line
    sections: tuple[Line, ...]
    kinds: tuple[Line, ...]
    channels: tuple[Line, ...]
    funnel: tuple[InFunnel, ...]
    chart: charts.Option | None
    target: str  # the on-time rate of all together, in per cent
    is_dispersed: bool

    @property
    def tables(self) -> list[tuple[str, str, tuple[Line, ...]]]:
        """The tables with their headings and what their lines are."""
        return [
            (_("By section"), _("Section"), self.sections),
            (_("By kind"), _("Kind"), self.kinds),
            (_("By channel"), _("Channel"), self.channels),
        ]


def page(period: Period, *, at: datetime) -> Page:
    """Return the figures of a period."""
    found = figures.counted(figures.received(period), at=at)
    sections = lines(found, figures.section_of, section_names())
    plot = funnel_of(sections)
    return Page(
        period=period,
        total=Line(key="", name=_("The whole bureau"), counted=sum(found.values(), Counted())),
        sections=sections,
        kinds=kinds(found),
        channels=channels(found, at=at),
        funnel=_placed(plot, sections),
        chart=_chart(plot) if plot else None,
        target=_percent(Fraction(plot.target)) if plot else "",
        is_dispersed=bool(plot and plot.dispersion > 1),
    )


def kinds(found: Mapping[figures.Place, Counted]) -> tuple[Line, ...]:
    """Return the lines of the kinds."""
    return lines(found, figures.kind_of, {key: str(name) for key, name in words.KINDS.items()})


def channels(found: Mapping[figures.Place, Counted], *, at: datetime) -> tuple[Line, ...]:
    """Return the lines of the channels."""
    return lines(found, figures.channel_of, channel_names(at))


def section_names() -> dict[int | None, str]:
    """Return what sections are called, in their order; the supervision office is none of them."""
    rows = Section.objects.order_by("order", "pk").values_list("pk", "name")
    return {**dict(rows), None: _("Supervision office")}


def channel_names(at: datetime) -> dict[str, str]:
    """Return what channels are called: by the house, or by the plan."""
    planned = {one.id: one.name for one in year.channels(year.round_on(at.date()))}
    return {**{key: str(name) for key, name in words.CHANNELS.items()}, **planned}


def funnel_of(sections: Iterable[Line]) -> Funnel | None:
    """Return the sections' on-time rates against all together; the supervision office is not compared."""
    rates = [(line.name, line.counted.rates["on_time"]) for line in sections if line.key != "None"]
    counts = (funnels.Count(unit=name, cases=one.denominator, events=one.numerator) for name, one in rates)
    return funnels.funnel(one for one in counts if one.cases)


def lines(
    found: Mapping[figures.Place, Counted], by: Callable[[figures.Place], Any], names: Mapping[Any, str]
) -> tuple[Line, ...]:
    """Known ones in their order, then the others."""
    sums = figures.summed(found, by=by)
    order = {key: place for place, key in enumerate(names)}
    keys = sorted(sums, key=lambda key: (order.get(key, len(order)), str(key)))
    return tuple(Line(key=str(key), name=names.get(key, str(key)), counted=sums[key]) for key in keys)


def percent(rate: Rate) -> str:
    """Return a rate in per cent with one digit; a share of nothing is a dash."""
    return "—" if rate.share is None else _percent(rate.share)


def _percent(share: Fraction) -> str:
    return f"{fixed(share * 100, digits=1)}%"


def _placed(plot: Funnel | None, sections: Iterable[Line]) -> tuple[InFunnel, ...]:
    rates = {line.name: line.counted.rates["on_time"] for line in sections}
    order = {place: number for number, place in enumerate((Place.FAR_BELOW, Place.BELOW, Place.WITHIN))}
    points = sorted(plot.points if plot else (), key=lambda one: (order.get(one.place, len(order)), one.z))
    return tuple(
        InFunnel(
            name=one.unit,
            share=Share(rates[one.unit]),
            said=str(said.PLACES[one.place.value]),
            tag=said.PLACE_TAGS[one.place.value],
            usual="–".join(_percent(Fraction(limit)) for limit in one.warning),
        )
        for one in points
    )


def _chart(plot: Funnel) -> charts.Option:
    most = max(point.cases for point in plot.points)
    steps = sorted({max(1, round(most * 1.08 * part / 40)) for part in range(1, 41)})
    limits = {
        tail: [
            (n, low, high)
            for n, (low, high) in zip(
                steps,
                funnels.curve(steps, target=plot.target, tail=tail, dispersion=plot.dispersion),
                strict=True,
            )
        ]
        for tail in (funnels.WARNING, funnels.ALARM)
    }
    outside = {Place.WITHIN, Place.EMPTY}
    return charts.funnel_plot(
        [
            FunnelPoint(name=one.unit, cases=one.cases, rate=one.rate or 0.0, is_outside=one.place not in outside)
            for one in plot.points
        ],
        target=plot.target,
        warning=limits[funnels.WARNING],
        alarm=limits[funnels.ALARM],
        words=(_("Sections"), _("95 of 100 lie between"), _("998 of 1,000 lie between"), _("Cases"), _("On time, %")),
    )
