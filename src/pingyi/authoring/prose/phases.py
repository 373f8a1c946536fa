"""The dated stretches of the year (§4.1–4.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pingyi.authoring.prose.dates import When, find_dates, find_length
from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.outline import Node
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.tables import tables_of
from pingyi.authoring.prose.topics import Topic
from pingyi.rules.plan.schedule import Phase

_HEAD = 90
_NAMED = re.compile(r"阶段|第[一二三四五六]步|环节")
_INLINE = re.compile(
    r"(?<=[。；：，\n、 ])(?:第(?P<n>[一二三四五六])(?:个)?(?:阶段|步|环节)|(?P<name>[\u4e00-\u9fff]{4,10}阶段)(?=（)"
    r"|(?P<told>[\u4e00-\u9fff]{2,12}阶段)(?=(?:时间)?(?:为|是|从|自|在|：)\s?[\d一二三四五六七八九十]{1,4}[年月.]))"
)
_SINCE_ISSUE = re.compile(r"(?:印发|下发|发文|发布|公布|即)(?:之)?日")
_BRACKETED = re.compile(r"（[^（）]*）|〔[^〔〕]*〕")
_CLEAR = re.compile(
    r"^第?[一二三四五六\d]个?(?:阶段|步骤?|环节)(?:是|为|：|，|:|—|-| )*|^(?:阶段|步骤?|环节)(?:是|为"
    r"|：|，|-| )*|(?:时间)?(?:安排)?[：，为从自]+$|[，：]$"
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(slots=True)
class _Candidate:
    """A stretch of text that may be a phase, and what its dates say."""

    name: str
    start: int
    head_end: int
    end: int
    begins: date | None = None
    ends: date | None = None
    length: timedelta | None = None
    clause: str = ""
    dated_at: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseText:
    """A phase with the stretch of text that belongs to it."""

    phase: Phase
    start: int
    head_end: int
    end: int


def read_phases(page: Page, *, year: int, issued_on: date | None = None) -> tuple[list[PhaseText], list[Doubt]]:
    """Return the phases in order, and a doubt for each whose dates the text does not give."""
    candidates = _tabled(page, year) or _told(page, year) or _from_headings(page, year) or _from_prose(page, year)
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


def _from_headings(page: Page, year: int) -> list[_Candidate]:
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
    if len(best) == 1 and len(_INLINE.findall(page.flat[best[0].start : best[0].end])) > 1:
        return []
    return [_candidate(page, node, year) for node in best if len(best) > 1 or _dated(page, best, year)]


def _with_siblings(page: Page, best: list[Node], year: int) -> list[Node]:
    """三、落实整改，建章立制（9月至12月）: a dated heading between two that say 阶段 is a phase like them."""
    if len(best) < 2 or best[0].parent is None:
        return best
    around = [node for node in best[0].parent.children if best[0].start <= node.start <= best[-1].start]
    return [node for node in around if node in best or _dated_head(page, node, year)]


def _tabled(page: Page, year: int) -> list[_Candidate]:
    """阶段｜时间｜主要任务: each row is a phase, and its other cells are what is done in it."""
    made: list[_Candidate] = []
    for table in tables_of(page):
        name, when = table.phase, table.when
        if not table.is_of_phases or name is None or when is None:
            continue
        for row in table.rows:
            dates = find_dates(page.flat, row[when].start, row[when].end, year=year) if when < len(row) else []
            if dates and row[name].end > row[name].start:
                head = max(row[name].end, row[when].end)
                made.append(_Candidate(_name(row[name].words, page), row[0].start, head, row[-1].end))
                _set_dates(made[-1], dates)
            elif made:
                made[-1].end = row[-1].end
    return made if len(made) > 1 else []


def _told(page: Page, year: int) -> list[_Candidate]:
    """动员阶段为5月，整改阶段为6月至8月: phases told in a row within one sentence."""
    for start, end in page.sentences:
        if len([match for match in _INLINE.finditer(page.flat, start, end) if match["told"]]) >= 2:
            return _in_prose(page, start, end, year)
    return []


def _begin_at_issue(page: Page, candidates: list[_Candidate], issued_on: date | None) -> None:
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
    return bool(find_dates(page.flat, node.title_start, min(node.title_end, node.title_start + _HEAD), year=year))


def _dated_body(page: Page, node: Node, year: int) -> bool:
    """宣传动员。4月底前，……: the first words after the title are the phase's date."""
    near = min(node.end, node.title_end + 30)
    dates = find_dates(page.flat, node.title_end, near, year=year)
    return bool(dates) and dates[0].start - node.title_end <= 8


