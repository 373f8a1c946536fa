"""Evidence → a mark from 0 to 100 for each indicator (§4.4b); 满意率 and 满意度得分 are never mixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pingyi.rules.plan import Indicator, Plan, Scale, Source
from pingyi.rules.plan.measure import Measure, SourceKind
from pingyi.rules.plan.voting import ElectorGroup
from pingyi.rules.rounding import shown
from pingyi.rules.scoring.pile import NOBODY, Pile, SectionEvidence, Tallies, Tally, Value
from pingyi.rules.sheet import Line, LineKind, Reason, ScoreSheet

HUNDRED = Fraction(100)
Voting = tuple[tuple[ElectorGroup, bool], ...]  # each elector group, and whether it counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """What a measure makes of one pile: the mean in the indicator's own unit, and n; weights only weigh."""

    raw: Fraction
    count: int


def standardize(sheet: ScoreSheet, plan: Plan, evidence: SectionEvidence) -> ScoreSheet:
    """Give the sheet one line for each indicator, with its mark; what it weighs is the next step's matter."""
    sources = {source.id: source for source in plan.sources}
    lines = [
        _line(indicator, source=sources[indicator.source], plan=plan, evidence=evidence)
        for source in plan.sources
        for indicator in plan.indicators
        if indicator.source == source.id
    ]
    return replace(sheet, lines=tuple(lines))


def mean(tallies: Tallies) -> Marked | None:
    """Return the weighted mean of numbers; None without any weight."""
    return _mean([(Fraction(_number(value)), tally) for value, tally in tallies.items()])


def satisfaction_score(tallies: Tallies, *, scale: Scale) -> Marked | None:
    """Return the weighted mean of the scale's values (满意度得分); options without a value are left out."""
    values = {option.id: option.value for option in scale.options}
    return _mean([(Fraction(worth), one) for box, one in tallies.items() if (worth := values[str(box)]) is not None])


def satisfaction_rate(tallies: Tallies, *, scale: Scale) -> Marked | None:
    """Return the share of satisfied among counted answers (满意率), in per cent; not a mean of the values."""
    options = {option.id: option for option in scale.options}
    counted = [(options[str(box)], tally) for box, tally in tallies.items() if options[str(box)].value is not None]
    return _mean([(HUNDRED * one.is_satisfied, tally) for one, tally in counted])


def dont_know(tallies: Tallies, *, scale: Scale) -> Fraction | None:
    """Return the share of 不了解 and 弃权 among all answers: of people, not of weights."""
    everyone = sum(tally.times for tally in tallies.values())
    outside = {option.id for option in scale.options if option.value is None}
    silent = sum(tally.times for box, tally in tallies.items() if box in outside)
    return Fraction(silent, everyone) if everyone else None


def _mean(worths: Sequence[tuple[Fraction, Tally]]) -> Marked | None:
    whole = sum((tally for _, tally in worths), NOBODY)
    if not whole.weight:
        return None
    total = sum((worth * tally.weight for worth, tally in worths), Fraction(0))
    return Marked(raw=total / whole.weight, count=whole.times)


def _line(indicator: Indicator, *, source: Source, plan: Plan, evidence: SectionEvidence) -> Line:
    pile = evidence.pile(source.id, indicator.id)
    line = Line(
        kind=LineKind.MARK,
        source=source.id,
        indicator=indicator.id,
        criterion=indicator.criterion,
        reason=Reason(code="line.no_evidence"),
        references=pile.references,
    )
    if indicator.measure is Measure.DEMERITS:
        return _demerits(line, pile)
    groups = plan.assembly.groups if plan.assembly and source.kind is SourceKind.ASSEMBLY else ()
    if indicator.measure is Measure.MEAN:
        return _marked(line, _by_groups(pile, _voting(groups, evidence, source), mean), indicator)
    scale = next(scale for scale in plan.scales if scale.id == indicator.scale)
    voting = _voting(groups, evidence, source)
    return _satisfaction(line, pile=pile, indicator=indicator, scale=scale, groups=voting)


