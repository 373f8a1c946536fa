"""Where rooms tell each other, through the bureau, what they may not import: open duties, kinds of unit, promises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pingyi.rules.commitment import Outcome, Promise
from pingyi.rules.deed import Deed
from pingyi.rules.membership import KINDS
from pingyi.rules.plan.conduct import CaseKind
from pingyi.rules.result import Correction


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """One matter that a person holds, and where it is handed over."""

    reference: str
    title: str
    url: str


Duties = Callable[[str], Sequence[str]]
Holdings = Callable[[str], Sequence[Held]]
Kinds = Callable[[], Mapping[str, str]]
Classes = Callable[[], Mapping[str, str]]
Promises = Callable[[str, CaseKind, date], Sequence[Promise]]
Outcomes = Callable[[Collection[str], date, date], Sequence[Outcome]]
Ending = Callable[[str, str, datetime], None]
Keeping = Callable[[int], bool]
Deeds = Callable[[int], Sequence[Deed]]
Corrections = Callable[[int], Correction | None]
Publishing = Callable[[int], str]

_duties: list[Duties] = []
_holdings: list[Holdings] = []
_kinds: list[Kinds] = []
_classes: list[Classes] = []
_promises: list[Promises] = []
_outcomes: list[Outcomes] = []
_endings: list[Ending] = []
_keepings: list[Keeping] = []
_deeds: list[Deeds] = []
_corrections: list[Corrections] = []
_publishing: list[Publishing] = []


def duties_from(source: Duties) -> None:
    """Register a room's titles of the duties still open for a section reference; called from AppConfig.ready."""
    _duties.append(source)


def holdings_from(source: Holdings) -> None:
    """Register a room's open matters in the hands of a member (by reference); called from AppConfig.ready."""
    _holdings.append(source)


def kinds_from(source: Kinds) -> None:
    """Register a source of kinds of unit (id → name), such as the adopted plan; called from AppConfig.ready."""
    _kinds.append(source)


def classes_from(source: Classes) -> None:
    """Register a source of the classes in which sections are ranked (id → name); called from AppConfig.ready (§3.1)."""
    _classes.append(source)


def promises_from(source: Promises) -> None:
    """Register a source of a section's published promises about cases; called from AppConfig.ready (§3.2.3)."""
    _promises.append(source)


def outcomes_from(source: Outcomes) -> None:
    """Register a source of what became of the cases under promises; called from AppConfig.ready (§3.2.3)."""
    _outcomes.append(source)


def endings_from(ending: Ending) -> None:
    """Register what a room ends with a section (by reference, with the reason); called from AppConfig.ready."""
    _endings.append(ending)


def keepings_from(source: Keeping) -> None:
    """Register whether a room still needs what a year's result rests on; called from AppConfig.ready (§5.4)."""
    _keepings.append(source)


def deeds_from(source: Deeds) -> None:
    """Register a room's acts of a year that may be the proof of a duty; called from AppConfig.ready (§3.2.1)."""
    _deeds.append(source)


def corrections_from(source: Corrections) -> None:
    """Register who knows what of a year's published verdict is to be corrected; called from AppConfig.ready (§4.4c)."""
    _corrections.append(source)


def correction(year: int) -> Correction | None:
    """Return what of a year's published verdict is to be corrected, or was; None where nothing is."""
    return next((found for source in _corrections if (found := source(year)) is not None), None)


def publishing_from(source: Publishing) -> None:
    """Register where a year's confirmed verdict is published; called from AppConfig.ready (§4.4b)."""
    _publishing.append(source)


def publishing(year: int) -> str:
    """Return the address at which a year's confirmed verdict is published; empty where no room publishes."""
    return next((source(year) for source in _publishing), "")


def deeds(year: int) -> list[Deed]:
    """Return every act of a year that may be the proof of a duty."""
    return [one for source in _deeds for one in source(year)]


def end(section: str, *, reason: str, at: datetime) -> None:
    """Let every room end what a section leaves behind, within the act that closes it."""
    for ending in _endings:
        ending(section, reason, at)


def is_kept(year: int) -> bool:
    """Whether anything open, such as an objection, still rests on what was told in a year."""
    return any(source(year) for source in _keepings)


def open_duties(section: str) -> list[str]:
    """Return the titles of everything that keeps this section from being closed."""
    return [title for source in _duties for title in source(section)]


def held(member: str) -> list[Held]:
    """Return everything that this member must hand over before leaving the post (首问负责, §3.2.3)."""
    return [one for source in _holdings for one in source(member)]


def kinds() -> dict[str, str]:
    """Return every known kind of unit: the plan's word stands over the common one."""
    known = dict(KINDS)
    for source in _kinds:
        known.update(source())
    return known


def kind_of(said: str) -> str:
    """Return the id of the kind that is meant by an id or a name; what nobody knows stays as it was said."""
    return _meant(said, kinds())


def classes() -> dict[str, str]:
    """Return the classes in which sections are ranked, id → name; empty before a plan names them."""
    return {id_: name for source in _classes for id_, name in source().items()}


def class_of(said: str) -> str:
    """Return the id of the class that is meant by an id or a name; what no plan knows stays as it was said."""
    return _meant(said, classes())


def _meant(said: str, known: Mapping[str, str]) -> str:
    return said if said in known else next((id_ for id_, name in known.items() if name == said.strip()), said)


def promises(section: str, kind: CaseKind, *, on: date) -> list[Promise]:
    """Return what the section (by reference) promises for such a case received on this day."""
    return [promise for source in _promises for promise in source(section, kind, on)]


def outcomes(references: Collection[str], *, since: date, on: date) -> dict[str, Outcome]:
    """Return for each promise (by reference) how its cases received from `since` on stand on this day.

    A promise without cases is left out.
    """
    return {one.reference: one for source in _outcomes for one in source(references, since, on)}
