"""Two sources of one figure: it is asked which counts, the answer is recorded, and one row decides nothing alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.refused import Refused
from pingyi.rules.result import Ruled, Ruling
from pingyi.stations.cases.tests.conftest import Play
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.actions import evidence as bringing
from pingyi.stations.results.actions import source as choosing
from pingyi.stations.results.actions import verdict as settling
from pingyi.stations.results.models import EvidenceBatch, SourceChoice, Verdict
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.queries import recount
from pingyi.stations.results.queries import source as sources
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.tests import stage

pytestmark = pytest.mark.django_db

ON = stage.SETTLED.date()


@pytest.fixture
def year(cast: Cast) -> Play:
    """A year with whole tables of every source, in which one case has been closed in the system (2 March)."""
    play = Play(cast=cast, round=stage.open_year(cast), is_remembered=False)
    play.done()
    stage.bring(cast)
    return play


def of_cases(play: Play) -> dict[str, int]:
    """How many rows of each origin count for the answering of cases."""
    found = [row for row in gathering.gathered(play.round, on=ON) if row.indicator == "cases_answered"]
    tables = sum(row.reference.startswith("evidence/") for row in found)
    return {"tables": tables, "house": len(found) - tables}


def choose(play: Play, counts: str, since: date | None = None) -> SourceChoice:
    return choosing.choose("cases", counts=counts, since=since, by=play.actor("zhou"), at=stage.SETTLED)


def test_one_case_in_the_system_throws_no_table_away_it_is_asked(year: Play) -> None:
    assert of_cases(year) == {"tables": 0, "house": 0}, "neither side, before it is chosen"
    with pytest.raises(Refused) as caught:
        stage.settle(year, at=stage.SETTLED)
    assert (caught.value.code, caught.value.facts) == ("evidence.source_undecided", {"names": "诉求办理"})
    page = year.cast.client("zhou").get("/results/settle/").content.decode()
    assert "请先选定以哪一方为准" in page
    assert "计算结果</button>" not in page


def test_the_chosen_side_counts_and_the_choice_stands_in_the_record(year: Play) -> None:
    choose(year, "table")
    assert of_cases(year) == {"tables": 25, "house": 0}
    again = choose(year, "house")
    assert of_cases(year) == {"tables": 0, "house": 1}
    verbs = Entry.objects.filter(subject=again.subject).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["evidence.choose", "evidence.choose"]


def test_tables_count_until_the_start_and_this_house_from_then_on(year: Play) -> None:
    choose(year, "until", date(2026, 9, 2))  # the tables are of 1 September, the case of before
    assert of_cases(year) == {"tables": 25, "house": 0}
    choose(year, "until", date(2026, 1, 1))
    assert of_cases(year) == {"tables": 0, "house": 1}
    found = sources.source(year.round, "cases", on=ON).meeting
    assert found is not None
    assert found.tables.counting == 0
    assert found.tables.both > 25


@pytest.mark.parametrize(
    ("counts", "source", "code"),
    [
        ("both", "cases", "evidence.choice_needed"),
        ("until", "cases", "evidence.choice_day_needed"),
        ("until", "assembly", "evidence.choice_not_parted"),
        ("table", "nothing", "missing"),
    ],
)
def test_a_choice_that_says_nothing_is_refused(year: Play, counts: str, source: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        choosing.choose(source, counts=counts, by=year.actor("zhou"), at=stage.SETTLED)


def test_a_verdict_of_another_choice_is_not_current_and_a_final_one_keeps_its_own(year: Play) -> None:
    choose(year, "table")
    settled = stage.settle(year, at=stage.SETTLED)
    assert queries.is_current(settled)
    assert recount.count_again(settled).differs == ()
    choose(year, "house")
    assert not queries.is_current(settled)
    choose(year, "table")
    assert queries.is_current(settled)
    settling.open_preview(settled.number, by=year.actor("zhou"), at=stage.PREVIEW)
    settling.confirm(settled.number, decision="照此", rulings=_rulings(settled), by=year.actor("li"), at=stage.AFTER)
    with pytest.raises(Refused, match=r"evidence.result_is_final"):
        choosing.choose("cases", counts="house", by=year.actor("zhou"), at=stage.AFTER)


def test_a_second_count_takes_the_rows_of_the_days_that_were_chosen(year: Play) -> None:
    choose(year, "until", date(2026, 9, 2))
    settled = stage.settle(year, at=stage.SETTLED)
    assert recount.count_again(settled).differs == ()


def test_the_preview_of_a_table_asks_and_says_how_many_rows_will_not_count(cast: Cast) -> None:
    play = Play(cast=cast, round=stage.open_year(cast), is_remembered=False)
    play.done()
    client = cast.client("zhou")
    file = SimpleUploadedFile("诉求办理.csv", _hotline(plans.plan(play.round)))
    address = client.post("/results/evidence/", {"table": file, "source": "cases", "happened_on": "2026-02-01"})[
        "Location"
    ]
    page = client.get(address).content.decode()
    assert "以导入的表格为准：表格5行计入，本系统的1条不计入" in page
    assert "以本系统的工单、任务为准：本系统1条计入，表格5行不计入" in page
    assert 'name="since_cases" value="2026-03-' in page, "the first day that this house knows of is proposed"
    refused = client.post(address, {"source": "cases", "happened_on": "2026-02-01"})
    assert refused.status_code == 422
    assert not EvidenceBatch.objects.exists()
    answer = {"source": "cases", "happened_on": "2026-02-01", "counts_cases": "until", "since_cases": "2026-03-01"}
    assert client.post(address, answer).status_code == 302
    assert SourceChoice.objects.get().choice.brief == "until:2026-03-01"
    assert of_cases(play) == {"tables": 5, "house": 1}


def test_the_list_of_tables_says_which_rows_do_not_count(year: Play) -> None:
    choose(year, "house")
    page = year.cast.client("zhou").get("/results/evidence/").content.decode()
    assert "35行不计入" in page


def test_an_indicator_of_one_row_says_so_and_cannot_decide_alone(cast: Cast) -> None:
    _bring_one(cast)
    assert "按期答复：仅依据一行" in cast.client("zhou").get("/results/settle/").content.decode()
    with pytest.raises(Refused) as caught:
        stage.settle(cast, at=stage.SETTLED)
    assert (caught.value.code, caught.value.field) == ("evidence.rests_on_one_row", "reason")


def test_what_rests_on_one_row_is_marked_on_its_sheet_and_not_confirmed_in_silence(cast: Cast) -> None:
    _bring_one(cast)
    row = stage.settle(cast, at=stage.SETTLED, reason="其余科室全年没有诉求")
    assert row.alone == ["cases_answered"]
    client = cast.client("zhou")
    assert "仅依据一行" in client.get("/results/sections/brigade/").content.decode()
    assert "仅依据一行" not in client.get("/results/sections/office/").content.decode()
    settling.open_preview(row.number, by=cast.actor("zhou"), at=stage.PREVIEW)
    said = {"decision": "照此", "rulings": _rulings(row), "by": cast.actor("li"), "at": stage.AFTER}
    with pytest.raises(Refused) as caught:
        settling.confirm(row.number, **said)
    assert (caught.value.code, caught.value.field) == ("result.rests_on_one_row", "is_known")
    assert settling.confirm(row.number, is_known=True, **said).confirmed_on == stage.AFTER.date()


def _rulings(row: Verdict) -> dict[str, Ruled]:
    drafts = queries.drafts(row, on=stage.AFTER.date())
    return {one.key: Ruled(ruling=Ruling.ORDER) for one in queries.to_rule_on(row, drafts)}


def _bring_one(cast: Cast) -> None:
    """Bring whole tables of everything but the answering of cases, of which there is one row of one section."""
    play = stage.open_year(cast)
    rows = [row for row in stage.evidence(plans.plan(play)) if row.indicator != "cases_answered"]
    one = Evidence(
        section="brigade", indicator="cases_answered", source="cases", happened_on=stage.DAY, value=Decimal(60)
    )  # fmt: skip
    stage.tables_count(cast)
    bringing.import_rows([*rows, one], file_name="汇总.xlsx", sha256="c" * 64, by=cast.actor("zhou"), at=stage.SETTLED)


def _hotline(plan: Plan) -> bytes:
    names = [one.name for one in gathering.facts(plan)]
    return "\n".join(["科室,指标,数值", *(f"{name},按期答复,90" for name in names)]).encode()
