"""The document itself: its title, number, issuer, day and year."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from pingyi.authoring.prose.dates import find_dates
from pingyi.authoring.prose.numerals import number_of
from pingyi.authoring.prose.page import Found, Page

ORGANIZATION = (
    r"(?:分局|总局|局|委员会|人民政府|政府|街道办事处|办事处|管委会|党工委|党委|党组|公司|集团|总厂|厂"
    r"|卫生院|卫生服务中心|医院|学院|大学|中学|小学|学校"
    r"|幼儿园|人民法院|法院|检察院|研究院|设计院|服务中心|中心|总站|支行|分行|银行|信用社|联社|合作社"
    r"|大队|支队|总队|段|林场|办公室|厅|委|所|站|院|办|社|乡|镇|街道)"
)
_KIND = r"(?:方案|办法|细则|意见|通知|计划|安排|规定|要点|办法（试行）|安排意见)"
_NOTICE = re.compile(r"(?:印发|转发|下发)《?(?P<inner>[^》\n]{6,60})》?的?通知$")
# A copy in one line: …办公厅关于印发《…办法》的通知 …发〔2009〕60号
_ISSUED = re.compile(
    r"(?:(?<=\s)|^)(?P<issuer>[\u4e00-\u9fff]{4,40})关于(?:印发|转发|下发)《(?P<inner>[^》\n]{6,60})》的通知"
)
_TITLE = re.compile(rf"^(?P<title>[^。；\n]{{2,70}}?{_KIND}(?:（[^）]{{1,12}}）)?)\s*(?:（.{{2,24}}）)?$")
_ISSUER = re.compile(
    rf"^(?:关于印发《?)?(?P<issuer>[\u4e00-\u9fffXx×〇*]{{1,24}}?{ORGANIZATION})(?=关于|开展|深入|全面|进一步"
    rf"|深化|推进|〇|(?:19|20)\d\d|二〇|[一二]〇"
    r"|民主|政风|行风|作风|年度|“|《|印发|机关|系统|行政|中层|基层|站所|科室|群众|服务|社会|软环境"
    r"|工作|党风|窗口|评议|双评|万人|效能)"
)
_NUMBER = re.compile(
    r"(?m)^\s*(?P<number>[\u4e00-\u9fff]{1,12}[〔（]\s?(?P<year>(?:19|20)\d\d)\s?[〕）]\s?第?\s?\d{1,4}\s?号)"
)
_DATE_LINE = re.compile(
    r"(?m)^[（ ]*(?P<day>(?:(?:19|20)\d\d|[一二][〇零][〇零一二三四五六七八九]{2})\s?[年./-][^\n]{2,12}?)[）日]?\s*$"
)
_SIGNATURE = re.compile(rf"^[\u4e00-\u9fff（）×X*〇]{{2,30}}{ORGANIZATION}$")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})\s?(?:-+\s?(?:20)?\d\d\s?)?年")
_RECENT = range(1990, 2100)


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """What the document says about itself."""

    title: Found[str] | None
    issuer: Found[str] | None
    number: Found[str] | None
    issued_on: Found[date] | None
    year: Found[int] | None
    body_start: int


def read_identity(page: Page) -> Identity:
    """Return title, issuer, number, day of issue and year as far as the text gives them (§0)."""
    number = _number(page)
    title, lead_end = _title(page)
    issued_on = _issued_on(page, title)
    return Identity(
        title=title,
        issuer=_issuer(page, _notice(page, title)) or _issuer(page, title),
        number=number,
        issued_on=issued_on,
        year=_year(page, title=title, issued_on=issued_on, number=number),
        body_start=lead_end,
    )


def _lines(page: Page) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for line in page.flat.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _title(page: Page) -> tuple[Found[str] | None, int]:
    """The first line that names a plan; web copies repeat it, some break it in two."""
    lines = _lines(page)
    for index, (start, end) in enumerate(lines[:15]):
        found = _TITLE.match(page.flat[start:end].strip())
        if found is None or re.match(r"[一二三四五]、", page.flat[start:end]):
            continue
        first = start
        above = page.flat[lines[index - 1][0] : lines[index - 1][1]] if index else ""
        is_broken = 4 <= len(above) <= 34 and not re.search(r"[，。；：〔\d]$|号$|[。；：>|]", above) and index <= 4
        if (
            _SIGNATURE.match(above)
            or (is_broken and _ISSUER.match(above))
            or (above.startswith("关于") and len(above) < 30)
        ):
            first = lines[index - 1][0]
        words = page.text[first:end].replace("\n", "").strip()
        finish = end
        for later, last in lines[index + 1 : index + 4]:
            if page.flat[later:last].strip() == page.flat[start:end].strip():
                finish = last
        return _issued(page, Found(words, first, end), finish)
    # A copy that lost its line breaks: the title ends where the reasons begin.
    found = re.match(rf"[^。；\n]{{4,60}}?{_KIND}(?= |为|根据|按照|经|依据|遵照|现)", page.flat)
    if found is None and (issued := _ISSUED.search(page.flat, 0, 300)) is not None:
        return Found(page.text[slice(*issued.span("inner"))], *issued.span("inner")), issued.end()
    return (Found(found.group(), 0, found.end()), found.end()) if found else (None, 0)


def _issued(page: Page, title: Found[str], finish: int) -> tuple[Found[str], int]:
    """关于印发《…方案》的通知 with the plan below it: the plan's own title is the title, and its text the body."""
    notice = _NOTICE.search(title.value)
    lines = _lines(page)
    for index, (start, end) in enumerate(lines if notice else []):
        words = page.flat[start:end].strip()
        if notice is None or start < title.end or len(words) < 6 or not notice["inner"].endswith(words):
            continue
        above = lines[index - 1]
        is_broken = bool(_SIGNATURE.match(page.flat[slice(*above)].strip())) and above[0] > title.end
        first = above[0] if is_broken else start
        return Found(page.text[first:end].replace("\n", "").strip(), first, end), end
    return title, finish


