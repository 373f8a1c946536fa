"""A Monday, an empty site, a damaged document: a bureau is led to a published verdict that anybody can check (§0)."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from pingyi import clock
from pingyi.bureau.tests import paper
from pingyi.rules.day import BUREAU_TIME
from tests.browser.newcomer_tables import FOUND, counted, people_of, row_of
from tests.browser.walker import Walker, sheet_of, workbook

OFFICE_MAY_PRESS = 60
RULINGS = {"说明情况": "下达", "限期整改": "下达", "诫勉谈话": "不下达", "取消当年评先评优资格": "不下达"}
LOST_WORDS = {"评议政风行风活动": "。现", "为实现“两年": "争先、四年率先、六年领", "组织的考核": "。考评"}
Today = Callable[..., None]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    def move(month: int, day: int) -> None:
        at = datetime(2026, month, day, 9, tzinfo=BUREAU_TIME)
        monkeypatch.setattr(clock, "now", lambda: at)
        monkeypatch.setattr(clock, "today", at.date)

    move(1, 12)
    return move


@pytest.fixture
def document(shared: Path) -> Path:
    """The plan of another bureau as it was found: of another year, in other characters, with words lost."""
    return shared / "plans" / "env-bureau-2012.as-found.txt"


def test_an_empty_site_and_a_damaged_document_become_a_verdict_that_a_stranger_checks(
    db: None, site: LiveServer, browser: Browser, today: Today, document: Path, tmp_path: Path
) -> None:
    office = Walker.arrives(browser, site.url, "周明")
    _the_bureau_is_set_up(office)
    _people_come_in_by_a_table(office, tmp_path)
    first = _handed_over(office, tmp_path)
    leader = _takes_office(browser, site.url, first, "孙伟", username="sun")
    second = _checkers_are_confirmed_by_two(office, leader, browser, site.url, tmp_path)
    head = _takes_office(browser, site.url, first, "赵军", username="zhao")
    _the_document_is_read_and_mended(office, document)
    _another_person_adopts(leader)
    today(12, 7)
    _evidence_is_brought_in(office, tmp_path)
    _settled_and_shown(office, head)
    today(12, 16)
    _another_person_counts_again_and_confirms(second)
    _published(office)
    _a_stranger_checks(Walker.arrives(browser, site.url, "a stranger"), tmp_path)
    walked = {one.name: len(one.pressed) for one in (office, leader, second, head)}
    print(f"presses on the shortest way: {walked}, {sum(walked.values())} in all")  # noqa: T201 - the figure is told
    assert walked["周明"] <= OFFICE_MAY_PRESS, office.pressed


def _the_bureau_is_set_up(office: Walker) -> None:
    office.sees("尚未建立单位")
    office.fill(
        name="某区环境保护局", officer="周明", username="zhouming", second="孙伟", password="short", again="short"
    )
    office.tries("建立单位", "密码")
    assert office.main.locator("[name=name]").input_value() == "某区环境保护局"
    office.fill(password="a quiet river", again="a quiet river")
    office.looks("first-run")
    office.button("建立单位")


def _people_come_in_by_a_table(office: Walker, folder: Path) -> None:
    office.link("导入科室和人员")
    empty = office.saves(office.main.get_by_role("link", name="下载模板"), folder)
    section_head, person_head = sheet_of(empty, "科室")[0], sheet_of(empty, "人员")[0]
    wrong, right = (people_of(section_head, person_head, role=role) for role in ("处长大人", "科室负责人"))
    office.hand_in("table", workbook(folder / "wrong.xlsx", wrong))
    office.tries("查看会有哪些更改", "目前还不能导入", "处长大人")
    office.hand_in("table", workbook(folder / "people.xlsx", right))
    office.button("查看会有哪些更改")
    office.sees("待第二人确认")
    office.looks("people")
    office.button("全部导入")


def _handed_over(office: Walker, folder: Path) -> list[str]:
    """Print a sealed sheet for all who wait for an invitation; return the links folded into it."""
    with office.page.expect_navigation(wait_until="load"):  # the page shows how things stand now
        sheet = office.saves(office.main.get_by_role("button", name="全部邀请"), folder)
    office.sees("没有等待邀请的人员")
    return paper.links(sheet.read_bytes())


def _takes_office(browser: Browser, site: str, links: list[str], name: str, *, username: str, word: str = "") -> Walker:
    """Open the sheets until it is one's own, and take office."""
    for link in links:
        person = Walker.arrives(browser, site, name, link=link)
        if name in person.main.inner_text():
            break
        person.page.context.close()
    person.sees(name)
    said = {"username": username, "again": "a quiet river", **({"word": word} if word else {})}
    person.fill(**said, password="12345")
    person.tries("就任", "密码")
    person.fill(**said, password="a quiet river")
    person.button("就任")
    person.link("前往工作台")
    return person


def _checkers_are_confirmed_by_two(office: Walker, leader: Walker, browser: Browser, site: str, folder: Path) -> Walker:
    """Who checks is confirmed by a second person, and takes office with a word that the second one says."""
    leader.link("待您确认：李芳")
    leader.button("确认")
    office.menu("工作台")

    office.link("1人等待邀请")
    links = _handed_over(office, folder)
    leader.menu("工作台")
    leader.link("待告知第二口令：李芳")
    leader.button("显示第二口令")
    word = re.search(r"\b[0-9A-Z]{8}\b", leader.main.inner_text())
    assert word is not None
    return _takes_office(browser, site, links, "李芳", username="li", word=word[0])


