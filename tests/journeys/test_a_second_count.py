"""Another person counts again in the browser, and a stranger reads who stands behind the numbers, or that nobody does.

Which answers one person gave together no stranger can compute: a forger who holds the key can pair them otherwise.
That changes nothing that holds by the counts alone; and the second person's entry, with the other digest, tells it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pingyi import clock, verify
from pingyi.authoring import bundle
from pingyi.bureau.tests.cast import Cast
from pingyi.inference.of_verdict import assess, assess_published
from pingyi.inference.tests.surveyed import people, survey_plan
from pingyi.record import keys
from pingyi.record.tests import office as witness
from pingyi.rules import entry
from pingyi.rules.published import Published, published
from pingyi.rules.tests import verdict_cast
from pingyi.rules.verdict import judge
from pingyi.stations.results.tests import stage
from tests.journeys import bundle_cast as bundles
from tests.journeys.bundle_cast import COUNTER, EVIDENCE, Files, Record, files_of

LATER = stage.AFTER + timedelta(days=1)
ALONE = "仅由本单位计算"
BY = "由关瑜（派驻纪检组）于2026-11-20复核重算"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[datetime], None]]:
    """Move the clock."""

    def move(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)
        monkeypatch.setattr(clock, "today", at.date)

    return move


# In the browser


def published_through_the_browser(cast: Cast, on: Callable[[datetime], None]) -> Client:
    """Confirm and publish; return a visitor."""
    on(stage.AFTER)
    assert cast.client("li").post("/results/verdict/confirm/").status_code == 302
    on(LATER)
    office = cast.client("zhou")
    assert office.post("/publications/verdict/2026/publish/").status_code == 422  # laid down; the witness is missing
    witness.sign(at=LATER)
    assert office.post("/publications/verdict/2026/publish/").status_code == 302
    return Client()


def checked(visitor: Client, folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    (folder / "bundle.zip").write_bytes(visitor.get("/public/2026/bundle.zip").content)
    code = verify.main([str(folder / "bundle.zip"), "--vkey", str(keys.verifier()), *options])
    return code, capsys.readouterr().out


def test_the_office_above_counts_again_and_everybody_reads_its_name(
    cast: Cast, on: Callable[[datetime], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on(stage.PREVIEW)
    stage.previewed(cast)
    above = cast.client("he")
    assert "/results/verdict/recount/" in above.get("/desk/").content.decode()
    assert above.post("/results/verdict/recount/").status_code == 302
    visitor = published_through_the_browser(cast, on)
    day = stage.PREVIEW.date().isoformat()
    page = visitor.get("/public/2026/verdict/").content.decode()
    assert page.count(f"由何璟（区纠风办）于{day}复核重算。") == 2, "in the head, and where the bundle is checked"
    visitor.cookies["django_language"] = "en"
    assert f"Recounted by 何璟, 区纠风办, on {day}." in visitor.get("/public/2026/verdict/").content.decode()
    code, said = checked(visitor, tmp_path, capsys)
    assert (code, ALONE in said) == (0, False), said
    assert f"由何璟（区纠风办）于{day}复核重算" in said
    assert f"recounted by 何璟 (区纠风办) on {day}" in checked(visitor, tmp_path, capsys, "--lang", "en")[1]
    with zipfile.ZipFile(io.BytesIO(visitor.get("/public/2026/bundle.zip").content)) as archive:
        (listed,) = json.loads(archive.read("manifest.json"))["recounted_by"]
    assert (listed["member"], listed["role"]) == (cast.he.reference, "district_office")


def test_without_a_second_count_page_and_program_say_so(
    cast: Cast, on: Callable[[datetime], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on(stage.PREVIEW)
    stage.previewed(cast)
    visitor = published_through_the_browser(cast, on)
    assert visitor.get("/public/2026/verdict/").content.decode().count(f"{ALONE}。") == 2
    visitor.cookies["django_language"] = "en"
    assert "Counted by the bureau alone." in visitor.get("/public/2026/verdict/").content.decode()
    code, said = checked(visitor, tmp_path, capsys)
    assert (code, ALONE in said) == (0, True), said
    assert "counted by the bureau alone" in checked(visitor, tmp_path, capsys, "--lang", "en")[1]


# What the stranger's program holds against the record


def told(files: Files, record: Record, folder: Path, capsys: pytest.CaptureFixture[str], **more: Any) -> list[Any]:
    """Return what verify.py says of a bundle that was signed with the right key."""
    bundles.put(folder, bundles.whole(files, record, **more))
    verify.main([str(folder), "--json", "--vkey", str(bundles.vkey())])
    items: list[Any] = json.loads(capsys.readouterr().out)["items"]
    return items


def failures(items: list[Any]) -> list[str]:
    return [one["text"] for one in items if one["passed"] is False and one["check"]]


def record_with(files: Files, *counts: dict[str, Any]) -> Record:
    record = Record()
    record.settle(files)
    for one in counts:
        record.recount(one.pop("files", files), **one)
    record.bind(files)
    return record


@pytest.fixture(scope="module")
def files() -> Files:
    return files_of(verdict_cast.plan(), EVIDENCE)


def test_who_counted_again_is_named_and_passes(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = told(files, record_with(files, {}), tmp_path, capsys, recounted_by=[COUNTER])
    assert failures(items) == []
    assert BY in [one["text"] for one in items]
    assert not [one for one in items if ALONE in one["text"]]


def test_a_count_that_nobody_made_is_a_note_and_no_failure(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = told(files, record_with(files), tmp_path, capsys)
    assert failures(items) == []
    assert [one["passed"] for one in items if ALONE in one["text"]] == [None]


EQUAL, NAMED = "存证：他人复核重算的内容与此一致（2026-11-20）", "清单中的复核重算人与存证相符"
WRONG = [
    ({"published_sha256": "0" * 64}, [COUNTER], EQUAL),  # of other files than these
    ({"is_equal": False}, [COUNTER], EQUAL),
    ({"who": "m1"}, [{**COUNTER, "member": "m1"}], EQUAL),  # who settled
    ({}, [], NAMED),  # kept silent
    ({}, [COUNTER, {**COUNTER, "member": "m3"}], NAMED),  # somebody more than the record knows
    ({}, [{**COUNTER, "on": "2026-11-19"}], NAMED),
    ({"number": 7}, [COUNTER], NAMED),  # of another settlement
]


@pytest.mark.parametrize(("count", "listed", "named"), WRONG)
def test_a_count_that_the_record_tells_otherwise_is_a_failure(
    count: dict[str, Any],
    listed: list[dict[str, str]],
    named: str,
    files: Files,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    items = told(files, record_with(files, {**count}), tmp_path, capsys, recounted_by=listed)
    assert named in failures(items)


def test_a_manifest_without_the_field_is_no_manifest(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = bundles.whole(files)
    manifest = {name: one for name, one in json.loads(whole["manifest.json"]).items() if name != "recounted_by"}
    bundles.put(tmp_path, {**whole, "manifest.json": entry.canonical(manifest)})
    assert verify.main([str(tmp_path), "--vkey", str(bundles.vkey())]) == 1
    assert "[不通过] 清单 manifest.json 的格式" in capsys.readouterr().out


# A forger who holds the key, and pairs answers otherwise or takes other steps

PLAN, ROWS = survey_plan(), people(60, leniency=0.2)
VERDICT = judge(PLAN, sections=verdict_cast.SECTIONS, evidence=ROWS)
HONEST = published(PLAN, sheets=VERDICT.sheets, evidence=ROWS)


def other_steps(honest: Published) -> Published:
    return replace(honest, pairs=tuple(replace(one, steps=one.steps + 1) for one in honest.pairs))


def other_pairs(honest: Published) -> Published:
    """Pair the answers of each section anew: every count of evidence.csv is kept, and so is every other file."""
    lines = []
    for section in verdict_cast.NAMES:
        own = [one for one in honest.sheets if one.section == section]
        single = [replace(one, times=1) for one in own for _ in range(one.times)]
        first = sorted(one.answers[0] for one in single)
        second = sorted((one.answers[1] for one in single), reverse=True)
        lines += [replace(one, answers=pair) for one, pair in zip(single, zip(first, second, strict=True), strict=True)]
    counted: dict[Any, int] = {}
    for one in lines:
        counted[one] = counted.get(one, 0) + 1
    return replace(honest, sheets=tuple(replace(one, times=many) for one, many in counted.items()))


def bundled(told: Published) -> Files:
    """Return the files with these tables, and the assessment that follows from them."""
    assessment = assess_published(PLAN, verdict=VERDICT, told=told)
    found = bundle.verdict_files(
        PLAN, sections=verdict_cast.SECTIONS, evidence=ROWS, verdict=VERDICT, assessment=assessment
    )
    return {**found, **told.files()}


def findings(files: Files) -> dict[str, tuple[Any, bool]]:
    """Each finding of a section, with whether it is said to hold by the counts alone."""
    sections = json.loads(files["estimates.json"])["classes"][0]["certainty"]["sections"]
    return {
        f"{one['section']} {name}": (one[name], one["alone"][name])
        for one in sections
        for name in ("last", "may_be_last", "ranks", "ranks_together")
    }


@pytest.mark.parametrize("forge", [other_steps, other_pairs])
def test_a_forged_pairing_changes_nothing_that_holds_by_the_counts_alone_and_the_missing_count_is_said(
    forge: Callable[[Published], Published], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    honest, forged = bundled(HONEST), bundled(forge(HONEST))
    assert forged != honest
    assert forged["evidence.csv"] == honest["evidence.csv"]
    before, after = findings(honest), findings(forged)
    assert [
        name for name, (value, alone) in after.items() if alone and before[name][1] and value != before[name][0]
    ] == []
    items = told(forged, record_with(forged), tmp_path, capsys)  # settled, bound and signed as if nothing were
    assert [one["text"] for one in items if ALONE in one["text"]]
    items = told(forged, record_with(forged, {"files": honest}), tmp_path, capsys, recounted_by=[COUNTER])
    assert EQUAL in failures(items), "whoever counted again, from the rows themselves, gives it away"


def test_what_is_published_is_what_the_house_computes_from_the_tables() -> None:
    assert assess_published(PLAN, verdict=VERDICT, told=HONEST) == assess(PLAN, verdict=VERDICT, evidence=ROWS)
