"""An act is offered to the duty that asks for it, and to no other."""

from __future__ import annotations

from datetime import date

import pytest

from pingyi.rules.deed import Deed, DeedKind, fits

PLAN = Deed(kind=DeedKind.PLAN, title="实施方案", on=date(2026, 3, 16), subject="round/2026", url="/year/")
PROMISED = Deed(
    kind=DeedKind.COMMITMENTS, title="公开承诺3项", on=date(2026, 4, 1), subject="c/1", url="/", section="brigade"
)  # fmt: skip
HUNG = Deed(kind=DeedKind.BOARD, title="大厅", on=date(2026, 4, 2), subject="b/1", url="/", section="brigade")
MET = Deed(kind=DeedKind.MEETING, title="动员会", on=date(2026, 3, 27), subject="m/1", url="/", of="mobilization")
FILED = Deed(
    kind=DeedKind.FILING, title="年度工作总结", on=date(2026, 11, 30), subject="f/1", url="/", of="district_office"
)  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "title", "section", "recipient", "is_offered"),
    [
        (PLAN, "制定实施方案", "", "district_office", True),
        (PLAN, "印发实施方案", "", "", True),
        (PLAN, "制定整改措施", "", "", False),
        (PROMISED, "公开服务承诺和便民措施", "brigade", "public", True),
        (PROMISED, "公开服务承诺", "office", "public", False),
        (HUNG, "在醒目位置张贴公示牌", "brigade", "", True),
        (HUNG, "汇总整改情况并向社会公示", "brigade", "", False),
        (MET, "召开动员会议", "", "", True),
        (MET, "准备动员会材料", "", "", False),
        (MET, "召开行风建设汇报会", "", "", False),
        (FILED, "形成全局总结报区纠风办", "", "district_office", True),
        (FILED, "形成全局总结报市环保局", "", "city_bureau", False),
        (FILED, "整改情况报区纠风办备案", "", "district_office", False),
    ],
)
def test_a_deed_is_offered_to_its_own_duty(
    deed: Deed, title: str, section: str, recipient: str, *, is_offered: bool
) -> None:
    assert fits(deed, title=title, section=section, recipient=recipient) is is_offered
