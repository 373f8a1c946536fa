"""What a notice board has to say now: out of the bureau, the plan in force and the published commitments (§4.1)."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Section
from pingyi.rules.actor import Role
from pingyi.rules.board import Content, Promised, Stretch, Way
from pingyi.rules.commitment import Kind
from pingyi.rules.plan import Plan
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.models import Commitment
from pingyi.stations.commitments.queries import commitment as commitments

PRINTED_IN = "zh-hans"  # a board speaks the public's language, whoever publishes it


def compose(section: Section | None, *, mailbox: str = "", telephone: str = "", on: date) -> Content:
    """Return what the boards of a section (or of the whole bureau) say on this day."""
    plan, house = commitments.plan(), bureau.bureau()
    if plan is None or house is None:
        raise Refused("board.no_plan")
    with translation.override(PRINTED_IN):
        own_ways = (Way(name=_("Supervision telephone"), number=telephone), Way(name=_("Mail box"), number=mailbox))
        return Content(
            year=plan.year,
            title=plan.title,
            bureau=house.name,
            section=section.name if section else "",
            sections=() if section else tuple(row.name for row in bureau.sections(evaluated=True)),
            criteria=tuple(criterion.title for criterion in plan.criteria),
            commitments=_promised(section),
            channels=(*_channels(plan), *(way for way in own_ways if way.number)),
            supervisors=_supervisors(on),
            phases=tuple(
                Stretch(name=phase.name, begins_on=phase.begins_on, ends_on=phase.ends_on) for phase in plan.phases
            ),
        )


def ways_of(content: Content | None) -> dict[str, str]:
    """Return the mail box and the telephone that an earlier edition named, for the next one's form."""
    if content is None:
        return {}
    known = {way.name: way.number for way in content.channels}
    with translation.override(PRINTED_IN):
        return {"mailbox": known.get(_("Mail box"), ""), "telephone": known.get(_("Supervision telephone"), "")}


def _promised(section: Section | None) -> tuple[Promised, ...]:
    rows = commitments.published()
    if section is not None:
        rows = rows.filter(section=section)
    return tuple(_line(row, names_section=section is None) for row in rows)


def _line(row: Commitment, *, names_section: bool) -> Promised:
    return Promised(
        section=row.section.name if names_section else "",
        what=row.what,
        is_convenience=row.kind == Kind.CONVENIENCE.value,
        within=commitments.within(row),
        measured_by=row.measured_by,
    )


def _channels(plan: Plan) -> tuple[Way, ...]:
    return tuple(Way(name=channel.name, number=channel.number) for channel in plan.channels)


def _supervisors(on: date) -> tuple[str, ...]:
    """A supervisor is named with the title that the letter of appointment gives."""
    rows = bureau.members(role=Role.SUPERVISOR, on=on)
    return tuple(f"{row.name}（{row.title}）" if row.title else row.name for row in rows)
