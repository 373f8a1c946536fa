"""The year of a print: phases with their duties and meetings, and how the public is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.printing.words import WORDS, word
from pingyi.authoring.reading_prints import doers, votes
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import (
    NUMBER,
    SHARE,
    WHOLE,
    UnreadError,
    bare,
    day,
    day_source,
    fixed,
    is_member,
    loose,
    matches,
    member,
    notes_source,
    number,
    optional,
    read,
    share,
)
from pingyi.authoring.reading_prints.sheets import Seen, Sheet, phase_source
from pingyi.authoring.reading_prints.splitting import listed, noted_list, parted, unmarked
from pingyi.authoring.values import is_english
from pingyi.rules.plan.conduct import (
    CaseKind,
    Channel,
    ChannelKind,
    CommitmentRules,
    DayUnit,
    HandlingRules,
    SolicitationForm,
    SolicitationKind,
    TimeLimit,
    WorkRule,
    WorkRuleKind,
)
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Meeting, MeetingKind, Period, Phase, Product, Task

K = TypeVar("K", bound=StrEnum)
_NAME = r"[“「『\"].*?[”」』\"]|.+?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """The supervision office, and by which words each doer is meant."""

    office: str
    names: dict[Doer, str]


def year(context: Context, *, known: Known) -> dict[str, Any]:
    """Return the phases with what falls into them, and the rules of service; `known` are those who carry duties."""
    phases: list[Phase] = []
    tasks: list[Task] = []
    meetings: list[Meeting] = []
    for sheet in context.sheets.under("steps", "phase"):
        phase = _phase(sheet, context)
        phases.append(phase)
        for block in sheet.blocks:
            task = context.one(
                f"tasks[{len(tasks)}]",
                block,
                partial(_task, one=f"task-{len(tasks) + 1}", phase=phase, context=context, known=known),
            )
            if task:
                tasks.append(task)
                continue
            one = f"meeting-{len(meetings) + 1}"
            meeting = context.one(
                f"meetings[{len(meetings)}]", block, partial(_meeting, one=one, phase=phase, context=context)
            )
            meetings += [meeting] if meeting else []
    return {"phases": tuple(phases), "tasks": tuple(tasks), "meetings": tuple(meetings), **_service(context)}


def _phase(sheet: Sheet, context: Context) -> Phase:
    found = read(sheet.title, phase_source(context.tongue))
    context.names["phases"].add(found["name"])
    number = len(context.names["phases"].printed)
    text = [block for block in sheet.blocks if not block.label]
    context.places += [(f"phases[{number - 1}]", block) for block in text]
    words = (" " if is_english(context.tongue) else "").join(block.text for block in text)
    return Phase(
        id=f"phase-{number}",
        name=found["name"],
        begins_on=day(found["begins"]),
        ends_on=day(found["ends"]),
        text=words,
    )


def _task(said: str, *, one: str, phase: Phase, context: Context, known: Known) -> Task:
    tongue = context.tongue
    semicolon = word("semicolon", language=tongue)
    head, _, rest = word("task", language=tongue, title="\0", doer="\1", due="\2").partition("\1")
    lead = loose(head.partition("\0")[2])
    found = read(said, rf"(?P<title>.+?){lead}(?P<rest>.+)" + re.escape(word("stop", language=tongue)))
    doer, *parts = parted(found["rest"], semicolon, brackets=False)
    due_lead = bare(rest.partition("\2")[0]).lstrip(semicolon.strip())
    if not parts or not bare(parts[0]).startswith(due_lead):
        raise UnreadError(said[:80])
    due = read(bare(parts[0])[len(due_lead) :], f"(?P<day>{day_source(tongue)}){optional(notes_source(tongue))}")
    if due["notes"] and bare(due["notes"]) != bare(word("due_with_phase", language=tongue)):
        raise UnreadError(said[:80])
    facts = _task_facts(parts[1:], context)
    recipient = facts.pop("recipient", "")
    carried = doers.read(doer, known.names, tongue)
    if carried["doer"] is Doer.NAMED_SECTION and "section" in facts:
        raise UnreadError(said[:80])
    return Task(
        id=one,
        title=found["title"],
        phase=phase.id,
        due_on=None if due["notes"] else day(due["day"]),
        recipient=doers.recipient(recipient, context, office=known.office) if recipient else "",
        **{**carried, **facts},
    )


def _task_facts(parts: Sequence[str], context: Context) -> dict[str, Any]:
    """Read what else a duty holds: each part says one thing."""
    tongue = context.tongue
    codes = {
        "every_day": ("task_every_day", {"every_day": WHOLE}),
        "proof": ("proof", {}),
        "recipient": ("recipient", {}),
        "section": ("task_section", {}),
        "product": ("task_product", {"product": fixed(Product, tongue)}),
        "criterion": ("task_criterion", {}),
        "text": ("task_text", {}),
        "every": ("task_every", {"every": fixed(Period, tongue)}),
    }
    found: dict[str, Any] = {}
    lead = word("semicolon", language=tongue)
    for part in parts:
        for field, (code, slots) in codes.items():
            source = context.said(code, **slots)
            if field not in found and matches(lead + part, source):
                found[field] = _task_value(field, read(lead + part, source)[field], context)
                break
        else:
            raise UnreadError(part[:80])
    return found


def _task_value(field: str, said: str, context: Context) -> Any:
    tongue = context.tongue
    if field == "every":
        return member(Period, said, tongue)
    if field == "product":
        return member(Product, said, tongue)
    if field == "every_day":
        return int(said)
    if field == "criterion":
        return context.names["criteria"].id_of(said)
    return unmarked(said)


def _meeting(said: str, *, one: str, phase: Phase, context: Context) -> Meeting:
    tongue = context.tongue
    lead, stop = word("semicolon", language=tongue), word("stop", language=tongue)
    if not said.endswith(stop):
        raise UnreadError(said[:80])
    head, *parts = parted(said.removesuffix(stop), lead, brackets=False)
    source = context.said("meeting", title=_NAME) + optional(notes_source(tongue)) + optional(votes.span_source(tongue))
    found = read(head, source)
    earliest, latest = votes.span(found)
    title = unmarked(found["title"])
    facts: dict[str, Any] = {}
    for part in parts:
        field = next(
            (
                one
                for one in ("convener", "invited", "agenda")
                if one not in facts and matches(lead + part, context.said(f"meeting_{one}"))
            ),
            "",
        )
        if not field:
            raise UnreadError(part[:80])
        value = read(lead + part, context.said(f"meeting_{field}"))[field]
        facts[field] = unmarked(value) if field == "convener" else listed(value, tongue)
    kind = _kind(MeetingKind, title, [found["notes"]] if found["notes"] else [], tongue)
    return Meeting(id=one, title=title, kind=kind, phase=phase.id, earliest_on=earliest, latest_on=latest, **facts)


def _kind(kind: type[K], name: str, notes: list[str], tongue: str) -> K:
    """Return a thing's kind: as it is said in brackets, else the one that its name says."""
    said = [member(kind, note, tongue) for note in notes if is_member(kind, note, tongue)]
    told = said or [one for one in kind if bare(value_word(one)[is_english(tongue)]) in bare(name)]
    if len(told) != 1:
        raise UnreadError(name[:80])
    return told[0]


