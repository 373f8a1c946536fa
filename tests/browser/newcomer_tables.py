"""The tables that a newcomer fills in: people, and what the year's sources say of five sections."""

from __future__ import annotations

from tests.browser.walker import Row

SECTIONS = ("办公室", "污染防治科", "环境监测站", "环境监察大队", "信息中心")
HEADS = ("何静", "王强", "陈莉", "赵军", "钱宁")
SATISFIED = {  # answers of each section: satisfied, fairly, not, don't know
    "办公室": (30, 12, 6, 2),
    "污染防治科": (38, 9, 2, 1),
    "环境监测站": (36, 10, 3, 1),
    "环境监察大队": (24, 12, 13, 1),
    "信息中心": (33, 12, 4, 1),
}
FOUND: dict[str, dict[str, float]] = {  # what the other sources say, in the plan's own order
    "明察暗访": {"办公室": 1, "环境监察大队": 3},
    "诉求办理": {"办公室": 90, "污染防治科": 96, "环境监测站": 98, "环境监察大队": 82, "信息中心": 95},
    "自查整改": {"办公室": 80, "污染防治科": 90, "环境监测站": 100, "环境监察大队": 70, "信息中心": 90},
}


def people_of(section_head: Row, person_head: Row, *, role: str) -> dict[str, list[Row]]:
    """Return sections and people under the heads of the offered table, with this word for the heads' role."""

    def line(head: Row, **said: str) -> Row:
        return [said.get(str(name), "") for name in head]

    heads = [line(person_head, 姓名=name, 角色=role, 科室=of) for name, of in zip(HEADS, SECTIONS, strict=True)]
    others = (("李芳", "监察室"), ("吴敏", "行风监督员"))
    outside = [line(person_head, 姓名=name, 角色=post) for name, post in others]
    return {
        "科室": [section_head, *(line(section_head, 名称=name) for name in SECTIONS)],
        "人员": [person_head, *heads, *outside],
    }


def row_of(head: Row, said: dict[object, object]) -> Row:
    """Return a row under this head: what a sample row has, with what is said."""
    return [said[name] if name in ("科室", "指标", "日期", "数值") else "" for name in head]


def counted(empty: list[list[object]], *, scale: int, first: str) -> list[Row]:
    """Fill in how many of each answer there were."""
    head, *rows = empty
    day, answers = head.index("日期"), len(head) - 4
    filled: list[Row] = [head]
    for number, row in enumerate(rows):
        told = [count // scale + (number + place) % 2 for place, count in enumerate(SATISFIED[str(row[0])])]
        section = first if first and not number else row[0]
        filled.append([section, *row[1:day], "2026-09-15", *row[day + 1 : answers], *told])
    return filled
