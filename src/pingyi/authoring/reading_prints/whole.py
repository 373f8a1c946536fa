"""A whole print → its plan, where each item stands, and which blocks are not the printer's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.printing.doers import names_of_doers
from pingyi.authoring.read import read
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.frame import frame
from pingyi.authoring.reading_prints.marks import marks
from pingyi.authoring.reading_prints.outcome import outcome
from pingyi.authoring.reading_prints.sheets import Seen, Sheets, sheets_of
from pingyi.authoring.reading_prints.votes import votes
from pingyi.authoring.reading_prints.year import Known, year
from pingyi.rules.plan import FORMAT, Plan
from pingyi.rules.plan.outcome import Ranking, Rounding


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the phrases of a print say."""

    plan: Plan
    sheets: Sheets
    places: tuple[tuple[str, Seen], ...]  # the path of an item, and the block that says it
    unread: tuple[Seen, ...]


def read_print(text: str, *, is_by_lines: bool) -> Reading | None:
    """Read a document under the printer's headings; nothing where it is not one, or where its parts do not make a plan.

    `is_by_lines` where a paragraph may go on in the next line.
    """
    sheets = sheets_of(text, is_by_lines=is_by_lines)
    if sheets is None:
        return None
    context = Context(sheets)
    plan = _plan(context)
    located = read(to_yaml(plan)) if plan else None
    if plan is None or located is None or not located.is_whole:
        return None
    return Reading(plan=plan, sheets=sheets, places=tuple(context.places), unread=tuple(context.unread))


def _plan(context: Context) -> Plan | None:
    found: dict[str, Any] = {**frame(context), **marks(context)}
    if not {"title", "subject", "organizer", "year"} <= found.keys():
        return None
    office = found["organizer"].supervision_office
    found |= votes(context, office=office)
    scales = {one.id: one for one in found["scales"]}
    boxes = {one.id: scales[one.scale] for one in found["indicators"] if one.scale in scales}
    found |= outcome(context, boxes=boxes, scales=found["scales"], office=office)
    names = names_of_doers(
        office=office,
        survey=found.get("survey"),
        authorities=found.get("authorities", ()),
        tongue=context.tongue,
    )
    found |= year(context, known=Known(office=office, names=names))
    found.setdefault("rounding", Rounding())
    found.setdefault("ranking", Ranking())
    return Plan(format=FORMAT, **found)
