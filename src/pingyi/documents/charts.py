"""Charts as ECharts options in plain JSON; colors are token names, which `charts.js` reads from the page's theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

Option = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class ScorePart:
    """One part of a score, such as what the assembly gave."""

    name: str
    points: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreBar:
    """One section's score, with the parts it is made of and the total as it is printed."""

    name: str
    total: str
    parts: tuple[ScorePart, ...]


class SpanState(StrEnum):
    """How a stretch of the year is drawn."""

    PHASE = "phase"
    OPEN = "open"
    DONE = "done"
    DUE = "due"
    LATE = "late"


_SPAN_COLORS = {
    SpanState.PHASE: "--chart-1",
    SpanState.OPEN: "--edge",
    SpanState.DONE: "--success",
    SpanState.DUE: "--chart-5",
    SpanState.LATE: "--danger",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch or a day of the year: a phase, a task, a meeting; `said` is its state in words, for the table."""

    name: str
    starts_on: date
    ends_on: date
    state: SpanState = SpanState.OPEN
    said: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FunnelPoint:
    """One unit of a funnel plot; a unit outside the limits is named in the picture."""

    name: str
    cases: int
    rate: float
    is_outside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreInterval:
    """One section's score between the limits of its interval."""

    name: str
    score: float
    low: float
    high: float


Curve = Sequence[tuple[int, float, float]]  # number of cases, lower and upper limit


def score_bars(bars: Sequence[ScoreBar], *, pass_mark: Decimal | None = None, pass_label: str = "") -> Option:
    """Return stacked bars, the first section on top, with the pass mark as a line (§4.4b, §4.4c)."""
    names = list(dict.fromkeys(part.name for bar in bars for part in bar.parts))
    series: list[Option] = [
        {"type": "bar", "stack": "score", "name": name, "barMaxWidth": 26, "data": [_points(bar, name) for bar in bars]}
        for name in names
    ]
    for one in series:
        if min(one["data"]) < 0:
            one["itemStyle"] = {"color": "--danger"}
    if series and pass_mark is not None:
        series[0]["markLine"] = _line(float(pass_mark), label=pass_label, color="--danger")
    return {
        "height": {"rows": len(bars), "row": 2.6, "more": 6},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"bottom": 0, "type": "scroll"},
        "grid": {"left": 0, "right": 24, "top": 28, "bottom": 44, "containLabel": True},
        "xAxis": {"type": "value", "max": _most(bars)},
        "yAxis": {"type": "category", "inverse": True, "data": [f"{bar.name}  {bar.total}" for bar in bars]},
        "series": series,
    }


def year_spans(spans: Sequence[Span], *, today: date | None = None, today_label: str = "") -> Option:
    """Return the year as rows of stretches, with a line where today is (§4)."""
    rows = [
        {
            "value": [index, span.starts_on.isoformat(), span.ends_on.isoformat()],
            "name": span.name,
            "itemStyle": {"color": _SPAN_COLORS[span.state]},
        }
        for index, span in enumerate(spans)
    ]
    series: Option = {"type": "custom", "renderItem": "span", "encode": {"x": [1, 2], "y": 0}, "data": rows}
    if today is not None:
        series["markLine"] = _line(today.isoformat(), label=today_label, color="--seal")
    return {
        "height": {"rows": len(spans), "row": 1.9, "more": 5},
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "grid": {"left": 0, "right": 24, "top": 28, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "time", "splitLine": {"show": True}},
        "yAxis": {"type": "category", "inverse": True, "data": [span.name for span in spans]},
        "series": [series],
    }


