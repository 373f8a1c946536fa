"""The marks of a real assembly (400 voters × 77 units × 5 contents), against mean and covariance by NumPy.

Both sides begin with one row for each mark. The other side keeps means and a covariance of what it has put into a
matrix, and nothing else: no blank, no weight, no reason; ours is the source's estimate as it is published.
"""

from __future__ import annotations

import random
from fractions import Fraction
from functools import partial
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits

import measure
from pingyi.inference.chain import Material, Rules, chain
from pingyi.inference.rows import answers, ballots_from
from pingyi.rules.rating import Rating

VOTERS, UNITS, CONTENTS = 400, 77, 5
TURNS = 5


def figures() -> list[measure.Figure]:
    """Measure the estimate, and the whole way to what may be said of each unit."""
    rows = marks(VOTERS, UNITS, CONTENTS)
    with threadpool_limits(1):  # waiting threads of a matrix library count as processor time
        turns = [[measure.spent(partial(work, rows)) for work in (estimate, whole, by_numpy)] for _ in range(TURNS)]
    estimated, said, other = (median(one) for one in zip(*turns, strict=True))
    spread = sorted(turn[0] / turn[2] for turn in turns)
    return [
        measure.Figure(
            name="assembly/estimate",
            what=f"processor time to estimate {len(rows):,} marks of an assembly, against mean and covariance by NumPy",
            ratio=f"{estimated / other:.1f} ×",
            detail=f"{estimated:.2f} s : {other:.3f} s; {spread[0]:.1f} to {spread[-1]:.1f} in {TURNS} turns; "
            f"goal 5 × or less; {measure.load()}",
        ),
        measure.Figure(
            name="assembly/chain",
            what="the same with intervals, ranks, agreement of the voters, what each weight decides, and flip margins",
            ratio=f"{said / other:.1f} ×",
            detail=f"{said:.2f} s : {other:.3f} s; the other side has none of them; {measure.load()}",
        ),
    ]


def marks(voters: int, units: int, contents: int) -> list[Rating]:
    """Make marks up: each unit has its level, and each voter a hand that is heavy or light."""
    draw = random.Random(2026)
    hands = [draw.gauss(0, 4) for _ in range(voters)]
    return [
        Rating(
            person=f"v{voter:04}",
            section=f"u{unit:03}",
            indicator=f"c{content}",
            mark=float(min(100, max(0, round(80 + unit % 9 + hand + draw.gauss(0, 6))))),
        )
        for voter, hand in enumerate(hands)
        for unit in range(units)
        for content in range(contents)
    ]


def estimate(rows: list[Rating]) -> object:
    """Ours: the assembly's marks with their covariance."""
    return ballots_from("assembly", answers(rows))


def whole(rows: list[Rating]) -> object:
    """Ours: all that follows."""
    return chain(Material(ballots=rows), rules=Rules(weights={"assembly": Fraction(1)}, limits=[Fraction(80)]))


def by_numpy(rows: list[Rating]) -> object:
    """The other side."""
    people = {name: at for at, name in enumerate(dict.fromkeys(one.person for one in rows))}
    columns: dict[tuple[str, str], int] = {}
    for one in rows:
        columns.setdefault((one.section, one.indicator), len(columns))
    matrix = np.zeros((len(people), len(columns)))
    for one in rows:
        matrix[people[one.person], columns[one.section, one.indicator]] = one.mark
    return matrix.mean(axis=0), np.cov(matrix, rowvar=False)
