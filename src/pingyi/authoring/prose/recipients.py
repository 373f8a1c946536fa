"""To whom something is reported or filed: 报局监察室汇总, 报区纠风办、市环保局备案, 向社会公示."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pingyi.authoring.prose.offices import Offices
from pingyi.authoring.prose.page import Page

_FORWARDS = re.compile(
    r"(?<![通简海播捷晚日举汇申填电情])(?:分别|及时|统一|一并|同时|书面)?(?:报送?至?|上报至?|呈报|抄报"
    r"|抄送|报送|送交|送达|送|报告|提交|递交|交至?|反馈给|反馈至)(?P<who>(?!告|表|道|刊|名|纸|材料"
    r"|送)[\u4e00-\u9fff、（）]{2,40}?)(?P<verb>备案|汇总|审核|审定|审批|批准|存档|研究|审查|办公会"
    r"|备查|处|(?=[，。；（）\n]|$)|(?=进行|并))"
)
_TO = re.compile(
    r"向(?P<who>[^，。；]{2,24}?)(?:作|做|进行)?(?:书面)?(?:公示|公开|公布|报告|汇报|反馈|报送|提交|递交|呈报|写出|备案"
    r"|上报|通报|述职|承诺)"
)
_CUT = re.compile(r"[、和及与]|以及")
_NOT = re.compile(r"情况|材料|总结|报告|表$|名单|方案|经|后$|的$|前$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """One recipient: its id in the plan, how the text writes it, and the full name where that differs."""

    id: str
    written: str
    start: int
    end: int
    taken_as: str = ""
    verb: str = ""


def find_recipients(page: Page, start: int, end: int, offices: Offices) -> list[Recipient]:
    """Return the recipients that a clause names, each once."""
    found: list[Recipient] = []
    for pattern in (_FORWARDS, _TO):
        for match in pattern.finditer(page.flat, start, end):
            verb = (match.groupdict().get("verb") or "").strip()
            begin = match.start("who")
            for cut in [*_CUT.finditer(page.flat, *match.span("who")), None]:
                stop = cut.start() if cut else match.end("who")
                one = _recipient(page, begin, stop, offices, verb)
                if one is not None and all(one.id != other.id for other in found):
                    found.append(one)
                begin = cut.end() if cut else stop
    return found


def _recipient(page: Page, start: int, end: int, offices: Offices, verb: str) -> Recipient | None:
    written = page.flat[start:end].strip(" （）")
    if len(written) < 2 or _NOT.search(written):
        return None
    identity = offices.recipient(written)
    if not identity:
        return None
    name = next((one.value.name for one in offices.authorities if one.value.id == identity), "")
    # 市环保局办 has a character too many; 市环保局监察处 is only more exact.
    is_longer = written.startswith(name) and len(written) - len(name) > 1
    differs = bool(name) and name != written and not written.endswith(name) and not is_longer
    return Recipient(id=identity, written=written, start=start, end=end, taken_as=name if differs else "", verb=verb)
