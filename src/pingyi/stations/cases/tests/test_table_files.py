"""The hotlines' real tables become cases, and our figures say what their own flags say."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db.models import F, Q

from pingyi.rules.case.stages import Stage
from pingyi.stations.cases.actions import importing, looking, tables
from pingyi.stations.cases.models import Case, HotlineTable, SourceRow
from pingyi.stations.cases.queries import looks, reconcile
from pingyi.stations.cases.tests.conftest import Play

pytestmark = pytest.mark.django_db

CHANNEL = "hotline_12345"
AT = datetime(2026, 6, 1, 4, tzinfo=UTC)
Rates = dict[str, Counter[bool]]


def imported(play: Play, content: bytes, *, name: str = "table.csv") -> HotlineTable:
    by = play.actor("zhou")
    kept = tables.keep(name, content=content, channel_id=CHANNEL, by=by, at=AT)
    list(looking.look_on(now=lambda: AT))
    kept.refresh_from_db()
    tables.settle_columns(kept.token, mapping=looks.look(kept).mapping, by=by, at=AT)
    list(looking.look_on(now=lambda: AT))
    tables.start(kept.token, by=by, at=AT)
    list(importing.carry_on(now=lambda: AT))
    kept.refresh_from_db()
    return kept


def by_unit() -> Rates:
    """On time and late of the closed cases, by the unit that the table named."""
    found: Rates = defaultdict(Counter)
    closed = SourceRow.objects.filter(case__stage=Stage.CLOSED.value)
    for unit, was_late in closed.values_list("unit", "case__has_been_late"):
        found[unit][not was_late] += 1
    return found


def spread(path: Path, *, each: int) -> list[dict[str, str]]:
    """Rows of the whole file: at least so many of every department, or all it has."""
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode())))
    counts, seen, chosen = Counter(row["Department"] for row in rows), Counter[str](), []
    for row in rows:
        if seen[row["Department"]] % max(1, counts[row["Department"]] // each) == 0:
            chosen.append(row)
        seen[row["Department"]] += 1
    return chosen


def as_text(rows: list[dict[str, str]]) -> bytes:
    written = io.StringIO()
    held = csv.DictWriter(written, list(rows[0]))
    held.writeheader()
    held.writerows(rows)
    return written.getvalue().encode()


def test_a_citys_requests_are_on_time_per_department_as_its_own_flag_says(play: Play, shared: Path) -> None:
    rows = spread(shared / "data/us-boston311-2015/boston_311_2015.csv.gz", each=100)
    table = imported(play, as_text(rows))
    assert (table.new, table.set_aside) == (len(rows), 0)
    theirs: Rates = defaultdict(Counter)
    for row in rows:
        if row["CLOSED_DT"]:
            theirs[row["Department"]][row["OnTime_Status"] == "ONTIME"] += 1
    assert by_unit() == theirs
    assert len(theirs) == 14, "of every department that closed any"
    found = reconcile.compare(table, on=AT.date())
    assert found.of(reconcile.Kind.MISSING_HERE) == found.of(reconcile.Kind.MISSING_THERE) == []
    assert found.of(reconcile.Kind.STATE) == []
    assert imported(play, as_text(rows)).unchanged == len(rows)


def test_a_districts_appeals_are_on_time_per_unit_as_their_flags_say(play: Play, shared: Path) -> None:
    text = gzip.decompress((shared / "data/cn-pingshan-2018-appeals/坪山区-民生诉求数据.csv.gz").read_bytes()).decode(
        "utf-8-sig"
    )
    table = imported(play, text.encode("gb18030"))
    assert (table.new, table.set_aside) == (4964, 0)
    theirs: Rates = defaultdict(Counter)
    for row in csv.DictReader(io.StringIO(text)):
        for flag, word in (("INTIME_ARCHIVE_NUM", True), ("OVERTIME_ARCHIVE_NUM", False)):
            if row[flag] == "1":
                theirs[row["DISPOSE_UNIT_NAME"].strip("-")][word] += 1
    assert by_unit() == theirs
    assert Case.objects.filter(stage=Stage.RECEIVED.value).count() == 2, "two rows tell nothing of their end"


def test_bare_receipts_of_the_message_board_answer_nothing(play: Play, shared: Path) -> None:
    content = (shared / "data/cn-taidi2020-messages/附件4.xlsx").read_bytes()
    table = imported(play, content, name="附件4.xlsx")
    assert (table.new, table.set_aside) == (1377, 0)
    unanswered = Case.objects.filter(answered_on=None)
    assert 0 < unanswered.count() < 700
    came_in_or_went_on = ("收", "转", "交办", "感谢")
    assert all(any(one in case.answer for one in came_in_or_went_on) or len(case.answer) < 60 for case in unanswered)
    closed = Case.objects.filter(stage=Stage.CLOSED.value)
    assert closed.count() == 1377 - unanswered.count(), "no state is told: an answer closes, a receipt does not"
    assert not closed.exclude(closed_on=F("answered_on")).exists()
    assert not closed.exclude(has_been_late=Q(closed_on__gt=F("due_on"))).exists(), "late by the day of the answer"


@pytest.mark.parametrize(("name", "rows"), [("2018.csv", 1000), ("2017.csv", 155), ("2023_soda.csv", 500)])
def test_three_shapes_of_a_citys_export_go_through(play: Play, shared: Path, name: str, rows: int) -> None:
    content = (shared / "data/us-nyc311-samples" / f"nyc_311_{name}").read_bytes()
    assert imported(play, content).new == rows


def test_another_systems_open311_export_becomes_cases_once(play: Play, shared: Path) -> None:
    content = (shared / "data/open311-fixtures/sf_2011_requests.json").read_bytes()
    table = imported(play, content, name="requests.json")
    assert (table.new, table.set_aside) == (263, 0)
    closed = [one for one in json.loads(content) if one["status"] == "closed" and one["expected_datetime"]]
    late = sum(one["updated_datetime"] > one["expected_datetime"] for one in closed)
    numbers = [one["service_request_id"] for one in closed]
    assert Case.objects.filter(external_number__in=numbers, has_been_late=True).count() == late > 0
    assert imported(play, content, name="requests.json").unchanged == 263
