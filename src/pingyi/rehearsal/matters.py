"""What people of the made-up district raise, put together from the sentences of `matters.yaml` by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pingyi.stations.cases.contact import NOBODY, Contact

FILE = Path(__file__).with_name("matters.yaml")
HOURS = ("晚上八点", "夜里十点", "夜里十一点", "早上六点", "傍晚六点", "中午")
COUNTS = ("两", "三", "四", "五", "六", "七")
GIVEN = ("建国", "秀英", "志强", "丽娜", "文博", "桂兰", "晓东", "海燕", "国庆", "雨桐", "永明", "思远", "春梅", "立新")
SAYS_MORE, WISHES = 0.8, 0.3  # shares of matters; sentences that come back too often look like one hot matter
WITHHELD, ANONYMOUS = 0.08, 0.12  # shares of people who want their name kept, or do not say it


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One made-up matter, and how a section would answer and settle it."""

    theme: str
    section: str
    kind: str
    place: str
    title: str
    text: str
    answer: str
    result: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Crowd:
    """One matter that many people raise within some days, from a month and day on."""

    begins: tuple[int, int]
    days: int
    tellings: tuple[Matter, ...]


def draw(chance: random.Random, *, theme: str = "", place: str = "") -> Matter:
    """Return a matter of a theme and place, or of whatever is raised often."""
    known = _themes()
    kept = known[theme] if theme else _often(chance)
    where = place or chance.choice(_places(kept["at"]))
    words = {"place": where, "hour": chance.choice(kept.get("hours", HOURS)), "count": chance.choice(COUNTS)}
    fact = chance.choice(kept["facts"])
    more = chance.choice(kept["more"]) if chance.random() < SAYS_MORE else ""
    wish = chance.choice(_file()["wishes"][kept["kind"]]) if chance.random() < WISHES else ""
    return Matter(
        theme=kept["name"],
        section=kept["section"],
        kind=kept["kind"],
        place=where,
        title=chance.choice(kept["titles"]).format_map(words),
        text=f"{fact}{more}{wish}".format_map(words),
        answer=chance.choice(kept["answers"]),
        result=chance.choice(kept["results"]),
    )


def crowds() -> Iterator[Crowd]:
    """Yield the matters that many raise."""
    for one in _file()["crowds"]:
        kept = _themes()[one["theme"]]
        tellings = tuple(
            Matter(
                theme=kept["name"], section=kept["section"], kind=kept["kind"], place=one["place"], title=title,
                text=text, answer=kept["answers"][0], result=kept["results"][0],
            )
            for title, text in one["tellings"]
        )  # fmt: skip
        yield Crowd(begins=tuple(one["begins"]), days=one["days"], tellings=tellings)


def again(first: Matter, chance: random.Random) -> Matter:
    """Return the same matter as the same person tells it a second time."""
    opening = chance.choice(("之前已经打过一次电话。", "上次反映以后没有变化，再说一遍。", "这是第二次反映了。"))
    return replace(first, text=opening + first.text)


def person(chance: random.Random) -> Contact:
    """Return who raises a matter; the numbers belong to nobody."""
    if chance.random() < ANONYMOUS:
        return NOBODY
    name = chance.choice(_file()["surnames"]) + chance.choice(GIVEN)
    phone = f"1380000{chance.randrange(10_000):04}"
    return Contact(name=name, phone=phone, is_withheld=chance.random() < WITHHELD)


def _often(chance: random.Random) -> Mapping[str, Any]:
    themes = list(_themes().values())
    return chance.choices(themes, weights=[one["weight"] for one in themes])[0]


def _places(kinds: Sequence[str]) -> list[str]:
    return [place for kind in kinds for place in _file()["places"][kind]]


def _themes() -> Mapping[str, Mapping[str, Any]]:
    return {one["name"]: one for one in _file()["themes"]}


@cache
def _file() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return loaded
