"""What the room looks at before a plan is adopted: its year, its classes and people, what was guessed or half read."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.guessed_kinds import told as guessed
from pingyi.bureau import queries as bureau
from pingyi.ready import Check, Finding, Foreseen, Occasion
from pingyi.rules import readiness as rules
from pingyi.rules.day import day_of
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Doer
from pingyi.rules.readiness import Severity, Step
from pingyi.stations.plans.queries import outlook, round_of
from pingyi.stations.plans.queries.ledger import Ledger, ledger_of
from pingyi.stations.plans.queries.task import due_before
from pingyi.words import Bilingual

ADOPTING, SETTLING = frozenset({Step.ADOPT}), frozenset({Step.SETTLE})
LONGEST = 60  # characters of a sentence that is shown
MOST = 8  # sentences shown


def _at(at: Occasion, place: str = "") -> str:
    """Return where a version is mended: its own page, at that part."""
    return f"{at.url}{place}" if at.step is Step.ADOPT else reverse("plans:plan")


def _not_brought(at: Occasion) -> Finding | None:
    return Finding(mend=reverse("plans:plan-bring")) if at.plan is None else None


def _other_year(at: Occasion) -> Finding | None:
    house, today = bureau.bureau(), day_of(at.at).year
    works_in = house.year if house else today
    if at.plan is None or not rules.years_differ(plan=at.plan.year, bureau=works_in, today=today):
        return None
    mend = reverse("plans:version-year", args=[at.about])
    return Finding(mend=mend, facts={"plan": at.plan.year, "bureau": works_in, "today": today})


def _provisional(at: Occasion) -> Finding | None:
    if at.plan is None or load_calendar().is_published(at.plan.year):
        return None
    return Finding(facts={"year": at.plan.year})


def _no_term(at: Occasion) -> Finding | None:
    names = rules.without_term(at.plan) if at.plan else ()
    return Finding(mend=_at(at, "parts/consequences/"), names=names) if names else None


def _guessed(at: Occasion) -> Finding | None:
    names = tuple(Bilingual(zh=zh, en=en) for zh, en in guessed(at.plan)) if at.plan else ()
    return Finding(mend=_at(at, "parts/sources/"), names=names) if names else None


def _uncovered(at: Occasion) -> Finding | None:
    original = at.plan.original if at.plan else None
    left = [one for one in original.uncovered if one not in original.set_aside] if original else []
    return Finding(mend=_at(at), names=_short(left), facts={"sentences": len(left)}) if left else None


def _lost(at: Occasion) -> Finding | None:
    lost = at.plan.original.lost if at.plan and at.plan.original else ()
    return Finding(mend=_at(at), names=_short(lost), facts={"passages": len(lost)}) if lost else None


def _says_otherwise(at: Occasion) -> Finding | None:
    return _facts(at, _ledger(at).otherwise)


def _half_read(at: Occasion) -> Finding | None:
    return _facts(at, _ledger(at).nowhere)


def _ledger(at: Occasion) -> Ledger:
    """Compare the version's document with its plan as it stands now: what a person mended is not named again."""
    return at.once("plan.ledger", lambda: ledger_of(at.about, at.plan) if at.plan else Ledger())


def _facts(at: Occasion, names: tuple[str, ...]) -> Finding | None:
    return Finding(mend=_at(at), names=names[:MOST], facts={"facts": len(names)}) if names else None


def _short(sentences: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one if len(one) <= LONGEST else one[:LONGEST] + "…" for one in sentences[:MOST])


def _unplaced(at: Occasion) -> Finding | None:
    fit = _fit(at.plan) if at.plan else None
    return Finding(mend=reverse("bureau:bureau"), names=fit.unplaced) if fit and fit.unplaced else None


def _empty_class(at: Occasion) -> Finding | None:
    fit = _fit(at.plan) if at.plan else None
    return Finding(mend=reverse("bureau:bureau"), names=fit.empty) if fit and fit.empty else None


def _fit(plan: Plan) -> rules.ClassFit:
    return rules.class_fit(plan, placed=outlook.classes(plan))


def _unknown_section(at: Occasion) -> Finding | None:
    named = [one.section for one in at.plan.tasks if one.doer is Doer.NAMED_SECTION] if at.plan else []
    names = tuple(dict.fromkeys(one or "—" for one in named if not outlook.is_known(one)))
    return Finding(mend=reverse("bureau:bureau"), names=names) if names else None


def _past(at: Occasion) -> Finding | None:
    if at.plan is None or round_of(at.year):  # an amendment keeps what was done
        return None
    late = outlook.outlook(at.plan, on=day_of(at.at)).late
    return Finding(mend=_at(at), facts={"late": late}) if late else None


def _before(at: Occasion) -> Finding | None:
    found = round_of(at.year)
    count = due_before(found).count() if found else 0
    return Finding(mend=reverse("plans:duties-before"), facts={"tasks": count}) if count else None


