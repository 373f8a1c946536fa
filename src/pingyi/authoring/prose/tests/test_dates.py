"""Dates in their many spellings."""

from __future__ import annotations

import pytest

from pingyi.authoring.prose.dates import find_dates
from pingyi.authoring.prose.flat import flatten


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        ("3月15日-4月10日", "2012-03-15", "2012-04-10"),
        ("3月15日——4月10日", "2012-03-15", "2012-04-10"),
        ("３月１５日～４月１０日", "2012-03-15", "2012-04-10"),
        ("3.15-4.10", "2012-03-15", "2012-04-10"),
        ("2013年3月15日至2013年4月10日", "2013-03-15", "2013-04-10"),
        ("2013.3.15-2013.4.10", "2013-03-15", "2013-04-10"),
        ("三月十五日至四月十日", "2012-03-15", "2012-04-10"),
        ("二○一三年三月", "2013-03-01", "2013-03-31"),
        ("3月15-20日", "2012-03-15", "2012-03-20"),
        ("3月中旬至4月底", "2012-03-11", "2012-04-30"),
        ("3－5月份", "2012-03-01", "2012-05-31"),
        ("9月上、中旬", "2012-09-01", "2012-09-20"),
        ("8月份", "2012-08-01", "2012-08-31"),
        ("2012年12月1日至1月15日", "2012-12-01", "2013-01-15"),
        ("12月下旬至次年1月中旬", "2012-12-21", "2013-01-20"),
        ("第二季度", "2012-04-01", "2012-06-30"),
        ("10月底前", "None", "2012-10-31"),
        ("9月中旬前", "None", "2012-09-20"),
        ("2013年11月15日前", "None", "2013-11-15"),
        ("截至6月30日", "None", "2012-06-30"),
        ("自发文之日起至4月10日", "None", "2012-04-10"),
        ("年底前", "None", "2012-12-31"),
        ("5月1日起", "2012-05-01", "None"),
    ],
)
def test_a_spelling_means_its_days(written: str, begins: str, ends: str) -> None:
    flat = flatten(f"（{written}）")
    [when] = find_dates(flat, 0, len(flat), year=2012)
    assert (str(when.begins), str(when.ends)) == (begins, ends)


@pytest.mark.parametrize("written", ["2月30日", "每月25日前", "3个月", "1.5-2.5倍", "95598", "13月1日"])
def test_what_is_no_date_gives_none(written: str) -> None:
    flat = flatten(written)
    assert find_dates(flat, 0, len(flat), year=2012) == []