def _notice(page: Page, title: Found[str] | None) -> Found[str] | None:
    """The notice above the plan names the issuer in full."""
    if title is None or title.start == 0:
        return title
    lines = [span for span in _lines(page)[:12] if span[1] <= title.start]
    for start, end in lines:
        if _SIGNATURE.match(page.flat[start:end].strip()) or _ISSUER.match(page.flat[start:end]):
            return Found(page.text[start:end], start, end)
    return title


def _issuer(page: Page, title: Found[str] | None) -> Found[str] | None:
    if title is not None:
        start = title.start
        found = _ISSUER.match(page.flat[start : title.end].replace("\n", ""))
        if found is not None:
            return _in_full(page, Found(found["issuer"], start, start + len(found["issuer"])))
        line = page.flat[start : title.end].split("\n")[0]
        if _SIGNATURE.match(line):
            return Found(line, start, start + len(line))
    issued = _ISSUED.search(page.flat, 0, 300)
    if issued is not None:
        begin, end = issued.span("issuer")
        twice = re.match(r".*(?:办公[厅室]|政府|委员会)(?=[\u4e00-\u9fff]{2,8}(?:政府|委))", page.flat[begin:end])
        begin += twice.end() if twice else 0
        return Found(page.text[begin:end], begin, end)
    lines = [(start, end) for start, end in _lines(page) if end > start]
    for start, end in [*lines[-4:], *lines[:4]]:
        if _SIGNATURE.match(page.flat[start:end].strip()):
            return Found(page.text[start:end].strip(), start, end)
    return None


def _in_full(page: Page, short: Found[str]) -> Found[str]:
    """青山镇 in the title is 青山镇人民政府 under the text."""
    for start, end in reversed(_lines(page)[-6:]):
        line = page.text[start:end].strip()
        if line.startswith(short.value) and _SIGNATURE.match(line):
            return Found(line, short.start, short.end)
    return short


def _number(page: Page) -> Found[str] | None:
    found = _NUMBER.search(page.flat, 0, 1500)
    return Found(page.text[found.start("number") : found.end("number")], *found.span("number")) if found else None


def _issued_on(page: Page, title: Found[str] | None) -> Found[date] | None:
    """A line of its own that is a date: the signing day."""
    top = (title.end if title else 0) + 200
    for found in reversed(list(_DATE_LINE.finditer(page.flat))):
        is_at_edge = found.end() > len(page.flat) - 200 or found.start() < top
        dates = find_dates(page.flat, found.start(), found.end(), year=2000) if is_at_edge else []
        if len(dates) == 1 and dates[0].begins is not None and dates[0].begins == dates[0].ends:
            return Found(dates[0].begins, dates[0].start, dates[0].end)
    return None


def _year(
    page: Page, *, title: Found[str] | None, issued_on: Found[date] | None, number: Found[str] | None
) -> Found[int] | None:
    """The title's year, else the year of most deadlines, else that of the signing day or the number."""
    if title is not None:
        found = _YEAR.search(page.flat, title.start, title.end)
        if found is not None and number_of(found["year"]) in _RECENT:
            return Found(number_of(found["year"]), *found.span())
    dated = [when for when in find_dates(page.flat, 0, len(page.flat), year=2000) if when.year_is_stated]
    years = Counter(day.year for when in dated for day in [when.begins or when.ends] if day is not None)
    if issued_on is not None:
        years[issued_on.value.year] += 1
    likely = [year for year, _ in years.most_common() if year in _RECENT]
    if likely:
        best = min((year for year in likely if years[year] == years[likely[0]]), default=likely[0])
        when = next((w for w in dated if (w.begins or w.ends or date.min).year == best), None)
        return Found(best, when.start, when.end) if when else Found(best, issued_on.start, issued_on.end)  # type: ignore[union-attr]
    if number is not None:
        found = _NUMBER.search(page.flat, number.start)
        return Found(int(found["year"]), *found.span("year")) if found else None
    mentions = [found for found in _YEAR.finditer(page.flat) if number_of(found["year"]) in _RECENT]
    if len({number_of(found["year"]) for found in mentions}) == 1:
        return Found(number_of(mentions[0]["year"]), *mentions[0].span())
    return None
