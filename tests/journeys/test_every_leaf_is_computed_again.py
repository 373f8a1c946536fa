"""Whoever holds the key and signs another verdict is found by computing it again: every leaf (§4.4b, §5.2, §5.4)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
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
    "answers without persons": (survey_plan(), [replace(row, unit="") for row in people(24)]),
}
# What only the bureau's word stood for, and is computed again.
ONCE_BELIEVED = {
    "format", "weight_range", "classes/#/estimates/#/method", "classes/#/certainty/dominance",
    *(f"classes/#/certainty/flips/#/{name}" for name in ("source", "claim", "section", "rival", "records", "of")),
    *(f"classes/#/certainty/sections/#/weights/{name}" for name in ("low", "high", "margin", "can_be_last")),
    *(f"classes/#/certainty/sections/#/weights/{name}/#" for name in ("at", "against")),
    *(f"classes/#/certainty/sections/#/shrunk/{name}" for name in ("share", "score")),
    "classes/#/unsure", "classes/#/given", "classes/#/put_last", "classes/#/without_score",
}  # fmt: skip
NUMBER = re.compile(r"-?\d+\.\d+(E-\d+)?")


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


def failures(check: Callable[[Files, verify.Report], None], files: Files) -> list[str]:
    """Return what the stranger's computation names."""
    report = verify.Report("zh", quiet=True)
    try:
        check(files, report)
    except verify.FAULTS as fault:
        return [repr(fault)]
    return [one["text"] for one in report.items if one["passed"] is False]


@pytest.mark.parametrize("year", list(YEARS))
def test_a_leaf_of_the_verdict_that_was_changed_and_signed_anew_is_named(year: str) -> None:
    files = files_of(*YEARS[year])
    tried = list(sample(files["verdict.json"]))
    assert len({kind_of(path) for path in tried}) > 45
    assert failures(verify.check_verdict, files) == []
    for path in tried:
        forged = {**files, "verdict.json": changed_leaf(files["verdict.json"], path)}
        assert failures(verify.check_verdict, forged), path


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


def moved(content: bytes, path: tuple[Any, ...]) -> bytes:
    """Return estimates with one leaf changed, a number in its fourth digit: all are held to seven at least."""
    told = json.loads(content)
    at = told
    for name in path[:-1]:
        at = at[name]
    old = at[path[-1]]
    if isinstance(old, str) and NUMBER.fullmatch(old):
        at[path[-1]] = f"{float(old) * 1.0001 + 0.0001:.10f}"
        return verify.canonical(told)
    return changed_leaf(content, path)


@pytest.mark.parametrize("year", list(YEARS))
def test_a_leaf_of_how_sure_it_is_that_was_changed_and_signed_anew_is_named(year: str) -> None:
    files = files_of(*YEARS[year])
    tried = list(sample(files["estimates.json"]))
    assert failures(verify.check_estimates, files) == []
    for path in tried:
        forged = {**files, "estimates.json": moved(files["estimates.json"], path)}
        assert failures(verify.check_estimates, forged), path
    if year == "persons who answered two questions":
        assert {kind_of(path) for path in tried} >= ONCE_BELIEVED


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (("flips", 0, "records"), "占优与翻转余量 (/flips/0/records)"),
        (("dominance",), "占优与翻转余量 (/dominance)"),
        (("sections", 1, "weights", "margin"), "其他权重与收缩得分：污染控制科 (/weights/against)"),
        (("sections", 1, "weights", "at", 0), "其他权重与收缩得分：污染控制科 (/weights/at)"),
        (("sections", 0, "shrunk", "score"), "其他权重与收缩得分：办公室 (/shrunk/score)"),
    ],
)
def test_such_estimates_are_bound_and_signed_and_still_no_pass(
    place: tuple[Any, ...], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(*YEARS["persons who answered two questions"])
    forged = moved(files["estimates.json"], ("classes", 0, "certainty", *place))
    bundles.put(tmp_path, bundles.whole({**files, "estimates.json": forged}))
    assert verify.main([str(tmp_path), "--vkey", str(bundles.vkey()), "--json"]) == 1
    items = json.loads(capsys.readouterr().out)["items"]
    found = [(one["check"], one["text"]) for one in items if one["passed"] is False and one["check"]]
    assert found == [("estimates", named)]


def test_who_says_that_nothing_can_be_said_must_show_why() -> None:
    files = files_of(*YEARS["persons who answered two questions"])
    told = json.loads(files["estimates.json"])
    (one,) = told["classes"]
    hidden = {"certainty": None, "unsure": [{"source": "visits", "code": "estimate.too_few_visits", "facts": {}}]}
    kept = {"estimates": one["estimates"][:1], "weights": one["weights"][:1]}
    told["classes"] = [{**one, **hidden, **kept}]
    assert failures(verify.check_estimates, {**files, "estimates.json": verify.canonical(told)})


def test_visits_that_tell_nothing_are_said_to_and_that_is_found_right() -> None:
    rows = [row for row in people(24) if row.source != "visits"]
    rows += [cast.marks("80", section=name, indicator="seen") for name in cast.NAMES]
    files = files_of(survey_plan(), rows)
    assert json.loads(files["estimates.json"])["classes"][0]["unsure"]
    assert failures(verify.check_estimates, files) == []


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
    assert failures(verify.check_verdict, {**files, "verdict.json": verify.canonical(verdict)})
