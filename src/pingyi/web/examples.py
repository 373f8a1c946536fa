"""What the components page shows: the shared cast with made-up numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.utils.translation import gettext, pgettext

from pingyi.documents import charts
from pingyi.web import forms

SCORES = {
    "办公室": ("26.10", "35.40", "27.30"),
    "环境监测站": ("25.20", "34.00", "26.80"),
    "污染控制科": ("24.80", "33.10", "26.00"),
    "信息中心": ("23.90", "32.00", "25.10"),
    "环境监察大队": ("22.40", "30.60", "24.70"),
}


def context() -> dict[str, object]:
    """Return everything that the components page draws."""
    wrong = forms.Example({"title": "", "due_on": "2026-02-30", "kind": "complaint"})
    wrong.is_valid()
    return {
        "wrong": wrong,
        "upload": forms.ExampleUpload(prefix="upload"),
        "narrow": forms.ExampleFilter(prefix="narrow"),
        "rows": _rows(),
        "months": [f"{month:02d}" for month in range(1, 13)],
        "page": Paginator(range(240), 20).page(4),
        **_scores(),
        **_year(),
    }


def _rows() -> list[dict[str, str]]:
    heads = ("周明", "赵敏", "陈静", "吴桐", "王强")
    accepted, waiting = pgettext("tag", "Accepted"), pgettext("tag", "Waiting")
    return [
        {
            "section": name,
            "head": head,
            "score": str(sum(Decimal(part) for part in parts)),
            "kind": "waiting" if name == "环境监察大队" else "done",
            "state": waiting if name == "环境监察大队" else accepted,
        }
        for (name, parts), head in zip(SCORES.items(), heads, strict=True)
    ]


def _scores() -> dict[str, object]:
    names = (gettext("Tasks"), gettext("The assembly"), gettext("The survey"))
    bars = [
        charts.ScoreBar(
            name=name,
            total=str(sum(Decimal(part) for part in parts)),
            parts=tuple(charts.ScorePart(name=of, points=Decimal(p)) for of, p in zip(names, parts, strict=True)),
        )
        for name, parts in SCORES.items()
    ]
    option = charts.score_bars(bars, pass_mark=Decimal(80), pass_label=gettext("pass mark"))
    return {"chart_title": gettext("Scores with their parts"), "bars": bars, "scores": option}


def _year() -> dict[str, object]:
    done, now, later = gettext("done"), gettext("under way"), gettext("not begun")
    spans = [
        _span(gettext("Mobilize"), (3, 15), (4, 10), charts.SpanState.PHASE, done),
        _span(gettext("Put up the notice board"), (4, 1), (4, 10), charts.SpanState.DONE, done),
        _span(gettext("Self-review"), (4, 11), (5, 20), charts.SpanState.PHASE, now),
        _span(gettext("Consolidate"), (5, 21), (10, 30), charts.SpanState.PHASE, later),
        _span(gettext("The assembly"), (8, 20), (8, 20), charts.SpanState.DUE, later),
        _span(gettext("Conclude"), (11, 1), (12, 31), charts.SpanState.PHASE, later),
    ]
    option = charts.year_spans(spans, today=date(2026, 4, 20), today_label=gettext("today"))
    return {"year_title": gettext("The year"), "spans": spans, "year": option}


def _span(name: str, begins: tuple[int, int], ends: tuple[int, int], state: charts.SpanState, said: str) -> charts.Span:
    return charts.Span(name=name, starts_on=date(2026, *begins), ends_on=date(2026, *ends), state=state, said=said)
