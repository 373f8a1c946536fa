"""Stages and moves of a plan version: proposed by one person, adopted by another, amended by a new version (§0)."""

from __future__ import annotations

from enum import StrEnum

from pingyi.rules.refused import Refused


class VersionStage(StrEnum):
    """How far a plan version has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


# (move, stage) → the stage after it; what is not here is refused.
MOVES: dict[tuple[str, VersionStage], VersionStage] = {
    ("edit", VersionStage.DRAFT): VersionStage.DRAFT,
    ("propose", VersionStage.DRAFT): VersionStage.PROPOSED,
    ("adopt", VersionStage.PROPOSED): VersionStage.ADOPTED,
    ("withdraw", VersionStage.PROPOSED): VersionStage.DRAFT,  # the proposal is taken back, the draft stays
    ("withdraw", VersionStage.DRAFT): VersionStage.WITHDRAWN,
    ("amend", VersionStage.ADOPTED): VersionStage.ADOPTED,
}


def move(stage: VersionStage, verb: str) -> VersionStage:
    """Return the stage after a move, or refuse it with the stage that stands in its way."""
    after = MOVES.get((verb, stage))
    if after is None:
        raise Refused(f"version.is_{stage.value}", verb=verb)
    return after


def require_sound(*, problems: int, amends: str, current: str) -> None:
    """Refuse a version with blocking problems, and one that was written against a plan no longer in force."""
    if problems:
        raise Refused("version.has_problems", count=problems)
    if amends != current:
        raise Refused("version.overtaken")
