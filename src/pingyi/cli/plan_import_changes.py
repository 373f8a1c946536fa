"""The changes of a print that was changed by hand: listed with numbers, each taken or left (§0)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pingyi.cli.plan_import_words import say

if TYPE_CHECKING:
    from rich.console import Console

    from pingyi.authoring.by_changes import Changed
    from pingyi.authoring.importing import Imported

ALL = ("all", "全部")


class ChoiceError(Exception):
    """A choice that cannot be followed; `code` and `facts` make its sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep what is said."""
        super().__init__(code)
        self.code = code
        self.facts = facts


def with_choice(imported: Imported, *, take: str, leave: str) -> Imported:
    """Return what was brought in with these changes taken and those left; the others stay as the reader chose."""
    from pingyi.authoring.by_changes import chosen

    changed = imported.changed
    if changed is None:
        raise ChoiceError("no_changes")
    made = chosen(changed, _keys(changed, take=take, leave=leave))
    if made is None:
        raise ChoiceError("change_breaks")
    return replace(imported, changed=made, draft=made.draft)


def _keys(changed: Changed, *, take: str, leave: str) -> frozenset[str]:
    count = len(changed.changes)
    takes, leaves = (_numbers(given, count) for given in (take, leave))
    if takes is None and leaves is None:
        raise ChoiceError("change_all_both")
    every = frozenset(range(1, count + 1))
    if takes is None:
        takes = every - (leaves or frozenset())
    elif leaves is None:
        leaves = every - takes
    leaves = leaves or frozenset()
    if both := sorted(takes & leaves):
        raise ChoiceError("change_both", number=both[0])
    by_number = {number: one.key for number, one in enumerate(changed.changes, 1)}
    named = {by_number[number] for number in takes}, {by_number[number] for number in leaves}
    return (changed.taken | named[0]) - named[1]


def _numbers(given: str, count: int) -> frozenset[int] | None:
    """Return the numbers that are written, or nothing for all of them."""
    words = [one for one in re.split(r"[\s,，、;；]+", given.strip()) if one]
    if len(words) == 1 and words[0].lower() in ALL:
        return None
    for one in words:
        if not re.fullmatch(r"[0-9]{1,6}", one):
            raise ChoiceError("change_words", given=one)
        if not 1 <= int(one) <= count:
            raise ChoiceError("change_number", number=int(one), count=count)
    return frozenset(map(int, words))


def changes_as_json(changed: Changed | None) -> list[dict[str, object]]:
    """Return each change with its number, and whether it is taken."""
    if changed is None:
        return []
    return [
        one.difference.as_json()
        | {
            "number": number,
            "key": one.key,
            "place": one.place,
            "before": list(one.difference.before),
            "after": list(one.difference.after),
            "single": one.is_single,
            "by_prose": one.is_by_prose,
            "taken": one.key in changed.taken,
        }
        for number, one in enumerate(changed.changes, 1)
    ]


def show_changes(console: Console, changed: Changed | None, lang: str, *, is_chosen: bool) -> None:
    """Say each change with its number, and whether it is taken; `is_chosen` where a person said which."""
    if changed is None:
        return
    console.print(f"\n[bold]{say('changes', lang, count=len(changed.changes))}[/bold]")
    for number, one in enumerate(changed.changes, 1):
        console.print(f"  {number}. ± {one.sentence(lang)}", markup=False, soft_wrap=True)
        left = "change_kept" if is_chosen or one.is_by_prose else "change_left"
        code = left if one.key not in changed.taken else "" if one.is_single else "change_mixed"
        if code:
            console.print(f"     {say(code, lang)}", style="dim", markup=False)
    console.print(f"  {say('change_how', lang)}", style="dim", markup=False)
