"""Which section a hotline means by each unit's name: what was settled, and what another spelling tells (§3.2.2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.authoring.case_tables.units import same_units, unit_key
from pingyi.bureau.models import Section
from pingyi.stations.cases.models import HotlineTable, UnitName


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitLine:
    """One unit that a table names: how often, which section it is taken for, and where that comes from."""

    name: str
    count: int
    section: Section | None
    same_as: str  # the other spelling that it is probably the same as
    is_settled: bool  # a person said so before


def of(table: HotlineTable) -> list[UnitLine]:
    """Return the units of a previewed table, the most frequent first, each with the section it probably is."""
    found = [(str(name), str(code), int(count)) for name, code, count in table.preview.get("units", [])]
    counts: Counter[str] = Counter()
    for name, _, count in found:
        counts[name] += count
    groups = _groups(same_units(((name, code) for name, code, _ in found), counts=counts), counts)
    settled = {one.name: one for one in UnitName.objects.select_related("section").filter(name__in=list(counts))}
    sections = {unit_key(one.name): one for one in Section.objects.filter(closed_on=None)}
    return [
        _line(name, count, others=groups.get(name, []), settled=settled, sections=sections)
        for name, count in counts.most_common()
    ]


def _groups(same: Mapping[str, str], counts: Counter[str]) -> dict[str, list[str]]:
    """Return for each name its other spellings, the most frequent first: none of them is the right one by itself."""
    together: dict[str, set[str]] = defaultdict(set)
    for name, other in same.items():
        together[other] |= {name, other}
    return {
        name: sorted(names - {name}, key=lambda one: (-counts[one], one))
        for names in together.values()
        for name in names
    }


def _line(
    name: str, count: int, *, others: list[str], settled: Mapping[str, UnitName], sections: Mapping[str, Section]
) -> UnitLine:
    if name in settled:
        same_as = others[0] if others else ""
        return UnitLine(name=name, count=count, section=settled[name].section, same_as=same_as, is_settled=True)
    section = sections.get(unit_key(name))
    same_as = others[0] if others else ""
    for other in others if section is None else ():
        told = sections.get(unit_key(other)) or (settled[other].section if other in settled else None)
        if told is not None:
            section, same_as = told, other
            break
    return UnitLine(name=name, count=count, section=section, same_as=same_as, is_settled=False)
