"""What is wrong with a table of answers, visits, cases or ballots, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pingyi.authoring.tables import problems

MESSAGES: dict[str, tuple[str, str]] = {
    "head.unknown_kind": (
        "认不出这张表：满意度调查要有受访者、科室和得分（或评价），暗访要有科室和得分，"
        "热线要有科室、办结数和满意数，测评要有投票人和各科室的分数",
        "This table is not recognized: a survey needs respondent, section and score (or level), visits need section "
        "and score, a hotline needs section, closed and satisfied, ballots need voter and a column for each section",
    ),
    "head.no_rows": ("表头下面没有数据：请填入后再试", "There is nothing below the head: fill it in, then try again"),
    "cell.empty": ("这一格不能为空：请填写", "This cell must not be empty: fill it in"),
    "mark.not_a_number": (
        "“{value}”不是分数：请填0到100的数，没有评价就留空",
        "“{value}” is no mark: write a number from 0 to 100, or leave it empty where nothing was said",
    ),
    "mark.out_of_range": ("{value}不在0到100之间：请更正", "{value} is not between 0 and 100: correct it"),
    "level.unknown": (
        "“{value}”不是评价等级：可以用{levels}，或“不了解”",
        "“{value}” is no level: use {levels}, or “don't know”",
    ),
    "number.not_positive": ("“{value}”不是正数：请更正", "“{value}” is not a positive number: correct it"),
    "count.not_whole": ("“{value}”不是件数：请填0或正整数", "“{value}” is no count: write 0 or a whole number"),
    "cases.more_satisfied": (
        "满意件数{satisfied}多于办结件数{closed}：请更正",
        "{satisfied} satisfied of {closed} closed cases: correct them",
    ),
    "row.again": (
        "第{first}行已经有同一人对同一科室的评价：请去掉一行",
        "Row {first} has this person's answer about this section already: take one out",
    ),
    "person.differs": (
        "同一人的“{whose}”与第{first}行不同（{value}）：请统一",
        "“{whose}” of the same person differs from row {first} ({value}): make them the same",
    ),
    "section.again": (
        "第{first}行已经有这个科室：请合并成一行",
        "Row {first} has this section already: make them one row",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class EstimateProblem(problems.RowProblem):
    """One fault of a table of answers, visits, cases or ballots."""

    messages: ClassVar[Mapping[str, tuple[str, str]]] = MESSAGES
