"""A bundle and the stranger's program: the same verdict a second time, and every altered byte found and named."""

from __future__ import annotations

import base64
import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi import verify
from pingyi.authoring import bundle
from pingyi.inference.of_verdict import assess
from pingyi.rules import entry, merkle
from pingyi.rules.evidence import Evidence, PastOutcome
from pingyi.rules.plan import Consequence, Indicator, Plan, Ranking, Rounding, Trigger
from pingyi.rules.plan.measure import Empty, Measure
from pingyi.rules.plan.outcome import Comparison, ConsequenceKind, LastPlace, RoundingMode, Test, TestKind, TieRule
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge
from tests.journeys import bundle_cast as bundles
from tests.journeys.bundle_cast import EVIDENCE, PAST, files_of

VKEY = str(bundles.vkey())


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return bundles.whole(files_of(cast.plan(), EVIDENCE))


def run(folder: Path, files: dict[str, bytes], capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    code = verify.main([str(folder), *([] if "--vkey" in options else ["--vkey", VKEY]), *options])
    return code, capsys.readouterr().out


def test_a_good_bundle_passes_from_a_zip_with_python_alone(whole: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundles.packed(files_of(cast.plan(), EVIDENCE)))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / "manifest.json").read_bytes() == whole["manifest.json"]
    for target in (str(path), str(tmp_path / "unpacked")):
        command = [sys.executable, "-I", str(tmp_path / "unpacked" / "verify.py"), target, "--vkey", VKEY]
        done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "[不通过]" not in done.stdout
        assert "得分：污染控制科 79.996" in done.stdout
        assert "存证：检查点的签名" in done.stdout


