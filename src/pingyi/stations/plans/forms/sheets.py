"""Which parts of a plan are edited as forms: where each stands, which fields it shows, whether it may grow (§0).

Everything that a document states and a reader can miss has its sheet, so nobody has to write YAML to add it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pingyi.authoring.field_words import field_word
from pingyi.authoring.places import name_of, value_at
from pingyi.authoring.values import is_english
from pingyi.rules.plan import Plan
from pingyi.rules.plan.conduct import (
    Channel,
    CommitmentRules,
    HandlingRules,
    SolicitationForm,
    TimeLimit,
    WorkRule,
)
from pingyi.rules.plan.measure import Adjustment, Criterion, Indicator, Option, Source, Veto
from pingyi.rules.plan.outcome import Confirmation, Consequence, Grade, Ranking, Rounding, Trigger
from pingyi.rules.plan.people import Authority, Organizer, Principle, SectionClass, SectionKind, Subject
from pingyi.rules.plan.schedule import Filing, Meeting, Phase, Publication, Task
from pingyi.rules.plan.statistics import Statistics
from pingyi.rules.plan.voting import Assembly, ElectorGroup, Survey
from pingyi.stations.plans.queries.workbench import Part


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One kind of form: a list whose items are edited one by one, a list edited at once, or a single part."""

    kind: type[Any]
    fields: tuple[str, ...]
    path: str
    of: str  # the part of the plan under which the sheet is offered
    is_one: bool = False
    is_whole: bool = False

    @property
    def may_grow(self) -> bool:
        """Whether items can be added and taken out."""
        return not self.is_one

    def items(self, plan: Plan | None) -> tuple[Any, ...]:
        """Return the items that the plan has; a single part is a list of one."""
        try:
            found = value_at(plan, self.path) if plan and self.path else plan
        except LookupError:
            found = None
        if self.is_one:
            return () if found is None else (found,)
        return found if isinstance(found, tuple) else ()

    def place(self, number: int) -> str:
        """Return the path of an item."""
        return self.path if self.is_one else f"{self.path}[{number}]"


def _list(kind: type[Any], path: str, *fields: str, is_whole: bool = False) -> Sheet:
    return Sheet(kind=kind, fields=fields, path=path, of=path.partition(".")[0].partition("[")[0], is_whole=is_whole)


def _one(kind: type[Any], path: str, *fields: str, of: str = "") -> Sheet:
    return Sheet(kind=kind, fields=fields, path=path, of=of or path, is_one=True)


