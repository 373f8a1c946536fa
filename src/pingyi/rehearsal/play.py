"""What every scene of a played year shares: the agenda, who acts, chance, and the last day."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from pingyi.rehearsal.agenda import Agenda, Scene
from pingyi.rehearsal.cast import HEADS, STAFF
from pingyi.rules.actor import Actor
from pingyi.stations.plans.models import Round


@dataclass(frozen=True, kw_only=True, slots=True)
class Play:
    """One played year."""

    round: Round
    people: dict[str, Actor]
    chance: random.Random
    ends: date  # the day on which the verdict is settled
    agenda: Agenda = field(default_factory=Agenda)

    def begin(self, at: datetime, scene: Callable[[datetime, Play], Scene]) -> None:
        """Let a scene of this play begin at an instant."""
        self.agenda.act_out(at, lambda at: scene(at, self))

    def staff(self, section: str) -> Actor:
        """Return whoever works on a section's cases: one of its staff."""
        return self.people[self.chance.choice(STAFF[section])]

    def head(self, section: str) -> Actor:
        """Return a section's head."""
        return self.people[HEADS[section]]

    def happens(self, share: float) -> bool:
        """Toss for something that happens in this share of cases."""
        return self.chance.random() < share
