"""The year on paper: phases with their duties and meetings, and how the public is answered (§3.2, §4)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.printing.blocks import BlockKind, Page
from pingyi.authoring.printing.doers import name_of_section, names_of_doers
from pingyi.authoring.printing.phrases import clear, kind_unless_told, listed, noted, quoted
from pingyi.authoring.printing.words import closed, word
from pingyi.authoring.values import is_english, say_date, say_id, say_number, say_value
from pingyi.rules.plan import Channel, Plan, SolicitationForm, WorkRule
from pingyi.rules.plan.conduct import SolicitationKind
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Meeting, Phase, Task

_APART = "；：;:（）()"  # what parts a doer from what is said of it


def write(page: Page, plan: Plan) -> None:
    """Write the phases and the rules of service."""
    page.heading(word("steps", language=page.language))
    for phase in plan.phases:
        _phase(page, plan, phase)
    if any((plan.channels, plan.solicitations, plan.time_limits, plan.handling, plan.commitments, plan.work_rules)):
        _service(page, plan)


def _phase(page: Page, plan: Plan, phase: Phase) -> None:
    tongue = page.language
    begins, ends = say_date(phase.begins_on, language=tongue), say_date(phase.ends_on, language=tongue)
    page.subheading(word("phase", language=tongue, name=phase.name, begins=begins, ends=ends))
    if phase.text:
        page.put(BlockKind.BODY, closed(phase.text, page.language))
    for task in plan.tasks:
        if task.phase == phase.id:
            page.item(_task(task, phase=phase, plan=plan, language=tongue))
    for meeting in plan.meetings:
        if meeting.phase == phase.id:
            page.item(_meeting(meeting, tongue))


def _task(task: Task, *, phase: Phase, plan: Plan, language: str) -> str:
    """Write one duty with its doer, due date, proof, recipient, and what else it holds."""
    due = say_date(task.due_on or phase.ends_on, language=language)
    if task.due_on is None:
        due = noted(due, [word("due_with_phase", language=language)], language)
    doer = _doer(task, plan=plan, language=language)
    parts = [word("task", language=language, title=task.title, doer=doer, due=due)]
    told = {
        "task_every": value_word(task.every)[is_english(language)] if task.every else "",
        "task_every_day": "" if task.every_day is None else str(task.every_day),
        "proof": task.proof,
        "recipient": say_id(task.recipient, field="recipient", plan=plan, language=language) if task.recipient else "",
        "task_section": task.section if task.doer is not Doer.NAMED_SECTION else "",
        "task_product": value_word(task.product)[is_english(language)] if task.product else "",
        "task_criterion": say_id(task.criterion, field="criterion", plan=plan),
        "task_text": task.text,
    }
    parts += [
        word(code, language=language, **{code.removeprefix("task_"): clear(value, language)})
        for code, value in told.items()
        if value
    ]
    return "".join([*parts, word("stop", language=language)])


def _doer(task: Task, *, plan: Plan, language: str) -> str:
    """Write who carries a duty: as the source text says, with whom the plan means by it."""
    meant = clear(_meant(task, plan=plan, language=language), language, of=_APART)
    if not task.doer_text:
        return meant
    said = clear(task.doer_text, language, of=_APART)
    return said if said == meant else noted(said, [meant], language)


def _meant(task: Task, *, plan: Plan, language: str) -> str:
    office = plan.organizer.supervision_office
    names = names_of_doers(office=office, survey=plan.survey, authorities=plan.authorities, tongue=language)
    return name_of_section(task.section, names, language) if task.doer is Doer.NAMED_SECTION else names[task.doer]


def _meeting(meeting: Meeting, tongue: str) -> str:
    title = noted(quoted(meeting.title, tongue), [kind_unless_told(meeting.title, meeting.kind, tongue)], tongue)
    parts = [word("meeting", language=tongue, title=title), span(meeting.earliest_on, meeting.latest_on, tongue)]
    if meeting.convener:
        parts.append(word("meeting_convener", language=tongue, convener=clear(meeting.convener, tongue)))
    if meeting.invited:
        parts.append(word("meeting_invited", language=tongue, invited=listed(meeting.invited, tongue)))
    if meeting.agenda:
        parts.append(word("meeting_agenda", language=tongue, agenda=listed(meeting.agenda, tongue)))
    return "".join([*parts, word("stop", language=tongue)])


def span(earliest: date | None, latest: date | None, tongue: str) -> str:
    """Write between which days a meeting is held, as far as the plan says."""
    days = {name: say_date(day, language=tongue) for name, day in (("earliest", earliest), ("latest", latest)) if day}
    code = {2: "meeting_span", 1: "meeting_from" if earliest else "meeting_until"}.get(len(days), "")
    return word(code, language=tongue, **days) if code else ""


def _service(page: Page, plan: Plan) -> None:
    tongue, separator = page.language, word("and", language=page.language)
    stop = word("stop", language=tongue)
    page.heading(word("service", language=tongue))
    if plan.channels:
        page.subheading(word("channels", language=tongue))
        page.put(BlockKind.BODY, separator.join(_channel(channel, tongue) for channel in plan.channels) + stop)
    if plan.solicitations:
        page.subheading(word("solicitations", language=tongue))
        page.put(BlockKind.BODY, separator.join(_solicitation(form, tongue) for form in plan.solicitations) + stop)
    if plan.time_limits:
        page.subheading(word("limits", language=tongue))
    for limit in plan.time_limits:
        kind = value_word(limit.kind)[is_english(tongue)]
        unit = say_value(limit.unit, field="unit", plan=plan, language=tongue)
        text = word("limit", language=tongue, kind=kind, days=limit.days, unit=unit)
        if limit.extension_days:
            text += word("limit_more", language=tongue, more=limit.extension_days, unit=unit)
        page.item(text + stop)
    _handling(page, plan)
    if plan.work_rules:
        page.subheading(word("rules", language=tongue))
        page.put(BlockKind.BODY, separator.join(_work_rule(rule, tongue) for rule in plan.work_rules) + stop)


def _channel(channel: Channel, tongue: str) -> str:
    notes = [kind_unless_told(channel.name, channel.kind, tongue)]
    if channel.number:
        notes.append(word("channel_number", language=tongue, number=clear(channel.number, tongue, of=_APART)))
    return noted(quoted(channel.name, tongue), notes, tongue)


def _solicitation(form: SolicitationForm, tongue: str) -> str:
    code = "at_least_letters" if form.kind is SolicitationKind.LETTER else "at_least_times"
    notes = [kind_unless_told(form.name, form.kind, tongue)]
    if form.minimum:
        notes.append(word(code, language=tongue, minimum=form.minimum))
    return noted(quoted(form.name, tongue), notes, tongue)


def _work_rule(rule: WorkRule, tongue: str) -> str:
    return noted(quoted(rule.name, tongue), [kind_unless_told(rule.name, rule.kind, tongue)], tongue)


def _handling(page: Page, plan: Plan) -> None:
    tongue, handling, promised = page.language, plan.handling, plan.commitments
    if handling or promised:
        page.subheading(word("handling", language=tongue))
    if handling:
        share = say_number(handling.call_back_share, field="call_back_share")
        facts = asdict(handling) | {"call_back_share": share, "satisfaction_floor": f"{handling.satisfaction_floor:f}"}
        for code in ("handled", "called_back", "kept"):
            page.item(word(code, language=tongue, **facts))
    if promised:
        code = "promised_measurable" if promised.must_be_measurable else "promised"
        for one in (code, "rehung"):
            page.item(word(one, language=tongue, **asdict(promised)))
