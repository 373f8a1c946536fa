"""A bare receipt is no answer: invented replies, and real ones that people have judged."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pingyi.rules.case.receipts import is_bare_receipt, kept_reason

BARE = [
    "您的来信已收悉。",
    "市民您好！您的留言已收到，感谢您的关注与支持。",
    "您好！您反映的问题已转环境监察大队调查处理。2026年3月2日",
    "您的诉求已受理，我们将尽快回复，请耐心等待。",
    "谢谢您的建议！",
    "您好！您反映的情况正在核实中。",
    "已转办。",
    "已派单至环卫所处理，请耐心等候。",
    "我们高度重视，已责成相关科室抓紧办理。",
    "已报领导阅示，待批示后办理。",
    "您的诉求已交办至县自然资源和规划局核处，您也可直接拨打该局电话0000-00000000咨询。",
    "请您留下联系方式，以便核实。",
    "请说明具体地点。",
    "0000-88888888",
    "经我办协调，现回复如下：",
    "",
]
ANSWERS = [
    "您好！夜间施工噪声经现场监测为52分贝，未超标准，已要求工地22时后停工。",
    "不可以。",
    "您的来信已收悉。经查，该厂未办理排污许可，已立案。",
    "请带身份证和营业执照到一楼3号窗口办理，当场办结。",
    "该路段不属我区管辖，已联系市政管理处，电话见附件。",
    "感谢您的建议，我站自下月起周六上午开放。",
    "已清运。",
    "经查属实。",
    "已约谈物业公司。",
    "明天修。",
    "因资金不足，今年暂不安排。",
    "您不符合条件。",
    "您好，您反映的问题已经解决。",
    "已转交环保局，环保局已对该厂立案查处。",
    "已组织环卫所清运垃圾并通知社区加强巡查。",
    "您反映的问题我局正在处理，预计月底前完成。",
    "请向街道便民服务中心咨询。",
]
OWN = Path(__file__).with_name("receipts_own_words.csv")


@pytest.mark.parametrize("text", BARE)
def test_words_that_only_say_that_words_arrived_are_a_bare_receipt(text: str) -> None:
    assert is_bare_receipt(text)


def test_replies_that_an_earlier_list_of_phrases_missed_are_told_apart() -> None:
    with OWN.open(encoding="utf-8-sig") as opened:
        rows = list(csv.DictReader(opened))
    judged = [(row["答复意见"], row["说明"] != "真正的答复") for row in rows]
    assert {is_bare for _, is_bare in judged} == {True, False}
    assert [(words, is_bare_receipt(words)) for words, _ in judged] == judged


@pytest.mark.parametrize("text", ANSWERS)
def test_a_finding_a_rule_or_a_deed_is_an_answer_however_short(text: str) -> None:
    assert not is_bare_receipt(text)


def test_a_long_reply_is_never_called_bare() -> None:
    assert not is_bare_receipt("您的留言已收悉。" * 40)


def test_hostile_text_is_read_in_no_time() -> None:
    assert not is_bare_receipt("您反映的" * 200_000)
    assert is_bare_receipt("您您您您您转转转转转办办办办办" * 10), "nothing of any matter is in it"


def test_what_people_judged_an_explanation_is_hardly_ever_called_bare(shared: Path) -> None:
    folder = shared / "data" / "cn-taidi2020-messages"
    with (folder / "附件4_答复质量标注.csv").open(encoding="utf-8-sig") as opened:
        explains = {row["留言编号"]: row["syucryingstar_可解释性"] == "1" for row in csv.DictReader(opened)}
    rows = CalamineWorkbook.from_path(folder / "附件4.xlsx").get_sheet_by_index(0).to_python()[1:]
    called = {str(row[0]).removesuffix(".0"): is_bare_receipt(str(row[5])) for row in rows}
    assert len(called) == 1377
    found = [key for key, bare in called.items() if bare]
    wrongly = [key for key in found if explains[key]]
    missed = [key for key, bare in called.items() if not bare and not explains[key]]
    replies = {str(row[0]).removesuffix(".0"): str(row[5]) for row in rows}
    assert len(found) > 130
    # What others took for an explanation says only that the words went on to another office, or asks back.
    assert [key for key in wrongly if not any(word in replies[key] for word in ("转", "交", "请您提供"))] == []
    assert len(wrongly) <= 24
    assert len(missed) <= 30


def test_a_reason_is_kept_only_with_what_looks_like_a_bare_receipt() -> None:
    assert kept_reason("您的来信已收悉。", reason=" 来信人只问是否收到 ") == "来信人只问是否收到"
    assert kept_reason("已更换路灯，3月12日恢复照明。", reason="多余的话") == ""
