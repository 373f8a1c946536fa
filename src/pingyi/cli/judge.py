"""`pingyi judge`: plan and evidence in, verdict out, without any database (§4.4b, §4.4c)."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pingyi.cli.tables_in import bytes_of, fail, told

if TYPE_CHECKING:
    from pingyi.authoring.evidence_tables import EvidenceTable
    from pingyi.rules.assessment import Assessment
    from pingyi.rules.evidence import Evidence, PastOutcome, SectionFacts
    from pingyi.rules.plan import Plan
    from pingyi.rules.sheet import Verdict

PlanFile = Annotated[Path, typer.Argument(help="The plan's YAML file · 方案文件", dir_okay=False)]
EvidenceFiles = Annotated[list[Path], typer.Argument(help="XLSX or CSV tables · 佐证表格", dir_okay=False)]
OptionalFile = Path | None


def judge(
    plan: PlanFile,
    evidence: EvidenceFiles,
    sections: Annotated[OptionalFile, typer.Option(help="List of sections (XLSX, CSV, JSON) · 科室名单")] = None,
    past: Annotated[OptionalFile, typer.Option(help="Triggers of former years · 往年触发情况")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of undated rows · 日期")] = None,
    bundle: Annotated[OptionalFile, typer.Option(help="Write a bundle (zip) that anyone can check · 成果包")] = None,
    details: Annotated[bool, typer.Option("--details", help="Show every line of every sheet · 列出得分表")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs · 输出 JSON")] = False,
    lang: Annotated[str, typer.Option(help="zh or en")] = "zh",
) -> None:
    """Compute scores, ranks and triggers from a plan and tables of evidence · 计算评议结果."""
    from pingyi.inference.of_verdict import assess
    from pingyi.rules.plan.statistics import TriggerRule, statistics_of
    from pingyi.rules.refused import Refused
    from pingyi.rules.verdict import judge as compute

    written, text = _plan(plan, lang)
    listed, rows = _evidence(evidence, plan=written, sections=sections, on=on, lang=lang)
    outcomes = _past(past, plan=written, sections=listed, lang=lang)
    try:
        verdict = compute(written, sections=listed, evidence=rows, past=outcomes)
    except Refused as refused:
        fail([told(refused, lang)])
    assessment = assess(written, verdict=verdict, evidence=rows)
    if statistics_of(written).triggers is TriggerRule.ONLY_CONFIRMED:
        verdict = compute(written, sections=listed, evidence=rows, past=outcomes, assessment=assessment)
    if bundle is not None:
        from pingyi.authoring.bundle import contents_digest, verdict_files, write

        files = verdict_files(
            written, plan_text=text, sections=listed, evidence=rows, past=outcomes, verdict=verdict,
            assessment=assessment,
        )  # fmt: skip
        bundle.write_bytes(write(files))
        typer.echo(f"contents_sha256: {contents_digest(files)}", err=True)
    _show(verdict, assessment, plan=written, lang=lang, as_json=as_json, details=details)
    raise typer.Exit(0 if verdict.is_complete else 1)


def _plan(path: Path, lang: str) -> tuple[Plan, str]:
    from pingyi.authoring.read import read

    located = read(bytes_of(path, lang).decode("utf-8-sig", errors="replace"))
    if located.plan is None or not located.is_whole:
        fail([f"{path.name}:{one.line}:{one.column}: {one.sentence(lang)}" for one in located.problems])
    return located.plan, located.text


def _evidence(
    paths: list[Path], *, plan: Plan, sections: Path | None, on: datetime | None, lang: str
) -> tuple[tuple[SectionFacts, ...], list[Evidence]]:
    """Read all tables; nothing is judged unless every row of every file is good."""
    from pingyi.authoring.evidence_tables import read_evidence
    from pingyi.authoring.judged_sections import read_sections
    from pingyi.authoring.tables.problems import UnreadableTableError

    contents = [(path.name, bytes_of(path, lang)) for path in paths]
    try:
        listed = read_sections(bytes_of(sections, lang), plan=plan) if sections else _named(contents, plan=plan)
    except UnreadableTableError as fault:
        fail([f"{sections.name if sections else ''}: {fault.sentence(language=lang)}"])
    day = on.date() if on else None
    tables = [read_evidence(name, content, plan=plan, sections=listed, happened_on=day) for name, content in contents]
    said = [f"{table.name}: {problem.sentence(language=lang)}" for table in tables for problem in table.problems]
    said += _again(tables, lang)
    if not all(table.is_good for table in tables) or _again(tables, lang):
        fail(said)
    for sentence in said:
        typer.echo(sentence, err=True)
    return listed, [row for table in tables for row in table.evidence]


def _named(contents: list[tuple[str, bytes]], *, plan: Plan) -> tuple[SectionFacts, ...]:
    """Take the sections from the evidence itself; a file that is no table is told of when it is read."""
    from pingyi.authoring.evidence_tables import section_words
    from pingyi.authoring.judged_sections import sections_named
    from pingyi.authoring.tables.problems import UnreadableTableError

    names: list[str] = []
    for _, content in contents:
        try:
            names += section_words(content, plan=plan)
        except UnreadableTableError:
            continue
    return sections_named(names, plan=plan)


def _again(tables: list[EvidenceTable], lang: str) -> list[str]:
    from pingyi.authoring.evidence_tables import RowProblem

    said = []
    for at, table in enumerate(tables):
        first = next((other.name for other in tables[:at] if table.is_again(other)), "")
        if first:
            problem = RowProblem(row=0, column="", code="file.again", facts={"first": first})
            said.append(f"{table.name}: {problem.sentence(language=lang)}")
    return said


def _past(path: Path | None, *, plan: Plan, sections: tuple[SectionFacts, ...], lang: str) -> tuple[PastOutcome, ...]:
    from pingyi.authoring.judged_sections import read_past
    from pingyi.authoring.tables.problems import UnreadableTableError

    try:
        return read_past(bytes_of(path, lang), plan=plan, sections=sections) if path else ()
    except UnreadableTableError as fault:
        fail([f"{path.name if path else ''}: {fault.sentence(language=lang)}"])


def _show(verdict: Verdict, assessment: Assessment, *, plan: Plan, lang: str, as_json: bool, details: bool) -> None:
    if as_json:
        from pingyi.rules.assessment_json import as_json as estimates
        from pingyi.rules.verdict_json import as_json as plain

        told = {**plain(verdict), "estimates": estimates(assessment)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    from pingyi.cli.judge_show import show

    show(verdict, assessment, plan=plan, language=lang, details=details)
