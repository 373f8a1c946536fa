"""What was changed by hand in a print that carries its plan: each difference by itself, to be taken or left (§0)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from pingyi.authoring.diff import Difference, DifferenceKind, diff
from pingyi.authoring.field_words import field_word
from pingyi.authoring.grafting import KEPT, pairs_of
from pingyi.authoring.printing.blocks import Block, BlockKind
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.values import is_english
from pingyi.rules.plan import Plan

MOST_CHANGES = 60  # that are told one by one; a text with more is another plan
Take = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference of the text from the carried plan: where it stands in the print, and what it says."""

    key: str
    place: str  # "三（二）4"
    difference: Difference
    is_single: bool  # the only one in its paragraph: nothing else can have been meant
    is_by_prose: bool = False  # read in a paragraph that was reworded: perhaps not all that it says

    def sentence(self, language: str = "zh") -> str:
        """Say it, with the place where it is found."""
        said = self.difference.sentence(language)
        if self.is_by_prose:
            said += " (reworded, read as prose)" if is_english(language) else "（文字改写，按一般文字读出）"
        lead = f"§ {self.place}" if self.place else ""
        return said if not lead else f"{lead}: {said}" if is_english(language) else f"{lead}：{said}"


def changes_of(carried: Plan, seen: Plan, *, language: str) -> tuple[Change, ...] | None:
    """Return all differences that a print says; nothing where they are too many to be one plan changed."""
    keys: list[str] = []

    def asked(key: str) -> bool:
        keys.append(key)
        return False

    merged(carried, seen, take=asked)
    if len(keys) > MOST_CHANGES:
        return None
    printed = outline(carried, language=language)
    found: list[tuple[str, tuple[int, ...], Difference]] = []
    for key in keys:
        one = taken(carried, seen, [key])
        other = outline(one, language=language)
        if places := _apart(printed, other):  # what no print says is no difference
            told = diff(carried, one)
            found.append((key, places, told[0] if told else _in_order(key, printed[places[0]], other[places[0]])))
    shared = Counter(place for _, places, _ in found for place in places)
    return tuple(
        Change(
            key=key,
            place=_place(printed, places[0]),
            difference=told,
            is_single=all(shared[place] == 1 for place in places),
        )
        for key, places, told in found
    )


def _in_order(key: str, before: Block, after: Block) -> Difference:
    """Say what stands where: a list whose words came into another order."""
    part = key.partition(".")[0].partition("[")[0]
    said = [(one.text, one.text) for one in (before, after)]
    place = field_word(part)
    return Difference(kind=DifferenceKind.REORDERED, part=part, path=key, place=place, before=said[0], after=said[1])


def merged(carried: Plan, seen: Plan, *, take: Take) -> Plan:
    """Return the carried plan with those differences of the seen one that are taken; each is asked for by its key."""
    plan: Plan = _merged(carried, seen, "", take)
    return plan


def taken(carried: Plan, seen: Plan, keys: Collection[str]) -> Plan:
    """Return the carried plan with the differences of these keys."""
    return merged(carried, seen, take=lambda key: key in keys)


def _merged(mine: Any, theirs: Any, path: str, take: Take) -> Any:
    values: dict[str, Any] = {}
    for one in fields(mine):
        old, new = getattr(mine, one.name), getattr(theirs, one.name)
        if one.name in KEPT or old == new:
            continue
        key = f"{path}.{one.name}" if path else one.name
        if is_dataclass(old) and type(old) is type(new):
            values[one.name] = _merged(old, new, key, take)
        elif isinstance(old, tuple) and isinstance(new, tuple) and any(map(is_dataclass, [*old, *new])):
            values[one.name] = tuple(_items(old, new, key, take))
        elif take(key):
            values[one.name] = new
    return replace(mine, **values)


def _items(old: tuple[Any, ...], new: tuple[Any, ...], path: str, take: Take) -> Iterator[Any]:
    """Yield the items of both lists: those that are one with what of theirs is taken, the others whole or not."""
    found = dict(_same(old, new))
    here = set(found.values())
    behind: dict[int, list[int]] = {}
    last = -1
    back = {there: mine for mine, there in found.items()}
    for place in range(len(new)):
        if place in here:
            last = back[place]
        else:
            behind.setdefault(last, []).append(place)
    for place in range(-1, len(old)):
        if place in found:
            yield _merged(old[place], new[found[place]], f"{path}[{_called(old[place], place)}]", take)
        elif place >= 0 and not take(f"{path}[-{_called(old[place], place)}]"):
            yield old[place]
        for added in behind.get(place, []):
            if take(f"{path}[+{_called(new[added], added)}]"):
                yield new[added]


def _same(old: tuple[Any, ...], new: tuple[Any, ...]) -> list[tuple[int, int]]:
    """Return which are one: by their ids, where they have one."""
    ids = {getattr(item, "id", ""): place for place, item in enumerate(new)}
    if "" in ids:
        return pairs_of(old, new)
    return [(place, ids[item.id]) for place, item in enumerate(old) if item.id in ids]


def _called(item: Any, place: int) -> str:
    return str(getattr(item, "id", "") or place + 1)


def _apart(one: tuple[Block, ...], other: tuple[Block, ...]) -> tuple[int, ...]:
    """Return which blocks of a print another has otherwise; what is only there stands at the block before."""
    if len(one) == len(other):
        return tuple(place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    first = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return (min(first, len(one) - 1),)


def _place(blocks: tuple[Block, ...], at: int) -> str:
    """Return the numbers under which a block stands."""
    head = sub = ""
    for block in blocks[: at + 1]:
        if block.kind is BlockKind.HEADING:
            head, sub = block.label.strip().rstrip("、."), ""
        elif block.kind is BlockKind.SUBHEADING:
            sub = block.label.strip()
    own = blocks[at].label.strip().rstrip(".") if blocks[at].kind is BlockKind.ITEM else ""
    if sub and sub[0].isdigit():  # the English number of a subheading begins with that of its heading
        return f"{sub} ({own})" if own else sub
    return f"{head}{sub}{own}"
