"""How the rehearsal files with the offices above, and makes the plan and the verdict public (§4.3d, §4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

from pingyi.documents import handed_in
from pingyi.documents.handed_in import HandedIn
from pingyi.rehearsal import witnesses
from pingyi.rehearsal.duties import Step
from pingyi.rules.actor import Actor, Role
from pingyi.rules.filing import receiver_of, summaries
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.publication.actions import filing, publish
from pingyi.stations.publication.queries import report

FILE, ACKNOWLEDGE = "file", "acknowledge"
KINDS = frozenset({FILE, ACKNOWLEDGE})

ENDING = "个别科室首次响应偏慢，原因是节假日轮班交接不清。明年3月底前修订交接班办法，6月底前复查。"


def steps(round_: Round, *, until: date) -> Iterator[Step]:
    """Yield the plan's filings on their days; what goes to the city bureau comes three days late."""
    plan = plans.plan(round_)
    for one in plan.filings:
        receiver = receiver_of(one.recipient, authorities=plan.authorities)
        if one.due_on is None or receiver is None:
            continue
        filed = one.due_on + timedelta(days=3 if receiver is Role.CITY_BUREAU else -1)
        for kind, on in ((FILE, filed), (ACKNOWLEDGE, filed + timedelta(days=1))):
            if on <= until:
                yield Step(on=on, kind=kind, subject=one.id)


def take(at: datetime, *, step: Step, round_: Round, people: dict[str, Actor]) -> None:
    """File, or acknowledge what was filed."""
    if step.kind == FILE:
        paper = _paper(round_, step, by=people["zhouming"])
        filing.file(round_.year, step.subject, document=paper, note="请予备案。", by=people["zhouming"], at=at)
    else:
        _acknowledge(round_, step, people=people, at=at)


def make_known(year: int, *, people: dict[str, Actor], at: datetime) -> None:
    """Publish the verdict and say so in a notice."""
    with suppress(Refused):  # laid down in the record, and refused until the plan's witness has signed that
        publish.publish_verdict(year, by=people["zhouming"], at=at)
    witnesses.sign(at=at)
    publish.publish_verdict(year, by=people["zhouming"], at=at)
    text = (
        f"{year}年度评议结果现予公布，公示期七天。对结果有疑问的，可以下载全部材料自行核对，也可以向监察室反映。\n\n"
        "本通知属于演练，不是真实结果。"
    )
    publish.publish_notice(title=f"{year}年度评议结果公示通知", text=text, by=people["zhouming"], at=at)


def _paper(round_: Round, step: Step, *, by: Actor) -> HandedIn:
    """Return the bureau's summary where the sections have reported; else a plain paper on the rectification."""
    plan = plans.plan(round_)
    asked = next(one for one in plan.filings if one.id == step.subject)
    closing = [task.due_on for task in plan.tasks if task.id in summaries(plan) and task.due_on]
    if closing and step.on > max(closing):
        return report.of_bureau(round_, on=step.on, seen_by=by, ending=ENDING).docx()
    note = f"演练材料：{asked.title}\n问题已分解到科室，按期整改，并向社会公示。\n"
    return handed_in.accept(note.encode(), name=f"{asked.title}.txt")


def _acknowledge(round_: Round, step: Step, *, people: dict[str, Actor], at: datetime) -> None:
    plan = plans.plan(round_)
    place = next(number for number, one in enumerate(plan.filings, 1) if one.id == step.subject)
    receiver = receiver_of(plan.filings[place - 1].recipient, authorities=plan.authorities)
    by = next(one for one in people.values() if one.role is receiver)
    filing.receive(round_.year, step.subject, number=f"收〔{round_.year}〕{30 + place}号", by=by, at=at)
