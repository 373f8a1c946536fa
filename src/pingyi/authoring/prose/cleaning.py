"""From a text as found to the text that a person reads: glosses, spaces, page furniture and broken lines are mended."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

import opencc

from pingyi.authoring.prose.flat import HAN, flatten, width
from pingyi.authoring.prose.furniture import part_furniture
from pingyi.authoring.prose.marks import starts_with_mark
from pingyi.authoring.prose.radicals import without_radicals

BAR = "｜"
_NUMBER_TAB = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、])\t[^\t]*$"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\x00-\x08\x0e-\x1f\x7f]")
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(rf"(?<=[{HAN}A-Za-z?])[(（]([a-zü{_TONED}]{{1,6}})[)）]")
_SPACED_OUT = re.compile(rf"(?:(?<![{HAN}])[{HAN}][ \u3000]{{1,2}}){{3,}}[{HAN}](?![{HAN}])")
_HEADING = r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]|第[一二三四五六七八九十]{1,3}[条章]"
_LONG = 200
_WIDE_GAP = re.compile(r"[ \u3000]{2,}")
_HEADING_GAP = re.compile(rf"[ \u3000]+(?={_HEADING})")
_TITLE_GAP = re.compile(rf"^((?:{_HEADING})[{HAN}、]{{2,14}})[ \u3000]+(?=[{HAN}（“])")
_GAP = re.compile(rf"(?<=[{HAN}，。；：、！？“”（）《》])[ \u3000]+(?=[{HAN}，。；：、！？“”（）《》])(?!{_HEADING})")
_GAP_AT_NUMBER = re.compile(rf"(?<=[{HAN}]) (?=\d)|(?<=\d) (?=[年月日号时个项条%分类])")
_INLINE_PAGE = re.compile(r"第 ?\d{1,4} ?页[ ，,/]{0,2}共 ?\d{1,4} ?页")
_STRAY = re.compile(r"1[、.](?=[^\n，。；]{4,40}(?:方案|办法|细则|意见|通知)(?:\s|$))")  # a converter's page number
_UNFINISHED = re.compile(r"[，、（《“－—-]$")
_CONTINUES = re.compile(r"^[，。；、：）》”%！？]")
# What follows a day or a number at once: 11月30日⏎前局办公室报送总结, not 前言, 前三名, 内容, 起草.
_BOUND = re.compile(
    r"^(?:[以之](?:前|内)|前(?![言期述款项列任台沿提往来景后\d一二三四五六七八九十])|止|至(?![此于今])|起(?![草点到诉])|内(?![容部设务控外网勤业审涵]))"
)
_COUNTED = re.compile(r"(?:[年月日号天周旬底末\d]|小时|季度)$")
_CUT_DATE = re.compile(r"\d⏎(?:年|月(?!度)|日(?!常)|号)|月\d⏎\d[日号]")
# A clause that has said a day and nothing else: what is to be done by then stands on the next line. A whole date
# behind a full stop is the day of a signature.
_BARE_DATE = re.compile(
    r"(?:[，；](?:\d{4}年)?|。)(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?$"
)
_STOPPED = re.compile(r"[。；：！？…”）〕]$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cleaned:
    """The text that all places refer to, and what was left out of it."""

    text: str
    left_out: tuple[str, ...]


def clean(text: str, *, lines_are_whole: bool = False) -> Cleaned:
    """Return the readable text, one paragraph a line, in simplified characters; lost bytes stay as they are.

    `lines_are_whole` where each line is known to be a paragraph, so that none is joined with the next by its words.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", text.replace("\u2028", "\n").replace("\v", "\n").replace("\xa0", " "))
    text = _simplified(_without_glosses(without_radicals(text)))
    pages = _INLINE_PAGE.findall(text)
    text = _INLINE_PAGE.sub("", text)
    written = [line for line in text.replace("\f", "\n\f\n").split("\n") if line == "\f" or line.strip(" \u3000")]
    lines = [line.strip(" \t\u3000") for line in _rows(written)]
    lines = [piece for line in lines for piece in _unfolded(line)]
    lines, left_out = part_furniture(lines)
    stray = _STRAY.match(lines[0]) if lines else None
    if stray:
        lines, left_out = [lines[0][stray.end() :], *lines[1:]], [stray.group(), *left_out]
    lines = [_without_gaps(line) for line in lines if line and line != "\f"]
    return Cleaned(text="\n".join(lines if lines_are_whole else _joined(lines)), left_out=(*pages, *left_out))


