"""The made-up bureau of the rehearsal: its sections, its people, and how well each section does."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.rules.actor import Role

BUREAU = "清源区环境保护局"
SUPERVISION_OFFICE = "监察室"
PASSWORD = "pingyi-demo-2026"  # noqa: S105 - printed for whoever tries the demo; never a real round's


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A section of the rehearsal; `merit` is how well it is thought of, from 0 to 1."""

    id: str
    name: str
    kind: str
    line: str
    merit: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody of the rehearsal, in one role."""

    username: str
    name: str
    role: Role
    title: str
    section: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ties:
    """What somebody of the rehearsal declares."""

    section: str
    details: str


UNITS = (
    Unit(id="office", name="办公室", kind="office", line="综合协调", merit=0.90),
    Unit(id="pollution", name="污染控制科", kind="section", line="排污许可与总量控制", merit=0.84),
    Unit(id="monitoring", name="环境监测站", kind="station", line="环境质量监测", merit=0.88),
    Unit(id="brigade", name="环境监察大队", kind="brigade", line="现场执法与信访查处", merit=0.40),
    Unit(id="information", name="信息中心", kind="center", line="信息公开与网站", merit=0.52),
)

FIRST_OFFICER = Person(username="zhouming", name="周明", role=Role.SUPERVISION_OFFICE, title="监察室主任")
SECOND = Person(username="sunwei", name="孙伟", role=Role.BUREAU_LEADER, title="局长")

PEOPLE = (
    Person(username="lifang", name="李芳", role=Role.SUPERVISION_OFFICE, title="监察室副主任"),
    Person(username="liulei", name="刘蕾", role=Role.SECTION_HEAD, title="办公室主任", section="office"),
    Person(username="chenjing", name="陈静", role=Role.SECTION_HEAD, title="污染控制科科长", section="pollution"),
    Person(username="yangfan", name="杨帆", role=Role.SECTION_HEAD, title="监测站站长", section="monitoring"),
    Person(username="wangqiang", name="王强", role=Role.SECTION_HEAD, title="大队长", section="brigade"),
    Person(username="zhaomin", name="赵敏", role=Role.SECTION_STAFF, title="监察员", section="brigade"),
    Person(username="hanbing", name="韩冰", role=Role.SECTION_STAFF, title="监察员", section="brigade"),
    Person(username="malin", name="马琳", role=Role.SECTION_STAFF, title="科员", section="office"),
    Person(username="dingyi", name="丁一宁", role=Role.SECTION_STAFF, title="科员", section="pollution"),
    Person(username="luomin", name="罗敏", role=Role.SECTION_STAFF, title="监测员", section="monitoring"),
    Person(username="mengjie", name="孟洁", role=Role.SECTION_STAFF, title="网站编辑", section="information"),
    Person(username="gaoyuan", name="高原", role=Role.SECTION_HEAD, title="信息中心主任", section="information"),
    Person(username="wutong", name="吴桐", role=Role.SUPERVISOR, title="行风监督员"),
    Person(username="hejing", name="何璟", role=Role.DISTRICT_OFFICE, title="区纠风办"),
    Person(username="tangchong", name="唐翀", role=Role.CITY_BUREAU, title="市环保局"),
    Person(username="xukun", name="许堃", role=Role.SURVEY_TEAM, title="区统计局调查队"),
    Person(username="guanyu", name="关瑜", role=Role.AUDITOR, title="派驻纪检组"),
)

# Whom of them an interest binds, and with which section.
TIES = {"wutong": Ties(section="monitoring", details="配偶在监测站工作")}

MERITS = {unit.id: unit.merit for unit in UNITS}
HEADS = {one.section: one.username for one in PEOPLE if one.role is Role.SECTION_HEAD and one.section}
STAFF = {
    unit.id: tuple(one.username for one in PEOPLE if one.role is Role.SECTION_STAFF and one.section == unit.id)
    for unit in UNITS
}