def _candidate(page: Page, node: Node, year: int) -> _Candidate:
    head_end = node.title_end
    dates = find_dates(page.flat, node.title_start, head_end, year=year)
    closing = page.flat.find("）", dates[0].end, dates[0].end + 3) if dates else -1
    if 0 <= closing < head_end - 4 and page.flat[closing + 1 : head_end].strip("。：， "):
        head_end = closing + 1  # the first duties follow on the heading's own line
    if not dates:
        near = min(node.end, node.title_end + _HEAD)
        own = [
            when
            for when in find_dates(page.flat, node.title_end, near, year=year)
            if _speaks_of_phase(page, when, node)
        ]
        dates = own[:1]
        if dates:
            head_end = dates[0].end
    made = _Candidate(_name(node.title, page), node.start, head_end, node.end)
    made.clause = page.clause_at(node.start)
    _set_dates(made, dates)
    made.length = find_length(page.flat, node.title_start, min(node.end, head_end + 60)) if not dates else None
    return made


def _speaks_of_phase(page: Page, when: When, node: Node) -> bool:
    """A date right behind the heading is the phase's; one later in a sentence belongs to a duty."""
    between = page.flat[node.title_end : when.start]
    return when.is_range or bool(
        re.fullmatch(r"[\s（，：]*(?:(?:活动|评议)?时间|日期)?(?:安排)?(?:为|是|：|在|从|自|于)*[\s（]*", between)
    )


def _name(title: str, page: Page) -> str:
    for when in reversed(find_dates(title, 0, len(title), year=2000)):
        opening = title.rfind("（", 0, when.start)
        if when.start - opening <= 6 and opening > 1:
            title = title[:opening]  # what follows the dates is the first duty, not the name
            continue
        title = title[: when.start] + title[when.end :]
    title = _BRACKETED.sub("", title).strip(" 。：，、；（）-")
    cleared = _CLEAR.sub("", _CLEAR.sub("", title)).strip(" 。：，、；-（）").rstrip("从自为")
    pieces = re.split(r"[，。；]", cleared)
    return (cleared if len(pieces) == 2 and pieces[1].endswith("阶段") else pieces[0] or title)[:30]


def _set_dates(made: _Candidate, dates: list[When]) -> None:
    ranged = [when for when in dates if when.is_range] or dates
    if not ranged:
        return
    made.begins, made.ends, made.dated_at = ranged[0].begins, ranged[0].ends, (dates[0].start, dates[-1].end)
    if not ranged[0].is_range and len(dates) > 1 and not ranged[0].is_deadline and dates[-1].ends:
        made.ends = dates[-1].ends


def _from_prose(page: Page, year: int) -> list[_Candidate]:
    """第一阶段为宣传发动，时间是……；第二阶段……: phases told in one paragraph."""
    holders = sections(page, Topic.PHASES)
    start, end = (holders[0].start, holders[-1].end) if holders else (0, len(page.flat))
    return _in_prose(page, start, end, year)


def _in_prose(page: Page, start: int, end: int, year: int) -> list[_Candidate]:
    found = list(_INLINE.finditer(page.flat, start, end))
    candidates: list[_Candidate] = []
    for match, following in zip(found, [*(other.start() for other in found[1:]), end], strict=False):
        dates = find_dates(page.flat, match.start(), min(following, match.end() + _HEAD), year=year)
        if match["n"] and candidates and not dates:
            continue
        sentence_end = page.sentence_at(match.start())[1]
        head_end = max([min(sentence_end, following, match.end() + 30), *(when.end for when in dates[:1])])
        if match["told"] and dates:
            head_end = dates[0].end
        made = _Candidate(
            _name(page.flat[match.start() : min(sentence_end, following)], page),
            match.start(),
            min(head_end, following),
            following,
        )
        _set_dates(made, dates)
        candidates.append(made)
    return candidates if len(candidates) > 1 else []


def _roll_over(page: Page, candidates: list[_Candidate]) -> None:
    """December is followed by January of the next year."""
    last: date | None = None
    for one in candidates:
        if last and one.begins and one.ends and (last - one.begins).days > 200:
            # Read again rather than moved: 2月底 of the next year may be the 29th.
            year = one.begins.year + 1
            _set_dates(one, find_dates(page.flat, *(one.dated_at or (one.start, one.head_end)), year=year))
        last = one.begins or last


def _fill_gaps(candidates: list[_Candidate], year: int) -> list[Doubt]:
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


def _doubt(code: str, number: int, one: _Candidate) -> Doubt:
    return Doubt(
        code=code, facts={"phase": one.name}, span=Span(start=one.start, end=one.head_end), path=f"phases[{number}]"
    )


def phase_item(text: PhaseText) -> Found[Phase]:
    """Return the phase with the place of its heading."""
    return Found(replace(text.phase), text.start, text.head_end)