def funnel_plot(
    points: Sequence[FunnelPoint],
    *,
    target: float,
    warning: Curve,
    alarm: Curve,
    words: tuple[str, str, str, str, str],
) -> Option:
    """Return rates over numbers of cases with the limits of chance; words: points, both limits, both axes (§5.2)."""
    units, within, far, across, up = words
    dots = [
        {
            "value": [point.cases, _hundred(point.rate)],
            "name": point.name,
            "itemStyle": {"color": "--danger" if point.is_outside else "--chart-1"},
            "label": {"show": point.is_outside, "formatter": "{b}", "position": "right", "color": "--ink"},
        }
        for point in points
    ]
    label = {"formatter": f"{_hundred(target)}%", "color": "--ink", "position": "insideEndTop"}
    middle = {**_line(0, label="", color="--ink"), "label": label, "data": [{"yAxis": _hundred(target)}]}
    dotted = {"type": "scatter", "symbolSize": 11, "labelLayout": {"hideOverlap": True}}
    series: list[Option] = [
        {**dotted, "name": units, "data": dots, "markLine": middle},
        *_limit_lines(warning, name=within, color="--chart-5", dash="solid"),
        *_limit_lines(alarm, name=far, color="--danger", dash="dashed"),
    ]
    return {
        "height": {"rows": 10, "row": 2.2, "more": 6},
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "legend": {"bottom": 0, "type": "scroll", "data": [units, within, far]},
        "grid": {"left": 8, "right": 64, "top": 28, "bottom": 64, "containLabel": True},
        "xAxis": {"type": "value", "min": 0, "name": across, "nameLocation": "middle", "nameGap": 28},
        "yAxis": {"type": "value", "max": 100, "name": up, "nameTextStyle": {"align": "left", "color": "--ink"}},
        "series": series,
    }


def score_intervals(points: Sequence[ScoreInterval], *, limits: Sequence[float] = (), words: tuple[str, str]) -> Option:
    """Return each score with its interval, the first section on top, limits as lines; words: interval, limit (§5.2)."""
    interval, limit = words
    series: list[Option] = [
        {
            "type": "custom",
            "renderItem": "interval",
            "name": interval,
            "encode": {"x": [1, 2, 3], "y": 0},
            "itemStyle": {"color": "--chart-1"},
            "data": [
                {"value": [place, one.low, one.score, one.high], "name": f"{one.name}  {_span(one)}"}
                for place, one in enumerate(points)
            ],
        }
    ]
    if limits:
        line = _line(limits[0], label=limit, color="--danger")
        series[0]["markLine"] = {**line, "data": [{"xAxis": number} for number in limits]}
    ends = [end for one in points for end in (one.low, one.high)] + list(limits)
    return {
        "height": {"rows": len(points), "row": 2.2, "more": 5},
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "grid": {"left": 0, "right": 24, "top": 28, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "min": _down(min(ends, default=0)), "max": -_down(-max(ends, default=100))},
        "yAxis": {"type": "category", "inverse": True, "data": [one.name for one in points]},
        "series": series,
    }


def _span(one: ScoreInterval) -> str:
    return f"{one.score:.2f} ({one.low:.2f} – {one.high:.2f})"


def _down(number: float) -> int:
    """Return the next five below, so that the axis begins and ends at a round number."""
    return int(number // 5) * 5


def _limit_lines(curve: Curve, *, name: str, color: str, dash: str) -> list[Option]:
    """Two lines of one name: the legend shows and hides both."""
    return [
        {
            "type": "line", "name": name, "symbol": "none", "silent": True, "itemStyle": {"color": color},
            "lineStyle": {"color": color, "type": dash, "width": 1.5},
            "data": [[one[0], _hundred(one[side])] for one in curve],
        }
        for side in (1, 2)
    ]  # fmt: skip


def _hundred(share: float) -> float:
    return round(100 * share, 2)


def _points(bar: ScoreBar, name: str) -> float:
    return float(sum((part.points for part in bar.parts if part.name == name), Decimal(0)))


def _most(bars: Sequence[ScoreBar]) -> int:
    totals = [float(sum((part.points for part in bar.parts), Decimal(0))) for bar in bars]
    return max(100, int(max(totals, default=0)) + 1)


def _line(at: float | str, *, label: str, color: str) -> Option:
    return {
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": color, "type": "dashed", "width": 2},
        "label": {"formatter": label, "color": color, "position": "start"},
        "data": [{"xAxis": at}],
    }
