"""Who gave marks: rows put together by person, and how many ballots a group returned (§4.3c, §5.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pingyi.rules.evidence import Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody nameless: where they were drawn, what they weigh, and all that they said of sections."""

    group: str
    stratum: str
    cluster: str
    rows: tuple[Evidence, ...]  # one answer each


def is_numbered(rows: Iterable[Evidence]) -> bool:
    """Whether a source's rows say which answers are one person's."""
    return any(row.unit for row in rows)


def persons(rows: Iterable[Evidence]) -> list[Person]:
    """Return the persons of one numbered source, in no order that tells who they are (§5.2).

    An answer without a number, one of several equal ones, or a second one to the same question, is a person of its own.
    """
    known: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
    seen: set[tuple[object, ...]] = set()
    for place, row in enumerate(rows):
        key: tuple[object, ...] = (row.group, row.stratum, row.cluster, row.weight, row.unit)
        for copy in range(row.times):
            question = (*key, row.section, row.indicator)
            alone = not row.unit or row.times > 1 or question in seen
            known[(*key, place, copy) if alone else key].append(replace(row, times=1) if row.times > 1 else row)
            seen.add(question)
    return [_person(given) for given in known.values()]


def ballots_returned(evidence: Iterable[Evidence]) -> dict[tuple[str, str], int]:
    """Return (source, elector group) → how many handed a ballot in, whatever stands on it (§4.3c).

    That is as many as the most answered line of the group shows, 不了解 and 弃权 among them: whoever reads the
    published evidence counts the same.
    """
    lines: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in evidence:
        if row.group:
            lines[row.source, row.group, row.section, row.indicator] += row.times
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (source, group, _, _), many in lines.items():
        found[source, group] = max(found[source, group], many)
    return dict(found)


def _person(rows: list[Evidence]) -> Person:
    first = rows[0]
    return Person(group=first.group, stratum=first.stratum, cluster=first.cluster, rows=tuple(rows))