def _the_document_is_read_and_mended(office: Walker, document: Path) -> None:
    office.menu("方案")
    office.looks("plan")
    office.tries("读取", "请")
    office.hand_in("file", document)
    office.button("读取")
    office.sees("原文此处文字缺损")
    office.follow(office.main.locator("a.lost").first, "the first damaged passage")
    for around, words in LOST_WORDS.items():
        office.sees(around)
        office.looks("mend")
        office.tries("保存", "请填写此项")
        office.fill(words=words)
        office.button("保存")
    office.sees("文字已改正。")
    assert office.main.locator("a.lost").count() == 0
    office.link("移到另一年")
    office.looks("year")
    office.button("把全部日期移到2026年")
    office.looks("version")
    office.link("确认待定内容")
    office.tries("保存", "请勾选")
    office.looks("choices")
    for choice in office.main.locator("[name=deciding]").all():
        choice.check()
        office.pressed.append("a choice that decides the score")
    office.tick("办理事项全部按现在的内容确认")
    office.button("保存")
    office.link("提请通过")
    office.sees("须先定", "3项结果运用须限期完成")
    office.looks("ready")
    office.link("补写期限")
    office.fill(**{"0-days": "五天内"})
    office.tries("保存", "五天内")
    office.fill(**{"0-days": "5", "1-days": "30", "2-days": "15"})
    office.button("保存")
    office.button("提请通过")


def _another_person_adopts(leader: Walker) -> None:
    leader.menu("工作台")
    leader.link("待通过")
    leader.link("通过方案")
    leader.tries("通过方案", "须先定")
    _accepts_what_warns(leader)
    leader.button("通过方案")
    leader.sees("方案已通过")


def _accepts_what_warns(walker: Walker) -> None:
    """Accept with one reason what is not as it should be, and be led back to the step."""
    walker.follow(walker.main.get_by_role("link", name=re.compile("按现状接受这")), "accept what warns")
    walker.tries("按现状接受", "请填写此项")
    walker.looks("accept-together")
    walker.fill(reason="本年照此办理，年内补齐。")
    walker.button("按现状接受")


def _evidence_is_brought_in(office: Walker, folder: Path) -> None:
    office.menu("结果")
    office.link("导入佐证")
    for source, scale in (("社会满意度调查", 1), ("集中评议", 2)):
        line = office.main.get_by_role("listitem").filter(has_text=source)
        empty = sheet_of(office.saves(line.get_by_role("link", name="选票计数"), folder), "计票")
        wrong, right = (counted(empty, scale=scale, first=first) for first in ("办公厅", ""))
        office.hand_in("table", workbook(folder / f"wrong-{source}.xlsx", {"计票": wrong}))
        office.tries("先查看内容", "目前还不能导入", "是不是“办公室”")
        office.looks("evidence-wrong")
        office.hand_in("table", workbook(folder / f"{source}.xlsx", {"计票": right}))
        office.button("先查看内容")
        office.looks("evidence-preview")
        office.button("全部导入")
    for source, values in FOUND.items():
        line = office.main.get_by_role("listitem").filter(has_text=source)
        file = office.saves(line.get_by_role("link", name="逐条填写"), folder)
        head, example = sheet_of(file, "佐证")[0], dict(zip(*sheet_of(file, "示例")[:2], strict=True))
        rows = [row_of(head, {**example, "科室": section, "数值": value}) for section, value in values.items()]
        office.hand_in("table", workbook(folder / f"{source}.xlsx", {"佐证": [head, *rows]}))
        office.button("先查看内容")
        office.button("全部导入")
    office.looks("evidence")


def _settled_and_shown(office: Walker, head: Walker) -> None:
    office.link("计分")
    office.button("开始计分")
    office.sees("环境监察大队", "不能断定")
    office.looks("verdict")
    office.button("开始预告")
    head.menu("工作台")
    head.link("查看本科室得分表")
    head.sees("环境监察大队")


def _another_person_counts_again_and_confirms(second: Walker) -> None:
    second.menu("工作台")
    second.link("请复核重算结果")
    second.button("立即复核重算")
    second.looks("recount")
    second.sees("全部一致")
    second.menu("工作台")
    second.link("请确认评议结果")
    second.link("确认评议结果")
    second.fill(decision="局办公会研究：与次末位的差距未经检验确认，说明情况并限期整改。")
    second.tries("确认评议结果", "请更正")
    for name, choice in (
        ("说明情况", "下达"),
        ("限期整改", "下达"),
        ("诫勉谈话", "不下达"),
        ("取消当年评先评优资格", "不下达"),
    ):
        asked = second.main.get_by_role("group", name=f"环境监察大队 · {name}")
        asked.get_by_label(choice, exact=True).check()
        second.pressed.append(name)
    second.tries("确认评议结果", "请说明为什么现在不下达")
    for reason in second.main.locator(".field-wrong input[type=text]").all():
        reason.fill("末位未经检验确认。")
    second.looks("confirm")
    second.button("确认评议结果")
    second.sees("评议结果已确认")


def _published(office: Walker) -> None:
    office.menu("结果")
    office.link("下达结果运用")
    office.looks("apply")
    office.button("下达结果运用")
    office.link("公布评议结果")
    office.looks("publish")
    office.button("立即公布")
    office.sees("2026年评议结果", "会议决定不下达")


def _a_stranger_checks(stranger: Walker, folder: Path) -> None:
    """Do what the public page says, with nothing but Python."""
    stranger.link("民主评议政风行风结果")
    stranger.looks("published")
    bundle = stranger.saves(stranger.main.get_by_role("link", name="bundle.zip"), folder)
    said = re.search(r"verify\.py bundle --vkey (\S+)", stranger.main.inner_text())
    assert said is not None
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder / "bundle")
    command = [sys.executable, "-I", "bundle/verify.py", "bundle", "--vkey", said[1]]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[不通过]" not in done.stdout
    assert "得分：环境监察大队" in done.stdout
