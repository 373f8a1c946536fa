"""The small year whose tables and numbers stand on the page of the bundle's format (§5.4)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

from pingyi.authoring import bundle
from pingyi.inference.tests.surveyed import answer, survey_plan
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan, Statistics
from pingyi.rules.plan.measure import Reading
from pingyi.rules.tests import verdict_cast as cast
from tests.journeys import made_up_years as years

Files = dict[str, bytes]
SECTIONS = tuple(replace(one, name=one.id) for one in cast.SECTIONS if one.id in {"office", "brigade"})
TABLES = ("evidence.csv", "sheets.csv", "sample.csv", "pairs.csv")
SAID = {  # person after person: what was answered to both questions
    "office": [("good", "good")] * 8 + [("fair", "good")] * 4 + [("fair", "bad")] + [("bad", "unknown")] * 3,
    "brigade": [("bad", "bad")] * 6 + [("fair", "bad")] * 6 + [("good", "good")] * 4,
}


def vector() -> Files:
    """Return its files."""
    plan = survey_plan()
    source = replace(plan.sources[0], weight=Decimal(1))
    rules = Statistics(minimum_ratings=10)
    plan = replace(plan, sources=(source,), indicators=plan.indicators[:2], statistics=rules, grades=())
    rows = [
        answer(section, box, indicator=indicator, unit=f"p{person}")
        for section, sheets in SAID.items()
        for person, sheet in enumerate(sheets)
        for indicator, box in zip(("served", "honest"), sheet, strict=True)
    ]
    return years.files_of(plan, SECTIONS, rows)


def by_hand() -> Files:
    """Return the four persons and two sections whose variance the page works out."""
    marks = {"office": (100, 100, 50, 50), "brigade": (100, 50, 100, 50)}
    rows = [
        Evidence(section=section, indicator="order", source="visits", happened_on=cast.DAY, value=Decimal(mark),
                 unit=f"p{person}")
        for section, given in marks.items() for person, mark in enumerate(given)
    ]  # fmt: skip
    return years.files_of(_one_question(), SECTIONS, rows)


def _one_question() -> Plan:
    plan = cast.plan()
    source = replace(plan.sources[1], weight=Decimal(1), reading=Reading.PEOPLE)
    return replace(plan, sources=(source,), indicators=plan.indicators[1:2])


def numbers(files: Files) -> list[tuple[str, str]]:
    """Return what is worked out on the way, by name, in the order of the parts of the page."""
    verdict, told = json.loads(files["verdict.json"]), json.loads(files["estimates.json"])
    found = [("digest of the four tables (3)", bundle.digest_of(files, TABLES))]
    for sheet in verdict["sheets"]:
        for line in sheet["lines"]:
            said = (line[name] for name in ("raw", "mark", "weight", "points", "count", "dont_know"))
            found.append((f"{sheet['section']} {line['indicator']}: raw, mark, weight, points, count, dont_know (8.2)",
                          ", ".join(said)))  # fmt: skip
        found.append((f"{sheet['section']}: score, rounded, printed (8.5)",
                      ", ".join((sheet["score"], sheet["rounded"], sheet["printed"]))))  # fmt: skip
    one, sure = told["classes"][0]["estimates"][0], told["classes"][0]["certainty"]
    found += [
        ("variances of office, brigade (10.2)", ", ".join(row[at] for at, row in enumerate(one["covariance"]))),
        ("their degrees of freedom and counts (10.2)", ", ".join([*one["df"], *one["counts"]])),
        ("their covariance (10.3)", one["covariance"][0][1]),
    ]
    for row in sure["sections"]:
        interval, alone = row["interval"], row["alone"]
        found += [
            (f"{row['section']}: error, low, high (11.2)",
             ", ".join(interval[name] for name in ("standard_error", "low", "high"))),
            (f"{row['section']}: ranks, ranks_together, last (11.2)",
             ", ".join([*(f"{one['best']}–{one['worst']}" for one in (row["ranks"], row["ranks_together"])),
                        row["last"]])),
            (f"{row['section']}: below 80: standing, p, p_holm (11.2)",
             ", ".join(row["limits"][0][name] for name in ("standing", "p", "p_holm"))),
            (f"{row['section']}: error by the counts alone, last, below 80 (11.4)",
             f"{alone['standard_error']}, {str(alone['last']).lower()}, {str(alone['limits'][0]).lower()}"),
        ]  # fmt: skip
    last, ranking = sure["last"], sure["ranking"]
    found += [
        ("last place: gap, error, df, t, p, standing (11.2)",
         ", ".join(last[name] for name in ("gap", "standard_error", "df", "t", "p", "standing"))),
        ("any ranking: statistic, df, df_within, p (11.3)",
         ", ".join(ranking[name] for name in ("statistic", "df", "df_within", "p"))),
    ]  # fmt: skip
    found += [
        (f"flip {one['claim']}, {one['section']}: rival, records, of (13)",
         ", ".join((one["rival"] or "none", one["records"] or "never", one["of"])))
        for one in sure["flips"]
    ]  # fmt: skip
    return found


def printed(files: Files) -> str:
    """Return the tables and the numbers as they stand on the page."""
    lines = []
    for name in TABLES:
        rows = csv.reader(io.StringIO(files[name].decode()))
        lines += [name, *("    " + ",".join(row) for row in rows)]
    return "\n".join([*lines, "", *(f"{name}\n    {value}" for name, value in numbers(files))])
