"""Proposals learnt from the bureau's own closed cases, and hot matters found; by the worker (§1.4, §3.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from pingyi.inference import hot, near
from pingyi.inference.features import Example
from pingyi.inference.hot import Matter
from pingyi.inference.learn import MOST_EXAMPLES, learn
from pingyi.inference.lexicon import Lexicon, lexicon
from pingyi.inference.near import Said
from pingyi.inference.suggest import to_bytes
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.stations.cases import marks
from pingyi.stations.cases.indexing import told
from pingyi.stations.cases.models import Case, HotlineTable, Learnt, Surfaced, TableState

USES = ("kind", "theme", "section")
WINDOWS = (7, 30, 90)
USUAL = 180  # days before the window, against which it is held
MOST_MATTERS = 60_000
ANEW = timedelta(hours=20)
NOW, THEN = 4, 3  # a third more is closed than was learnt from
LEVELS = " › "  # between the levels of a theme
AREAS = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡|社区|村)")


def learn_all(*, at: datetime) -> dict[str, bool]:
    """Learn all proposals anew from the closed cases as they are now; return which could be learnt."""
    count = _all_closed().count()
    closed = list(_closed())
    group = _groups(closed)
    return {use: _learn(use, closed, group, count=count, at=at) for use in USES}


def is_due(*, at: datetime) -> bool:
    """Whether there is something to learn: a third more is closed than was then, or it was long ago, or never.

    While a table comes in it waits: half a table would be learnt, and its import held up.
    """
    if HotlineTable.objects.filter(state__in=(TableState.WAITING, TableState.RUNNING)).exists():
        return False
    last = Learnt.objects.order_by("-learnt_at").values("learnt_at", "check_figures").first()
    if last is None or last["learnt_at"] <= at - ANEW:
        return True
    then, now = int(last["check_figures"].get("closed", 0)), _all_closed().count()
    return now > then and now * THEN >= then * NOW


def label_of(use: str, case: Case) -> str:
    """Return what people decided for this case."""
    if use == "kind":
        return case.kind_id
    if use == "theme":
        return case.theme
    return case.section.reference if case.section and case.section.closed_on is None else ""


def facets_of(use: str, case: Case) -> tuple[tuple[str, str], ...]:
    """Return what is known beside the text when the proposal is made."""
    known = [("channel", case.channel_id)]
    if use != "kind":
        known.append(("kind", case.kind_id))
    if use == "section":
        known += [*_steps("theme", case.theme.split(LEVELS)), *_steps("area", AREAS.findall(case.place))]
    return tuple(known)


def words_for(use: str, case: Case) -> str:
    """Return the text that a proposal is made from; a title that only repeats the theme tells nothing of it."""
    is_theme = not case.text and bool(case.theme) and case.theme.startswith(case.title.removesuffix("…"))
    return "" if use == "theme" and is_theme else told(case)


def _steps(name: str, levels: Sequence[str]) -> list[tuple[str, str]]:
    """Return each level on its own way down: two streets may have a community of one name."""
    return [(f"{name}{depth}", LEVELS.join(levels[:depth])) for depth in range(1, len(levels) + 1) if levels[depth - 1]]


def surface(*, at: datetime) -> int:
    """Find the hot matters anew for each window; return how many the longest one has."""
    on = day_of(at)
    matters = list(_matters(since=on - timedelta(days=max(WINDOWS) + USUAL), until=on))
    words = lexicon(matter.text for matter in matters)
    count = 0
    for days in WINDOWS:
        count = _surface(matters, words, days=days, on=on, at=at)
    return count


def _learn(use: str, closed: Iterable[Case], group: dict[str, str], *, count: int, at: datetime) -> bool:
    examples = [
        Example(
            label=label_of(use, case),
            text=words_for(use, case),
            facets=facets_of(use, case),
            group=group.get(case.reference, case.reference),
        )
        for case in closed
        if label_of(use, case)
    ]
    model = learn(examples)
    Learnt.objects.update_or_create(  # plain row
        use=use,
        defaults={
            "learnt_at": at,
            "arrays": to_bytes(model) if model else b"",
            "check_figures": {**(asdict(model.check) if model else {"examples": len(examples)}), "closed": count},
        },
    )
    return model is not None


def _all_closed() -> QuerySet[Case]:
    """Return what proposals are learnt from; reports of misconduct teach nothing to anybody."""
    return Case.objects.filter(stage=Stage.CLOSED.value, is_restricted=False).exclude(title="")


def _closed() -> Iterable[Case]:
    """Return the latest closed cases, the oldest first."""
    latest = _all_closed().select_related("section").defer("answer", "result", "due_moves", "salts").order_by("-pk")
    return reversed(latest[:MOST_EXAMPLES])


def _groups(closed: Iterable[Case]) -> dict[str, str]:
    """Cases that say nearly the same are never learnt from and checked on at once."""
    found = near.groups(near.pairs(Said(key=case.reference, text=told(case)) for case in closed))
    return {key: keys[0] for keys in found for key in keys}


def _matters(*, since: date, until: date) -> Iterable[Matter]:
    rows = Case.objects.filter(received_on__gt=since, received_on__lte=until, is_restricted=False)
    rows = rows.exclude(stage=Stage.MERGED.value).select_related("section")
    latest = list(rows.only(*_NEEDED).order_by("-received_on", "-pk")[:MOST_MATTERS])
    persons = marks.persons([case.key_name for case in latest])
    for case in latest:
        yield Matter(
            key=case.reference,
            text=f"{case.title}。{case.place}。{told(case)}",
            on=case.received_on,
            who=persons.get(case.key_name, ""),
            marks=(("section", case.section.reference if case.section else ""), ("theme", case.theme)),
        )


_NEEDED = (
    "reference", "title", "text", "place", "theme", "received_on", "section__reference", "key_name",
)  # fmt: skip


def _surface(matters: list[Matter], words: Lexicon, *, days: int, on: date, at: datetime) -> int:
    recent = [matter for matter in matters if matter.on > on - timedelta(days=days)]
    found: dict[str, Any] = {
        "cases": len(recent),
        "clusters": [asdict(one) for one in hot.clusters(recent, words=words)[:50]],
        "surges": [asdict(one) for one in hot.surges(matters, until=on, days=days, before=USUAL, words=words)[:50]],
    }
    for one in found["clusters"]:
        one.update(first_on=one["first_on"].isoformat(), last_on=one["last_on"].isoformat())
    Surfaced.objects.update_or_create(days=days, defaults={"found_at": at, "found": found})  # plain row
    return len(found["clusters"])
