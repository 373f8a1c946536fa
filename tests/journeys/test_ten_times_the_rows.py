"""Ten times the rows of a year, at most twice the work of any page: what is read is counted, not seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import door
from pingyi.rules.evidence import Evidence
from pingyi.stations.cases.models import Breach, Case, ClockStop, Rating
from pingyi.stations.plans.models import Round
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db

FEW = 240  # more than any list shows at once
MANY = 10 * FEW
DAY = stage.DAY
# Pages of a machine or of one browser, and those that hand out a file: they are asked elsewhere.
LEFT_OUT = ("admin/", "accounts/", "static/", "api/", "__")


@dataclass(frozen=True)
class Work:
    """What one answer took."""

    rows: int
    statements: int
    characters: int = 0  # a row may hold a hundred of others in its text


def test_no_page_does_ten_times_the_work_for_ten_times_the_rows(
    cast: Cast, time_machine: time_machine.TimeMachineFixture
) -> None:
    """Everything that a year brings is multiplied: cases with breaches and ratings, rows of tables, notices."""
    round_ = stage.open_year(cast)
    stage.bring(cast)
    time_machine.move_to(stage.SETTLED)
    client = cast.client("zhou")
    _bring(cast, round_, first=0, last=FEW)
    few = {url: _work(client, url) for url in _pages()}
    _bring(cast, round_, first=FEW, last=MANY)
    many = {url: _work(client, url) for url, before in few.items() if before}
    grown = {url: (few[url], now) for url, now in many.items() if now and _is_grown(few[url], now)}
    assert not grown, "\n".join(f"{url}: {before} → {now}" for url, (before, now) in sorted(grown.items()))
    assert len([one for one in few.values() if one]) > 30, "the lists were asked for"
    assert few["/results/evidence/"]


def test_a_page_that_reads_everything_is_seen() -> None:
    assert _is_grown(Work(rows=130, statements=9), Work(rows=1200, statements=9))
    assert _is_grown(Work(rows=130, statements=9), Work(rows=130, statements=40))
    assert _is_grown(Work(rows=3, statements=9, characters=20_000), Work(rows=12, statements=9, characters=200_000))
    assert not _is_grown(Work(rows=130, statements=9), Work(rows=180, statements=10))


def _is_grown(before: Work | None, now: Work) -> bool:
    if before is None:
        return False
    is_read = now.rows > 2 * before.rows + 10 or now.characters > 2 * before.characters + 1_000
    return is_read or now.statements > 2 * before.statements


def _work(client: Client, url: str) -> Work | None:
    """Return what the page takes once it is warm; nothing for one that does not answer a reading."""
    if client.get(url).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as asked, _counting() as read:
        client.get(url)
    return Work(rows=read["rows"], statements=len(asked), characters=read["characters"])


@contextmanager
def _counting() -> Iterator[Counter[str]]:
    """Count the rows that the database hands over, and the characters in them."""
    found, read = Counter[str](), SQLCompiler.results_iter

    def results_iter(self: SQLCompiler, *args: Any, **more: Any) -> Iterator[Any]:
        for row in read(self, *args, **more):
            found["rows"] += 1
            found["characters"] += sum(len(value) for value in row if isinstance(value, str | bytes))
            yield row

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "results_iter", results_iter)
        yield found


def _pages() -> list[str]:
    """Return every address that has no name of a row in it."""
    found = (f"/{one}" for one in _flat(get_resolver().url_patterns, ""))
    return sorted({url for url in found if not url[1:].startswith(LEFT_OUT)})


def _flat(patterns: list[Any], before: str) -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if "<" in here or "(" in here:
            continue
        if isinstance(one, URLResolver):
            yield from _flat(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            yield here


def _bring(cast: Cast, round_: Round, *, first: int, last: int) -> None:
    with door():
        cases = Case.objects.bulk_create([_case(cast, round_, number) for number in range(first, last)])
        Breach.objects.bulk_create([Breach(**_breach(cast, case)) for case in cases])
        stopped = [case for case in cases if case.stopped_on]
        ClockStop.objects.bulk_create(
            [ClockStop(case=case, cause="expert", begins_on=DAY, begun_by=cast.wang) for case in stopped]
        )
        Rating.objects.bulk_create(
            [Rating(case=case, level=case.pk % 5 + 1, given_on=DAY, means="link") for case in cases]
        )
    Notice.objects.bulk_create(
        [
            Notice(to=cast.zhou, code="result.preview", facts={"ends_on": str(DAY)}, queued_at=stage.SETTLED)
            for _ in cases
        ]
    )
    rows = [
        Evidence(
            section="brigade", indicator="tasks_done", source="rectification", value=Decimal(90),
            happened_on=DAY - timedelta(days=number % 20),
        )
        for number in range(first, last)
    ]  # fmt: skip
    digest = f"{first:064}"
    bringing.import_rows(rows, file_name="整改.xlsx", sha256=digest, by=cast.actor("zhou"), at=stage.SETTLED)
    _know_the_sizes()


def _know_the_sizes() -> None:
    """Take the statistics that a server's own upkeep takes in a minute, but never inside a test's transaction.

    What it took between two tests says "no rows" of tables that are full here, and one join then takes a quarter of an
    hour.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _case(cast: Cast, round_: Round, number: int) -> Case:
    is_open, day = number % 2 == 0, DAY - timedelta(days=number % 60)
    return Case(
        reference=f"2026-{number:06}", round=round_, kind_id=("complaint", "inquiry")[number % 2], channel_id="phone",
        title=f"反映第{number}号", text="夜间施工", theme="noise", received_on=day, received_at=stage.SPRING,
        received_by=cast.zhou, stage="held" if is_open else "closed", section=cast.sections["brigade"],
        holder=cast.wang, held_since=stage.SPRING, due_on=day + timedelta(days=15), began_on=day, limit_days=10,
        answered_on=None if is_open else day, settled_on=None if is_open else day, closed_on=None if is_open else day,
        answer="" if is_open else "已检查。", doers=[], follow_code=f"c{number}",
        stopped_on=day if number % 4 == 0 else None,
    )  # fmt: skip


def _breach(cast: Cast, case: Case) -> Mapping[str, Any]:
    return {
        "case": case, "kind": "late", "section": cast.sections["brigade"], "member": cast.wang,
        "raised_on": DAY, "stage": ("upheld", "raised")[case.pk % 2],
    }  # fmt: skip
