"""Hot matters that surface by themselves: what many people raise at once, and what is raised more than usual (§1.4)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from pingyi.inference.lexicon import Lexicon, lexicon

LINK = 0.2  # two texts less alike than this never meet in a cluster by themselves
APART = 0.82  # mean distance within a cluster, at most
LARGEST = 1_200  # texts that hang together; more are first pulled apart by a stricter link
MOST_MATTERS = 20_000
PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,}"
    r"(?:小区|新城|花园|家园|公寓|大厦|广场|社区|街道|大道|新村|市场|工地|公园|学校|中学|小学|医院|厂|站|路|街|巷|镇|乡|村|苑|园|府|城|河|湖|桥|坊)$"
)
NOT_A_PLACE = re.compile(
    r"^(?:进出|影响|修建|新建|扩建|大型|小型|配合|反映|投诉|举报|关于|全|各|该|本|这|某)"
    r"|(?:物业|业主|附近|周边|居民|政府|农|车|上|在|走|修|建)(?:小区|社区|街道|路|城|村|站|厂|府)$"
)
DISTRICT = re.compile(r"^[省市区县](?=[\u4e00-\u9fff]{3,}$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """One case as far as its heat goes: `marks` are what it counts under, such as ("section", "brigade")."""

    key: str
    text: str
    on: date
    who: str = ""
    votes: int = 0
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One matter that several people raised; the keys stand in the order of their days."""

    keys: tuple[str, ...]
    words: tuple[str, ...]
    place: str  # the place that at least half of the texts name, if there is one
    people: int
    votes: int
    first_on: date
    last_on: date

    @property
    def heat(self) -> float:
        """Return what clusters are ordered by: a person weighs more than a vote, and one person counts once."""
        return self.people + math.log2(1 + self.votes)


@dataclass(frozen=True, kw_only=True)
class Surge:
    """Something that is raised more often than usual; `chance` is how likely so many would be without a cause."""

    kind: str  # place, section, theme …
    name: str
    now: int
    usual: float  # what an equally long time would bring
    chance: float


def clusters(matters: Iterable[Matter], *, words: Lexicon | None = None, least: int = 3) -> tuple[Cluster, ...]:
    """Return the matters that at least so many different people raised, the hottest first (§1.4).

    `words` are those of a longer time, if there is one: a quiet month teaches few.
    """
    given = sorted(matters, key=lambda matter: (matter.on, matter.key))[-MOST_MATTERS:]
    if len(given) < least:
        return ()
    words = words or lexicon(matter.text for matter in given)
    counts = [Counter(words.words(matter.text)) for matter in given]
    rows, names = _weighed(counts)
    found = (_cluster([given[at] for at in group], _gist(rows[group], names), words) for group in _grouped(rows))
    hot = [cluster for cluster in found if cluster.people >= least]
    return tuple(sorted(hot, key=lambda cluster: (-cluster.heat, cluster.keys)))


def surges(
    matters: Iterable[Matter],
    *,
    until: date,
    days: int = 30,
    before: int = 180,
    words: Lexicon | None = None,
    least: int = 3,
    false_alarms: float = 0.1,
) -> tuple[Surge, ...]:
    """Return the marks and places raised more than usual in the last `days`, by Benjamini–Hochberg (§1.4)."""
    start = until - timedelta(days=days)
    begin = start - timedelta(days=before)
    now, then = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    given = [matter for matter in matters if begin < matter.on <= until]
    words = words or lexicon(matter.text for matter in given)
    for matter in given:
        marks = {*matter.marks, *(("place", place) for place in places(matter.text, words))}
        (now if matter.on > start else then).update(mark for mark in marks if mark[1])
    found = [_surge(mark, now[mark], then[mark], days, before) for mark in now if now[mark] >= least]
    return _certain(found, false_alarms)


def places(text: str, words: Lexicon) -> tuple[str, ...]:
    """Return the names of places in a text, from the way they end; no gazetteer knows a district's estates."""
    found = (DISTRICT.sub("", word) for word in words.cut(text))
    return tuple(dict.fromkeys(word for word in found if PLACE.search(word) and not NOT_A_PLACE.search(word)))