SHEETS: dict[str, Sheet] = {
    "document": _one(Plan, "", "title", "year", "issuer", "number", "issued_on", "preamble", of="title"),
    "organizer": _one(Organizer, "organizer", "supervision_office", "leading_body"),
    "authorities": _list(Authority, "authorities", "name", "chain"),
    "subject": _one(Subject, "subject", "text"),
    "kinds": _list(SectionKind, "subject.kinds", "name"),
    "classes": _list(SectionClass, "subject.classes", "name", "kinds", "is_ranked"),
    "principles": _list(Principle, "principles", "title", "text"),
    "criteria": _list(Criterion, "criteria", "title", "text", "principles"),
    "phases": _list(Phase, "phases", "name", "begins_on", "ends_on", is_whole=True),
    "tasks": _list(
        Task,
        "tasks",
        "title",
        "phase",
        "doer",
        "section",
        "due_on",
        "every",
        "every_day",
        "proof",
        "product",
        "recipient",
    ),
    "meetings": _list(
        Meeting, "meetings", "title", "kind", "phase", "earliest_on", "latest_on", "convener", "invited", "agenda"
    ),
    "channels": _list(Channel, "channels", "name", "kind", "number"),
    "solicitations": _list(SolicitationForm, "solicitations", "name", "kind", "minimum"),
    "work_rules": _list(WorkRule, "work_rules", "name", "kind"),
    "time_limits": _list(TimeLimit, "time_limits", "kind", "days", "unit", "extension_days"),
    "publications": _list(Publication, "publications", "title", "scope", "days"),
    "filings": _list(Filing, "filings", "title", "recipient", "due_on"),
    "sources": _list(Source, "sources", "name", "kind", "weight", "empty", "reading", is_whole=True),
    "indicators": _list(
        Indicator, "indicators", "name", "source", "criterion", "weight", "measure", "scale", "takes", is_whole=True
    ),
    "options": _list(Option, "scales[0].options", "label", "value", "is_satisfied"),
    "assembly": _one(Assembly, "assembly", "earliest_on", "latest_on", "quorum", "tellers"),
    "groups": _list(ElectorGroup, "assembly.groups", "name", "weight", "minimum"),
    "survey": _one(Survey, "survey", "conductor", "minimum_per_section", "margin", "confidence"),
    "bonus": _list(Adjustment, "bonus.items", "name", "points", "cap"),
    "deductions": _list(Adjustment, "deductions.items", "name", "points", "cap", "takes"),
    "vetoes": _list(Veto, "vetoes", "name", "effect", "cap"),
    "grades": _list(Grade, "grades", "name", "minimum", "minimum_is_inclusive", "top_share"),
    "triggers": _list(Trigger, "triggers", "name", "consequences", "at_most"),
    "consequences": _list(
        Consequence, "consequences", "name", "kind", "days", "unit", "place", "addressee", is_whole=True
    ),
    "rounding": _one(Rounding, "rounding", "digits", "mode"),
    "ranking": _one(Ranking, "ranking", "ties", "last_place", "least_class_size"),
    "statistics": _one(
        Statistics, "statistics", "level", "minimum_ratings", "minimum_ballots", "triggers", "weight_range"
    ),
    "confirmation": _one(Confirmation, "confirmation", "preview_days", "unit"),
    "handling": _one(
        HandlingRules,
        "handling",
        "accept_hours",
        "remind_days_before",
        "urge_days_after",
        "criticize_days_after",
        "call_back_share",
        "satisfaction_floor",
        "look_days_after",
        "keep_years",
        "keep_table_days",
    ),
    "commitments": _one(CommitmentRules, "commitments", "minimum_per_section", "must_be_measurable", "rehang_days"),
    "maxims": _one(Plan, "", "maxims", of="maxims"),
    "result_uses": _one(Plan, "", "result_uses", of="result_uses"),
    "requirements": _one(Plan, "", "requirements", of="requirements"),
}
_LINES = {"maxims", "result_uses", "requirements"}
_HOLDING = {"kinds": "Subject", "classes": "Subject", "options": "Scale", "groups": "Assembly"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A sheet as a page offers it: its code and name, the items that the page does not list anyway, the next number."""

    code: str
    name: str
    fresh: int
    is_one: bool
    is_whole: bool
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of the plan with its items and the sheets that change it; `has_items` says that its items have forms."""

    part: Part
    offers: tuple[Offer, ...]
    has_items: bool


def sheet_word(code: str, language: str) -> str:
    """Return what a sheet is called."""
    if code == "document":
        return str(_("Title, number and date"))
    return field_word(code, of=_HOLDING.get(code, "Plan"))[is_english(language)]


def sections(parts: Iterable[Part], plan: Plan | None, language: str) -> tuple[list[Section], list[Offer]]:
    """Return the parts that the plan has with their sheets, and the sheets of those that it lacks."""
    left: dict[str, list[Offer]] = {}
    for code, sheet in SHEETS.items():
        left.setdefault(sheet.of, []).append(_offer(code, sheet, plan, language))
    laid = [
        Section(part=part, offers=tuple(left.pop(part.code, ())), has_items=_has_items(part.code)) for part in parts
    ]
    return laid, [offer for offers in left.values() for offer in offers if not offer.is_one or offer.code in _LINES]


def _offer(code: str, sheet: Sheet, plan: Plan | None, language: str) -> Offer:
    items = sheet.items(plan)
    nested = sheet.may_grow and sheet.path != code
    names = tuple(name_of(item, language=language) for item in items) if nested else ()
    return Offer(
        code=code, name=sheet_word(code, language), fresh=len(items), is_one=sheet.is_one, is_whole=sheet.is_whole,
        items=names,
    )  # fmt: skip


def with_items() -> frozenset[str]:
    """Return the parts of a plan whose items have forms."""
    return frozenset(code for code in SHEETS if _has_items(code))


def _has_items(code: str) -> bool:
    return code in SHEETS and SHEETS[code].may_grow and SHEETS[code].path == code