def _service(context: Context) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for sub, path, make in (
        ("channels", "channels", _channel),
        ("solicitations", "solicitations", _solicitation),
        ("rules", "work_rules", _work_rule),
    ):
        blocks = context.blocks("service", sub)
        items = context.joined(path, blocks, partial(_listed, make=make, context=context)) if blocks else None
        found[path] = items or ()
    found["time_limits"] = context.each(
        "time_limits", context.blocks("service", "limits"), lambda one: _limit(one, context)
    )
    return found | _handling(context)


def _listed(said: str, make: Any, context: Context) -> tuple[Any, ...]:
    stop = word("stop", language=context.tongue)
    if not said.endswith(stop):
        raise UnreadError(said[:80])
    named = noted_list(said.removesuffix(stop), context.tongue)
    return tuple(make(name, notes, number, context) for number, (name, notes) in enumerate(named, 1))


def _channel(name: str, notes: list[str], number: int, context: Context) -> Channel:
    source, tongue = context.said("channel_number"), context.tongue
    numbers = [unmarked(read(note, source)["number"]) for note in notes if matches(note, source)]
    kind = _kind(ChannelKind, name, [note for note in notes if not matches(note, source)], tongue)
    return Channel(id=f"channel-{number}", name=name, kind=kind, number="".join(numbers[:1]))


def _solicitation(name: str, notes: list[str], number: int, context: Context) -> SolicitationForm:
    sources = [context.said(code, minimum=WHOLE) for code in ("at_least_times", "at_least_letters")]
    least = [int(read(note, one)["minimum"]) for note in notes for one in sources if matches(note, one)]
    others = [note for note in notes if not any(matches(note, one) for one in sources)]
    kind = _kind(SolicitationKind, name, others, context.tongue)
    return SolicitationForm(id=f"solicitation-{number}", name=name, kind=kind, minimum=least[0] if least else 0)


def _work_rule(name: str, notes: list[str], number: int, context: Context) -> WorkRule:
    return WorkRule(id=f"rule-{number}", name=name, kind=_kind(WorkRuleKind, name, notes, context.tongue))


def _limit(block: Seen, context: Context) -> TimeLimit:
    tongue = context.tongue
    unit = fixed(DayUnit, tongue)
    more = context.said("limit_more", more=WHOLE, unit=unit).replace("P<unit>", "P<unit_of_more>")
    stop = re.escape(word("stop", language=tongue))
    found = read(
        block.text, context.said("limit", kind=fixed(CaseKind, tongue), days=WHOLE, unit=unit) + optional(more) + stop
    )
    return TimeLimit(
        kind=member(CaseKind, found["kind"], tongue),
        days=int(found["days"]),
        unit=member(DayUnit, found["unit"], tongue),
        extension_days=int(found["more"] or 0),
    )


def _handling(context: Context) -> dict[str, Any]:
    facts: dict[str, dict[str, Any]] = {"handling": {}, "commitments": {}}
    numbers = {"call_back_share": SHARE, "satisfaction_floor": NUMBER}
    codes = {"handled": "handling", "called_back": "handling", "kept": "handling"}
    codes |= {"promised_measurable": "commitments", "promised": "commitments", "rehung": "commitments"}
    for block in context.blocks("service", "handling"):
        for code, path in codes.items():
            slots = {slot: numbers.get(slot, WHOLE) for slot in _slots(code, context.tongue)}
            told = context.one(path, block, partial(read, source=context.said(code, **slots)))
            if told is not None:
                facts[path] |= {slot: _number(slot, said) for slot, said in told.items()}
                facts[path] |= {"must_be_measurable": code.endswith("measurable")} if "promised" in code else {}
                break
    found: dict[str, Any] = {}
    if facts["handling"]:
        found["handling"] = HandlingRules(**facts["handling"])
    if facts["commitments"]:
        found["commitments"] = CommitmentRules(**facts["commitments"])
    return found


def _slots(code: str, tongue: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", WORDS[code][is_english(tongue)])


def _number(slot: str, said: str) -> Any:
    if slot == "call_back_share":
        return share(said)
    return number(said) if slot == "satisfaction_floor" else int(said)
