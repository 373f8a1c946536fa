"""The frozen copies: what a published verdict says, in both languages, and the files beside it (§4.4b, §5.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pingyi.authoring import bundle
from pingyi.authoring.printing.outline import outline
from pingyi.bureau import interests
from pingyi.bureau import queries as bureau
from pingyi.documents.plan_docx import to_docx
from pingyi.reader.papers import KINDS
from pingyi.record import export, keys
from pingyi.record.log import log_name
from pingyi.record.models import Checkpoint
from pingyi.rules.assessment import Assessment
from pingyi.rules.entry import canonical
from pingyi.rules.note import Note, read_head, read_note
from pingyi.rules.plan import Plan
from pingyi.rules.plan.outcome import ConsequenceKind, TestKind
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.publication.queries.published import Copy
from pingyi.stations.results import frozen as results
from pingyi.stations.results.models import ConsequenceOrder, Verdict
from pingyi.stations.results.queries import certainty, certainty_sheet, method, ranking, sheet
from pingyi.stations.results.queries import order as orders
from pingyi.stations.results.queries import recount as recounts
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.queries.verdict import Result

LANGUAGES = ("zh-hans", "en")
RESULT_FORMAT = "pingyi-result/1"
CORRECTED = ("first_published_on", "corrected_on", "reason", "mended", "corrects")
YAML, DOCX = "application/yaml", KINDS["docx"]
Json = dict[str, Any]


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def verdict_copy(verdict: Verdict, *, contents: str) -> Json:
    """Return what the public is told of a verdict: ranking and sheets with their reasons, and who stands behind it.

    Nobody else is named. `contents` is the digest of what the bundle holds besides the record.
    """
    plan, found = queries.plan(verdict), queries.all_results(verdict)
    house, bars = bureau.bureau(), barred(verdict, plan, found)
    name = house.name if house else plan.issuer
    return {
        "title": _title(name, plan.year),
        "plan": plan.title,
        "bureau": name,
        "year": plan.year,
        "number": verdict.number,
        "confirmed_on": verdict.confirmed_on.isoformat() if verdict.confirmed_on else "",
        "digests": {
            "contents": contents,
            "plan": verdict.plan_sha256,
            "published": verdict.published_sha256 or "",
            "held": verdict.held_sha256,
            "verdict": verdict.verdict_sha256,
        },
        "vkey": str(keys.verifier()),
        "uses": list(plan.result_uses),
        "interests": interests.counts(year=verdict.round.year),
        "pass_mark": _pass_mark(plan),
        "sections": [_line(one, plan, bars, queries.assessment(verdict)) for one in found],
        "decision": _decision(verdict),
        "recounted": recounts.names(verdict),
        "left_out": [
            {"section": one.section.name, "consequence": one.name, "is_put_off": one.is_put_off}
            for one in orders.left_out(verdict)
        ],
        "said": {language: _said(language, found, plan, queries.assessment(verdict)) for language in LANGUAGES},
    }


def _decision(verdict: Verdict) -> str:
    """Return what the bureau meeting decided beyond what the evidence confirms, with its reasons (§4.4c)."""
    row = queries.assessed(verdict)
    return row.decision if row else ""


def barred(verdict: Verdict, plan: Plan, found: list[Result]) -> list[str]:
    """Return the sections that get no awards this year, unless the bureau decided otherwise (§4.4c)."""
    bars = {one.id for one in plan.consequences if one.kind is ConsequenceKind.AWARD_BAR}
    causes = {trigger.id for trigger in plan.triggers if bars & set(trigger.consequences)}
    freed = orders.freed(verdict)
    return sorted(one.section for one in found if causes & set(one.said.fired) and one.section not in freed)


def correction_copy(before: Copy, freed: Mapping[str, ConsequenceOrder], *, reason: str, on: date) -> Json:
    """Return what the public is told of award bars that no longer hold: what was said, what is so now, and why."""
    mended = [
        {"section": one["section"], "name": one["name"], "decided_on": _day(freed[one["section"]].closed_on)}
        for one in before.sections
        if one["section"] in freed
    ]
    said = before.content
    with translation.override(LANGUAGES[0]):
        title = _("Correction: %(title)s") % {"title": before.row.title}
    return {
        **{name: said[name] for name in ("bureau", "year", "uses", "confirmed_on", "digests")},
        "title": title,
        "reason": reason,
        "corrected_on": on.isoformat(),
        "mended": mended,
        "first_published_on": before.row.published_on.isoformat(),
        "corrects": {"reference": before.standing.reference, "sha256": before.standing.content_sha256},
        "sections": [one | {"award_bar": one["award_bar"] and one["section"] not in freed} for one in before.sections],
    }


def result_file(copy: Mapping[str, Any]) -> bytes:
    """Return the signed result that other appraisals fetch: scores, ranks, grades, triggers, award bars (§4.4b).

    That of a correction says besides what it corrects, why, and since when.
    """
    result = {
        "format": RESULT_FORMAT,
        "verdict_sha256": copy["digests"]["verdict"],
        **{name: copy[name] for name in ("bureau", "year", "uses", "confirmed_on", "sections")},
        **{name: copy[name] for name in CORRECTED if name in copy},
    }
    text = f"{log_name()}/result\n{copy['year']}\n{digest(canonical(result))}\n"
    note = str(Note(text, (keys.sign(text),)))
    return json.dumps({"result": result, "note": note}, ensure_ascii=False, indent=1).encode("utf-8")


def bundle_contents(verdict: Verdict) -> dict[str, bytes]:
    """Return what the bundle holds besides the record; refused unless it is what the settlement recorded (§5.4)."""
    kept, assessed, assessment = queries.snapshot(verdict), queries.assessed(verdict), queries.assessment(verdict)
    if assessed is None or assessment is None:
        raise Refused("publication.settle_anew")
    files = bundle.verdict_files(
        plans.read(kept.plan),
        plan_text=kept.plan,
        sections=results.sections_of(kept.sections),
        evidence=results.evidence_rows(kept.evidence),
        past=results.past_of(kept.past),
        verdict=queries.judged(verdict),
        assessment=assessment,
    )
    found = (bundle.published_digest(files), digest(files["verdict.json"]), digest(files["estimates.json"]))
    if found != (verdict.published_sha256, verdict.verdict_sha256, assessed.sha256):
        raise Refused("publication.settle_anew")
    return files


def bundle_file(
    files: Mapping[str, bytes], *, year: int, upto: Checkpoint, recounted_by: Sequence[Mapping[str, str]] = ()
) -> bytes:
    """Return the bundle from which a stranger recomputes the verdict, with Python alone (§5.4)."""
    exported = export.signed(upto)
    head = read_head(read_note(exported["checkpoint"].decode()).text)

    def sign(manifest: bytes) -> bytes:
        text = bundle.note_text(head=head, year=year, manifest=manifest)
        return str(Note(text, (keys.sign(text),))).encode()

    return bundle.write({**files, **bundle.log_files(exported)}, sign=sign, recounted_by=recounted_by)


def plan_copy(plan: Plan, *, sha256: str) -> Json:
    """Return what the public is told of the adopted plan: the printed document, in both languages (§0, §4.1)."""
    return {
        "title": plan.title,
        "bureau": plan.issuer,
        "year": plan.year,
        "digests": {"plan": sha256},
        "said": {
            language: [_plain(asdict(block)) for block in outline(plan, language=language[:2])]
            for language in LANGUAGES
        },
    }


def plan_files(plan: Plan, *, text: str) -> dict[str, tuple[str, bytes]]:
    """Return the plan's files: the text that was adopted, and the official document."""
    return {"plan.yaml": (YAML, text.encode("utf-8")), "plan.docx": (DOCX, to_docx(plan))}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _title(bureau_name: str, year: int) -> str:
    """Name the publication as the bureau's own paper: in Chinese, whoever publishes it."""
    with translation.override(LANGUAGES[0]):
        return _("Verdict of the %(year)d evaluation of conduct of %(name)s") % {"year": year, "name": bureau_name}


