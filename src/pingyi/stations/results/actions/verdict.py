"""The verdict's way from computed to final, and what is ordered after it (§4.4b, §4.4c)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from pingyi import ready
from pingyi.authoring import bundle
from pingyi.bureau import notices, readiness
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import Change, act
from pingyi.rules import result as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.readiness import Step
from pingyi.rules.refused import Refused
from pingyi.rules.result import Ruled, Ruling, Stage
from pingyi.rules.sheet import DraftedConsequence
from pingyi.rules.sheet import Verdict as Judged
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.models import Round
from pingyi.stations.results import frozen, reckoning
from pingyi.stations.results.models import Assessment, ConsequenceOrder, ScoreSheet, Snapshot, Verdict
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.queries import recount as recounts
from pingyi.stations.results.queries import source as sources
from pingyi.stations.results.queries import verdict as queries
from pingyi.stations.results.queries.evidence import Gathered
from pingyi.stations.results.reckoning import Case, Reckoned

ONE_ROW = "evidence.one_row"  # its reason is asked by the settlement itself
ORDERED = Ruled(ruling=Ruling.ORDER)
NO_RULINGS: Mapping[str, Ruled] = MappingProxyType({})


def settle(*, reason: str = "", by: Actor, at: datetime) -> Verdict:
    """Gather the evidence, judge it, and keep sheets and evidence frozen; an unfinished settlement is replaced.

    What rests on one row cannot decide alone: `reason` says why it counts all the same, sealed beside the entry.
    """
    with act("result.settle", by=by, at=at, reason=reason) as change:
        round_ = gathering.open_round()
        if round_ is None:
            raise Refused("evidence.no_round")
        _replace_computed(change, round_)
        met = gathering.gathering(round_, on=day_of(at))
        case = _case(round_, met)
        alone = _alone(case, reason)
        found = reckoning.reckon(case)
        row = _verdict(round_, case, found, by=by, on=day_of(at))
        row.choices, row.alone = met.decided, alone
        change.save(row)
        _require_ready(round_, at=at)
        change.save(_snapshot(row, case, found))
        change.save_all(_sheets(row, found.verdict))
        text = frozen.assessment_text(found.assessment)
        change.save(Assessment(verdict=row, content=text, sha256=frozen.digest(text)))
    return row


def open_preview(number: int, *, by: Actor, at: datetime) -> Verdict:
    """Show each section its own sheet for the days that the plan gives (§4.4b)."""
    with act("result.open_preview", by=by, at=at) as change:
        row = _lock(change, number)
        ends_on = queries.preview_end(plans.plan(row.round), on=day_of(at))
        row.state = rules.open_preview(row.state, ends_on=ends_on, is_current=queries.is_current(row))
        row.preview_opened_on = day_of(at)
        change.save(row)
        heads = bureau.members(role=Role.SECTION_HEAD, on=day_of(at))
        told_on = ends_on.isoformat()
        notices.queue("result.preview", to=heads, about=row, at=at, url="/results/mine/", ends_on=told_on)
    return row


def confirm(
    number: int,
    *,
    decision: str = "",
    rulings: Mapping[str, Ruled] = NO_RULINGS,
    is_known: bool = False,
    by: Actor,
    at: datetime,
) -> Verdict:
    """Make the verdict final, by another person than who settled it, and draft what follows (§4.4c, §5.4).

    Where a trigger fires that the evidence does not confirm, the meeting's reasoned decision goes with it, and its
    ruling on each consequence of such triggers alone, by the draft's key: only what it orders is ordered (§5.2).
    Where something rests on one row, `is_known` says that who confirms knows it.
    """
    with act("result.confirm", by=by, at=at) as change:
        row = _lock(change, number)
        row.state = rules.confirm(
            row.state,
            by=by.reference,
            on=day_of(at),
            objections=queries.objections_of(row),
            is_current=queries.is_current(row),
            is_disputed=recounts.is_disputed(row),
        )
        if row.alone and not is_known:
            raise Refused("result.rests_on_one_row", field="is_known", names="、".join(queries.alone(row)))
        row.confirmed_by = Member.objects.get(reference=by.reference)
        _decide(change, row, decision)
        drafts = queries.drafts(row, on=day_of(at))
        rules.rule_on([one.key for one in queries.to_rule_on(row, drafts)], rulings)
        change.save(row)
        orders = _orders(row, drafts)
        for order, draft in zip(orders, drafts, strict=True):
            _rule(order, rulings.get(draft.key, ORDERED), by=by, on=day_of(at))
        change.save_all(orders)
    return row


def apply(number: int, *, decision: str = "", by: Actor, at: datetime) -> Verdict:
    """Order what follows from the final verdict, and tell the sections (§4.4c).

    What the meeting had put off is ordered by a second call, with the decision of the meeting that took it up.
    """
    with act("result.apply", by=by, at=at) as change:
        row = _lock(change, number)
        is_again = row.applied_on is not None
        waiting = queries.to_order(row)
        row.state = rules.apply(row.state, on=day_of(at), postponed=waiting.count() if is_again else 0)
        if is_again and not decision.strip():
            raise Refused("result.decision_needed", field="decision")
        change.save(row)
        orders = change.lock_all(waiting)
        for order in orders:
            order.note = decision or order.note
        for order in orders:
            _order(order, on=day_of(at))
        change.save_all(orders)
        for order in orders:
            _tell(order, at=at)
    return row


def withdraw(number: int, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Verdict:
    """Take a verdict back, with a reason, so that it can be settled anew."""
    with act("result.withdraw", by=by, at=at, ground=ground, reason=reason) as change:
        row = _lock(change, number)
        begun = 0 if row.applied_on is None else row.orders.count()
        row.state = rules.withdraw(row.state, reason=reason, orders_begun=begun)
        change.save(row)
    return row


def _rule(order: ConsequenceOrder, ruled: Ruled, *, by: Actor, on: date) -> None:
    """Carry the meeting's ruling into the draft."""
    order.is_postponed, order.note = ruled.ruling is Ruling.LATER, ruled.reason
    if ruled.ruling is Ruling.WAIVE:
        order.stage = rules.waive(order.order_stage, reason=ruled.reason).value
        order.closed_on, order.checked_by = on, by.reference


