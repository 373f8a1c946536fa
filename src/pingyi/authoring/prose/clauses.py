"""The clauses of a sentence, and what is left of one without its dates and its means (§4)."""

from __future__ import annotations

import re

from pingyi.authoring.prose.dates import When
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.verbs import starts_with_verb

_DATE_WORDS = re.compile(r"^(?:并)?(?:在|于|自|从|截[止至]到?|最迟|务必|应|须|要)*\s*$")
MEANS = re.compile(r"^(?:通过|采取|采用|利用|以)[^，]{2,60}?等?(?:形式|方式|方法|途径|渠道)，?(?=[\u4e00-\u9fff]{3,})")
# 在分析、归纳的基础上 and 召开座谈会、发放问卷等形式 are one circumstance each.
_STILL_MEANS = re.compile(r"(?:基础上|形式|方式|方法|途径|渠道)$")
# 学校15个工作日内上报整改方案
WITHIN = re.compile(r"(?:在|于)?(?:\d{1,3}|[一二三五七十]{1,3})个?(?:工作日|日|天|周|月)(?:之)?内")
LONGEST = 60


def clauses_of(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence at its commas, but not inside brackets; 、 parts verbs: 建立机构、制定方案."""
    spans: list[tuple[int, int]] = []
    begin, depth = start, 0
    for place in range(start, end):
        sign = page.flat[place]
        depth += (sign in "（“《") - (sign in "）”》")
        is_cut = sign in "，。；：！？\n" or (sign == "、" and _parts_verbs(page.flat, begin, place, end))
        if is_cut and depth <= 0:
            spans.append((begin, place))
            begin, depth = place + 1, 0
    spans.append((begin, end))
    return [_bare(page, *span) for span in spans if page.flat[slice(*span)].strip(" \n")]


def _parts_verbs(flat: str, begin: int, place: int, end: int) -> bool:
    before, after = flat[begin:place], re.split(r"[、，。；]", flat[place + 1 : end])[0]
    if _STILL_MEANS.search(re.split(r"[，。；]", flat[place + 1 : end])[0]):
        return False
    is_means = re.match(r"\s*(?:同时|并)?(?:要)?(?:通过|采取|利用|运用|以|按照|围绕|对|在)", before)
    return (
        len(before) >= 5
        and len(after) >= 5
        and starts_with_verb(after)
        and starts_with_verb(before.strip())
        and not is_means
    )


def _bare(page: Page, start: int, end: int) -> tuple[int, int]:
    while start < end and page.flat[start] in " \n":
        start += 1
    # The number before an item is not part of its words.
    node = page.node_starts.get(start)
    return (node.title_start if node and node.title_start <= end else start), end


def without_dates(page: Page, start: int, end: int, dates: list[When]) -> str:
    """The clause without leading dates: 3月底前，各科室要… and 于11月30日前形成…."""
    clause = page.flat[start:end]
    opens = bool(dates) and bool(_DATE_WORDS.match(clause[: dates[0].start - start]))
    for when in reversed(dates):
        before = clause[: when.start - start]
        clause = (before.removesuffix("在") if len(before) > 2 else before) + clause[when.end - start :]
    clause = re.sub(r"（[^（）]*(?:责任|牵头|完成时[限间]|时间|时限)[^（）]*）|（\s*）", "", clause)
    clause = re.sub(r"[，：]", "", clause)
    return (
        re.sub(
            r"^(?:并)?(?:在|于|自|从|到|截[止至]到?|最迟|不迟于|将于|拟于"
            r"|务必于)(?=[\u4e00-\u9fff])(?!.{0,30}(?:基础上|位置|范围))",
            "",
            clause.strip(),
        )
        if opens
        else clause
    )


def title_of(bare: str) -> str:
    """Return the words of a duty as its title."""
    title = re.sub(r"^(?:均|将|须|应|也|都|要|并|于|在(?=形成|完成|上报))+", "", bare.strip(" 、，。；："))
    title = re.sub(r"（(?:联系人|联系电话|电话|邮箱|电子邮箱|传真)[^）]*）", "", title)
    title = MEANS.sub("", title)
    title = re.sub(r"(?<=[\u4e00-\u9fff])(?:并)?于(?=形成|报|完成|上报|书面|统一|一并)", "", title)
    return title[:LONGEST]
