"""A bureau with a thousand and with a million cases: the list, search and the desk, on SQLite and on PostgreSQL.

The rows are made straight by SQL, not by acts: how acts fare is measured elsewhere. Each page is asked for through the
site's own client, as the supervision office and as a section; what counts is the ratio of the large to the small.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import measure
import servers

SMALL, LARGE = 1_000, int(os.environ.get("PINGYI_BENCH_CASES", "1000000"))
TIMES = 40
PAGES = {
    "the list": "/cases/",
    "the list of what is late": "/cases/?whose=&standing=late",
    "a section's list": "/cases/?whose=section",
    "search for a rare word": "/cases/search/?q=翠竹苑",
    "search for a common word": "/cases/search/?q=噪声",
    "search for two words": "/cases/search/?q=噪声 柳溪路",
    "the desk": "/desk/",
    "a head's desk": "/desk/",
    "a case": "/cases/2026-000777/",
}
BY_A_HEAD = {"a section's list", "a head's desk"}


def figures() -> list[measure.Figure]:
    """Measure on each database that can be started here."""
    found = []
    for vendor, url in (("SQLite", ""), ("PostgreSQL", "postgres")):
        with servers.postgres() if url else nullcontext("") as address:
            if address is None:
                print("no PostgreSQL server can be started here", file=sys.stderr)
                continue
            small, large = (_measured(size, address) for size in (SMALL, LARGE))
            found += [_figure(vendor, name, small[name], large[name]) for name in PAGES]
    return found


def _figure(vendor: str, name: str, small: dict[str, Any], large: dict[str, Any]) -> measure.Figure:
    same = "the same" if small["queries"] == large["queries"] else f"{small['queries']} : {large['queries']}"
    return measure.Figure(
        name=f"many/{vendor.lower()}-{name.replace(' ', '-')}",
        what=f"p95 of {name} on {vendor}, with {LARGE:,} cases against {SMALL:,}",
        ratio=f"{large['p95'] / small['p95']:.2f} ×",
        detail=f"{large['p95'] * 1000:.0f} ms : {small['p95'] * 1000:.0f} ms; {same} queries ({large['queries']})",
    )


def _measured(size: int, address: str) -> dict[str, dict[str, Any]]:
    """Build a bureau of this size in a home of its own, in a process of its own, and ask for its pages."""
    with tempfile.TemporaryDirectory(prefix="pingyi-many-") as home:
        address = servers.own_database(address, f"many_{size}") if address else ""
        environment = os.environ | {
            "PINGYI_HOME": home,
            "PINGYI_DATABASE_URL": address,
            "PINGYI_HOSTS": "testserver",
            "PYTHONPATH": os.pathsep.join(str(measure.ROOT / part) for part in ("bench", "src")),
            "PINGYI_ROOT": str(measure.ROOT),
        }
        if not address:
            environment.pop("PINGYI_DATABASE_URL")
        command = [sys.executable, str(Path(__file__)), str(size)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"the bureau of {size} cases could not be built")
        return dict(json.loads(done.stdout.splitlines()[-1]))


def _inside(size: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from pingyi.bureau.tests.cast import assemble
    from pingyi.stations.cases import learning

    cast = assemble()
    _first_thousand(cast)
    for block in range(1, size // SMALL):
        _copied(block)
    _settle_down()
    learning.surface(at=_noon())
    clients = {who: cast.client(who) for who in ("zhou", "wang")}
    asked = {name: _asked(clients["wang" if name in BY_A_HEAD else "zhou"], url) for name, url in PAGES.items()}
    print(json.dumps(asked))


def _noon() -> Any:
    from pingyi import clock

    return clock.now()


def _first_thousand(cast: Any) -> None:
    """Make a thousand cases of a year: two hundred open, half of those late, so that both sizes fill a page."""
    from datetime import timedelta

    from pingyi.inference.tests.matters import examples
    from pingyi.record.models import door
    from pingyi.rules.day import day_of
    from pingyi.stations.cases import indexing
    from pingyi.stations.cases.models import Case

    at, texts = _noon(), examples()
    rows = []
    for number in range(SMALL):
        text, is_open = texts[number * 7 % len(texts)].text, number % 5 == 0
        day = day_of(at) - timedelta(days=number // 5 % 30 if is_open else 30 + number % 300)
        unit = (cast.sections["brigade"], cast.sections["pollution"], None)[number % 3]
        place = "翠竹苑" if number == 777 else "柳溪路" if number % 10 == 0 else ""
        rows.append(
            Case(
                id=number + 1,
                reference=f"2026-{number:06}",
                kind_id=("complaint", "inquiry")[number % 2],
                channel_id="phone",
                title=text[:24],
                text=f"{text}{place}第{number}号来电",
                place=place,
                theme=texts[number * 7 % len(texts)].label,
                received_on=day,
                received_at=at,
                received_by=cast.zhou,
                stage="held" if is_open else "closed",
                section=unit,
                holder=(cast.wang, cast.chen, cast.zhou)[number % 3],
                held_since=at,
                due_on=day + timedelta(days=15),
                began_on=day,
                limit_days=10,
                answered_on=None if is_open else day,
                settled_on=None if is_open else day,
                closed_on=None if is_open else day,
                answer="" if is_open else "已现场检查，责令整改。",
                doers=[],
            )
        )
    with door():
        Case.objects.bulk_create(rows)
    indexing.rebuild()


def _copied(block: int) -> None:
    """Copy the thousand with numbers and codes of their own, a little older; one in a hundred keeps its open cases."""
    from django.db import connection

    from pingyi.stations.cases.models import Case, CaseWords

    shift = block * SMALL
    number = f"id - 1 + {shift}"
    given = {
        "id": f"id + {shift}",
        "reference": f"'{2000 + block // 50}-' || CAST({number} AS text)",
        "follow_code": f"'c' || CAST({number} AS text)",
        "round_id": "NULL",
    }
    if block % 100:
        given |= {"stage": "'closed'", "closed_on": "due_on"}
    columns = [field.column for field in Case._meta.concrete_fields]
    values = ", ".join(given.get(column, column) for column in columns)
    words = CaseWords._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case ({', '.join(columns)}) SELECT {values} FROM cases_case WHERE id <= {SMALL}"
        )
        cursor.execute(
            f"INSERT INTO {words} (case_id, words, is_stale) SELECT case_id + {shift}, words, is_stale FROM {words} "
            f"WHERE case_id <= {SMALL}"
        )


def _settle_down() -> None:
    """Let the database know what it holds, as its own housekeeping would by then."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _asked(client: Any, url: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    queries = len(asked)  # now: the log is emptied by the next request
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answers {answer.status_code}")
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(url)
        taken.append(time.perf_counter() - begun)
    return {"p95": sorted(taken)[int(TIMES * 0.95) - 1], "queries": queries}


if __name__ == "__main__":
    _inside(int(sys.argv[1]))