def _weighed(counts: Sequence[Counter[str]]) -> tuple[Any, list[str]]:
    """Return the texts as rows of length one over the words that are neither alone nor everywhere."""
    from scipy import sparse

    frequency = Counter(word for count in counts for word in count)
    most = max(20.0, min(len(counts) * 0.1, 1000.0))
    names = sorted(word for word, seen in frequency.items() if 2 <= seen <= most)
    place = {word: at for at, word in enumerate(names)}
    rows = [(at, place[word], seen) for at, count in enumerate(counts) for word, seen in count.items() if word in place]
    rarity = [math.log((1 + len(counts)) / frequency[word]) for word in names]
    values = np.array([(1 + math.log(seen)) * rarity[column] for _, column, seen in rows])
    where = np.array([(row, column) for row, column, _ in rows], dtype=np.int64).reshape(-1, 2).T
    table = sparse.csr_matrix((values, (where[0], where[1])), shape=(len(counts), len(names)))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-12)) @ table, names


def _grouped(rows: Any) -> list[list[int]]:
    from scipy import sparse

    near = [_linked(rows[at : at + 500] @ rows.T, LINK) for at in range(0, rows.shape[0], 500)]
    return _pulled_apart(sparse.vstack(near).tocsr(), np.arange(rows.shape[0]), LINK)


def _linked(alike: Any, link: float) -> Any:
    kept = alike.tocsr(copy=True)
    kept.data[kept.data < link] = 0
    kept.eliminate_zeros()
    return kept


def _pulled_apart(alike: Any, members: Any, link: float) -> list[list[int]]:
    """Return the groups among the members: connected parts, each cut by average linkage."""
    from scipy.sparse import csgraph

    count, parts = csgraph.connected_components(alike, directed=False)
    order = np.argsort(parts, kind="stable")
    found: list[list[int]] = []
    for inside in np.split(order, np.cumsum(np.bincount(parts, minlength=count))[:-1]):
        if len(inside) > LARGEST:
            tighter = _linked(alike[inside][:, inside], link + 0.05)
            found += _pulled_apart(tighter, members[inside], link + 0.05)
        elif len(inside) > 1:
            found += [members[inside[group]].tolist() for group in _average(alike[inside][:, inside].toarray())]
    return found


def _average(alike: Any) -> list[Any]:
    from scipy.cluster import hierarchy

    apart = np.clip(1 - (alike + alike.T) / 2, 0, 1)
    flat = apart[np.triu_indices(len(apart), 1)]
    labels = hierarchy.fcluster(hierarchy.linkage(flat, "average"), APART, "distance")
    return [group for label in np.unique(labels) if len(group := np.flatnonzero(labels == label)) > 1]


def _gist(rows: Any, names: Sequence[str]) -> tuple[str, ...]:
    """Return the words that the texts of a cluster share most, none inside another."""
    weight = np.asarray(rows.sum(axis=0)).ravel() * np.asarray((rows > 0).mean(axis=0)).ravel()
    told: list[str] = []
    for at in np.argsort(-weight, kind="stable")[:30]:
        word = names[at]
        if weight[at] > 0 and not any(word in other or other in word for other in told):
            told.append(word)
    return tuple(told[:5])


def _cluster(members: Sequence[Matter], words: tuple[str, ...], known: Lexicon) -> Cluster:
    named = Counter(place for matter in members for place in places(matter.text, known))
    place = max(named, key=lambda name: (named[name], name), default="")
    people = {matter.who or matter.key for matter in members}
    return Cluster(
        keys=tuple(matter.key for matter in members),
        words=words,
        place=place if 2 * named[place] >= len(members) else "",
        people=len(people),
        votes=sum(max(0, matter.votes) for matter in members),
        first_on=members[0].on,
        last_on=members[-1].on,
    )


def _surge(mark: tuple[str, str], now: int, then: int, days: int, before: int) -> Surge:
    """Test the count against the earlier days: given the sum of both, the days share it by their number."""
    from scipy import stats

    chance = float(stats.binom.sf(now - 1, now + then, days / (days + before)))
    return Surge(kind=mark[0], name=mark[1], now=now, usual=then * days / before, chance=chance)


def _certain(found: list[Surge], false_alarms: float) -> tuple[Surge, ...]:
    """Keep those that stand out for certain; a place is told once, under the name that stands out most."""
    ordered = sorted(found, key=lambda surge: (surge.chance, surge.kind, surge.name))
    kept = [at for at, surge in enumerate(ordered, 1) if surge.chance <= false_alarms * at / len(ordered)]
    told: list[Surge] = []
    for surge in ordered[: kept[-1]] if kept else ():
        others = [other.name for other in told if other.kind == surge.kind == "place"]
        if not any(surge.name in other or other in surge.name for other in others):
            told.append(surge)
    return tuple(told)
