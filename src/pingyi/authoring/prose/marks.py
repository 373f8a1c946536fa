"""The numbers that official prose sets before headings and items, in all their spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pingyi.authoring.prose.numerals import number_of

_N = "一二三四五六七八九十百"
_SPACE = r"[ ]{0,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED_HAN = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_STOPPED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"

_PATTERNS = (
    ("part", rf"第{_SPACE}(?P<part>[{_N}]{{1,4}}|\d{{1,2}}){_SPACE}(?:部分|章|编|篇)[、：，. ]{{0,2}}"),
    ("article", rf"第{_SPACE}(?P<article>[{_N}]{{1,4}}|\d{{1,3}}){_SPACE}条[、：，. ]{{0,2}}"),
    ("stage", r"第(?P<stage>[一二三四五六七八九]|\d)个?(?=(?:评议|工作)?(?:阶段|步|环节))"),
    ("han", rf"(?P<han>[{_N}]{{1,3}}){_SPACE}(?:[、.．]|[ ](?=[^ ]))"),
    ("han_bracket", rf"（{_SPACE}(?P<han_bracket>[{_N}]{{1,3}}){_SPACE}）[、.， ]{{0,2}}"),
    ("han_bracket_sign", rf"(?P<han_bracket_sign>[{_BRACKETED_HAN}])[、.， ]{{0,2}}"),
    ("decimal", r"(?P<decimal>\d{1,2}\.\d{1,2})(?:[、. ]{1,2}|(?=[^\d\s.年月日号\-至到%分）倍万亿元]))"),
    ("number", r"(?P<number>\d{1,2})[ ]?(?:、|\.(?!\d)|\.(?=\d{1,2}月|(?:19|20)\d\d年)|[ ](?=[\u4e00-\u9fff]))[ ]?"),
    ("number_sign", rf"(?P<number_sign>[{_STOPPED}])[、 ]{{0,2}}"),
    ("number_bracket", rf"（{_SPACE}(?P<number_bracket>\d{{1,2}}){_SPACE}）[、.， ]{{0,2}}"),
    ("number_bracket_sign", rf"(?P<number_bracket_sign>[{_BRACKETED}])[、.， ]{{0,2}}"),
    ("number_half", r"(?P<number_half>\d{1,2})）[、 ]{0,2}"),
    ("circle", rf"(?P<circle>[{_CIRCLED}])[、 ]{{0,2}}"),
    ("being", rf"(?P<being>[{_N}]{{1,2}})(?=[是要看]|则[是要]?)[是要看]?[，：]?"),
    ("ordinal", rf"第(?P<ordinal>[{_N}]{{1,2}})[，、：]"),
    ("namely", r"其(?P<namely>[一二三四五六七八九])[，、是：]"),
)
_ANY = re.compile("|".join(f"(?:{pattern})" for _, pattern in _PATTERNS))
_SAME = {
    "han_bracket_sign": "han_bracket",
    "number_sign": "number",
    "number_bracket_sign": "number_bracket",
    "number_half": "number_bracket",
}
_SIGNS = {sign: place + 1 for row in (_CIRCLED, _BRACKETED_HAN, _BRACKETED, _STOPPED) for place, sign in enumerate(row)}
INLINE_ONLY = {"being", "ordinal", "namely"}
# A mark may also stand in the middle of a line, but only where a sentence or clause has just ended.
_INLINE_PLACE = re.compile(r"(?<=[。；：！？，、 〕）”])[ ]?(?=[第其（①-⑳⑴-⒛㈠-㈩0-9一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Mark:
    """One heading or item number: its style, its value and its place."""

    style: str
    value: int
    start: int
    end: int
    is_at_line_start: bool


def mark_at(flat: str, position: int, *, at_line_start: bool) -> Mark | None:
    """Return the mark that stands exactly at a place."""
    found = _ANY.match(flat, position)
    if found is None or found.lastgroup is None:
        return None
    written = found.group(found.lastgroup)
    value = _SIGNS.get(written) or (int(written.split(".")[1]) if "." in written else number_of(written))
    if not value:
        return None
    style = _SAME.get(found.lastgroup, found.lastgroup)
    return Mark(style, value, position, found.end(), at_line_start)


def starts_with_mark(line: str) -> bool:
    """Tell whether a (flattened) line opens with a heading or item number."""
    mark = mark_at(line, 0, at_line_start=True)
    return mark is not None


def inline_candidates(flat: str, start: int, end: int) -> list[Mark]:
    """Return the marks inside a line that stand where one may begin."""
    marks: list[Mark] = []
    for place in _INLINE_PLACE.finditer(flat, start + 1, end):
        mark = mark_at(flat, place.end(), at_line_start=False)
        if mark is not None and mark.end <= end and (not marks or marks[-1].start < mark.start):
            marks.append(mark)
    return marks
