"""The worked cases of the reference programs (R `survey`, csranks), as arrays; nothing of them is copied here."""

from __future__ import annotations

import csv
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from pingyi.inference.ballots import ballots_estimate
from pingyi.inference.design import design
from pingyi.inference.marks import cases_estimate, visits_estimate
from pingyi.inference.survey import survey_estimate
from pingyi.rules.estimate import Estimate


def expected(folder: Path) -> dict[str, Any]:
    """What the reference programs gave."""
    return json.loads((folder / "expected.json").read_text("utf-8"))


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    """A column of numbers, nan where a cell is empty or NA."""
    return np.array([math.nan if row[name] in {"", "NA"} else float(row[name]) for row in rows])


def estimates(folder: Path, sections: list[str]) -> list[Estimate]:
    """All four sources of a whole chain."""
    rows = table(folder / "survey.csv")
    people = {row["resp_id"]: row for row in rows}
    places = {one: at for at, one in enumerate(people)}
    marks = np.full((len(people), len(sections)), math.nan)
    for row in rows:
        if row["rated"] == "1":
            marks[places[row["resp_id"]], sections.index(row["section"])] = float(row["score"])
    sample = design(
        weights=[float(row["w"]) for row in people.values()],
        strata=[row["stratum"] for row in people.values()],
        population=[float(row["N"]) for row in people.values()],
    )
    calls = table(folder / "hotline.csv")
    visits: dict[str, list[float]] = {}
    for row in table(folder / "covert.csv"):
        visits.setdefault(row["section"], []).append(float(row["score"]))
    votes = table(folder / "ballots.csv")
    ballots = np.column_stack([column(votes, section) for section in sections])
    return [
        survey_estimate("survey", design=sample, sections=sections, marks=[marks]),
        cases_estimate(
            "hotline",
            cases={row["section"]: int(row["closed"]) for row in calls},
            satisfied={row["section"]: int(row["satisfied"]) for row in calls},
        ),
        visits_estimate("covert", marks=visits),
        ballots_estimate("assembly", sections=sections, marks=[ballots]),
    ]


def weights(case: dict[str, Any]) -> dict[str, Decimal]:
    """The sources' weights, exactly."""
    return {source: Decimal(str(weight)) for source, weight in case["weights"].items()}
