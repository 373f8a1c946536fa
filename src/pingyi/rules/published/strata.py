"""Small strata joined to the next, so that no table tells of a handful of persons (§5.4, BUNDLE 2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pingyi.rules.persons import Person
from pingyi.rules.published.tables import LEAST_UNITS, SampleLine


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """One stratum as it was drawn."""

    persons: int
    units: int
    frame: int


def drawn(found: Sequence[Person]) -> dict[tuple[str, str], Drawn]:
    """Return (group, stratum) → how many were drawn there, clusters where there are any, else persons."""
    many: dict[tuple[str, str], int] = defaultdict(int)
    units: dict[tuple[str, str], set[object]] = defaultdict(set)
    frames: dict[tuple[str, str], int] = defaultdict(int)
    for place, one in enumerate(found):
        at = (one.group, one.stratum)
        many[at] += 1
        units[at].add(one.cluster or place)
        frames[at] = max(frames[at], *(row.frame for row in one.rows))
    return {at: Drawn(persons=many[at], units=len(units[at]), frame=frames[at]) for at in many}


def joined(source: str, strata: Mapping[tuple[str, str], Drawn]) -> dict[tuple[str, str], SampleLine]:
    """Return (group, stratum) → the line under which it is published.

    A stratum with fewer than ten units joins the next of its group by name, until there are ten. The joined one has no
    frame and the factor least/(least − 1): no variance, of a section or of a gap, becomes smaller by joining.
    """
    found: dict[tuple[str, str], SampleLine] = {}
    for group in sorted({one for one, _ in strata}):
        names = sorted(name for one, name in strata if one == group)
        for part in _parts(names, {name: strata[group, name].units for name in names}):
            line = _line(source, group, part, [strata[group, name] for name in part])
            found |= {(group, name): line for name in part}
    return found


def _parts(names: Sequence[str], units: Mapping[str, int]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for name in names:
        if sum(units[one] for one in parts[-1]) >= LEAST_UNITS:
            parts.append([])
        parts[-1].append(name)
    if len(parts) > 1 and sum(units[one] for one in parts[-1]) < LEAST_UNITS:
        rest = parts.pop()
        parts[-1] += rest
    return parts


def _line(source: str, group: str, names: Sequence[str], strata: Sequence[Drawn]) -> SampleLine:
    units = sum(one.units for one in strata)
    several = [one.units for one in strata if one.units > 1]
    alone = len(names) == 1
    return SampleLine(
        source=source,
        group=group,
        stratum="+".join(names),
        persons=sum(one.persons for one in strata),
        units=units,
        frame=strata[0].frame if alone and strata[0].frame >= units else 0,
        least=0 if alone else min(several, default=units),
        joined=len(names),
    )
