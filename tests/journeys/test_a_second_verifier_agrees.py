"""A second program, written from the page of the format, finds the same verdict, numbers and faults (§5.4)."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from pingyi import clock, verify
from pingyi.authoring import bundle
from pingyi.bureau.tests.cast import Cast
from pingyi.record import keys
from pingyi.record.tests import office as witness
from pingyi.stations.results.tests import stage
from tests import second_verifier as second
from tests.journeys import bundle_cast as bundles
from tests.journeys import made_up_years as years
from tests.journeys import vector_year
from tests.journeys.bundle_changes import changed_leaf
from tests.journeys.test_every_leaf_is_computed_again import YEARS, kind_of, sample

VKEY = str(bundles.vkey())
SOURCES = ("evidence.csv", "pairs.csv", "past.csv", "plan.json", "sample.csv", "sections.json", "sheets.csv")


def both(path: Path, *words: str) -> tuple[int, int]:
    """Return how the two programs end."""
    return verify.main([str(path), *words]), second.main([str(path), *words])


def findings(files: dict[str, bytes], folder: Path) -> list[str]:
    """Return what the second program says of files that were signed by nobody."""
    (folder / "bundle.zip").write_bytes(bundle.write(files))
    found, *_ = second.checked(folder / "bundle.zip")
    return [f"{check}: {text}" for check, text in found]


@pytest.mark.parametrize("year", list(YEARS))
def test_both_programs_pass_a_signed_bundle_and_ask_for_the_key_where_none_is_named(year: str, tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundles.packed(bundles.files_of(*YEARS[year])))
    assert both(path, "--vkey", VKEY) == (0, 0)
    assert both(path) == (2, 2)
    assert both(path, "--vkey", str(bundles.vkey(bundles.OTHER_KEY))) == (1, 1)


def test_both_programs_pass_the_bundle_of_the_played_year(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    later = stage.AFTER + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "today", later.date)
    stage.confirmed(cast)
    office = cast.client("zhou")
    office.post("/publications/verdict/2026/publish/")  # laid down; the witness is missing
    witness.sign(at=later)
    assert office.post("/publications/verdict/2026/publish/").status_code == 302
    path = tmp_path / "bundle.zip"
    path.write_bytes(Client().get("/public/2026/bundle.zip").content)
    assert both(path, "--vkey", str(keys.verifier())) == (0, 0)


def test_both_programs_agree_on_the_reference_year(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "stats" / "pingyi-full-A"
    files = years.of_folder(folder)
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundles.packed(files))
    assert both(path, "--vkey", VKEY) == (0, 0)
    case = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    computed = second.Computed(files)
    sure = computed.sure.whole["classes"][0]
    for at, said in enumerate(case["sections"]):
        for source in sure["estimates"]:
            assert float(source["values"][at]) == pytest.approx(said[source["source"]], rel=1e-9)
            assert source["covariance"][at][at] ** 0.5 == pytest.approx(said[f"{source['source']}_se"], rel=1e-7)
        assert sure["certainty"]["sections"][at]["rank"] == said["rank"]


def test_both_programs_read_who_counted_again(tmp_path: Path) -> None:
    files, path = bundles.files_of(*YEARS["an assembly"]), tmp_path / "bundle.zip"
    path.write_bytes(zipped(bundles.recounted(files)))
    assert both(path, "--vkey", VKEY) == (0, 0)
    record = bundles.Record()
    record.settle(files)
    record.recount(files, who="m1")  # the one who settled
    record.bind(files)
    path.write_bytes(zipped(bundles.whole(files, record, recounted_by=[{**bundles.COUNTER, "member": "m1"}])))
    assert both(path, "--vkey", VKEY) == (1, 1)


def test_both_programs_hold_receipt_contents_and_a_kept_checkpoint_against_the_bundle(tmp_path: Path) -> None:
    files = bundles.files_of(*YEARS["an assembly"])
    record = bundles.record_of(files)
    kept = tmp_path / "kept"
    kept.write_bytes(record.exported()["checkpoint"])
    path, receipt = tmp_path / "bundle.zip", tmp_path / "receipt"
    path.write_bytes(bundles.packed(files, record))
    record.publish(path.read_bytes())
    record.tell("task.done", "task/9", on="2026-11-22")
    receipt.write_text(record.receipt(len(record.bodies) - 2), encoding="utf-8")
    words = ["--vkey", VKEY, "--receipt", str(receipt), "--held", str(kept)]
    contents = bundle.contents_digest(files)
    assert both(path, *words, "--bundle-digest", contents) == (0, 0)
    assert both(path, *words, "--bundle-digest", "0" * 64) == (1, 1)
    receipt.write_text(record.receipt(len(record.bodies) - 1), encoding="utf-8")  # of another entry
    assert both(path, *words) == (1, 1)
    other = bundles.Record()
    other.settle(bundles.files_of(*YEARS["a survey and visits"]))
    kept.write_bytes(other.exported()["checkpoint"])
    assert both(path, "--vkey", VKEY, "--held", str(kept)) == (1, 1)


@pytest.mark.parametrize("seed", range(50))
def test_both_programs_agree_on_made_up_years(seed: int, tmp_path: Path) -> None:
    files = years.made_up(seed)
    assert findings(files, tmp_path) == []
    assert verify.main([str(tmp_path / "bundle.zip")]) == 2


def test_the_made_up_years_hold_every_kind_of_thing() -> None:
    files = [years.made_up(seed) for seed in range(50)]
    text = b"".join(one["verdict.json"] + one["estimates.json"] for one in files).decode()
    words = ["line.bonus_capped", "line.cap_", "line.floor", "line.veto_score_zero", "line.veto_rank_last",
             "line.empty_zero", "line.empty_full", "line.empty_drop", "line.refused", "line.no_demerits", "place.tied",
             "place.waits", "place.unranked", "quota.beyond", "_unproven", "test.times", "test.last_shared",
             '"insufficient"', '"confirmed"', '"method":"cases"', '"method":"ballots"']  # fmt: skip
    assert [word for word in words if word not in text] == []
    joined = [row for one in files for row in csv.DictReader(io.StringIO(one["sample.csv"].decode()))]
    assert any(int(row["joined"]) > 1 for row in joined)
    assert any(row["units"] != row["persons"] for row in joined)
    assert any(row["frame"] for row in joined)


def changed_cells(files: dict[str, bytes]) -> list[tuple[str, int, str]]:
    """Return every cell of the tables, as file, row and column."""
    found = []
    for name in (one for one in SOURCES if one.endswith(".csv")):
        rows = list(csv.DictReader(io.StringIO(files[name].decode())))
        found += [(name, at, column) for at, row in enumerate(rows) for column in row]
    return found


def with_cell(files: dict[str, bytes], name: str, at: int, column: str) -> dict[str, bytes]:
    """Return the files with one cell changed, the table sorted again."""
    head, *rows = list(csv.reader(io.StringIO(files[name].decode())))
    rows[at][head.index(column)] += "1"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *sorted(rows)])
    return {**files, name: out.getvalue().encode()}


def test_a_changed_cell_with_a_manifest_that_fits_is_named_by_the_second_program(tmp_path: Path) -> None:
    files = bundles.whole(bundles.files_of(*YEARS["persons who answered two questions"]))
    cells = changed_cells(files)
    for name, at, column in random.Random(4).sample(cells, 12):
        forged = bundles.relisted(with_cell(files, name, at, column))
        path = tmp_path / "bundle.zip"
        path.write_bytes(zipped(forged))
        found, *_ = second.checked(path, vkey=VKEY)
        said = [text for check, text in found if check == "record.binding"]
        assert any("evidence.csv" in text for text in said), (name, at, column)
        assert verify.main([str(path), "--vkey", VKEY]) == 1


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of just these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            archive.writestr(name, files[name])
    return out.getvalue()


def test_a_leaf_that_was_changed_and_signed_anew_is_named_by_the_second_program() -> None:
    files = bundles.files_of(*YEARS["persons who answered two questions"])
    computed = second.Computed(files)
    missed = set()
    for name, run in (("verdict.json", second.verdict), ("estimates.json", second.estimates)):
        for path in sample(files[name]):
            found = list(run({**files, name: changed_leaf(files[name], path)}, computed))
            missed |= set() if found else {f"/{kind_of(path)}"}
            assert all(one.startswith(name) for one in found)
    assert missed == set()


def test_a_covariance_that_no_pairing_of_the_sheets_gives_is_named_by_the_second_program(tmp_path: Path) -> None:
    files = vector_year.vector()
    assert findings(files, tmp_path) == []
    forged = {**files, "pairs.csv": files["pairs.csv"].replace(b",-2", b",2")}
    assert "estimates: pairs.csv survey brigade office" in findings(forged, tmp_path)
    dropped = {**files, "pairs.csv": b"source,a,b,steps\n"}
    assert "estimates: pairs.csv survey brigade office" in findings(dropped, tmp_path)


def test_sheets_that_are_not_the_answers_are_named_by_the_second_program(tmp_path: Path) -> None:
    files = vector_year.vector()
    forged = {**files, "sheets.csv": files["sheets.csv"].replace(b"fair|good,4", b"fair|good,5")}
    assert "estimates: sheets.csv survey///office: not the answers" in findings(forged, tmp_path)
