"""The end of the played year: settled, previewed, contested, confirmed, ordered, made public (§4.4b, §4.4c)."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from pingyi import ready
from pingyi.bureau import readiness
from pingyi.bureau.actions import ready as acceptances
from pingyi.rehearsal import closing
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.cast import UNITS
from pingyi.rehearsal.hours import hour
from pingyi.rehearsal.marks import marks
from pingyi.rehearsal.play import Play
from pingyi.rules.day import day_of
from pingyi.rules.plan.outcome import ConsequenceKind
from pingyi.rules.readiness import Step
from pingyi.rules.result import Ruled, Ruling
from pingyi.rules.sheet import DraftedConsequence
from pingyi.stations.plans import queries as plans
from pingyi.stations.results.actions import consequence, evidence, objection, recount, verdict
from pingyi.stations.results.models import ConsequenceOrder
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.queries import verdict as queries

DECISION = "局办公会研究：差异在误差以内的科室，本年度先作说明、列入重点关注，不作其他处理；明年增加暗访和回访的次数。"


def _ruling(draft: DraftedConsequence) -> Ruled:
    """Rule as the meeting's words say: where the evidence is not sure, an explanation and nothing else."""
    if draft.kind is ConsequenceKind.EXPLANATION:
        return Ruled(ruling=Ruling.ORDER)
    return Ruled(ruling=Ruling.WAIVE, reason="差异在误差以内，本年度不作其他处理。")


def bring_evidence(play: Play, *, seed: int) -> None:
    """Import made-up marks for whatever the rooms do not know themselves."""
    plan, at = plans.plan(play.round), hour(play.ends)
    fed = {piece.indicator for piece in gathering.gathered(play.round, on=play.ends)}
    for source in plan.sources:
        drawn = marks(plan, UNITS, source=source.id, on=play.ends - timedelta(days=60), seed=seed)
        rows = [row for row in drawn if row.indicator not in fed]
        if rows:
            digest = sha256(repr(rows).encode()).hexdigest()
            name = f"{source.name}.xlsx"
            evidence.import_rows(rows, file_name=name, sha256=digest, by=play.people["lifang"], at=at)


def _accept_as_it_is(play: Play, at: datetime) -> None:
    """Accept what warns before the settling, as an office does whose year was what it was."""
    occasion = ready.occasion(Step.SETTLE.value, play.round.reference, at=at)
    lines = readiness.look(occasion).acceptable if occasion else []
    if lines:
        reason = "年度工作已经结束，照实计分，在总结中说明。"
        seen, by = ready.together(lines), play.people["lifang"]
        acceptances.accept_all("settle", play.round.reference, seen=seen, reason=reason, ground="known", by=by, at=at)


def judge(at: datetime, play: Play) -> Scene:
    """Settle, preview, hear an objection, confirm, order what follows, and make it public."""
    people = play.people
    _accept_as_it_is(play, at)
    settled = verdict.settle(by=people["lifang"], at=at)
    shown = verdict.open_preview(settled.number, by=people["lifang"], at=at)
    at = yield at + timedelta(days=1)
    recount.recount(settled.number, by=people["guanyu"], at=at)  # who sits outside the bureau stands behind the numbers
    contested = "暗访当日该岗位有两人在现场执法，请核对考勤。"
    heard = objection.file_objection(text=contested, by=play.head("brigade"), at=at)
    at = yield at + timedelta(days=1)
    answer = "已调取派工单和考勤记录核对，检查结果不变。"
    objection.answer(heard.reference, is_upheld=False, answer=answer, by=people["zhouming"], at=at)
    at = yield hour((shown.preview_ends_on or day_of(at)) + timedelta(days=1))
    rulings = {one.key: _ruling(one) for one in queries.to_rule_on(shown, queries.drafts(shown, on=day_of(at)))}
    verdict.confirm(settled.number, decision=DECISION, rulings=rulings, by=people["sunwei"], at=at)
    at = yield at + timedelta(hours=2)
    verdict.apply(settled.number, by=people["zhouming"], at=at)
    at = yield at + timedelta(hours=22)
    order = ConsequenceOrder.objects.filter(kind_id="explanation").select_related("section").first()
    if order is not None:
        head = play.head(order.section.reference)
        consequence.report(order.reference, text="已在局办公会上说明情况。", by=head, at=at)
        at = yield at + timedelta(hours=3)
        consequence.accept(order.reference, by=people["lifang"], at=at)
    at = yield at + timedelta(hours=21)
    closing.make_known(play.round.year, people=people, at=at)
