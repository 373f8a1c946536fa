"""Kill trials: promises that a kill takes back, rows and numbers that it leaves double or half done."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import measure

sys.path.append(str(measure.ROOT))

from tests import on_postgres
from tests.power import cuts, kills

SQLITE, PLAYS, POSTGRES = 190, 10, 60


def figures() -> list[measure.Figure]:
    """Kill two hundred times on SQLite, ten of them in the play of a year, and sixty times on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        home = cuts.ground(Path(folder))
        found = [
            _figure("SQLite: submissions, cases, sequencing", kills.trials(cuts.environment(home), count=SQLITE)),
            _figure("SQLite: the play of a year", kills.plays(Path(folder), count=PLAYS)),
        ]
        with on_postgres.server("-c fsync=on") as url:
            if url:
                mine = Path(folder, "on a server")
                home = cuts.ground(mine, PINGYI_DATABASE_URL=url)
                told = cuts.environment(home, PINGYI_DATABASE_URL=url)
                made = kills.trials(told, count=POSTGRES)
                found.append(_figure("PostgreSQL: submissions, cases, sequencing", made))
    return found


def _figure(what: str, found: kills.Killed) -> measure.Figure:
    return measure.Figure(
        name=f"kills/{what}",
        what=f"{what}: faults after a kill (promises lost, rows double, numbers left out, record altered)",
        ratio=f"{len(found.faults)} of {found.kills}",
        detail=f"{found.promises:,} promises; {'; '.join(found.faults[:3]) or 'each as before the kill or after it'}",
    )
