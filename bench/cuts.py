"""Power cuts: promises that a cut takes back, with what is synced today and with what was not synced before."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import measure

sys.path.append(str(measure.ROOT))

from tests import on_postgres
from tests.power import cuts

AT_A_TIME = (60, 150, 250, 400)  # promises before a cut, in turn
SQLITE, POSTGRES, LOOSE = 1_000, 400, 150


def figures() -> list[measure.Figure]:
    """Cut until there were a thousand promises on SQLite, some hundred on PostgreSQL, and a few with NORMAL."""
    with tempfile.TemporaryDirectory() as folder:
        ground = cuts.ground(Path(folder))
        found = [
            _figure("SQLite, durable (synchronous=FULL)", SQLITE, _on_file(Path(folder), ground, "")),
            _figure("SQLite, not durable (NORMAL, until now)", LOOSE, _on_file(Path(folder), ground, "NORMAL")),
        ]
    if on_postgres.can_start():
        found.append(_figure("PostgreSQL, durable (fsync=on)", POSTGRES, cuts.postgres))
    return found


def _on_file(folder: Path, ground: Path, setting: str) -> measure.Work:
    def cut(*, promises: int) -> cuts.Cut:
        mine = Path(tempfile.mkdtemp(dir=folder))
        return cuts.sqlite(ground, mine, promises=promises, setting=setting)

    return cut


def _figure(what: str, wanted: int, cut: measure.Work) -> measure.Figure:
    made: list[cuts.Cut] = []
    while sum(one.promises for one in made) < wanted:
        made.append(cut(promises=AT_A_TIME[len(made) % len(AT_A_TIME)]))
    promises, lost = sum(one.promises for one in made), sum(len(one.lost) for one in made)
    return measure.Figure(
        name=f"cuts/{what}",
        what=f"{what}: promises lost at a power cut",
        ratio=f"{lost} of {promises:,}",
        detail=f"{len(made)} cuts; receipts with their files, and signed checkpoints; the record verified after each",
    )
