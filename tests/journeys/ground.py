"""A site with something in every room, for tests that walk through all of its pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.test import Client

from pingyi.bureau import shelf
from pingyi.bureau.middleware import CURRENT
from pingyi.bureau.models import Member
from pingyi.bureau.tests.cast import Cast, enlist
from pingyi.documents.handed_in import HandedIn
from pingyi.rules.actor import Role
from pingyi.stations.cases.actions import answer, clock, custody, intake, keys
from pingyi.stations.cases.contact import Contact
from pingyi.stations.commitments.actions import board, commitment, openness
from pingyi.stations.plans.actions import task
from pingyi.stations.plans.models import Task
from pingyi.stations.publication.actions import filing, publish
from pingyi.stations.results.actions import objection
from pingyi.stations.results.tests import stage

MORE_PEOPLE = {"wen": Role.SURVEY_TEAM, "shen": Role.AUDITOR, "tang": Role.CITY_BUREAU}
CALLER = Contact(name="林先生", phone="13800000001", address="柳溪路8号")
PAPER = HandedIn(name="总结.txt", mime="text/plain", content="全局总结".encode())
PROMISE = {"what": "投诉办结并答复", "amount": 10, "unit": "working", "measured_by": "工单办结日期"}


def noon(month: int, day: int) -> datetime:
    """Noon where the bureau is."""
    return datetime.combine(date(2026, month, day), time(4), tzinfo=UTC)


SPRING, TODAY = noon(3, 17), noon(11, 18)


def furnish(cast: Cast) -> None:
    """Put something into every room, some of it on its way and some at its end."""
    for who, role in MORE_PEOPLE.items():
        enlist(who, name=f"{who}某", role=role, by=cast.actor("zhou"))
    stage.open_year(cast)
    taken_up = _spring(cast)
    stage.previewed(cast)
    objection.file_objection(text="满意度有误", by=cast.actor("wang"), at=TODAY)
    _reported(cast, taken_up)
    _cases(cast)
    _promises(cast)
    publish.publish_plan(2026, by=cast.actor("zhou"), at=TODAY)
    publish.publish_notice(title="评议公告", text="今年的评议开始了。", by=cast.actor("zhou"), at=TODAY)
    filing.file(2026, "summary_district", document=PAPER, by=cast.actor("zhou"), at=TODAY)


def _spring(cast: Cast) -> Task:
    """Two tasks get a person; for one of them more time is asked; return the other."""
    first, second = Task.objects.filter(section__reference="brigade").order_by("due_on")[:2]
    for one in (first, second):
        task.assign(one.reference, to=cast.zhao.reference, by=cast.actor("wang"), at=SPRING)
    task.extend_ask(
        second.reference, until=second.due_on + timedelta(days=3), reason="等待资料", by=cast.actor("zhao"), at=SPRING
    )
    return first


def _reported(cast: Cast, taken_up: Task) -> None:
    proofs = (shelf.put(PAPER),)
    task.report(taken_up.reference, text="已完成", proofs=proofs, by=cast.actor("zhao"), at=TODAY)


def _cases(cast: Cast) -> None:
    def received(**more: object) -> str:
        told = {"kind": "complaint", "channel": "phone", "text": "柳溪路工地连续三晚施工", "contact": CALLER}
        return intake.receive(**{**told, **more}, by=cast.actor("zhou"), at=TODAY).reference  # type: ignore[arg-type]

    zhou, zhao = cast.actor("zhou"), cast.actor("zhao")
    received(title="夜间施工")
    offered, held, done = received(title="油烟扰民"), received(title="河水发黑"), received(title="异味扰民")
    for one in (offered, held, done):
        custody.assign(one, to="brigade", by=zhou, at=TODAY)
    for one in (held, done):
        custody.accept(one, by=zhao, at=TODAY)
    clock.notify(held, papers="现场照片", by=zhao, at=TODAY)
    answer.answer(done, text="经现场监测，夜间噪声未超过标准，已要求停工。", by=zhao, at=TODAY)
    answer.settle(done, result="工地已加装隔声屏障，复测达标。", by=zhao, at=TODAY)
    answer.close(done, by=zhou, at=TODAY)
    keys.issue(channel="hotline_12345", label="热线平台", by=zhou, at=TODAY)


def _promises(cast: Cast) -> None:
    zhou, wang = cast.actor("zhou"), cast.actor("wang")
    commitment.draft(section="brigade", **PROMISE, by=wang, at=TODAY)  # type: ignore[arg-type]
    for _ in range(2):
        row = commitment.draft(section="brigade", **PROMISE, by=wang, at=TODAY)  # type: ignore[arg-type]
        commitment.propose(row.reference, by=wang, at=TODAY)
    commitment.publish(row.reference, by=zhou, at=TODAY)
    shown, _ = openness.add(sections=["brigade"], items=["fee_rates", "fee_basis"], by=zhou, at=TODAY)
    openness.show(shown.reference, place="一楼大厅公示栏", proofs=(shelf.put(PAPER),), by=wang, at=TODAY)
    board.publish(section="brigade", mailbox="jd@example.cn", by=zhou, at=TODAY)
    board.place(place="一楼大厅", section="brigade", by=wang, at=TODAY)


def person(who: str) -> Client:
    """Return a client signed in as the member whose user name is `who`."""
    one = Member.objects.get(login__username=who)
    signed_in = Client()
    signed_in.force_login(one.login)  # type: ignore[arg-type]
    session = signed_in.session
    session[CURRENT] = one.reference
    session.save()
    return signed_in
