"""How evidence and sheets are written down: one canonical text, so that a digest names exactly one content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pydantic import TypeAdapter

from pingyi.rules.assessment import Assessment
from pingyi.rules.assessment_json import as_json as assessment_json
from pingyi.rules.entry import canonical
from pingyi.rules.evidence import Evidence, PastOutcome, SectionFacts
from pingyi.rules.plan import Plan
from pingyi.rules.sheet import Placement, ScoreSheet, TriggerResult, Verdict
from pingyi.rules.verdict import judge
from pingyi.rules.verdict_json import as_json

FORMER = "pingyi-verdict/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionResult:
    """All that a verdict says of one section."""

    sheet: ScoreSheet
    placement: Placement
    grade: str
    triggers: tuple[TriggerResult, ...]

    @property
    def fired(self) -> tuple[str, ...]:
        """The triggers that fire, in the plan's order."""
        return tuple(result.trigger for result in self.triggers if result.fires)


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def evidence_line(row: Evidence) -> str:
    """Return one piece of evidence as one line; a number and an option of a scale are told apart."""
    kind = "number" if isinstance(row.value, Decimal) else "option"
    said = {
        "section": row.section,
        "indicator": row.indicator,
        "source": row.source,
        "on": row.happened_on.isoformat(),
        kind: str(row.value),
        "times": str(row.times),
        "weight": str(row.weight),
        "reference": row.reference,
        "group": row.group,
        "unit": row.unit,
        "stratum": row.stratum,
        "frame": str(row.frame or ""),
        "cluster": row.cluster,
        "operator": row.operator,
        "mode": row.mode,
    }
    return canonical({name: value for name, value in said.items() if value}).decode("utf-8")


def evidence_of(line: str) -> Evidence:
    """Read one line back."""
    said: Mapping[str, str] = json.loads(line)
    times, weight = _counted(said)
    return Evidence(
        section=said["section"],
        indicator=said["indicator"],
        source=said["source"],
        happened_on=date.fromisoformat(said["on"]),
        value=Decimal(said["number"]) if "number" in said else said["option"],
        times=times,
        weight=weight,
        reference=said.get("reference", ""),
        group=said.get("group", ""),
        unit=said.get("unit", ""),
        stratum=said.get("stratum", ""),
        frame=int(said.get("frame", "0")),
        cluster=said.get("cluster", ""),
        operator=said.get("operator", ""),
        mode=said.get("mode", ""),
    )


def _counted(said: Mapping[str, str]) -> tuple[int, Decimal]:
    """Return how many answers a line holds and what each weighs; a line without "times" is of the time of one number.

    That number said how many there are where it was whole, and what one weighs where it was not.
    """
    weight = Decimal(said["weight"])
    if "times" in said:
        return int(said["times"]), weight
    return (int(weight), Decimal(1)) if weight == int(weight) else (1, weight)


def evidence_text(rows: Iterable[Evidence]) -> str:
    """Return evidence as lines in one order, whatever order it came in."""
    return "\n".join(sorted(evidence_line(row) for row in rows))


def in_order(rows: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence in the order in which it is written down: a sum is then the same whoever reads it back."""
    return tuple(sorted(rows, key=evidence_line))


def evidence_rows(text: str) -> tuple[Evidence, ...]:
    """Read evidence back."""
    return tuple(evidence_of(line) for line in text.splitlines())


def listed(rows: Iterable[SectionFacts] | Iterable[PastOutcome]) -> str:
    """Return sections or past outcomes as canonical JSON."""
    return canonical([asdict(row) for row in rows]).decode("utf-8")


def sections_of(text: str) -> tuple[SectionFacts, ...]:
    """Read sections back."""
    return tuple(SectionFacts(**row) for row in json.loads(text))


def past_of(text: str) -> tuple[PastOutcome, ...]:
    """Read past outcomes back."""
    return tuple(PastOutcome(**row) for row in json.loads(text))


def results_of(verdict: Verdict) -> dict[str, SectionResult]:
    """Return the verdict section by section."""
    return {
        sheet.section.id: SectionResult(
            sheet=sheet,
            placement=verdict.placement(sheet.section.id),
            grade=verdict.grades.get(sheet.section.id, ""),
            triggers=tuple(result for result in verdict.triggers if result.section == sheet.section.id),
        )
        for sheet in verdict.sheets
    }


def result_text(result: SectionResult) -> str:
    """Return one section's result as canonical JSON; fractions stay exact, as "3/4"."""
    return canonical(_adapter().dump_python(result, mode="json")).decode("utf-8")


def result_of(text: str) -> SectionResult:
    """Read one section's result back."""
    return _adapter().validate_json(text)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[SectionResult]:
    return TypeAdapter(SectionResult)


def verdict_digest(verdict: Verdict) -> str:
    """Return the digest of the verdict as the published bundle writes it."""
    return hashlib.sha256(canonical(as_json(verdict))).hexdigest()


def is_digest(digest: str, verdict: Verdict) -> bool:
    """Whether a recorded digest is the verdict's, also one of the time when what persons gave was told row by row."""
    former = {**as_json(replace(verdict, people=frozenset())), "format": FORMER}
    return digest in {verdict_digest(verdict), hashlib.sha256(canonical(former)).hexdigest()}


def judge_again(plan: Plan, sections: str, evidence: str, past: str, *, assessment: str = "") -> Verdict:
    """Compute a verdict from frozen texts."""
    return judge(
        plan,
        sections=sections_of(sections),
        evidence=evidence_rows(evidence),
        past=past_of(past),
        assessment=assessment_of(assessment) if assessment else None,
    )


def assessment_text(assessment: Assessment) -> str:
    """Return an assessment as canonical JSON, as the published bundle writes it."""
    return canonical(assessment_json(assessment)).decode("utf-8")


@lru_cache(maxsize=4)
def assessment_of(text: str) -> Assessment:
    """Read an assessment back."""
    return TypeAdapter(Assessment).validate_json(text)
