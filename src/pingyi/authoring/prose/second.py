"""Two plans in one file: where the second one begins, so that the two are never read as one (§0)."""

from __future__ import annotations

import re

_LONGEST_TITLE = 60
_ENOUGH = 2
_TITLE = re.compile(
    r"(?:评议|行风|政风|考评|测评|评机关|评部门).*(?:方案|意见|办法|细则|安排|的通知)(?:[（(][^）)]*[）)])?$"
)
_ATTACHED = re.compile(r"附件|附表|附：|附录")
_BEGINS = re.compile(r"(?m)^(?:一、|第一|1[、.．]|一[.．]|[（(]一[）)]|㈠)")
# What every plan speaks of; a notice above its plan, or an attachment below, speaks of one at most.
_SUBJECTS = (
    re.compile(r"评议对象|评议范围|参评|参加评议|被评|评议单位|测评对象|考评对象"),
    re.compile(r"评议内容|评议重点|评议标准|测评内容|考评内容"),
    re.compile(r"阶段|步骤|第一步|时间安排|进度安排"),
    re.compile(r"结果运用|评议结果|测评结果|考评结果|末位|通报批评|评先评优"),
)


def second_plan(text: str) -> int | None:
    """Return where a second plan's title stands, or None where the text is one plan."""
    start = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and _is_title(line) and not _is_attached(lines, number):
            before, after = text[:start], text[start + len(line) :]
            if _is_plan(before) and _is_plan(after):
                return start
        start += len(line) + 1
    return None


def _is_title(line: str) -> bool:
    plain = line.strip()
    return len(plain) <= _LONGEST_TITLE and not re.search(r"[。；：，]", plain) and bool(_TITLE.search(plain))


def _is_attached(lines: list[str], number: int) -> bool:
    return any(_ATTACHED.match(line.strip()) for line in lines[max(0, number - 2) : number + 1])


def _is_plan(text: str) -> bool:
    return bool(_BEGINS.search(text)) and sum(bool(one.search(text)) for one in _SUBJECTS) >= _ENOUGH
