"""Plan versions as the pages read them, and the plan in force, for everybody (§0)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.check import Checked, check
from pingyi.authoring.diff import Difference, diff
from pingyi.authoring.printing.blocks import Block
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.problems import Problem, alike
from pingyi.bureau.models import Member
from pingyi.desk import DeskItem, DeskKind
from pingyi.rules.actor import Actor
from pingyi.rules.permissions import may
from pingyi.rules.plan import Plan
from pingyi.rules.version import VersionStage
from pingyi.stations.plans.models import PlanVersion, Round
from pingyi.stations.plans.queries.round import current_round, round_of

_PASSAGE = re.compile(r"original\.lost\[(\d+)\]")
_ITEM = re.compile(r"(?P<part>\w+)\[(?P<number>\d+)\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """The plan that rules the latest year."""

    round: Round
    plan: Plan
    version: PlanVersion | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A problem with its sentence in the reader's language."""

    problem: Problem
    sentence: str
    lost_at: int | None = None  # where the damaged passage begins that is told of

    @property
    def part(self) -> str:
        """The list of the plan that the item at fault stands in, such as "tasks"; empty for other places."""
        found = _ITEM.match(self.problem.path)
        return found["part"] if found else ""

    @property
    def number(self) -> int:
        """The item's place in that list."""
        found = _ITEM.match(self.problem.path)
        return int(found["number"]) if found else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Problems of one kind; more than a few are folded under the first."""

    first: Told
    others: tuple[Told, ...]


def language() -> str:
    """Return the reader's language, "zh" or "en"."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@lru_cache(maxsize=32)
def checked(text: str) -> Checked:
    """Return a text with all its problems, read once."""
    return check(text, calendar=load_calendar())


def in_force() -> InForce | None:
    """Return the plan in force; None before the first was adopted."""
    found = current_round()
    plan = checked(found.plan_text).located.plan if found else None
    if found is None or plan is None:
        return None
    version = PlanVersion.objects.filter(reference=found.plan_version).first()
    return InForce(round=found, plan=plan, version=version, blocks=outline(plan, language=language()))


def versions() -> QuerySet[PlanVersion]:
    """Return every version, the newest first."""
    return PlanVersion.objects.order_by("-pk")


def on_the_way() -> PlanVersion | None:
    """Return the newest version that is neither adopted nor given up."""
    return versions().filter(stage__in=["draft", "proposed"]).first()


def version(reference: str) -> PlanVersion:
    """Return one version, or a page that does not exist."""
    return get_object_or_404(PlanVersion, reference=reference)


def is_in_force(row: PlanVersion) -> bool:
    """Whether this version rules its year now."""
    found = round_of(row.year)
    return row.stage == VersionStage.ADOPTED and found is not None and found.plan_version == row.reference


def told(problems: Sequence[Problem], *, row: PlanVersion | None = None) -> list[Alike]:
    """Return problems with their sentences, those that block first, many of one kind together.

    `row`: the version whose page leads from each damaged passage to the field for the right words.
    """
    lost = row.understood.get("lost", []) if row else []
    groups = [[_told(one, lost) for one in same] for same in alike(problems)]
    return [Alike(first=first, others=tuple(others)) for first, *others in groups]


def _told(problem: Problem, lost: Sequence[Sequence[int]]) -> Told:
    passage = _PASSAGE.match(problem.path)
    number = int(passage[1]) if passage else len(lost)
    lost_at = lost[number][0] if number < len(lost) else None
    return Told(problem=problem, sentence=problem.sentence(language()), lost_at=lost_at)


def difference(row: PlanVersion) -> tuple[PlanVersion | None, list[Difference]]:
    """Return the version that this one changes (that in force in its year), and what it changes."""
    found = round_of(row.year)
    reference = row.amends or (found.plan_version if found else "")
    before = PlanVersion.objects.filter(reference=reference).exclude(pk=row.pk).first()
    old, new = (checked(one.text).located.plan if one else None for one in (before, row))
    return before, diff(old, new) if old and new else []


def people(row: PlanVersion) -> dict[str, str]:
    """Return the names of those who drafted, proposed and adopted a version."""
    references = {"drafted": row.drafted_by, "proposed": row.proposed_by, "adopted": row.adopted_by}
    rows = Member.objects.filter(reference__in=list(references.values()))
    known = {member.reference: member.name for member in rows}
    return {part: known.get(reference, "") for part, reference in references.items()}


def kinds() -> dict[str, str]:
    """Return the kinds of unit that the plan evaluates, id → name (§3.1)."""
    found = _evaluating()
    return {kind.id: kind.name for kind in found.subject.kinds} if found else {}


def classes() -> dict[str, str]:
    """Return the classes in which the plan ranks sections, id → name (§3.1)."""
    found = _evaluating()
    return {one.id: one.name for one in found.subject.classes} if found else {}


def _evaluating() -> Plan | None:
    """Return the plan in force; before the first is adopted the newest draft: sections are put in its classes."""
    opened = current_round()
    if opened is not None:
        return checked(opened.plan_text).located.plan
    draft = versions().exclude(stage=VersionStage.WITHDRAWN).first()
    return checked(draft.text).located.plan if draft else None


def desk(actor: Actor, at: datetime) -> Sequence[DeskItem]:
    """Return the proposed versions that wait for this person's word, and before the first one what comes next."""
    return [*_to_adopt(actor), *_to_begin(actor)]


def _to_adopt(actor: Actor) -> Iterator[DeskItem]:
    if not may(actor, "plan.adopt"):
        return
    for row in PlanVersion.objects.filter(stage=VersionStage.PROPOSED).order_by("pk"):
        if may(actor, "plan.adopt", row.about()):
            yield _waiting(_("Adopt: %s") % row.title, row.get_absolute_url())


def _to_begin(actor: Actor) -> Iterator[DeskItem]:
    """Yield the way to the year's first plan: bring the document, or check and propose the draft (§0)."""
    if not may(actor, "plan.draft") or current_round() is not None:
        return
    standing = versions().exclude(stage=VersionStage.WITHDRAWN)
    for row in standing.filter(stage=VersionStage.DRAFT):
        yield _waiting(_("Check and propose: %s") % row.title, row.get_absolute_url())
    if not standing.exists():
        yield _waiting(_("Bring the plan of the year"), reverse("plans:plan-bring"))


def _waiting(title: str, url: str) -> DeskItem:
    return DeskItem(kind=DeskKind.WAITING, title=title, url=url, room="plans")