def _decide(change: Change, row: Verdict, decision: str) -> None:
    """Keep the meeting's decision; it is asked for where a trigger fires beyond what is confirmed."""
    is_open = bool(queries.open_firings(row))
    if is_open and not decision.strip():
        raise Refused("result.decision_needed", field="decision")
    if is_open:
        assessed = change.lock(Assessment, verdict=row)
        assessed.decision, assessed.decided_on, assessed.decided_by = decision, row.confirmed_on, row.confirmed_by
        change.save(assessed)


def _lock(change: Change, number: int) -> Verdict:
    round_ = gathering.open_round()
    return change.lock(Verdict, round=round_, number=number)


def _replace_computed(change: Change, round_: Round) -> None:
    standing = queries.standing(round_)
    if standing is None:
        return
    if standing.stage != Stage.COMPUTED.value:
        raise Refused("result.stands", stage=standing.stage)
    row = change.lock(Verdict, pk=standing.pk)
    row.state = rules.withdraw(row.state, reason="settled anew")
    change.save(row)


def _require_ready(round_: Round, *, at: datetime) -> None:
    """Refuse to settle while `ready` has a line that is neither mended nor accepted; who may not, is told so first."""
    occasion = ready.occasion(Step.SETTLE.value, round_.reference, at=at)
    if occasion is not None:
        readiness.require(occasion, told=[ONE_ROW])


def _case(round_: Round, met: Gathered) -> Case:
    """Return what is judged; where no section takes part, or nobody chose which side counts, there is nothing to judge.

    Whatever `ready` calls a stop before the settling is refused by name, here or by the rules of `judge`.
    """
    plan = plans.plan(round_)
    sections = gathering.facts(plan)
    if not sections:
        raise Refused("result.no_section")
    if met.met.undecided:
        names = {one.id: one.name for one in plan.sources}
        raise Refused("evidence.source_undecided", names="、".join(names[one] for one in met.met.undecided))
    return Case(
        plan=plan,
        plan_text=round_.plan_text,
        sections=sections,
        evidence=frozen.in_order(met.rows),
        past=queries.past(round_),
    )


def _alone(case: Case, reason: str) -> list[str]:
    """Return what rests on one row; it counts only for a reason."""
    found = sources.alone(case.plan, case.evidence, sections=case.sections)
    if found and not reason.strip():
        names = {one.id: one.name for one in case.plan.indicators}
        raise Refused("evidence.rests_on_one_row", field="reason", names="、".join(names[one] for one in found))
    return list(found)


def _verdict(round_: Round, case: Case, found: Reckoned, *, by: Actor, on: date) -> Verdict:
    return Verdict(
        round=round_,
        number=Verdict.objects.filter(round=round_).count() + 1,
        plan_sha256=round_.plan_sha256,
        held_sha256=frozen.digest(frozen.evidence_text(case.evidence)),
        published_sha256=bundle.published_digest(found.files),
        verdict_sha256=frozen.verdict_digest(found.verdict),
        batches=queries.standing_batches(round_),
        rows=len(case.evidence),
        sections=len(found.verdict.sheets),
        is_complete=found.verdict.is_complete,
        settled_on=on,
        settled_by=Member.objects.get(reference=by.reference),
    )


def _snapshot(row: Verdict, case: Case, found: Reckoned) -> Snapshot:
    return Snapshot(
        verdict=row,
        files=bundle.digests(found.files, bundle.SOURCES),
        plan=case.plan_text,
        sections=frozen.listed(case.sections),
        evidence=frozen.evidence_text(case.evidence),
        past=frozen.listed(case.past),
    )


def _sheets(row: Verdict, judged: Judged) -> list[ScoreSheet]:
    sections: Mapping[str, Section] = {one.reference: one for one in bureau.sections(evaluated=True)}
    return [
        ScoreSheet(verdict=row, section=sections[name], content=frozen.result_text(result))
        for name, result in frozen.results_of(judged).items()
    ]


def _orders(row: Verdict, drafts: tuple[DraftedConsequence, ...]) -> list[ConsequenceOrder]:
    named = {one.id: one for one in plans.plan(row.round).consequences}
    sections = {one.reference: one for one in Section.objects.filter(sheets__verdict=row)}
    return [
        ConsequenceOrder(
            verdict=row,
            section=sections[draft.section],
            consequence=draft.consequence,
            kind_id=draft.kind.value,
            name=named[draft.consequence].name,
            place=named[draft.consequence].place,
            addressee=named[draft.consequence].addressee,
            triggers=list(draft.triggers),
            due_on=draft.due_on,
            is_provisional=draft.is_provisional,
        )
        for draft in drafts
    ]


def _order(order: ConsequenceOrder, *, on: date) -> None:
    order.stage = rules.order(order.order_stage, kind=order.consequence_kind).value
    order.ordered_on = on
    if order.stage == rules.OrderStage.DONE.value:
        order.closed_on = on


def _tell(order: ConsequenceOrder, *, at: datetime) -> None:
    person = bureau.responsible(order.section.reference)
    if person is not None:
        url = f"/results/consequences/{order.reference}/"
        due_on = order.due_on.isoformat() if order.due_on else "—"
        notices.queue("consequence.ordered", to=person, about=order, at=at, url=url, name=order.name, due_on=due_on)
