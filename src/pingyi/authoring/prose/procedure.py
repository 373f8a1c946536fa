"""How a vote is held and a tie is ranked, where a text says so: quorum, void ballots, tellers, ties (§4.3c, §4.4b)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from pingyi.authoring.prose.numerals import NUMBER, SHARE, number_of, share_of
from pingyi.authoring.prose.page import Page

_QUORUMS = (
    re.compile(
        rf"(?:实到|到会|出席|参会)[^。；]{{0,24}}?(?<![未不没])(?:超过|达到|不少于|过)[^。；，]{{0,14}}?(?P<share>{SHARE})"
    ),
    re.compile(  # 未过半的，不得投票
        rf"(?:实到|到会|出席|参会)[^。；]{{0,24}}?(?:不足|不到|未达到?|达不到|未超过|未过)[^。；，]{{0,14}}?(?P<share>{SHARE})"
        r"[^。；]{0,8}(?:不得|不能|不予|无效|改期|推迟|延期|另行)"
    ),
    re.compile(
        rf"(?P<share>{SHARE})(?:及?以上)?的?[^。；，]{{0,12}}(?:到会|出席|参会)[^。；]{{0,8}}(?:方可|方能|才能|始得|有效)"
    ),
)
_VOID = re.compile(
    r"(?:收回|回收)[^。；]{0,14}(?:多于|超过|大于)[^。]{0,24}无效|多于[^。；，]{0,12}[，]?[^。；]{0,6}无效"
)
_VALID = re.compile(r"(?:收回|回收)[^。；]{0,10}(?:等于|少于)[^。]{0,16}有效")
_TELLERS = re.compile(rf"监票人?[^。；，\d]{{0,8}}?(?P<n>{NUMBER})\s?(?:名|人)")
_TIE = re.compile(r"名次(?:可以|可)?并列|(?:得分|分数|总分)相同[^。；]{0,10}并列|并列名次")
_ORDER = re.compile(r"(?:从高到低|由高到低|按[^。；，]{0,10}得分)[^。；]{0,16}(?:排序|排列|排名|排出)")
_HUNDRED = re.compile(
    r"(?:采取|采用|实行|为)“?百分制|总分(?:为|：)?\s?100\s?分|满分(?:为|：)?\s?100\s?分|以100分为满分"
)
_SECRET = re.compile(r"无记名|不记名|匿名")
_ABSTAIN = re.compile(r"(?:不填|不画|空白|未填)[^。；]{0,14}(?:弃权|无效)")
_BODY = re.compile(
    r"^(?:组长|副组长|成员|组员|主任|副主任|办公室主任)：|领导小组[^。；]{0,6}(?:下设|办公室设)|下设办公室|办公室设在"
)


@dataclass(slots=True)
class Procedure:
    """The rules of voting and ranking that a text states, and every sentence that only repeats what is so anyway."""

    quorum: Decimal | None = None
    tellers: int | None = None
    shares_ties: bool = False
    places: list[tuple[str, int, int]] = field(default_factory=list)


def read_procedure(page: Page) -> Procedure:
    """Return how the vote is held and ties are ranked; `places` are paths with the sentences that say so."""
    found = Procedure()
    for start, end in page.sentences:
        _read(page, start, end, found)
    return found


def _read(page: Page, start: int, end: int, found: Procedure) -> None:
    quorum = next((one for pattern in _QUORUMS if (one := pattern.search(page.flat, start, end))), None)
    tellers = _TELLERS.search(page.flat, start, end)
    if quorum is not None:
        found.quorum = share_of(quorum["share"])
        found.places.append(("assembly.quorum", start, end))
    if tellers is not None:
        found.tellers = number_of(tellers["n"])
        found.places.append(("assembly.tellers", start, end))
    if _VOID.search(page.flat, start, end) or _VALID.search(page.flat, start, end):
        found.places.append(("assembly.is_void_when_returned_exceeds_issued", start, end))
    if _TIE.search(page.flat, start, end):
        found.shares_ties = True
        found.places.append(("ranking.ties", start, end))
    elif _ORDER.search(page.flat, start, end):
        found.places.append(("ranking", start, end))
    if _SECRET.search(page.flat, start, end):
        found.places.append(("assembly", start, end))
    if _ABSTAIN.search(page.flat, start, end):
        found.places.append(("scales", start, end))
    if _HUNDRED.search(page.flat, start, end):
        found.places.append(("scales", start, end))
    node = page.node_starts.get(start)
    if _BODY.search(page.flat[node.title_start if node else start : end]):
        found.places.append(("organizer", start, end))