def _voting(groups: tuple[ElectorGroup, ...], evidence: SectionEvidence, source: Source) -> Voting:
    """Say of each group whether it counts: once for the whole assembly, by the ballots that it returned (§4.3c).

    Were it asked anew for each line, two bad ballots would vanish from a section where a third voter abstains.
    """
    return tuple((one, evidence.returned.get((source.id, one.id), 0) >= max(one.minimum, 1)) for one in groups)


def _demerits(line: Line, pile: Pile) -> Line:
    if not pile.tallies:
        return line
    lost = sum((Fraction(_number(value)) * tally.weight for (_, value), tally in pile.tallies.items()), Fraction(0))
    mark = max(Fraction(0), HUNDRED - lost)
    reason = Reason(code="line.demerits", facts={"lost": shown(lost), "mark": shown(mark)})
    return replace(line, mark=mark, raw=lost, count=_times(pile), reason=reason)


def _times(pile: Pile) -> Fraction:
    return Fraction(sum(tally.times for tally in pile.tallies.values()))


def _satisfaction(line: Line, *, pile: Pile, indicator: Indicator, scale: Scale, groups: Voting) -> Line:
    def scored(tallies: Tallies) -> Marked | None:
        return satisfaction_score(tallies, scale=scale)

    def rated(tallies: Tallies) -> Marked | None:
        return satisfaction_rate(tallies, scale=scale)

    points, rate = _by_groups(pile, groups, scored), _by_groups(pile, groups, rated)
    line = replace(line, dont_know=dont_know(pile.values(), scale=scale))
    if points[0] is None or rate[0] is None:
        return replace(line, dropped_groups=points[1])
    line = replace(line, satisfaction_score=points[0].raw, satisfaction_rate=rate[0].raw)
    if indicator.measure is Measure.SATISFACTION_SCORE:
        return _marked(line, points, indicator)
    return _marked(line, rate, replace(indicator, maximum=Decimal(100)))


def _by_groups(
    pile: Pile, groups: Voting, measure: Callable[[Tallies], Marked | None]
) -> tuple[Marked | None, tuple[str, ...]]:
    """Measure group by group where the evidence names groups: those too small drop out, the rest share the weight."""
    piles = pile.groups()
    if not groups or not any(piles):
        return measure(pile.values()), ()
    found = {group.id: measure(piles.get(group.id, {})) for group, _ in groups}
    kept = [(group, one) for group, is_in in groups if is_in and (one := found[group.id])]
    dropped = tuple(group.id for group, _ in groups if group.id not in {keep.id for keep, _ in kept})
    share = sum((Fraction(group.weight) for group, _ in kept), Fraction(0))
    if not share:
        return None, dropped
    raw = sum((Fraction(group.weight) * one.raw for group, one in kept), Fraction(0)) / share
    return Marked(raw=raw, count=sum(one.count for _, one in kept)), dropped


def _marked(line: Line, marked: tuple[Marked | None, tuple[str, ...]], indicator: Indicator) -> Line:
    one, dropped = marked
    if one is None:
        return replace(line, dropped_groups=dropped)
    mark = HUNDRED * one.raw / Fraction(indicator.maximum)
    facts = {
        "raw": shown(one.raw),
        "mark": shown(mark),
        "n": str(one.count),
        "maximum": shown(Fraction(indicator.maximum)),
    }
    if line.dont_know is not None and line.satisfaction_score is not None and line.satisfaction_rate is not None:
        facts |= {
            "score": shown(line.satisfaction_score),
            "rate": shown(line.satisfaction_rate),
            "dont_know": shown(HUNDRED * line.dont_know),
        }
    return replace(
        line,
        mark=mark,
        raw=one.raw,
        count=Fraction(one.count),
        is_too_few=one.count < indicator.minimum_count,
        dropped_groups=dropped,
        reason=Reason(code=f"line.{indicator.measure.value}", facts=facts),
    )


def _number(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value)