def foreseen(at: Occasion) -> list[Foreseen]:
    """Return what adopting this plan today would make; an amendment is told by its differences instead."""
    if at.step is not Step.ADOPT or at.plan is None or round_of(at.year):
        return []
    made = outlook.outlook(at.plan, on=day_of(at.at))
    return [
        Foreseen(label=_("Tasks of the year"), value=made.duties),
        Foreseen(label=_("Past on the first day"), value=made.late, is_bad=True),
        Foreseen(label=_("Of sections where nobody is in office"), value=made.unowned, is_bad=True),
        Foreseen(label=_("Meetings of the year"), value=made.meetings),
    ]


CLASSES = Check(
    id="plan.classes", severity=Severity.WARNS, find=_unplaced, steps=ADOPTING,
    title=_("Every section is in a class of the plan"),
    sentence=_("Sections that no class of the plan takes: %(count)s. Nothing can be ranked until each has one."),
    remedy=_("Choose their classes"),
)  # fmt: skip
CHECKS = (
    Check(
        id="plan.none", severity=Severity.STOPS, find=_not_brought, steps=ADOPTING, is_acceptable=False,
        title=_("A plan was brought"), sentence=_("No plan has been brought yet."), remedy=_("Bring a plan"),
    ),
    Check(
        id="plan.year", severity=Severity.STOPS, find=_other_year, steps=ADOPTING,
        title=_("The plan's year is the bureau's"),
        sentence=_("The plan is of %(plan)s, the bureau works in %(bureau)s, and today is in %(today)s."),
        remedy=_("Move all dates to another year"),
    ),
    Check(
        id="plan.kinds", severity=Severity.STOPS, find=_guessed, steps=ADOPTING,
        title=_("The kinds of the sources"),
        sentence=_(
            "The kind of %(count)s sources was guessed from names that do not say it; it decides how they are marked."
        ),
        remedy=_("Look at the sources"),
    ),
    Check(
        id="plan.terms", severity=Severity.STOPS, find=_no_term, steps=ADOPTING,
        title=_("Consequences have their term"),
        sentence=_("Consequences to be done within a term that the plan does not give: %(count)s."),
        remedy=_("Give them a term"),
    ),
    Check(
        id="plan.otherwise", severity=Severity.STOPS, find=_says_otherwise, steps=ADOPTING,
        title=_("The plan says what the document says"),
        sentence=_("Days, terms, numbers or names that the document says and the plan says otherwise: %(facts)s."),
        remedy=_("Compare them with the text"),
    ),
    CLASSES,
    replace(CLASSES, id="plan.classes_left", severity=Severity.STOPS, steps=SETTLING, is_acceptable=False),
    Check(
        id="plan.empty_class", severity=Severity.WARNS, find=_empty_class,
        title=_("Every class of the plan has sections"),
        sentence=_("Classes of the plan without any section: %(count)s."),
        remedy=_("Look at the sections"),
    ),
    Check(
        id="plan.unknown_section", severity=Severity.WARNS, find=_unknown_section, steps=ADOPTING,
        title=_("Every section that the plan names is one of the bureau"),
        sentence=_(
            "The plan gives duties to sections that the bureau does not have: %(count)s. They fall to the supervision"
            " office."
        ),
        remedy=_("Enter the sections"),
    ),
    Check(
        id="plan.lost", severity=Severity.WARNS, find=_lost, steps=ADOPTING,
        title=_("The document is whole"),
        sentence=_("Text was lost in the document at %(passages)s places, and would be published so."),
        remedy=_("Write the right words"),
    ),
    Check(
        id="plan.uncovered", severity=Severity.WARNS, find=_uncovered, steps=ADOPTING,
        title=_("Every sentence of the document was read"),
        sentence=_("Sentences of the document that nothing in the plan covers: %(sentences)s."),
        remedy=_("Look at them"),
    ),
    Check(
        id="plan.half_read", severity=Severity.WARNS, find=_half_read, steps=ADOPTING,
        title=_("Every fact of the document is in the plan"),
        sentence=_(
            "Days, terms, numbers or names of the document that were not used: %(facts)s."
        ),
        remedy=_("Compare them with the text"),
    ),
    Check(
        id="plan.past", severity=Severity.WARNS, find=_past, steps=ADOPTING,
        title=_("No duty is past"),
        sentence=_(
            "%(late)s duties would be past on the day of the adoption; what was done can be taken over with its day"
            " afterwards."
        ),
        remedy=_("Look at the dates"),
    ),
    Check(
        id="plan.before", severity=Severity.WARNS, find=_before, steps=SETTLING,
        title=_("What was due before the start"),
        sentence=_("Tasks due before the year was opened, and neither reported nor taken over as done: %(tasks)s."),
        remedy=_("Take over what was done"),
    ),
    Check(
        id="plan.calendar", severity=Severity.NOTES, find=_provisional,
        title=_("The year's holidays are published"),
        sentence=_("The holidays of %(year)s are not published: terms in working days are provisional."),
        remedy=_("They are counted again once the calendar of that year is there (docs/guides/calendars.md)"),
    ),
)  # fmt: skip
