"""Who acts: a person in one role, or one of the house's own machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The parts that people play in a round (§1.3, §5.1)."""

    SUPERVISION_OFFICE = "supervision_office"
    SECTION_HEAD = "section_head"
    SECTION_STAFF = "section_staff"
    SUPERVISOR = "supervisor"
    BUREAU_LEADER = "bureau_leader"
    DISTRICT_OFFICE = "district_office"
    CITY_BUREAU = "city_bureau"
    SURVEY_TEAM = "survey_team"
    AUDITOR = "auditor"
    MACHINE = "machine"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """One person in one role; `reference` names the member's row, `section` the unit it belongs to."""

    reference: str
    name: str
    role: Role
    section: str | None = None
    posts: frozenset[str] = frozenset()  # the references of all posts of this person, held now or once
    makers: frozenset[str] = frozenset()  # all posts of those whose single hand made this one
    recused: frozenset[str] = frozenset()  # the sections in which this person declared an interest

    @property
    def linked(self) -> frozenset[str]:
        """The references whose work this person does not check: all own posts, and those of a sole maker (§5.4)."""
        return self.posts | self.makers | {self.reference}

    def did_any(self, doers: Iterable[str]) -> bool:
        """Whether this person, in whatever post, or this post's sole maker is one of the doers."""
        return not self.linked.isdisjoint(doers)

    def known_as(self, *references: str) -> str:
        """Return under which of these references this person acted before, or the own: what rules compare by."""
        return next((one for one in references if one in self.linked), self.reference)

    @property
    def is_machine(self) -> bool:
        """True for the worker, the sequencer and the set-up command."""
        return self.role is Role.MACHINE


VISITOR = Actor(reference="public", name="", role=Role.PUBLIC)


def citizen(matter: str) -> Actor:
    """Whoever holds the secret code of one matter: not known by name, and let in to that matter alone."""
    return Actor(reference=f"citizen/{matter}", name="", role=Role.PUBLIC)


def reader(matter: str) -> Actor:
    """Whoever holds the reading code of one matter, which staff may hand out: sees it, and decides nothing."""
    return Actor(reference=f"reader/{matter}", name="", role=Role.PUBLIC)


def machine(name: str) -> Actor:
    """The actor for work that the house does by itself, such as sequencing."""
    return Actor(reference=f"machine/{name}", name=name, role=Role.MACHINE)
