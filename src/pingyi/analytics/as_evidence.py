"""From counted answers to evidence: what the plan knows becomes evidence, what it does not is listed (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pingyi.analytics.tally import Counted
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Indicator, Plan
from pingyi.rules.plan.measure import Measure

SATISFACTION = (Measure.SATISFACTION_SCORE, Measure.SATISFACTION_RATE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Digits:
    """How many decimal places the scaled integers carry."""

    mark: int = 0
    weight: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Unusable:
    """Answers that cannot be used, with the code of the reason; `MESSAGES` says what to do."""

    code: str
    value: str
    answers: int
    section: str = ""
    indicator: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """Evidence ready for scoring; 不了解 and 弃权 are in it, for scoring reports their share apart."""

    evidence: tuple[Evidence, ...]
    unusable: tuple[Unusable, ...]
    answers: int
    unscored: int  # answers whose option has no value (不了解, 弃权)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    plan: Plan
    sections: frozenset[str]
    digits: Digits
    reference: str
    indicators: dict[str, Indicator] = field(default_factory=dict)
    options: dict[str, dict[str, Decimal | None]] = field(default_factory=dict)

    def scale_of(self, row: Counted) -> str:
        """Return the scale that the indicator's measure reads; empty where answers are marks."""
        indicator = self.indicators[row.indicator or ""]
        return indicator.scale if indicator.measure in SATISFACTION else ""


def gather(
    counted: Iterable[Counted], *, plan: Plan, sections: Iterable[str], reference: str, digits: Digits | None = None
) -> Gathered:
    """Turn counted answers into evidence of the plan's indicators; nothing is dropped silently."""
    known = _known(plan, sections, reference, digits or Digits())
    rows = list(counted)
    faults = [_fault(row, known) for row in rows]
    good = [row for row, fault in zip(rows, faults, strict=True) if fault is None]
    return Gathered(
        evidence=tuple(_evidence(row, known) for row in good),
        unusable=tuple(fault for fault in faults if fault is not None),
        answers=sum(row.answers for row in rows),
        unscored=sum(row.answers for row in good if _is_unscored(row, known)),
    )


def _known(plan: Plan, sections: Iterable[str], reference: str, digits: Digits) -> _Known:
    return _Known(
        plan=plan,
        sections=frozenset(sections),
        digits=digits,
        reference=reference,
        indicators={indicator.id: indicator for indicator in plan.indicators},
        options={scale.id: {option.id: option.value for option in scale.options} for scale in plan.scales},
    )


def _fault(row: Counted, known: _Known) -> Unusable | None:
    code, value = _code(row, known)
    if not code:
        return None
    section, indicator = row.section or "", row.indicator or ""
    return Unusable(code=code, value=value, answers=row.answers, section=section, indicator=indicator)


def _code(row: Counted, known: _Known) -> tuple[str, str]:
    if row.section not in known.sections:
        return "answers.section_unknown", row.section or ""
    if row.indicator not in known.indicators:
        return "answers.indicator_unknown", row.indicator or ""
    if row.undated:
        return "answers.date_missing", ""
    if row.weight is None or row.weight < 0:
        return "answers.weight_unfit", "" if row.weight is None else str(row.weight)
    return _value_code(row, known)


def _value_code(row: Counted, known: _Known) -> tuple[str, str]:
    scale = known.scale_of(row)
    if scale and row.option not in known.options.get(scale, {}):
        return "answers.option_unknown", row.option or ""
    if not scale and row.mark is None:
        return "answers.mark_missing", row.option or ""
    return "", ""


def _evidence(row: Counted, known: _Known) -> Evidence:
    indicator = known.indicators[row.indicator or ""]
    happened_on = row.last_on if row.last_on is not None else date.min
    return Evidence(
        section=row.section or "",
        indicator=indicator.id,
        source=indicator.source,
        happened_on=happened_on,
        value=row.option or "" if known.scale_of(row) else _exact(row.mark or 0, known.digits.mark),
        times=row.answers,
        weight=_exact(row.weight or 0, known.digits.weight),
        reference=known.reference,
        group=row.group or "",
        unit=row.respondent or "",
    )


def _exact(scaled: int, digits: int) -> Decimal:
    return Decimal(f"{scaled}e-{digits}")  # from text a Decimal keeps every digit; scaleb would round to 28


def _is_unscored(row: Counted, known: _Known) -> bool:
    scale = known.scale_of(row)
    return bool(scale) and known.options[scale][row.option or ""] is None
