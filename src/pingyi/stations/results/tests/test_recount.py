"""Another person counts the settled numbers again: allowed, refused, forbidden, recorded; what differs is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from pingyi import desk
from pingyi.authoring import bundle
from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast, enlist
from pingyi.desk import DeskKind
from pingyi.record import audit, sequence
from pingyi.record.models import Entry
from pingyi.rules.actor import Role
from pingyi.rules.refused import Refused
from pingyi.stations.results.actions import recount as actions
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import Recount, Snapshot, Verdict
from pingyi.stations.results.queries import recount as queries
from pingyi.stations.results.tests import stage


def refusal(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused, override("zh-hans"):
        call()
    return refused.value


def altered(column: str, old: str, new: str, *, table: str = "results_snapshot") -> None:
    """Change a row past the record."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = REPLACE({column}, %s, %s)", [old, new])  # noqa: S608
        assert cursor.rowcount


def names(refused: Refused) -> set[str]:
    return set(str(refused.facts["files"]).split("、"))


def test_an_equal_count_is_recorded_with_its_digest_and_who_made_it(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    row = actions.recount(verdict.number, by=cast.actor("he"), at=stage.PREVIEW)
    assert (row.is_equal, row.differs, row.published_sha256) == (True, [], verdict.published_sha256)
    told = json.loads(Entry.objects.get(verb="result.recount").body)
    assert told["by"] == {"member": cast.he.reference, "role": "district_office"}
    assert told["public"]["verdict"] == verdict.subject
    assert (told["public"]["published_sha256"], told["public"]["is_equal"]) == (verdict.published_sha256, True)
    assert cast.he.name not in Entry.objects.get(verb="result.recount").body
    assert Verdict.objects.get().version == verdict.version, "a count moves nothing"
    sequence.sequence(at=stage.PREVIEW)
    assert audit.examine().faults == ()


def test_settling_keeps_the_digest_of_each_file(cast: Cast) -> None:
    verdict = stage.settled(cast)
    kept = Snapshot.objects.get().files
    assert kept is not None
    assert set(kept) == set(bundle.SOURCES)
    assert bundle.together(kept) == verdict.published_sha256


@pytest.mark.parametrize("who", ["wang", "zhao", "chen", "sun", "wu"])
def test_sections_the_leader_and_supervisors_do_not_count_again(cast: Cast, who: str) -> None:
    verdict = stage.previewed(cast)
    by = cast.actor(who)
    assert refusal(lambda: actions.recount(verdict.number, by=by, at=stage.PREVIEW)).code == "forbidden"
    assert not Recount.objects.exists()


def test_who_settled_does_not_count_again_in_whatever_post(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    assert refusal(lambda: actions.recount(verdict.number, by=cast.actor("zhou"), at=stage.PREVIEW)).code == "own_work"
    same = enlist("shen", name="周明", role=Role.AUDITOR, by=cast.actor("li"), at=stage.PREVIEW)
    row = type(same).objects.filter(pk=same.pk)
    super(type(row), row).update(person=cast.zhou.person)
    by = type(same).objects.get(pk=same.pk).actor()
    assert refusal(lambda: actions.recount(verdict.number, by=by, at=stage.PREVIEW)).code == "own_work"


def test_the_second_officer_and_an_auditor_count_again_each_once(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    auditor = enlist("shen", name="沈青", role=Role.AUDITOR, by=cast.actor("zhou"), at=stage.PREVIEW)
    for by in (cast.actor("li"), auditor.actor()):
        assert actions.recount(verdict.number, by=by, at=stage.PREVIEW).is_equal
        again = refusal(lambda by=by: actions.recount(verdict.number, by=by, at=stage.PREVIEW))  # type: ignore[misc]
        assert again.code == "result.recounted_already"
    assert [one["name"] for one in queries.names(verdict)] == ["李芳", "沈青"]


def test_a_count_of_an_earlier_settlement_no_longer_counts(cast: Cast) -> None:
    first = stage.settled(cast)
    actions.recount(first.number, by=cast.actor("he"), at=stage.SETTLED)
    second = stage.settle(cast, at=stage.SETTLED)
    assert queries.standing_behind(first)
    assert not queries.standing_behind(second)
    gone = refusal(lambda: actions.recount(first.number, by=cast.actor("li"), at=stage.SETTLED))
    assert gone.code == "result.not_recount"
    assert actions.recount(second.number, by=cast.actor("he"), at=stage.SETTLED).is_equal


CHANGES = [
    ("evidence", '"times":"55"', '"times":"54"', {"冻结的佐证原始行", "导入的佐证表", "evidence.csv", "verdict.json"}),
    ("sections", "办公室", "办公厅", {"sections.json"}),
    ("plan", "政风行风实施方案", "政风行风方案", {"plan.yaml", "plan.json", "verdict.json"}),
    ("past", "[]", '[{"section":"brigade","trigger":"last","year":2025}]', {"past.csv"}),
]


@pytest.mark.parametrize(("column", "old", "new", "named"), CHANGES, ids=[one[0] for one in CHANGES])
def test_a_count_that_differs_is_recorded_refused_and_names_the_files(
    cast: Cast, column: str, old: str, new: str, named: set[str]
) -> None:
    verdict = stage.previewed(cast)
    altered(column, old, new)
    refused = refusal(lambda: actions.recount(verdict.number, by=cast.actor("he"), at=stage.PREVIEW))
    assert refused.code == "result.recount_differs"
    assert named <= names(refused)
    row = Recount.objects.get()
    assert (row.is_equal, row.published_sha256 == verdict.published_sha256) == (False, False)
    assert Entry.objects.filter(verb="result.recount").count() == 1
    assert not queries.standing_behind(verdict)


def test_who_answered_what_together_is_held_against_the_tables_that_were_brought_in(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    altered("content", '"times":"55"', '"times":"54"', table="results_evidencepage")
    refused = refusal(lambda: actions.recount(verdict.number, by=cast.actor("he"), at=stage.PREVIEW))
    assert names(refused) == {"导入的佐证表"}


def test_frozen_rows_that_cannot_be_read_any_more_differ(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    altered("evidence", '"section"', '"sektion"')
    refused = refusal(lambda: actions.recount(verdict.number, by=cast.actor("he"), at=stage.PREVIEW))
    assert names(refused) == {"冻结的佐证原始行"}
    assert Recount.objects.get().published_sha256 == ""


def test_a_digest_altered_with_the_rows_it_is_of_is_no_way_out(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    altered("sections", "办公室", "办公厅")
    found = queries.count_again(verdict)
    altered("published_sha256", verdict.published_sha256 or "", found.published_sha256, table="results_verdict")
    assert "sections.json" in queries.count_again(Verdict.objects.get()).differs


def test_a_verdict_that_comes_out_otherwise_is_told_and_does_not_become_final(cast: Cast) -> None:
    verdict = stage.previewed(cast)
    altered("sections", "办公室", "办公厅")
    refusal(lambda: actions.recount(verdict.number, by=cast.actor("he"), at=stage.PREVIEW))
    told = Notice.objects.filter(code="result.recount_differs").values_list("to__reference", flat=True)
    assert set(told) == {cast.zhou.reference, cast.li.reference, cast.sun.reference}
    late = desk.items(cast.actor("li"), at=stage.PREVIEW)[DeskKind.LATE]
    assert [one.url for one in late if one.is_alarm] == ["/results/verdict/"]
    stopped = refusal(lambda: settling.confirm(verdict.number, by=cast.actor("li"), at=stage.AFTER))
    assert stopped.code == "result.recount_disputed"


def test_a_settlement_of_a_former_version_is_settled_anew_first(cast: Cast) -> None:
    verdict = stage.settled(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_verdict SET published_sha256 = NULL")
    refused = refusal(lambda: actions.recount(verdict.number, by=cast.actor("he"), at=stage.SETTLED))
    assert refused.code == "result.recount_unbound"


def test_the_count_waits_on_the_desks_of_those_who_may_until_somebody_did_it(cast: Cast) -> None:
    verdict = stage.previewed(cast)

    def waiting(who: str) -> bool:
        found = desk.items(cast.actor(who), at=stage.PREVIEW)[DeskKind.WAITING]
        return any(one.url == "/results/verdict/recount/" for one in found)

    assert {who: waiting(who) for who in ("zhou", "li", "he", "sun", "wang")} == {
        "zhou": False, "li": True, "he": True, "sun": False, "wang": False,
    }  # fmt: skip
    actions.recount(verdict.number, by=cast.actor("he"), at=stage.PREVIEW + timedelta(hours=1))
    assert not waiting("li")
