"""The dated stretches of the year (§4.1–4.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pingyi.authoring.prose.dates import When, find_dates, find_length
from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.outline import Node
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.phase_candidates import (
    HEAD,
    INLINE,
    Candidate,
    from_dated_lines,
    from_prose,
    from_sentence,
    from_table,
    name_of,
    set_dates,
)
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.topics import Topic
from pingyi.rules.plan.schedule import Phase

_NAMED = re.compile(r"阶段|第[一二三四五六]步|环节")
_SINCE_ISSUE = re.compile(r"(?:印发|下发|发文|发布|公布|即)(?:之)?日")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseText:
    """A phase with the stretch of text that belongs to it."""

    phase: Phase
    start: int
    head_end: int
    end: int


def read_phases(page: Page, *, year: int, issued_on: date | None = None) -> tuple[list[PhaseText], list[Doubt]]:
    """Return the phases in order, and a doubt for each whose dates the text does not give."""
    candidates = from_table(page, year) or from_sentence(page, year) or _from_headings(page, year)
    candidates = candidates or from_prose(page, year) or from_dated_lines(page, year)
    _roll_over(page, candidates)
    _begin_at_issue(page, candidates, issued_on)
    doubts = _fill_gaps(candidates, year)
    texts = [
        PhaseText(
            phase=Phase(
                id=f"phase_{_WORDS[number] if number < len(_WORDS) else number + 1}",
                name=one.name,
                begins_on=one.begins or date(year, 1, 1),
                ends_on=one.ends or date(year, 12, 31),
                text=page.words(one.head_end, one.end).replace("\n", ""),
                clause=one.clause,
                quote=page.quote(one.start, one.head_end),
            ),
            start=one.start,
            head_end=one.head_end,
            end=one.end,
        )
        for number, one in enumerate(candidates)
    ]
    return texts, doubts


def _from_headings(page: Page, year: int) -> list[Candidate]:
    """Headings that say 阶段 or carry a date, all on one level below the section of the steps."""
    groups: dict[int, list[Node]] = {}
    holders = sections(page, Topic.PHASES)
    for node in page.nodes:
        parent = node.parent
        if parent is None or not any(holder in node.ancestors() for holder in holders):
            continue
        is_inside = any(holder is not node for holder in holders if holder in node.ancestors())
        if _NAMED.search(node.title) or (
            is_inside and (_dated_head(page, node, year) or _dated_body(page, node, year))
        ):
            groups.setdefault(id(parent), []).append(node)
    best = max(groups.values(), key=lambda nodes: (_dated(page, nodes, year), len(nodes)), default=[])
    best = _with_siblings(page, best, year)
    if len(best) == 1 and len(INLINE.findall(page.flat[best[0].start : best[0].end])) > 1:
        return []
    return [_candidate(page, node, year) for node in best if len(best) > 1 or _dated(page, best, year)]


def _with_siblings(page: Page, best: list[Node], year: int) -> list[Node]:
    """三、落实整改，建章立制（9月至12月）: a dated heading between two that say 阶段 is a phase like them."""
    if len(best) < 2 or best[0].parent is None:
        return best
    around = [node for node in best[0].parent.children if best[0].start <= node.start <= best[-1].start]
    return [node for node in around if node in best or _dated_head(page, node, year)]


def _begin_at_issue(page: Page, candidates: list[Candidate], issued_on: date | None) -> None:
    """自通知印发之日起: the day of signing is the first day."""
    if not candidates or issued_on is None:
        return
    first = candidates[0]
    is_open = first.begins is None and first.ends is not None and issued_on <= first.ends
    if is_open and _SINCE_ISSUE.search(page.flat, first.start, first.head_end):
        first.begins = issued_on


def _dated(page: Page, nodes: list[Node], year: int) -> int:
    return sum(_dated_head(page, node, year) or _dated_body(page, node, year) for node in nodes)


def _dated_head(page: Page, node: Node, year: int) -> bool:
    return bool(find_dates(page.flat, node.title_start, min(node.title_end, node.title_start + HEAD), year=year))


def _dated_body(page: Page, node: Node, year: int) -> bool:
    """宣传动员。4月底前，……: the first words after the title are the phase's date."""
    near = min(node.end, node.title_end + 30)
    dates = find_dates(page.flat, node.title_end, near, year=year)
    return bool(dates) and dates[0].start - node.title_end <= 8


