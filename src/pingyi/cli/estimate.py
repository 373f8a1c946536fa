"""`pingyi estimate`: tables of every source in, scores with their intervals and standings out (§5.2)."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pingyi.cli.tables_in import bytes_of, fail, told

if TYPE_CHECKING:
    from pingyi.authoring.estimate_tables import EstimateTable
    from pingyi.inference.chain import Chain, Material, Rules
    from pingyi.rules.plan import Plan

Paths = Annotated[list[Path], typer.Argument(help="A folder, or CSV and XLSX tables · 文件夹或表格")]
TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".xls"}


def estimate(
    paths: Paths,
    *,
    plan: Annotated[
        Path | None, typer.Option(help="Take weights and limits from a plan · 方案", dir_okay=False)
    ] = None,
    weights: Annotated[str, typer.Option(help="survey=0.4,hotline=0.2,covert=0.2,assembly=0.2 · 各来源权重")] = "",
    limit: Annotated[list[str] | None, typer.Option(help="Score limits, 80 unless said · 分数线")] = None,
    level: Annotated[float, typer.Option(help="Confidence level · 置信水平", min=0.5, max=0.9999)] = 0.95,
    levels: Annotated[str, typer.Option(help="5=100,4=80,3=60,2=30,1=0 · 评价等级折合的分数")] = "",
    recusals: Annotated[str, typer.Option(help="counted, ols or reml · 回避造成的空白如何处理")] = "counted",
    merge: Annotated[str, typer.Option(help="stratum=neighbor · 单一样本的层并入哪一层")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="HEAD=KIND: what a column is, unread where it is none · 某列是什么")
    ] = None,
    columns: Annotated[
        bool, typer.Option("--columns", help="Show what each column was taken for, and stop · 只看每列按什么读")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs · 输出 JSON")] = False,
    lang: Annotated[str, typer.Option(help="zh or en")] = "zh",
) -> None:
    """Estimate scores with intervals, ranks with intervals, and who is surely last or below · 估计得分和名次的把握."""
    from pingyi.inference.chain import chain
    from pingyi.rules.refused import Refused

    tables = _tables(paths, levels=levels, columns=column or [], lang=lang)
    if columns:
        from pingyi.cli.estimate_columns import show as show_columns

        show_columns(tables, language=lang)
        return
    material = _material(tables, lang=lang)
    rules = _rules(plan, weights=weights, limits=limit, level=level, recusals=recusals, merge=merge, lang=lang)
    try:
        found = chain(material, rules=rules)
    except Refused as refused:
        fail([told(refused, lang)])
    _show(found, as_json=as_json, lang=lang)


def _tables(paths: list[Path], *, levels: str, columns: list[str], lang: str) -> list[EstimateTable]:
    """Read all tables, with the columns that a person named taken as they say."""
    from pingyi.authoring.estimate_tables import LEVELS, read_table
    from pingyi.cli.estimate_columns import chosen, missing, twice
    from pingyi.cli.estimate_words import SENTENCES, numbers

    worth = {word: float(value) for word, value in numbers(levels).items()} if levels else LEVELS
    try:
        said = chosen(columns)
    except ValueError as fault:
        fail([SENTENCES["option"][0 if lang == "zh" else 1].format(what=fault)])
    tables = []
    for path, is_chosen in _files(paths, lang):
        table = read_table(path.name, bytes_of(path, lang), levels=worth, chosen=said)
        if table.kind is None and not is_chosen:
            typer.echo(f"{path.name}: {table.problems[0].sentence(language=lang)}", err=True)
        else:
            tables.append(table)
    for code, names in (("column_missing", missing(columns, tables)), ("column_twice", twice(said, tables))):
        if names:
            fail([SENTENCES[code][0 if lang == "zh" else 1].format(names="、".join(names))])
    return tables


def _material(tables: list[EstimateTable], *, lang: str) -> Material:
    """Return what the tables hold; nothing is estimated unless every row of every file is good."""
    from pingyi.authoring.estimate_tables import Kind
    from pingyi.inference.chain import Material

    said = [f"{one.name}: {problem.sentence(language=lang)}" for one in tables for problem in one.problems]
    if said:
        fail(said)
    if not tables:
        fail(["没有找到可以计算的表格" if lang == "zh" else "There is no table to compute with"])
    ratings = {kind: [row for one in tables if one.kind is kind for row in one.ratings] for kind in Kind}
    return Material(
        survey=ratings[Kind.SURVEY],
        ballots=ratings[Kind.BALLOTS],
        visits=[row for one in tables for row in one.visits],
        cases=[row for one in tables for row in one.cases],
    )


def _rules(
    plan: Path | None, *, weights: str, limits: list[str] | None, level: float, recusals: str, merge: str, lang: str
) -> Rules:
    from pingyi.cli.estimate_words import SENTENCES, left_out, pairs, plan_rules, source_weights
    from pingyi.inference.ballots import Model
    from pingyi.inference.chain import Rules

    try:
        written = _plan(plan, lang) if plan else None
        shares, bounds, indicators = plan_rules(written)
        if written and (others := left_out(written)):
            typer.echo(SENTENCES["left_out"][0 if lang == "zh" else 1].format(names="、".join(others)), err=True)
        return Rules(
            weights=source_weights(weights) if weights else shares,
            limits=[Fraction(one) for one in limits] if limits else bounds,
            level=level,
            model=Model(recusals),
            neighbors=pairs(merge),
            indicators={name: float(value) for name, value in indicators.items()},
        )
    except (ValueError, ZeroDivisionError) as fault:
        fail([SENTENCES["option"][0 if lang == "zh" else 1].format(what=fault)])


def _files(paths: list[Path], lang: str) -> list[tuple[Path, bool]]:
    """Return the files, and whether each was named itself rather than found in a folder."""
    found: list[tuple[Path, bool]] = []
    for path in paths:
        if path.is_dir():
            found += [(one, False) for one in sorted(path.iterdir()) if one.suffix.lower() in TABLES]
        else:
            found.append((path, True))
    if not found:
        fail([f"{paths[0]}: {'文件夹里没有表格' if lang == 'zh' else 'there are no tables in this folder'}"])
    return found


def _plan(path: Path, lang: str) -> Plan:
    from pingyi.authoring.read import read

    located = read(bytes_of(path, lang).decode("utf-8-sig", errors="replace"))
    if located.plan is None or not located.is_whole:
        fail([f"{path.name}:{one.line}:{one.column}: {one.sentence(lang)}" for one in located.problems])
    return located.plan


def _show(found: Chain, *, as_json: bool, lang: str) -> None:
    if as_json:
        from pingyi.cli.estimate_json import plain

        sys.stdout.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
        return
    from pingyi.cli.estimate_show import show

    show(found, language=lang)
