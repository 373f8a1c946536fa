"""The weekly bulletin (公报) as blocks of an official paper, for page, DOCX and PDF alike (§3.2.2)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from pingyi.authoring.printing.blocks import Block, BlockKind, Page
from pingyi.bureau import queries as bureau
from pingyi.documents import official_docx, typeset
from pingyi.documents.letter import chinese_day
from pingyi.rules.case.figures import Rate
from pingyi.stations.cases.queries import week as weeks
from pingyi.stations.cases.queries.figures_page import Line, percent
from pingyi.stations.cases.queries.week import Happened, Week

TITLE = "群众诉求办理情况周报"
ENOUGH = 5  # rated cases from which a section's satisfaction says something


@dataclass(frozen=True, kw_only=True, slots=True)
class Bulletin:
    """One week's bulletin."""

    week: Week
    title: str
    issuer: str
    number: str
    dated: date
    blocks: tuple[Block, ...]

    def docx(self) -> bytes:
        """Return it as a document that the office can edit."""
        return official_docx.compose(self.blocks, title=self.title, author=self.issuer, on=self.dated)

    def pdf(self) -> bytes:
        """Return it as PDF with the red head."""
        body = [block for block in self.blocks if block.kind not in {BlockKind.TITLE, BlockKind.NUMBER}]
        values = {
            "issuer": self.issuer,
            "title": self.title,
            "number": self.number,
            "blocks": [{"kind": one.kind.value, "text": f"{one.label}{one.text}", "rows": one.rows} for one in body],
        }
        return typeset.pdf("bulletin", values)


def bulletin(week: Week) -> Bulletin:
    """Return the bulletin of a week that is over, in Chinese as official papers are."""
    with override("zh-hans"):
        found = weeks.happened(week)
        house = bureau.bureau()
        issuer = f"{house.name}{house.office_name}" if house else ""
        number = f"〔{week.sunday.isocalendar().year}〕第{week.number}期"
        dated = week.sunday + timedelta(days=1)
        page = Page(language="zh-hans")
        page.put(BlockKind.TITLE, TITLE)
        page.put(BlockKind.NUMBER, number)
        page.put(BlockKind.BODY, _period(found))
        for write in (_received, _finished, _units, _hot, _table):
            write(page, found)
        page.put(BlockKind.SIGNATURE, issuer)
        page.put(BlockKind.SIGNATURE, chinese_day(dated))
        blocks = tuple(page.blocks)
        return Bulletin(week=week, title=TITLE, issuer=issuer, number=number, dated=dated, blocks=blocks)


def to_plain(made: Bulletin) -> dict[str, Any]:
    """Return a bulletin as a row keeps it."""
    return {"issuer": made.issuer, "number": made.number, "blocks": [asdict(block) for block in made.blocks]}


def from_plain(week: Week, kept: dict[str, Any]) -> Bulletin:
    """Return a kept bulletin as it was drawn."""
    blocks = tuple(
        Block(kind=BlockKind(one["kind"]), text=one["text"], label=one["label"], rows=tuple(map(tuple, one["rows"])))
        for one in kept["blocks"]
    )
    dated = week.sunday + timedelta(days=1)
    return Bulletin(week=week, title=TITLE, issuer=kept["issuer"], number=kept["number"], dated=dated, blocks=blocks)


def _period(found: Happened) -> str:
    week = found.week
    return (
        f"现将{chinese_day(week.monday)}至{chinese_day(week.sunday)}群众诉求的受理和办理情况通报如下。"
        f"各项数字截至{chinese_day(week.sunday)}24时，不含举报件；其后补录的在下期更正。"
    )


