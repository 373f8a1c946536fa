"""What many people raise at once comes up by itself; what is usual does not."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from pingyi.inference.hot import Cluster, Matter, clusters, places, surges
from pingyi.inference.lexicon import lexicon
from pingyi.inference.tests.matters import examples

DAY = date(2026, 9, 1)
SMELL = (
    "翠竹苑旁边的饲料厂夜里排放臭气，熏得人睡不着",
    "饲料厂臭气又来了，翠竹苑的老人都在咳嗽",
    "请查一查翠竹苑后面饲料厂的臭气从哪里来",
    "翠竹苑住户反映：饲料厂半夜偷排臭气",
    "孩子被饲料厂的臭气熏吐了，翠竹苑没法住了",
)


def usual() -> list[Matter]:
    """Return what comes in over half a year: each place and theme now and then."""
    return [
        Matter(
            key=f"usual-{number:04}",
            text=one.text,
            on=DAY - timedelta(days=number * 83 % 210),
            who=str(number),
            marks=(("theme", one.label),),
        )
        for number, one in enumerate(examples())
    ]


def smell(*, who: str = "") -> list[Matter]:
    return [
        Matter(key=f"smell-{n}", text=text, on=DAY - timedelta(days=n), who=who or f"n{n}", marks=(("theme", "恶臭"),))
        for n, text in enumerate(SMELL)
    ]


def about_the_smell(matters: list[Matter]) -> list[Cluster]:
    return [one for one in clusters([*usual(), *matters]) if any("smell" in key for key in one.keys)]


def test_five_neighbors_with_one_matter_make_a_cluster_with_its_place() -> None:
    (cluster,) = about_the_smell(smell())
    assert set(cluster.keys) == {f"smell-{number}" for number in range(5)}
    assert cluster.people == 5
    assert {"饲料厂", "臭气"} & set(cluster.words)


def test_one_person_who_writes_five_times_is_not_a_hot_matter() -> None:
    assert not about_the_smell(smell(who="the same"))


def test_votes_warm_a_matter_but_less_than_people_do() -> None:
    quiet, liked = (about_the_smell([replace(matter, votes=votes) for matter in smell()])[0].heat for votes in (0, 100))
    assert quiet < liked < quiet + 100


def test_a_theme_that_comes_up_more_than_usual_is_told_and_the_usual_ones_are_not() -> None:
    told = [(one.kind, one.name) for one in surges([*usual(), *smell()], until=DAY)]
    assert ("theme", "恶臭") in told
    assert not [name for kind, name in told if kind == "theme" and name in {"噪声", "扬尘", "污水"}]


def test_a_quiet_month_tells_nothing() -> None:
    assert surges(usual(), until=DAY) == ()
    assert clusters([]) == ()
    assert surges([], until=DAY) == ()


def test_places_are_told_by_how_they_end_and_phrases_are_not_places() -> None:
    words = lexicon(example.text for example in examples())
    assert places("柳林镇和南湖花园之间的路", words) == ("柳林镇", "南湖花园")


def test_the_hottest_matters_of_a_real_city_are_those_that_people_found(shared: Path) -> None:
    folder = shared / "data" / "cn-taidi2020-messages"
    rows = CalamineWorkbook.from_path(str(folder / "附件3.xlsx")).get_sheet_by_index(0).to_python()[1:]
    found = clusters([_matter(row) for row in rows])
    grouped: dict[tuple[str, str], set[str]] = defaultdict(set)
    with (folder / "附件3_热点聚类_参赛队结果.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            grouped[row["team"], row["问题ID"]].add(row["留言编号"])
    # The two matters that one team grouped with eighteen messages each are the two hottest here, nearly whole.
    large = [keys for (team, _), keys in grouped.items() if team == "15625103741" and len(keys) == 18]
    best = Counter(max(len(keys & set(one.keys)) for one in found[:2]) for keys in large)
    assert min(best) >= 16


def _matter(row: list[object]) -> Matter:
    year, month, day = map(int, re.findall(r"\d+", str(row[3]))[:3])
    text = f"{row[2]}。{row[2]}。{row[4]}"
    votes = int(float(str(row[6])))
    return Matter(key=str(int(float(str(row[0])))), text=text, on=date(year, month, day), who=str(row[1]), votes=votes)
