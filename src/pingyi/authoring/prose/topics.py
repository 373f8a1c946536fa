"""What a heading announces: 指导思想, 评议对象, 评议内容, 步骤 …"""

from __future__ import annotations

import functools
import re
from enum import StrEnum


class Topic(StrEnum):
    """The parts that plans of this kind have."""

    PREAMBLE = "preamble"
    PRINCIPLES = "principles"
    SUBJECT = "subject"
    CRITERIA = "criteria"
    PHASES = "phases"
    METHODS = "methods"
    OUTCOME = "outcome"
    ORGANIZATION = "organization"
    REQUIREMENTS = "requirements"


_PATTERNS = (
    (
        Topic.PHASES,
        r"步骤|阶段|时间安排|进度安排|日程安排|时间进度|工作安排|方法与?和?时间|实施安排"
        r"|安排及?和?要求|推进安排|流程|评议程序|^程序$|^(?:评议|时间|工作)?(?:时间|安排)$",
    ),
    (Topic.PRINCIPLES, r"原则"),
    (
        Topic.SUBJECT,
        r"评议对象|上线(?:单位|部门)|适用范围|参评对象|参评单位|参评部门|参评范围|被评|评议范围|评议单位|评议的?(?:对象|范围|单位"
        r"|部门)|测评对象|考评对象|考核对象|评价对象|对象[和与及、]|^对象$|^范围$|范围[和与及、]"
        r"|哪些(?:单位|部门)|评谁",
    ),
    (
        Topic.CRITERIA,
        r"(?:评议|测评|考评|评价|考核)的?(?:主要|重点|具体)?(?:内容|重点|指标|项目|事项)|评议什么"
        r"|评什么|^(?:主要|重点)?内容|内容[和与及、]|内容$|重点内容|主要内容|评议重点|重点$",
    ),
    (Topic.OUTCOME, r"结果.{0,4}(?:运用|使用|应用|利用|处理)|奖惩|奖励|结果$|责任追究$|等次|等级评定|评定等"),
    (Topic.METHODS, r"方法|方式|形式|计分|评分|记分|评议办法|测评办法|成绩|分值|权重|评定|考核办法|怎么评|如何评"),
    (Topic.ORGANIZATION, r"组织机构|组织领导$|^组织领导|机构设置|领导机构|组织保障|工作机构|组织实施$"),
    (Topic.PREAMBLE, r"指导思想|总体要求|总体思路|目标要求|工作目标|总体目标|目标任务|目的|意义|主要目标|目标$|总则"),
    (Topic.REQUIREMENTS, r"要求|纪律|保障|措施|组织领导|注意事项|有关事项|其他事项|^其他$|附则|工作机制"),
)
_COMPILED = tuple((topic, re.compile(pattern)) for topic, pattern in _PATTERNS)
_BARE = re.compile(
    r"^〔?(?:活动|工作|民主|评议|测评|总体|本次)?(?:指导思想|总体要求|目标任务|(?:工作|评议|基本)?原则"
    r"|(?:参|被)?评议?(?:的)?(?:对象|范围|单位|内容|重点|方法|方式|步骤|程序)"
    r"(?:[和与及、](?:评议|工作)?(?:对象|范围|单位|内容|重点|方法|方式|步骤|时间|时间安排))?|(?:方法"
    r"|实施|工作|时间)?步骤(?:和时间安排)?|时间安排|结果运用|结果使用|奖惩措施"
    r"|工作要求|有关要求|组织领导|组织机构|保障措施|评分办法|计分办法|工作纪律)〕?：?$"
)
_LABELED = re.compile(
    r"^〔?(?:民主)?(?:评议|参评|测评|考评)(?:的)?(?:对象|范围|单位|内容|重点|原则|方法|方式|步骤|时间|标准)〕?：."
)
_LONGEST = 24


@functools.lru_cache(maxsize=4096)
def topics_of(title: str) -> tuple[Topic, ...]:
    """Return what a heading announces, the most telling first; a long sentence is no heading."""
    title = re.sub(r"（[^）]*）", "", title)
    if len(title) > _LONGEST:
        title = title[:_LONGEST] if "：" in title[:_LONGEST] else ""
    return tuple(topic for topic, pattern in _COMPILED if pattern.search(title))


def is_bare_heading(line: str) -> bool:
    """Tell whether a line without a number is a heading all the same."""
    return bool(_BARE.match(line.strip()) or _LABELED.match(line.strip()))