def _received(page: Page, found: Happened) -> None:
    count = found.received.tally.received
    page.heading("受理情况")
    before = found.before
    said = f"本周受理{count}件，{_change(count, before.received)}。其中交办科室{found.dispatched}件，"
    page.put(BlockKind.BODY, f"{said}监察室直接办理{count - found.dispatched}件。")
    if before.corrected != before.received:
        why = "更正：因期末后补录、并案或改类，"
        page.put(BlockKind.BODY, f"{why}上周受理数由{before.received}件更正为{before.corrected}件。")
    if not count:
        return
    page.put(BlockKind.BODY, f"按类型：{_parts(found.kinds, count)}。")
    page.put(BlockKind.BODY, f"按渠道：{_parts(found.channels, count)}。")
    if found.themes:
        top = sum(number for _, number in found.themes)
        listed = "、".join(f"{theme}{number}件" for theme, number in found.themes)
        page.put(BlockKind.BODY, f"反映最集中的是{listed}，合计占已归类诉求的{_share(top, found.themed)}。")
    if found.known:
        share = _share(found.again, found.known)
        said = f"重复来件{found.again}件，占留有联系方式诉求的{share}（同一人九十日内再次来件）。"
        page.put(BlockKind.BODY, said)


def _finished(page: Page, found: Happened) -> None:
    tally, rates = found.finished.tally, found.finished.rates
    page.heading("办理情况")
    page.put(
        BlockKind.BODY,
        f"本周办结{tally.closed}件，周末逾期未办结{tally.overdue}件。按时办结率{_rate(rates['on_time'])}，"
        f"响应率{_rate(rates['response'])}，解决率{_rate(rates['solution'])}，满意率{_rate(rates['satisfaction'])}。",
    )
    page.put(
        BlockKind.BODY,
        "按时办结率为按时办结件数与办结件数、逾期未办结件数之和的比；解决率、满意率的分母也包括逾期未办结件。",
    )


def _units(page: Page, found: Happened) -> None:
    page.heading("科室情况")
    for rate, name in (("on_time", "按时办结率"), ("response", "响应率"), ("satisfaction", "满意率")):
        whole = found.whole(rate)
        said = f"{name}达到100%的有{len(whole)}个单位：{'、'.join(whole)}。" if whole else f"没有单位{name}达到100%。"
        page.put(BlockKind.BODY, said)
    floor, low = f"{found.floor:g}%", found.below_floor()
    if not low:
        page.put(BlockKind.BODY, f"没有单位的满意率低于{floor}。")
        return
    listed = "、".join(f"{name}{_rate(rate)}" for name, rate in low)
    few = "（样本不足五件的仅供参考）" if any(rate.denominator < ENOUGH for _, rate in low) else ""
    page.put(BlockKind.BODY, f"满意率低于{floor}的有{len(low)}个单位：{listed}{few}。请查明原因，限期改进。")


def _hot(page: Page, found: Happened) -> None:
    page.heading("热点问题")
    if not found.hot:
        page.put(BlockKind.BODY, "近期没有多人集中反映的问题。")
    for one in found.hot:
        page.item(f"{one.said}：{one.people}人反映，共{one.cases}件。")


def _table(page: Page, found: Happened) -> None:
    page.heading("各科室办理情况表")
    rows = [_row(line, found.received_by_section.get(line.name, 0)) for line in found.sections]
    if rows:
        page.table(("科室", "受理", "办结", "逾期未结", "按时办结率", "响应率", "满意率"), *rows)
    else:
        page.put(BlockKind.BODY, "本周没有办结件和逾期件。")


def _row(line: Line, received: int) -> tuple[str, ...]:
    tally, rates = line.counted.tally, line.counted.rates
    shares = (percent(rates[key]) for key in ("on_time", "response", "satisfaction"))
    return (line.name, str(received), str(tally.closed), str(tally.overdue), *shares)


def _change(now: int, before: int) -> str:
    if not before:
        return "上周没有受理"
    if now == before:
        return f"与上周持平（{before}件）"
    word = "上升" if now > before else "下降"
    return f"比上周（{before}件）{word}{_share(abs(now - before), before)}"


def _parts(lines: tuple[Line, ...], count: int) -> str:
    listed = sorted(lines, key=lambda line: -line.counted.tally.received)
    return "、".join(
        f"{line.name}{line.counted.tally.received}件（{_share(line.counted.tally.received, count)}）"
        for line in listed
        if line.counted.tally.received
    )


def _rate(rate: Rate) -> str:
    return f"{percent(rate)}（{rate.numerator}/{rate.denominator}）" if rate.denominator else "无样本"


def _share(part: int, whole: int) -> str:
    return percent(Rate(definition="", numerator=part, denominator=whole))