def _unfolded(line: str) -> list[str]:
    """A copy that lost its line breaks still has the gaps: 一、指导思想 坚持…… 二、评议对象 局机关……."""
    if len(line) < _LONG or BAR in line:
        return [line]
    wide = len(_WIDE_GAP.findall(line)) >= 5
    if not wide and len(_HEADING_GAP.findall(line)) < 3:
        return [line]
    pieces = (_WIDE_GAP if wide else _HEADING_GAP).split(line)
    return [part for piece in pieces for part in _TITLE_GAP.sub(r"\1\n", piece, count=1).split("\n")]


def _rows(lines: list[str]) -> list[str]:
    """Put ｜ between the cells of a table's rows; a tab that stands alone is only a gap."""
    cut = ["\t" in line.strip(" \t\u3000") and not _NUMBER_TAB.match(line) for line in lines]
    return [
        BAR.join(re.sub(r"\s+", " ", cell).strip() for cell in line.split("\t"))
        if is_row
        and (cut[max(place - 1, 0)] * (place > 0) or cut[min(place + 1, len(lines) - 1)] * (place + 1 < len(lines)))
        else line
        for place, (line, is_row) in enumerate(zip(lines, cut, strict=True))
    ]


def _without_glosses(text: str) -> str:
    """環(huán)保 → 環保: half of a pinyin reading in brackets, as some pages add after every character."""
    found = _GLOSS.findall(text)
    toned = sum(any(sign in _TONED for sign in gloss) for gloss in found)
    if toned < 3:
        return text
    return _GLOSS.sub("", text)


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    converted: str = _converter().convert(text)
    changed = sum(one != other for one, other in zip(text, converted, strict=False))
    # A few traditional characters in a simplified text are names or quotations: they stay.
    return converted if changed > max(3, len(text) // 50) else text


def _without_gaps(line: str) -> str:
    if BAR in line:
        return line
    spaced = _SPACED_OUT.sub(lambda found: re.sub(r"[ \u3000]", "", found.group()), line)
    tokens = spaced.replace("\u3000", " ").split()
    is_list = (
        len(tokens) >= 3 and not re.search("[，。；,;]", spaced) and all(2 <= len(token) <= 16 for token in tokens)
    )
    if "\t" in spaced or is_list:
        return spaced.replace("\t", " ")
    if spaced.count(" ") + spaced.count("\u3000") <= 2 and starts_with_mark(flatten(spaced)) and len(tokens) == 2:
        return spaced
    return _GAP_AT_NUMBER.sub("", _GAP.sub("", spaced))


def _joined(lines: list[str]) -> list[str]:
    """Put lines together that were broken in the middle of a sentence."""
    measure = _wrap_width(lines)
    joined: list[str] = []
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        pieces.append(line)
        if following and _runs_on(line, following, measure, is_continued=len(pieces) > 1):
            continue
        joined.append("".join(pieces))
        pieces = []
    return joined


def _wrap_width(lines: list[str]) -> float:
    """Return the width at which lines were broken, or 0 where each line is a paragraph."""
    widths = sorted(width(line) for line in lines)
    if len(widths) < 6:
        return 0
    measure = widths[len(widths) * 9 // 10]
    if not 12 <= measure <= 70:
        return 0
    full = [line for line in lines if 0.85 * measure <= width(line) <= 1.15 * measure]
    broken = sum(not _STOPPED.search(flatten(line)) for line in full)
    return measure if broken >= 3 and broken >= len(lines) // 5 else 0


def _runs_on(line: str, following: str, measure: float, *, is_continued: bool) -> bool:
    if BAR in line or BAR in following:
        return False
    flat, following = flatten(line), flatten(following)
    if _CONTINUES.match(following):
        return True
    if starts_with_mark(following):
        return False
    is_open = flat.count("（") > flat.count("）") and "）" in following
    if is_open or _UNFINISHED.search(flat) or re.search(r"[。！？]$", flat):
        return not re.search(r"[。！？]$", flat)
    if (measure and width(line) >= 0.85 * measure) or _is_cut_at_day(flat, following):
        return True
    has_clauses = "，" in flat or (is_continued and measure > 0)
    return has_clauses and len(flat) >= 15 and not _STOPPED.search(flat) and not re.search(r"[年月日]$", flat)


def _is_cut_at_day(flat: str, following: str) -> bool:
    """Tell whether a line was broken inside a date, or between a day and what is said of it."""
    if _STOPPED.search(flat):
        return False
    if _CUT_DATE.search(f"{flat[-3:]}⏎{following[:3]}"):
        return True
    if _BOUND.match(following):
        return bool(_COUNTED.search(flat) or re.search("[，。；：]", flat))
    return bool(_BARE_DATE.search(flat))
