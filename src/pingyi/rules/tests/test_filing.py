"""Filing with an office above: who receives, what is late, what may be exchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pingyi.rules import filing
from pingyi.rules.actor import Role
from pingyi.rules.filing import FilingStage, FilingState
from pingyi.rules.plan.people import Authority, Chain, Doer
from pingyi.rules.plan.schedule import Phase, Product, Task
from pingyi.rules.refused import Refused
from pingyi.rules.tests import verdict_cast as cast

DUE = date(2026, 11, 30)
AUTHORITIES = (
    Authority(id="district_office", name="区纠风办", chain=Chain.BLOCK),
    Authority(id="province_line", name="上级主管局", chain=Chain.LINE),
)


def test_the_block_is_received_by_the_district_and_the_line_by_the_city_bureau() -> None:
    assert filing.receiver_of("district_office", authorities=AUTHORITIES) is Role.DISTRICT_OFFICE
    assert filing.receiver_of("province_line", authorities=AUTHORITIES) is Role.CITY_BUREAU
    assert filing.receiver_of("city_bureau", authorities=()) is Role.CITY_BUREAU
    assert filing.receiver_of("public", authorities=AUTHORITIES) is None


def test_lateness_is_counted_from_the_due_date_to_the_filing_or_to_today() -> None:
    wanted = FilingState(due_on=DUE)
    assert filing.days_late(wanted, on=DUE) == 0
    assert filing.days_late(wanted, on=date(2026, 12, 3)) == 3
    filed = filing.file(wanted, on=date(2026, 12, 1))
    assert filing.days_late(filed, on=date(2027, 1, 1)) == 1
    assert filing.days_late(FilingState(), on=DUE) == 0


def test_the_summaries_are_the_duties_that_say_so_else_all_that_sections_do_in_the_last_phase() -> None:
    def duty(name: str, product: Product | None, *, phase: str = "end", doer: Doer = Doer.EVERY_SECTION) -> Task:
        return Task(id=name, title=name, phase=phase, doer=doer, product=product)

    phases = tuple(
        Phase(id=name, name=name, begins_on=date(2026, month, 1), ends_on=date(2026, month, 28))
        for name, month in (("begin", 3), ("end", 11))
    )
    talk, paper = duty("talk", None), duty("paper", Product.SUMMARY)
    early = duty("early", Product.SUMMARY, phase="begin")
    whole = duty("whole", Product.SUMMARY, doer=Doer.SUPERVISION_OFFICE)
    said = {
        (talk, duty("other", None), whole): ("talk", "other"),
        (talk, paper, early, whole): ("paper",),
        (talk, early): ("early",),
        (talk, duty("list", Product.DIGEST)): ("talk", "list"),
    }
    for tasks, summaries in said.items():
        assert filing.summaries(cast.plan(phases=phases, tasks=tasks)) == summaries


def test_a_paper_is_exchanged_until_it_is_received_and_then_no_more() -> None:
    filed = filing.file(FilingState(due_on=DUE), on=DUE)
    again = filing.file(filed, on=date(2026, 12, 1))
    assert (again.stage, again.filed_on) == (FilingStage.FILED, date(2026, 12, 1))
    received = filing.receive(again, by=Role.DISTRICT_OFFICE, number="区纠风办收〔2026〕31号", on=date(2026, 12, 2))
    assert (received.stage, received.received_on) == (FilingStage.RECEIVED, date(2026, 12, 2))
    with pytest.raises(Refused) as refused:
        filing.file(received, on=DUE)
    assert refused.value.code == "filing.received_already"
    with pytest.raises(Refused) as refused:
        filing.receive(received, by=Role.DISTRICT_OFFICE, number="1", on=DUE)
    assert refused.value.code == "filing.received_already"


@pytest.mark.parametrize(
    ("role", "number", "code"),
    [
        (Role.CITY_BUREAU, "1", "filing.not_yours"),
        (Role.DISTRICT_OFFICE, "  ", "filing.number_malformed"),
        (Role.DISTRICT_OFFICE, "号" * 41, "filing.number_malformed"),
        (Role.DISTRICT_OFFICE, "<b>", "filing.number_malformed"),
    ],
)
def test_only_the_office_it_was_filed_with_acknowledges_under_a_number(role: Role, number: str, code: str) -> None:
    filed = filing.file(FilingState(), on=DUE)
    with pytest.raises(Refused) as refused:
        filing.receive(filed, by=role, number=number, on=DUE)
    assert refused.value.code == code


def test_what_was_not_filed_cannot_be_received() -> None:
    with pytest.raises(Refused) as refused:
        filing.receive(FilingState(), by=Role.DISTRICT_OFFICE, number="1", on=DUE)
    assert refused.value.code == "filing.not_filed"


FILED = filing.file(FilingState(due_on=DUE), on=DUE)


def on_paper(received_on: date, *, has_scan: bool = True) -> str:
    """The code with which a receipt on paper is refused on 10 December."""
    with pytest.raises(Refused) as refused:
        filing.receive_on_paper(
            FILED, number="收〔2026〕3号", received_on=received_on, has_scan=has_scan, on=date(2026, 12, 10)
        )
    return refused.value.code


def test_a_receipt_on_paper_is_of_a_day_since_the_filing_and_has_its_scan() -> None:
    assert on_paper(date(2026, 11, 29)) == "filing.day_out_of_range"
    assert on_paper(date(2026, 12, 11)) == "filing.day_out_of_range"
    assert on_paper(date(2026, 12, 1), has_scan=False) == "filing.scan_needed"


def test_a_paper_is_returned_for_a_reason_only() -> None:
    sent = replace(FILED, receiver=Role.DISTRICT_OFFICE)
    with pytest.raises(Refused) as refused:
        filing.send_back(sent, by=Role.DISTRICT_OFFICE, reason=" ")
    assert (refused.value.code, refused.value.field) == ("filing.reason_needed", "reason")
    assert filing.send_back(sent, by=Role.DISTRICT_OFFICE, reason="缺附件").stage is FilingStage.RETURNED
