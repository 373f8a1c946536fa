"""A paragraph of a changed print that was reworded: read as prose, and laid on the duty that it says otherwise (§0)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.grafting import ids_of
from pingyi.authoring.printing.blocks import BlockKind
from pingyi.authoring.prose import understand
from pingyi.authoring.read import read
from pingyi.authoring.reading_prints import Reading, Seen
from pingyi.rules.plan import Plan
from pingyi.rules.plan.schedule import Task

_MOST = 30  # paragraphs beside the printer's that are read one by one
_ALIKE = 0.3  # of their words: less makes a duty of its own where several are missing
Said = tuple[Seen, str, tuple[Task, ...]]  # a paragraph, the phase under which it stands, the duties in it


def said_in_prose(reading: Reading) -> Iterator[Said]:
    """Yield the paragraphs in a phase that are not the printer's, with the duties that prose readers find in each."""
    plan = reading.plan
    numbers = {
        id(block): at for at, sheet in enumerate(reading.sheets.under("steps", "phase")) for block in sheet.blocks
    }
    beside = [one for one in reading.unread if id(one) in numbers and one.kind is not BlockKind.TABLE]
    for number, block in enumerate(beside[:_MOST], 1):
        phase = plan.phases[numbers[id(block)]]
        heading = f"（一）{phase.name}（{phase.begins_on:%Y年%m月%d日}至{phase.ends_on:%Y年%m月%d日}）"
        said = understand(f"{plan.title}\n一、时间步骤\n{heading}\n1.{block.text}\n", name="", year=plan.year).plan
        yield (
            block,
            phase.id,
            tuple(
                replace(one, id=f"prose-{number}-{at}", phase=phase.id, recipient="", criterion="")
                for at, one in enumerate(said.tasks, 1)
            ),
        )


def with_prose(carried: Plan, seen: Plan, reading: Reading) -> tuple[Plan, dict[int, str]]:
    """Return the seen plan with one duty of each reworded paragraph, and by the paragraph the duty's id.

    Where a carried duty is missing there, it is that one with what the paragraph says of it, else a new one. What the
    paragraph does not say stays as it was carried.
    """
    ids = ids_of(carried, reading.plan)
    found: dict[int, str] = {}
    for block, phase, duties in said_in_prose(reading):
        made = _duty(carried, seen, block, phase=ids.get(phase, phase), duties=duties)
        more = replace(seen, tasks=_placed(carried, seen.tasks, made)) if made else seen
        if made and read(to_yaml(more)).plan == more:
            seen, found[id(block)] = more, made.id
    return seen, found


def _duty(carried: Plan, seen: Plan, block: Seen, *, phase: str, duties: tuple[Task, ...]) -> Task | None:
    if not duties:
        return None
    here = {one.id for one in seen.tasks}
    missing = [one for one in carried.tasks if one.phase == phase and one.id not in here]
    if not missing:
        return replace(duties[0], phase=phase, quote="", clause="")
    mine = max(missing, key=lambda one: _likeness(one.title, block.text))
    if len(missing) > 1 and _likeness(mine.title, block.text) < _ALIKE:
        return replace(duties[0], phase=phase, quote="", clause="")
    theirs = max(duties, key=lambda one: _likeness(mine.title, one.title))
    return replace(mine, **_stated(theirs))


def _stated(duty: Task) -> dict[str, Any]:
    """Return what a paragraph says of a duty."""
    stated: dict[str, Any] = {"title": duty.title}
    if duty.due_on is not None:
        stated["due_on"] = duty.due_on
    if duty.every is not None:
        stated |= {"every": duty.every, "every_day": duty.every_day}
    if duty.doer_text:
        stated |= {"doer": duty.doer, "doer_text": duty.doer_text, "section": duty.section}
    return stated


def _placed(carried: Plan, tasks: tuple[Task, ...], duty: Task) -> tuple[Task, ...]:
    """Put a duty behind those that stand before it in the carried plan; a new one at the end of its phase."""
    order = [one.id for one in carried.tasks]
    if duty.id in order:
        before = set(order[: order.index(duty.id)])
        at = max((place + 1 for place, one in enumerate(tasks) if one.id in before), default=0)
    else:
        at = max((place + 1 for place, one in enumerate(tasks) if one.phase == duty.phase), default=len(tasks))
    return (*tasks[:at], duty, *tasks[at:])


def _likeness(title: str, words: str) -> float:
    """Return how much of a title stands in some words, in its order."""
    same = sum(one.size for one in SequenceMatcher(None, title, words, autojunk=False).get_matching_blocks())
    return same / max(len(title), 1)
