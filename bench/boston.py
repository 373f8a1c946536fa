"""A city's year of requests brought in as a hotline's table: on time per department is what its own flag says.

Counts, not times, are compared: the measurement fails where one department differs.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from typing import Any

import imports
import measure
import servers

FILE = measure.ROOT.parent / "shared" / "data" / "us-boston311-2015" / "boston_311_2015.csv.gz"
Rates = dict[str, tuple[int, int]]  # department → closed on time, closed late


def figures() -> list[measure.Figure]:
    """Compare on each database that can be started here."""
    if not FILE.exists():
        raise SystemExit("the real requests (../shared) are not here")
    found = [_figure("SQLite", "")]
    with servers.postgres() as address:
        return [*found, _figure("PostgreSQL", address)] if address else found


def _figure(engine: str, address: str) -> measure.Figure:
    run: Any = measure.alone("boston", "ours", address, times=1).answer
    ours = {name: (on_time, late) for name, on_time, late in run["rates"]}
    theirs = told(gzip.decompress(FILE.read_bytes()).decode())
    wrong = [
        f"{name}: {ours.get(name)} for {theirs.get(name)}"
        for name in ours | theirs
        if ours.get(name) != theirs.get(name)
    ]
    if wrong:
        raise SystemExit(f"{engine}: closed on time and late differ from the file's own flag: {'; '.join(wrong)}")
    on_time, late = (sum(pair[place] for pair in ours.values()) for place in (0, 1))
    return measure.Figure(
        name=f"boston/{engine}",
        what=f"{engine}: departments of a city whose closed requests are on time as its own flag says, whole file",
        ratio=f"{len(ours)} of {len(theirs)}",
        detail=(
            f"{run['new']:,} rows new, {run['aside']:,} set aside; {on_time:,} closed on time, {late:,} late;"
            f" {run['cpu']:.1f} s of processor, {run['wall']:.1f} s by the wall"
        ),
    )


def told(text: str) -> Rates:
    """Return the file's own flags of closed requests, counted by department."""
    on_time: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(text)):
        if row["CLOSED_DT"]:
            (on_time if row["OnTime_Status"] == "ONTIME" else late)[row["Department"]] += 1
    return {name: (on_time[name], late[name]) for name in on_time | late}


def ours(address: str) -> dict[str, Any]:
    """Import the whole file; return our figures by the unit that the table named."""
    imports.own(address)
    ready = imports.Ready(gzip.decompress(FILE.read_bytes()), name="requests.csv")
    spent = imports.clocked(ready.take, address)
    from django.db.models import Count, Q

    from pingyi.rules.case.stages import Stage
    from pingyi.stations.cases.models import HotlineTable, SourceRow

    closed = SourceRow.objects.filter(case__stage=Stage.CLOSED.value).values("unit")
    late = Count("pk", filter=Q(case__has_been_late=True))
    rates = closed.annotate(on_time=Count("pk", filter=Q(case__has_been_late=False)), late=late)
    table = HotlineTable.objects.get()
    return {
        **spent, "new": table.new, "aside": table.set_aside,
        "rates": list(rates.values_list("unit", "on_time", "late")),
    }  # fmt: skip
