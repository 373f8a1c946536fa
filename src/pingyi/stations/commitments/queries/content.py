"""What a notice board has to say now: out of the bureau, the plan in force and the published commitments (§4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Bureau, Section
from pingyi.rules.actor import Role
from pingyi.rules.board import Content, Promised, Stretch, Way
from pingyi.rules.commitment import Kind
from pingyi.rules.plan import Plan
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.models import Commitment
from pingyi.stations.commitments.queries import commitment as commitments

PRINTED_IN = "zh-hans"  # a board speaks the public's language, whoever publishes it


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """What every board's content is made of, read once for all of them."""

    plan: Plan
    bureau: Bureau
    sections: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    supervisors: tuple[str, ...]


def sources(*, on: date) -> Sources | None:
    """Return what boards are made of on this day; None while no plan is in force."""
    plan, house = commitments.plan(), bureau.bureau()
    if plan is None or house is None:
        return None
    return Sources(
        plan=plan,
        bureau=house,
        sections=tuple(row.name for row in bureau.sections(evaluated=True)),
        commitments=tuple(commitments.published()),
        supervisors=_supervisors(on),
    )


def compose(section: Section | None, *, mailbox: str = "", telephone: str = "", on: date) -> Content:
    """Return what the boards of a section (or of the whole bureau) say on this day."""
    found = sources(on=on)
    if found is None:
        raise Refused("board.no_plan")
    return made_of(found, section=section, mailbox=mailbox, telephone=telephone)


def made_of(found: Sources, *, section: Section | None, mailbox: str = "", telephone: str = "") -> Content:
    """Return the content of a section's boards out of what was read."""
    plan = found.plan
    with translation.override(PRINTED_IN):
        own_ways = (Way(name=_("Supervision telephone"), number=telephone), Way(name=_("Mail box"), number=mailbox))
        return Content(
            year=plan.year,
            title=plan.title,
            bureau=found.bureau.name,
            section=section.name if section else "",
            sections=() if section else found.sections,
            criteria=tuple(criterion.title for criterion in plan.criteria),
            commitments=tuple(
                _line(row, names_section=section is None)
                for row in found.commitments
                if section is None or row.section_id == section.pk
            ),
            channels=(*_channels(plan), *(way for way in own_ways if way.number)),
            supervisors=found.supervisors,
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