def test_english_is_printed_on_demand(
    whole: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(tmp_path, whole, capsys, "--lang", "en")
    assert code == 0
    assert "[pass] in all: 0 failed" in said


def test_the_same_files_give_the_same_zip() -> None:
    files = files_of(cast.plan(), EVIDENCE)
    assert bundle.write(files) == bundle.write(dict(reversed(files.items())))


NAMES = [
    "estimates.json", "evidence.csv", "log/checkpoint", "log/entries.jsonl", "log/vkey", "past.csv", "plan.json",
    "plan.yaml", "sections.json", "verdict.json", "verify.py", "manifest.json", "manifest.note",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_one_changed_byte_in_any_file_is_found_and_the_file_is_named(
    name: str, part: float, whole: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(whole[name])
    content[int(len(content) * part)] ^= 1
    code, said = run(tmp_path, {**whole, name: bytes(content)}, capsys)
    assert code == 1
    assert "[不通过]" in said
    assert name.startswith("manifest.") or f"文件 {name} 与清单不符" in said


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_named(
    name: str, whole: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(tmp_path, {one: content for one, content in whole.items() if one != name}, capsys)
    assert code == 1
    assert f"文件 {name}：缺失" in said


def test_an_added_file_is_named(whole: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "文件 extra.txt：多出" in run(tmp_path, bundles.relisted({**whole, "extra.txt": b"x"}), capsys)[1]


def in_json(name: str, change: Callable[[Any], None]) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def forged(files: dict[str, bytes]) -> dict[str, bytes]:
        content = json.loads(files[name])
        change(content)
        return {**files, name: entry.canonical(content)}

    return forged


def in_text(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def forged(files: dict[str, bytes]) -> dict[str, bytes]:
        assert old.encode() in files[name]
        return {**files, name: files[name].replace(old.encode(), new.encode(), 1)}

    return forged


def weight(plan: Any) -> None:
    plan["sources"][0]["weight"], plan["sources"][1]["weight"] = "0.61", "0.39"


def limit(plan: Any) -> None:
    plan["triggers"][1]["all_of"][0]["score"] = "79"


def rank(verdict: Any) -> None:
    verdict["placements"][0]["rank"] = 2


def fire(verdict: Any) -> None:
    verdict["triggers"][0]["fires"] = not verdict["triggers"][0]["fires"]


def line(verdict: Any) -> None:
    verdict["sheets"][0]["lines"][0]["points"] = "61"


def grade(verdict: Any) -> None:
    verdict["grades"]["information"] = "fine"


def print_(verdict: Any) -> None:
    verdict["sheets"][1]["printed"] = "80.00"


FORGERIES = [
    (in_json("plan.json", weight), "得分：办公室"),
    (in_json("plan.json", limit), "触发“低于80分”"),
    (in_json("verdict.json", rank), "排名：办公室"),
    (in_json("verdict.json", fire), "触发“末位”"),
    (in_json("verdict.json", line), "得分表逐项：办公室"),
    (in_json("verdict.json", grade), "排名：信息中心"),
    (in_json("verdict.json", print_), "得分：污染控制科"),
    (in_text("evidence.csv", "number,49.99,", "number,50.01,"), "得分：污染控制科"),
    (in_text("log/entries.jsonl", "2026-05-01", "2026-05-02"), "检查点的根"),
    (in_text("log/checkpoint", "\n11\n", "\n12\n"), "检查点的签名"),
]


@pytest.mark.parametrize(("forge", "named"), FORGERIES)
def test_a_forgery_with_a_manifest_that_fits_is_found_by_computing_again(
    forge: Callable[[dict[str, bytes]], dict[str, bytes]],
    named: str,
    whole: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, said = run(tmp_path, bundles.relisted(forge(whole)), capsys)
    assert code == 1
    assert any(row.startswith("[不通过]") and named in row for row in said.splitlines()), said


def test_a_whole_verdict_forged_together_does_not_stand_in_the_record(
    whole: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    better = [replace(row, value=Decimal(100)) if row.reference.startswith("visits/poll") else row for row in EVIDENCE]
    log = {name: content for name, content in whole.items() if name.startswith("log/")}
    code, said = run(tmp_path, bundles.relisted({**whole, **files_of(cast.plan(), better), **log}), capsys)
    assert code == 1
    assert "[不通过] 存证中记有这份结果的摘要" in said


def test_another_key_and_an_older_checkpoint_are_held_against_the_record(
    whole: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vkey = str(bundles.vkey(bundles.OTHER_KEY))
    assert "[不通过] 存证：检查点的签名" in run(tmp_path, whole, capsys, "--vkey", vkey)[1]
    leaves = [entry.leaf_hash(body) for body in whole["log/entries.jsonl"].splitlines()]
    kept = tmp_path.parent / f"{tmp_path.name}-held"
    for size, expected in ((3, 0), (2, 1)):
        root = base64.b64encode(merkle.root(3, merkle.over(leaves))).decode()
        kept.write_text(f"{bundles.ORIGIN}\n{size}\n{root}\n\n", encoding="utf-8")
        assert run(tmp_path, whole, capsys, "--held", str(kept))[0] == expected


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no zip"])
def test_a_file_that_is_no_bundle_fails_without_a_traceback(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert verify.main([str(tmp_path / "x.zip")]) == 1
    assert "打不开" in capsys.readouterr().out


def test_the_published_signatures_of_ed25519_are_accepted_and_an_altered_one_is_not(shared: Path) -> None:
    vectors = json.loads((shared / "data" / "vectors" / "ed25519_rfc8032.json").read_text(encoding="utf-8"))["vectors"]
    for one in vectors:
        public, message, signature = (bytes.fromhex(one[name]) for name in ("public", "message", "signature"))
        assert Ed25519PrivateKey.from_private_bytes(bytes.fromhex(one["seed"])).sign(message) == signature
        assert verify.signature_fits(public, signature, message)
        assert not verify.signature_fits(public, signature, message + b"x")


def test_signatures_are_checked_as_the_published_vectors_say(shared: Path) -> None:
    text = (shared / "data" / "vectors" / "signed_note.json").read_text(encoding="utf-8")
    vectors = json.loads(text)
    for case in vectors["notes"]:
        keys = [key for key in case["vkeys"] if key in vectors["vkeys_good"]]
        if case.get("ok"):
            assert all(verify.signed_by(case["note"], key) for key in keys if key.split("+")[0] in case["verified"])
    cosigned = json.loads((shared / "data" / "vectors" / "checkpoint_cosignature.json").read_text(encoding="utf-8"))
    for point in cosigned["checkpoints"]:
        assert verify.signed_by(point["note"], cosigned["log"]["vkey"])
        assert all(verify.signed_by(point["note"], one["vkey"]) for one in cosigned["witnesses"])


TRIGGERS = (
    Trigger(id="last", name="末位", all_of=(Test(kind=TestKind.LAST),), consequences=("explain",)),
    Trigger(id="low", name="低", all_of=(Test(kind=TestKind.BELOW, score=Decimal(80)),), consequences=(), at_most=2),
    Trigger(
        id="edge", name="边", all_of=(Test(kind=TestKind.BELOW, score=Decimal(84), is_inclusive=True),), consequences=()
    ),
    Trigger(id="bottom", name="后", all_of=(Test(kind=TestKind.BOTTOM, share=Decimal("0.4")),), consequences=()),
    Trigger(id="top", name="前", all_of=(Test(kind=TestKind.TOP, count=2),), consequences=("honor",), at_most=1),
    Trigger(
        id="high",
        name="高",
        all_of=(Test(kind=TestKind.ABOVE, score=Decimal(84), is_inclusive=True),),
        consequences=("honor", "explain"),
        at_most=2,
    ),
    Trigger(id="over", name="超", all_of=(Test(kind=TestKind.ABOVE, score=Decimal(90)),), consequences=()),
    Trigger(id="graded", name="等", all_of=(Test(kind=TestKind.GRADE, grade="fail"),), consequences=()),
    Trigger(id="vetoed", name="否", all_of=(Test(kind=TestKind.VETO),), consequences=()),
    Trigger(
        id="again", name="再", all_of=(Test(kind=TestKind.TIMES, trigger="last", count=2),), consequences=("explain",)
    ),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    ties = draw(st.sampled_from(TieRule))
    changes: dict[str, Any] = {
        "triggers": TRIGGERS,
        "consequences": (
            Consequence(id="explain", name="说明情况", kind=ConsequenceKind.EXPLANATION),
            Consequence(id="honor", name="表扬", kind=ConsequenceKind.HONOR),
        ),
        "rounding": Rounding(
            digits=draw(st.integers(0, 3)),
            mode=draw(st.sampled_from(RoundingMode)),
            comparison=draw(st.sampled_from(Comparison)),
        ),
        "ranking": Ranking(ties=ties, tie_sources=("survey", "visits"), last_place=draw(st.sampled_from(LastPlace))),
    }
    base = cast.plan()
    empty = [Empty.DROP, Empty.ZERO, Empty.FULL]
    changes["sources"] = tuple(replace(source, empty=draw(st.sampled_from(empty))) for source in base.sources)
    late = Indicator(
        id="late", name="迟到", criterion="law", source="visits", weight=Decimal("0.3"), measure=Measure.DEMERITS
    )
    how = draw(st.sampled_from([Measure.SATISFACTION_RATE, Measure.SATISFACTION_SCORE]))
    changes["indicators"] = (
        replace(base.indicators[0], measure=how), replace(base.indicators[1], weight=Decimal("0.7")), late,
    )  # fmt: skip
    return cast.plan(**changes)


@st.composite
def evidence(draw: st.DrawFn) -> list[Evidence]:
    def of(section: str) -> Evidence:
        kind = draw(st.integers(0, 5))
        if kind == 0:
            return cast.marks(str(draw(st.integers(0, 20)) * 5), section=section)
        if kind == 1:
            return cast.marks(str(draw(st.integers(0, 9))), section=section, indicator="late")
        if kind == 2:
            item = draw(st.sampled_from(["banner", "method"]))
            return cast.event(item, str(draw(st.integers(0, 2))), section=section, source="bonus")
        if kind == 3:
            return cast.event("exposed", section=section, source="deduction")
        if kind == 4 and draw(st.integers(0, 3)) == 0:
            return cast.event(draw(st.sampled_from(["bribe", "accident", "fraud"])), section=section, source="veto")
        return cast.answers(draw(st.sampled_from(["good", "fair", "bad", "unknown"])), 1, section=section)

    return [of(section) for section in draw(st.lists(st.sampled_from(list(cast.NAMES)), min_size=3, max_size=40))]


@settings(max_examples=150, deadline=None)
@given(plans(), evidence())
def test_two_implementations_agree_on_every_verdict(plan: Plan, rows: list[Evidence]) -> None:
    report = verify.Report("en")
    past = (*PAST, *(PastOutcome(section=one, trigger="last", year=2025) for one in ("office", "brigade")))
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows, past=past)
    files = bundle.verdict_files(
        plan, sections=cast.SECTIONS, evidence=rows, past=past, verdict=verdict,
        assessment=assess(plan, verdict=verdict, evidence=rows),
    )  # fmt: skip
    verify.check_verdict(files, report)
    verify.check_estimates(files, report)
    assert not report.failed


def test_two_implementations_agree_on_elector_groups_and_on_missing_evidence() -> None:
    votes = [
        cast.answers("good", 7, section="office", group="clients", source="assembly"),
        cast.answers("bad", 3, section="office", group="supervisors", source="assembly"),
        cast.answers("fair", 9, section="brigade", group="society", source="assembly"),
    ]
    for minimum in (1, 5):
        report = verify.Report("en")
        verify.check_verdict(files_of(cast.voting_plan(minimum=minimum), votes), report)
        assert not report.failed


def test_evidence_is_written_so_that_a_spreadsheet_reads_it() -> None:
    rows = list(csv.DictReader(io.StringIO(files_of(cast.plan(), EVIDENCE)["evidence.csv"].decode())))
    assert len(rows) == len(EVIDENCE)
    assert rows[0]["happened_on"] == "2026-08-20"
