"""Nobody without the key changes anything in a bundle: each file is the one that the signed record tells of (§5.4)."""

from __future__ import annotations

import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pingyi import verify
from pingyi.authoring import bundle
from pingyi.rules import entry
from pingyi.rules.tests import verdict_cast as cast
from tests.journeys import bundle_cast as bundles
from tests.journeys.bundle_cast import EVIDENCE, Files, Record, files_of
from tests.journeys.bundle_changes import changes

VKEY = str(bundles.vkey())
SAMPLE = 8  # changes tried of each file; the bench tries all


@pytest.fixture(scope="module")
def files() -> Files:
    """What the bundle holds besides the record."""
    return files_of(cast.plan(), EVIDENCE)


@pytest.fixture(scope="module")
def whole(files: Files) -> Files:
    """The signed bundle."""
    return bundles.whole(files)


def checked(folder: Path, files: Files, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    """Return the exit code and the failures of the bundle as a folder."""
    bundles.put(folder, files)
    return said(folder, capsys, *(options or ("--vkey", VKEY)))


def said(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    """Return exit code and failures."""
    code = verify.main([str(path), "--json", *options])
    told = json.loads(capsys.readouterr().out)
    return code, [f"{one['check']}: {one['text']}" for one in told["items"] if one["passed"] is False and one["check"]]


# What is there, and what is not


def test_a_bundle_passes_for_whoever_knows_the_key_and_is_no_pass_for_others(
    whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, whole, capsys) == (0, [])
    assert checked(tmp_path, whole, capsys, "--vkey", "") == (2, [])


def test_a_bundle_that_nobody_signed_is_right_in_itself_and_no_more(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = bundle.with_manifest(files)
    assert checked(tmp_path, plain, capsys, "--vkey", "") == (2, [])
    assert checked(tmp_path, plain, capsys, "--vkey", VKEY)[0] == 1
    half = bundles.relisted({**plain, "log/vkey": f"{VKEY}\n".encode()})
    assert checked(tmp_path, half, capsys, "--vkey", "")[1][:1] == ["files.list: 文件 log/checkpoint：缺失"]


def test_a_whole_bundle_signed_by_another_key_is_never_a_pass(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = bundles.whole(files, key=bundles.OTHER_KEY)
    assert checked(tmp_path, forged, capsys, "--vkey", "")[0] == 2
    code, failures = checked(tmp_path, forged, capsys)
    assert code == 1
    assert "record.signatures: 存证：检查点的签名" in failures


def test_a_name_that_stands_twice_in_the_zip_is_refused(
    whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = whole["evidence.csv"].replace(b"49.99", b"69.99")
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        warnings.simplefilter("ignore")  # that the name is there already
        for name, content in [("evidence.csv", forged), *whole.items()]:
            archive.writestr(name, content)
    code, failures = said(tmp_path / "b.zip", capsys, "--vkey", VKEY)
    assert (code, failures) == (1, ["files.list: 文件 evidence.csv：在压缩包里出现两次"])


def test_another_release_than_the_record_names_is_found(
    whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said_there = json.loads(whole["manifest.json"])
    forged = {**said_there, "software": {**said_there["software"], "tree": "0" * 64}}
    code, failures = checked(tmp_path, {**whole, "manifest.json": entry.canonical(forged)}, capsys)
    assert code == 1
    assert [one for one in failures if "软件版本" in one]


def test_a_bundle_of_the_former_format_is_sent_to_its_own_program(
    whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    former = {"format": "pingyi-bundle/1", "files": json.loads(whole["manifest.json"])["files"]}
    code, failures = checked(tmp_path, {**whole, "manifest.json": entry.canonical(former)}, capsys)
    assert code == 1
    (verdict,) = failures or [""]
    assert "verify.py" in verdict


def test_both_programs_name_the_same_files() -> None:
    assert (verify.FORMAT, verify.SOURCES, verify.FOUND) == (bundle.FORMAT, bundle.SOURCES, bundle.FOUND)
    assert (*(bundle.LOG + name for name in bundle.RECORD), bundle.NOTE) == verify.SIGNED
    assert (verify.OWN, verify.MANIFEST) == (bundle.VERIFIER, bundle.MANIFEST)


def test_every_check_is_listed_with_its_section(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main(["--list", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [one[0] for one in verify.CHECKS]


# The record tells something else


def swapped(files: Files) -> Files:
    """Two sections exchange their names; no score moves."""
    sections = json.loads(files["sections.json"])
    sections[0]["name"], sections[4]["name"] = sections[4]["name"], sections[0]["name"]
    return {**files, "sections.json": entry.canonical(sections)}


def test_names_that_are_exchanged_without_any_key_are_found(
    whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, failures = checked(tmp_path, bundles.relisted(swapped(whole)), capsys)
    assert code == 1
    assert any("sections.json" in one and one.startswith("record.binding") for one in failures)
    assert any("sections.json" in one and one.startswith("verdict") for one in failures)


def told(change: Callable[[Record, Files], None]) -> Callable[[Files], Files]:
    """Return a bundle whose record, signed with the right key, tells something else."""

    def bundled(files: Files) -> Files:
        record = Record()
        change(record, files)
        return bundles.whole(files, record)

    return bundled


def never_bound(record: Record, files: Files) -> None:
    record.settle(files)


def bound_before_the_last_change(record: Record, files: Files) -> None:
    record.settle(files)
    record.bind(files)
    record.tell("result.apply", "verdict/1", on="2026-11-22", stage="confirmed", **verdict(files))


def withdrawn(record: Record, files: Files) -> None:
    record.settle(files)
    record.bind(files)
    record.tell("result.withdraw", "verdict/1", on="2026-11-22", stage="withdrawn", **verdict(files))


def only_computed(record: Record, files: Files) -> None:
    record.settle(files, stage="preview")
    record.bind(files)


def settled_on_other_files(record: Record, files: Files) -> None:
    record.settle({**files, "past.csv": files["past.csv"] + b"x"})
    record.bind(files)


def by_another_plan(record: Record, files: Files) -> None:
    record.settle({**files, "plan.yaml": b"x"})
    record.bind(files)


def assessed_otherwise(record: Record, files: Files) -> None:
    record.settle({**files, "estimates.json": b"x"})
    record.bind(files)


def corrected_since(record: Record, files: Files) -> None:
    """The newest entry of the verdict is of another one: an older entry's digest does not count."""
    record.settle(files)
    said = {**verdict(files), "verdict_sha256": "0" * 64}
    record.tell("result.settle", "verdict/1", on="2026-11-22", stage="confirmed", **said)
    record.bind(files)


def with_a_gap(record: Record, files: Files) -> None:
    record.settle(files)
    record.bind(files)
    record.rows["task/1"] = (7, "0" * 64)
    record.tell("task.accept", "task/1", on="2026-11-22")


def verdict(files: Files) -> dict[str, str]:
    return {
        "verdict_sha256": bundles.digest(files["verdict.json"]),
        "plan_sha256": bundles.digest(files["plan.yaml"]),
        "published_sha256": bundle.published_digest(files),
    }


TOLD = [
    (never_bound, "公布前登记的内容"),
    (bound_before_the_last_change, "公布前登记的内容"),
    (withdrawn, "结果的最新条目（withdrawn）"),
    (only_computed, "结果的最新条目（preview）"),
    (settled_on_other_files, "是据以评议的内容"),
    (by_another_plan, "plan.yaml 是据以评议的方案"),
    (assessed_otherwise, "存证中记有可靠程度的摘要"),
    (corrected_since, "结果的最新条目"),
    (with_a_gap, "每行记录的条目前后相接（task/1）"),
]


@pytest.mark.parametrize(("change", "named"), TOLD, ids=[change.__name__ for change, _ in TOLD])
def test_only_the_newest_entries_count_and_each_file_is_theirs(
    change: Callable[[Record, Files], None],
    named: str,
    files: Files,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, failures = checked(tmp_path, told(change)(files), capsys)
    assert code == 1
    assert any(named in one for one in failures), failures


def test_log_key_and_note_of_another_bundle_are_found(
    files: Files, whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    better = [row for row in EVIDENCE if row.source != "deduction"]
    other = bundles.whole(files_of(cast.plan(), better))
    log = {name: content for name, content in other.items() if name.startswith("log/")}
    foreign = {"log/vkey": f"{bundles.vkey(bundles.OTHER_KEY)}\n".encode()}
    for forged, named in (
        (bundles.relisted({**whole, **log}), "存证中记有这份结果的摘要"),
        ({**whole, "manifest.note": other["manifest.note"]}, "manifest.note"),
        (bundles.relisted({**whole, **foreign}), "log/vkey"),
    ):
        code, failures = checked(tmp_path, forged, capsys)
        assert code == 1
        assert any(named in one for one in failures), failures


# The receipt and the digest that the page shows


def test_the_receipt_says_that_this_very_zip_was_published(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = bundles.record_of(files)
    zipped, other = bundles.packed(files, record), io.BytesIO()
    record.publish(zipped)
    for number in range(5):
        record.tell("task.done", f"late/{number}", on="2026-11-22")
    path, receipt = tmp_path / "bundle.zip", tmp_path / "bundle.receipt"
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive, zipfile.ZipFile(other, "w") as again:
        for name in archive.namelist():
            again.writestr(name, archive.read(name))
    good = record.receipt(-6)
    forged = record.receipt(-6, bundles.OTHER_KEY)
    for content, text, fails in (
        (zipped, good, False),
        (other.getvalue(), good, True),
        (zipped, forged, True),
        (zipped, record.receipt(-5), True),
        (zipped, good.replace("index 11", "index 12"), True),
    ):
        path.write_bytes(content)
        receipt.write_text(text, encoding="utf-8")
        code, failures = said(path, capsys, "--vkey", VKEY, "--receipt", str(receipt))
        assert (code, any(one.startswith("record.receipt") for one in failures)) == (int(fails), fails), failures


def test_the_digest_that_the_page_shows_is_held_against_the_contents(
    files: Files, whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = bundle.contents_digest(files)
    assert checked(tmp_path, whole, capsys, "--vkey", VKEY, "--bundle-digest", digest) == (0, [])
    plain = bundle.with_manifest(swapped(files))
    code, failures = checked(tmp_path, plain, capsys, "--bundle-digest", digest)
    assert code == 1
    assert failures[0] == "files.manifest: 内容摘要与您给出的一致"


# Every part of every file


CONTENTS = sorted({*bundle.SOURCES, *bundle.FOUND, "verify.py"})


@pytest.mark.parametrize("name", CONTENTS)
def test_any_change_in_any_file_is_found_and_the_file_is_named_though_the_manifest_fits(
    name: str, whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = changes(name, whole[name])
    assert every
    for change in random.Random(name).sample(every, min(SAMPLE, len(every))):
        forged = bundles.relisted({**whole, name: change()})
        assert forged[name] != whole[name]
        code, failures = checked(tmp_path, forged, capsys)
        assert code == 1
        assert any(name in one and one.startswith("record.binding") for one in failures), failures
        assert any("manifest.note" in one for one in failures)


@pytest.mark.parametrize("name", sorted({*CONTENTS, *verify.SIGNED}))
def test_any_file_that_is_dropped_is_named_though_the_manifest_fits(
    name: str, whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = {one: content for one, content in whole.items() if one != name}
    code, failures = checked(tmp_path, bundles.relisted(forged), capsys)
    assert code == 1
    assert failures[0] == f"files.list: 文件 {name}：缺失"


@pytest.mark.parametrize("name", ["log/checkpoint", "log/entries.jsonl", "log/vkey", "manifest.note"])
def test_any_change_in_the_record_of_the_bundle_is_found(
    name: str, whole: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = changes(name, whole[name])
    for change in random.Random(name).sample(every, SAMPLE):
        forged = bundles.relisted({**whole, name: change()})
        code, failures = checked(tmp_path, forged, capsys)
        assert code == 1
        assert any(one.startswith("record.") for one in failures), failures