def _candidate(page: Page, node: Node, year: int) -> Candidate:
    head_end = node.title_end
    dates = find_dates(page.flat, node.title_start, head_end, year=year)
    closing = page.flat.find("）", dates[0].end, dates[0].end + 3) if dates else -1
    if 0 <= closing < head_end - 4 and page.flat[closing + 1 : head_end].strip("。：， "):
        head_end = closing + 1  # the first duties follow on the heading's own line
    if not dates:
        near = min(node.end, node.title_end + HEAD)
        own = [
            when
            for when in find_dates(page.flat, node.title_end, near, year=year)
            if _speaks_of_phase(page, when, node)
        ]
        dates = own[:1]
        if dates:
            head_end = dates[0].end
    made = Candidate(name_of(node.title), node.start, head_end, node.end)
    made.clause = page.clause_at(node.start)
    set_dates(made, dates)
    made.length = find_length(page.flat, node.title_start, min(node.end, head_end + 60)) if not dates else None
    return made


def _speaks_of_phase(page: Page, when: When, node: Node) -> bool:
    """A date right behind the heading is the phase's; one later in a sentence belongs to a duty."""
    between = page.flat[node.title_end : when.start]
    return when.is_range or bool(
        re.fullmatch(r"[\s（，：]*(?:(?:活动|评议)?时间|日期)?(?:安排)?(?:为|是|：|在|从|自|于)*[\s（]*", between)
    )


def _roll_over(page: Page, candidates: list[Candidate]) -> None:
    """December is followed by January of the next year."""
    last: date | None = None
    for one in candidates:
        if last and one.begins and one.ends and (last - one.begins).days > 200:
            # Read again rather than moved: 2月底 of the next year may be the 29th.
            year = one.begins.year + 1
            set_dates(one, find_dates(page.flat, *(one.dated_at or (one.start, one.head_end)), year=year))
        last = one.begins or last


def _fill_gaps(candidates: list[Candidate], year: int) -> list[Doubt]:
    """Dates that follow from the neighbors (自发文之日起, 一个月, only a last day); the rest is asked."""
    doubts: list[Doubt] = []
    before: date | None = None
    for number, one in enumerate(candidates):
        stated = one.begins is not None and one.ends is not None
        if one.begins is None and before is not None:
            one.begins = before + timedelta(days=1)
        if one.ends is None and one.begins is not None and one.length is not None:
            one.ends = one.begins + one.length - timedelta(days=1)
        if one.begins is None and one.ends is not None and one.length is not None:
            one.begins = one.ends - one.length + timedelta(days=1)
        following = next((other.begins for other in candidates[number + 1 :] if other.begins), None)
        if one.ends is None and following is not None and (one.begins is None or following > one.begins):
            one.ends = following - timedelta(days=1)
        if not stated:
            code = "phase.half_dated" if one.begins or one.ends else "phase.undated"
            doubts.append(_doubt(code, number, one))
        if one.begins is None and one.ends is not None:
            one.begins = one.ends.replace(day=1)
        if one.begins is not None and (one.ends is None or one.ends < one.begins):
            one.ends = max(one.begins, date(one.begins.year, 12, 31))
        before = one.ends or before
    return doubts


def _doubt(code: str, number: int, one: Candidate) -> Doubt:
    return Doubt(
        code=code, facts={"phase": one.name}, span=Span(start=one.start, end=one.head_end), path=f"phases[{number}]"
    )


def phase_item(text: PhaseText) -> Found[Phase]:
    """Return the phase with the place of its heading."""
    return Found(replace(text.phase), text.start, text.head_end)
