from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from pingyi.documents import charts


def bar(name: str, *points: str) -> charts.ScoreBar:
    parts = tuple(charts.ScorePart(name=f"来源{n}", points=Decimal(p)) for n, p in enumerate(points))
    return charts.ScoreBar(name=name, total=str(sum(map(Decimal, points))), parts=parts)


def test_every_part_is_a_series_and_every_section_a_row() -> None:
    option = charts.score_bars([bar("办公室", "40", "45.5"), bar("环境监察大队", "38", "39.7")])
    assert [series["name"] for series in option["series"]] == ["来源0", "来源1"]
    assert [series["data"] for series in option["series"]] == [[40.0, 38.0], [45.5, 39.7]]
    assert option["yAxis"]["data"] == ["办公室  85.5", "环境监察大队  77.7"]


def test_what_was_taken_off_has_the_color_of_a_warning_and_of_no_other_part() -> None:
    option = charts.score_bars([bar("办公室", "60", "-5"), bar("环境监察大队", "55", "0")])
    assert "itemStyle" not in option["series"][0]
    assert option["series"][1]["itemStyle"] == {"color": "--danger"}


def test_the_pass_mark_is_a_line_and_the_axis_holds_a_score_above_100() -> None:
    option = charts.score_bars([bar("办公室", "60", "45")], pass_mark=Decimal(80), pass_label="合格线")
    assert option["series"][0]["markLine"]["data"] == [{"xAxis": 80.0}]
    assert option["xAxis"]["max"] > 105


def test_no_section_gives_an_empty_chart_that_is_still_json() -> None:
    assert json.loads(json.dumps(charts.score_bars([], pass_mark=Decimal(80))))["series"] == []


def test_the_year_keeps_its_rows_its_days_and_today() -> None:
    span = charts.Span(name="动员部署", starts_on=date(2026, 3, 15), ends_on=date(2026, 4, 10))
    option = charts.year_spans([span], today=date(2026, 4, 1), today_label="今天")
    assert option["series"][0]["data"][0]["value"] == [0, "2026-03-15", "2026-04-10"]
    assert option["series"][0]["markLine"]["data"] == [{"xAxis": "2026-04-01"}]
    assert json.dumps(option)


def test_a_funnel_names_only_the_units_outside_and_draws_each_limit_twice() -> None:
    points = [
        charts.FunnelPoint(name="大队", cases=40, rate=0.5, is_outside=True),
        charts.FunnelPoint(name="办公室", cases=6, rate=0.8),
    ]
    curve = [(1, 0.0, 1.0), (40, 0.7, 0.97)]
    words = ("科室", "内线", "外线", "件数", "按时")
    option = charts.funnel_plot(points, target=0.85, warning=curve, alarm=curve, words=words)
    dots, *limits = option["series"]
    assert [dot["value"] for dot in dots["data"]] == [[40, 50.0], [6, 80.0]]
    assert [dot["label"]["show"] for dot in dots["data"]] == [True, False]
    assert dots["markLine"]["data"] == [{"yAxis": 85.0}]
    assert [line["data"][-1] for line in limits] == [[40, 70.0], [40, 97.0]] * 2
    assert json.dumps(option)
