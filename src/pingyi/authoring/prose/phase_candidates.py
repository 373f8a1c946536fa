"""Stretches of text that may be phases: in a table, told in prose, in lines that begin with a date (§4.1–4.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pingyi.authoring.prose.dates import When, find_dates
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.tables import tables_of
from pingyi.authoring.prose.topics import Topic

HEAD = 90
INLINE = re.compile(
    r"(?<=[。；：，\n、 ])(?:第(?P<n>[一二三四五六])(?:个)?(?:阶段|步|环节)|(?P<name>[\u4e00-\u9fff]{4,10}阶段)(?=（)"
    r"|(?P<told>[\u4e00-\u9fff]{2,12}阶段)(?=(?:时间)?(?:为|是|从|自|在|：)\s?[\d一二三四五六七八九十]{1,4}[年月.]))"
)
_BRACKETED = re.compile(r"（[^（）]*）|〔[^〔〕]*〕")
_CLEAR = re.compile(
    r"^第?[一二三四五六\d]个?(?:阶段|步骤?|环节)(?:是|为|：|，|:|—|-| )*|^(?:阶段|步骤?|环节)(?:是|为"
    r"|：|，|-| )*|(?:时间)?(?:安排)?[：，为从自]+$|[，：]$"
)
# 各单位完成自查 names the stretch of the year by what is done in it.
_DONE = re.compile(
    r"^(?:由)?(?:各[^，。；]{1,6}?|[\u4e00-\u9fff]{1,8}?[局办委组院科室])?(?=完成|开展|组织|进行|制定|召开|汇总|通报|公布|总结)"
)


@dataclass(slots=True)
class Candidate:
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


def name_of(title: str) -> str:
    """Return a phase's name: its title without number, dates and brackets."""
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


def set_dates(made: Candidate, dates: list[When]) -> None:
    """Give a candidate the days that its dates mean."""
    ranged = [when for when in dates if when.is_range] or dates
    if not ranged:
        return
    made.begins, made.ends, made.dated_at = ranged[0].begins, ranged[0].ends, (dates[0].start, dates[-1].end)
    if not ranged[0].is_range and len(dates) > 1 and not ranged[0].is_deadline and dates[-1].ends:
        made.ends = dates[-1].ends


def from_table(page: Page, year: int) -> list[Candidate]:
    """阶段｜时间｜主要任务: each row is a phase, and its other cells are what is done in it."""
    made: list[Candidate] = []
    for table in tables_of(page):
        name, when = table.phase, table.when
        if not table.is_of_phases or name is None or when is None:
            continue
        for row in table.rows:
            dates = find_dates(page.flat, row[when].start, row[when].end, year=year) if when < len(row) else []
            if dates and row[name].end > row[name].start:
                head = max(row[name].end, row[when].end)
                made.append(Candidate(name_of(row[name].words), row[0].start, head, row[-1].end))
                set_dates(made[-1], dates)
            elif made:
                made[-1].end = row[-1].end
    return made if len(made) > 1 else []


def from_sentence(page: Page, year: int) -> list[Candidate]:
    """动员阶段为5月，整改阶段为6月至8月: phases told in a row within one sentence."""
    for start, end in page.sentences:
        if len([match for match in INLINE.finditer(page.flat, start, end) if match["told"]]) >= 2:
            return _in_prose(page, start, end, year)
    return []


def from_prose(page: Page, year: int) -> list[Candidate]:
    """第一阶段为宣传发动，时间是……；第二阶段……: phases told in one paragraph."""
    holders = sections(page, Topic.PHASES)
    start, end = (holders[0].start, holders[-1].end) if holders else (0, len(page.flat))
    return _in_prose(page, start, end, year)


def _in_prose(page: Page, start: int, end: int, year: int) -> list[Candidate]:
    found = list(INLINE.finditer(page.flat, start, end))
    candidates: list[Candidate] = []
    for match, following in zip(found, [*(other.start() for other in found[1:]), end], strict=False):
        dates = find_dates(page.flat, match.start(), min(following, match.end() + HEAD), year=year)
        if match["n"] and candidates and not dates:
            continue
        sentence_end = page.sentence_at(match.start())[1]
        head_end = max([min(sentence_end, following, match.end() + 30), *(when.end for when in dates[:1])])
        if match["told"] and dates:
            head_end = dates[0].end
        made = Candidate(
            name_of(page.flat[match.start() : min(sentence_end, following)]),
            match.start(),
            min(head_end, following),
            following,
        )
        set_dates(made, dates)
        candidates.append(made)
    return candidates if len(candidates) > 1 else []


def from_dated_lines(page: Page, year: int) -> list[Candidate]:
    """8月底前，各单位完成自查；9月至10月，开展暗访: lines under 进度安排 that each begin with their date."""
    for holder in sections(page, Topic.PHASES):
        dated = [
            (span, dates)
            for span in page.within(holder.title_end, holder.end)
            if (dates := find_dates(page.flat, *span, year=year)) and dates[0].start - _after_mark(page, span[0]) <= 2
        ]
        if len(dated) < 3:
            continue
        made: list[Candidate] = []
        for (start, _), dates in dated:
            following = next((span[0] for span, _ in dated if span[0] > start), holder.end)
            name = _DONE.sub("", page.flat[dates[0].end : following].lstrip("，：。 "))
            made.append(Candidate(re.split(r"[，。；：、]", name)[0][:14], start, dates[0].end, following))
            set_dates(made[-1], dates[:1])
        return made
    return []


def _after_mark(page: Page, start: int) -> int:
    node = page.node_starts.get(start)
    return node.title_start if node else start