def _ranking(found: list[Result], plan: Plan, assessment: Assessment | None) -> list[Json]:
    """Return the ranking with what fires; what every trigger says stands in the sheets."""
    classes = [_plain(asdict(one)) for one in ranking.classes(found, plan=plan, assessment=assessment)]
    for line in (line for one in classes for line in one["lines"]):
        fired = [one for one in line.pop("triggers") if one["fires"]]
        line["fired"], line["states"] = [one["name"] for one in fired], fired
    return classes


def _said(language: str, found: list[Result], plan: Plan, assessment: Assessment | None) -> Json:
    with translation.override(language):
        return {
            "classes": _ranking(found, plan, assessment),
            "sure": [_plain(asdict(one)) for one in certainty.classes(assessment, plan=plan, found=found)],
            "sure_sheets": {one.section: _sure_sheet(one, plan, assessment) for one in found},
            "method": _plain(asdict(method.method(plan))),
            "parts": [_plain(asdict(one)) for one in ranking.parts(found, plan=plan)],
            "sheets": {one.section: _plain(asdict(sheet.show(one, plan=plan, assessment=assessment))) for one in found},
        }


def _sure_sheet(one: Result, plan: Plan, assessment: Assessment | None) -> Json | None:
    found = certainty_sheet.sheet(assessment, plan=plan, found=one)
    return None if found is None else _plain(asdict(found))


def _line(one: Result, plan: Plan, bars: list[str], assessment: Assessment | None) -> Json:
    said = one.said
    shown = sheet.triggers(said, plan=plan, assessment=assessment)
    return {
        "section": one.section,
        "name": said.sheet.section.name,
        "class": said.sheet.section.section_class,
        "score": said.sheet.printed,
        "exact": str(said.sheet.score) if said.sheet.score is not None else "",
        "rank": said.placement.rank,
        "of": said.placement.of,
        "grade": next((grade.name for grade in plan.grades if grade.id == said.grade), ""),
        "triggers": list(said.fired),
        "award_bar": one.section in bars,
        "states": {trigger.id: trigger.state for trigger in shown if trigger.state},
        **certainty.beside(one.section, assessment),
    }


def _pass_mark(plan: Plan) -> str:
    limits = (test.score for trigger in plan.triggers for test in trigger.all_of if test.kind is TestKind.BELOW)
    return str(next(limits, None) or "")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
