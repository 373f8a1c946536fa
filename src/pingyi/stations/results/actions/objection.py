"""A section objects to its own sheet, and another person looks a second time (申诉、复核)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import act
from pingyi.rules import result as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.rules.result import ObjectionStage
from pingyi.stations.results.models import Objection
from pingyi.stations.results.queries import evidence as gathering
from pingyi.stations.results.queries import verdict as queries


def file_objection(*, text: str, by: Actor, at: datetime) -> Objection:
    """Object to the own section's sheet while the preview runs."""
    with act("result.object", by=by, at=at) as change:
        round_ = gathering.open_round()
        row = queries.standing(round_) if round_ else None
        if row is None or by.section is None:
            raise Refused("objection.no_preview")
        section = Section.objects.get(reference=by.section)
        waiting = row.objections.filter(section=section, stage=ObjectionStage.FILED.value).count()
        stage = rules.file_objection(row.state, text=text, on=day_of(at), waiting=waiting)
        objection = change.save(
            Objection(
                verdict=row,
                section=section,
                stage=stage.value,
                text=text,
                filed_on=day_of(at),
                filed_by=Member.objects.get(reference=by.reference),
            )
        )
        officers = bureau.members(role=Role.SUPERVISION_OFFICE, on=day_of(at))
        url = f"/results/objections/{objection.reference}/"
        notices.queue("objection.filed", to=officers, about=objection, at=at, url=url, section=section.name)
    return objection


def answer(reference: str, *, is_upheld: bool, answer: str, by: Actor, at: datetime) -> Objection:
    """Answer an objection with reasons; one that is upheld sends the verdict back to be settled anew."""
    with act("result.answer", by=by, at=at) as change:
        objection = change.lock(Objection, reference=reference)
        stage = rules.answer_objection(
            ObjectionStage(objection.stage),
            is_upheld=is_upheld,
            answer=answer,
            by=by.reference,
            doers=objection.doers,
        )
        objection.stage, objection.answer, objection.answered_on = stage.value, answer, day_of(at)
        objection.answered_by = Member.objects.get(reference=by.reference)
        change.save(objection)
        url = f"/results/objections/{objection.reference}/"
        notices.queue("objection.answered", to=objection.filed_by, about=objection, at=at, url=url)
        if is_upheld:
            officers = bureau.members(role=Role.SUPERVISION_OFFICE, on=day_of(at))
            name = objection.section.name
            notices.queue("objection.upheld", to=officers, about=objection, at=at, url="/results/", section=name)
    return objection
