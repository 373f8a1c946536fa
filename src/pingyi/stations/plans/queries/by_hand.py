"""What was changed by hand in a print that was brought in: each difference, and which of them the draft takes (§0)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from pingyi.authoring.by_changes import Changed
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.print_changes import taken
from pingyi.authoring.read import read
from pingyi.authoring.values import is_english
from pingyi.stations.plans.models import PlanVersion

BESIDE = frozenset({"print.beside", "print.reworded", "print.more", "print.rest"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ByHand:
    """One difference in words, and whether the draft has it."""

    key: str
    said: str
    is_single: bool
    is_taken: bool


def kept(changed: Changed) -> dict[str, Any]:
    """Return what a version keeps of the differences, so that each can still be taken or left."""
    return {
        "carried": to_yaml(changed.carried),
        "seen": to_yaml(changed.seen),
        "changes": [[one.key, one.sentence("zh"), one.sentence("en"), one.is_single] for one in changed.changes],
        "taken": sorted(changed.taken),
    }


def by_hand(row: PlanVersion, *, language: str) -> tuple[ByHand, ...]:
    """Return the differences of a version's document from the plan that it carried."""
    told = row.understood.get("print", {})
    chosen = set(told.get("taken", []))
    return tuple(
        ByHand(key=key, said=en if is_english(language) else zh, is_single=is_single, is_taken=key in chosen)
        for key, zh, en, is_single in told.get("changes", [])
    )


def can_choose(row: PlanVersion) -> bool:
    """Whether a draft is still what was read of its document: what a person wrote since is not written over."""
    told = row.understood.get("print")
    return bool(told) and row.text == _text(row, told["taken"])


def chosen(row: PlanVersion, keys: Collection[str]) -> tuple[str, dict[str, Any]]:
    """Return the plan's text with these differences and no other ("" where it breaks), and what the version keeps."""
    text = _text(row, keys)
    facts = {"count": len(row.understood["print"]["changes"]), "taken": len(keys)}
    doubts = [
        {**one, "facts": {**one["facts"], **facts}} if one["code"] == "print.differs" else one
        for one in row.understood["doubts"]
    ]
    understood = {**row.understood, "doubts": doubts, "print": {**row.understood["print"], "taken": sorted(keys)}}
    return text if read(text).is_whole else "", understood


def _text(row: PlanVersion, keys: Collection[str]) -> str:
    carried, seen = (read(row.understood["print"][one]).plan for one in ("carried", "seen"))
    return to_yaml(taken(carried, seen, keys)) if carried and seen else ""
