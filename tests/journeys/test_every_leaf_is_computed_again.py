"""Whoever holds the key and signs another verdict is found by computing it again: every leaf of it (§4.4b, §5.4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pingyi import verify
from pingyi.inference.tests.surveyed import people, survey_plan
from pingyi.rules.plan import Plan
from pingyi.rules.tests import verdict_cast as cast
from tests.journeys import bundle_cast as bundles
from tests.journeys.bundle_cast import EVIDENCE, Files, files_of
from tests.journeys.bundle_changes import changed_leaf, leaves

EACH = 2  # leaves tried of each kind
VOTES = [
    cast.answers(box, count, section=section, group=group, source="assembly")
    for section, counts in (("office", (7, 3, 2)), ("brigade", (1, 9, 4)), ("pollution", (5, 5, 0)))
    for box, count in zip(("good", "bad", "unknown"), counts, strict=True)
    for group in ("clients", "supervisors" if section == "office" else "society")
    if count
]
FULL = [*EVIDENCE, cast.event("banner", "9", section="pollution", source="bonus")]
YEARS: dict[str, tuple[Plan, list[Any]]] = {
    "a survey and visits": (cast.plan(), FULL),
    "an assembly": (cast.voting_plan(minimum=5), VOTES),
    "persons who answered two questions": (survey_plan(), people(24)),
}


def kind_of(path: tuple[Any, ...]) -> str:
    """Return a leaf's place without the numbers of rows, and without the names of sections and facts."""
    return "/".join("#" if isinstance(name, int) else str(name) for name in path)


def sample(content: bytes) -> Iterator[tuple[Any, ...]]:
    """Yield some leaves of each kind: the first ones and the last."""
    kinds: dict[str, list[tuple[Any, ...]]] = {}
    for path in leaves(json.loads(content)):
        kinds.setdefault(kind_of(path), []).append(path)
    for paths in kinds.values():
        yield from dict.fromkeys([*paths[: EACH - 1], paths[-1]])


@pytest.mark.parametrize("year", list(YEARS))
def test_a_leaf_of_the_verdict_that_was_changed_and_signed_anew_is_named(year: str) -> None:
    files = files_of(*YEARS[year])
    tried = list(sample(files["verdict.json"]))
    assert len({kind_of(path) for path in tried}) > 45
    assert verdict_failures(files) == []
    for path in tried:
        forged = {**files, "verdict.json": changed_leaf(files["verdict.json"], path)}
        assert verdict_failures(forged), path


def test_such_a_verdict_is_bound_and_signed_and_still_no_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(*YEARS["a survey and visits"])
    place = ("sheets", 0, "lines", 0, "reason", "facts", "n")
    forged = bundles.whole({**files, "verdict.json": changed_leaf(files["verdict.json"], place)})
    bundles.put(tmp_path, forged)
    assert verify.main([str(tmp_path), "--vkey", str(bundles.vkey()), "--json"]) == 1
    items = json.loads(capsys.readouterr().out)["items"]
    failures = [one for one in items if one["passed"] is False and one["check"]]
    assert [one["check"] for one in failures] == ["verdict"]
    assert failures[0]["text"] == "得分表逐项：办公室 (/lines/0/reason/facts/n)"


@pytest.mark.parametrize("counted", ["nothing", "again"])
def test_a_plan_that_cannot_be_computed_with_is_named_and_ends_in_no_traceback(
    counted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(*YEARS["a survey and visits"])
    plan = json.loads(files["plan.json"])
    test = {**plan["triggers"][0]["all_of"][0], "kind": "times", "trigger": counted}
    plan["triggers"].append({**plan["triggers"][0], "id": "again", "all_of": [test]})
    bundles.put(tmp_path, bundles.whole({**files, "plan.json": verify.canonical(plan)}))
    assert verify.main([str(tmp_path), "--vkey", str(bundles.vkey())]) == 1
    assert "[不通过] 结果：缺失或无法读取" in capsys.readouterr().out


def test_points_moved_from_one_line_to_another_are_found() -> None:
    files = files_of(*YEARS["a survey and visits"])
    verdict = json.loads(files["verdict.json"])
    first, second = verdict["sheets"][0]["lines"][:2]
    first["points"], second["points"] = second["points"], first["points"]
    assert verdict_failures({**files, "verdict.json": verify.canonical(verdict)})


def verdict_failures(files: Files) -> list[str]:
    """Return what the stranger's computation names."""
    report = verify.Report("zh", quiet=True)
    try:
        verify.check_verdict(files, report)
    except verify.FAULTS as fault:
        return [repr(fault)]
    return [one["text"] for one in report.items if one["passed"] is False]
