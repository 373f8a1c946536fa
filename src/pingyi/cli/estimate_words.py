"""What a person types after `pingyi estimate`: weights, levels, limits; and what a plan says of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import SourceKind
from pingyi.rules.plan.outcome import TestKind

USUAL = {"survey": Fraction(2, 5), "hotline": Fraction(1, 5), "covert": Fraction(1, 5), "assembly": Fraction(1, 5)}
LIMIT = Fraction(80)
NAMES = {
    "survey": ("survey", "调查", "满意度调查", "社会满意度调查"),
    "hotline": ("hotline", "cases", "热线", "诉求", "诉求办理"),
    "covert": ("covert", "visits", "inspection", "暗访", "明察暗访"),
    "assembly": ("assembly", "ballots", "测评", "评议大会", "集中评议大会"),
}
KINDS = {SourceKind.SURVEY: "survey", SourceKind.CASES: "hotline",
         SourceKind.INSPECTION: "covert", SourceKind.ASSEMBLY: "assembly"}  # fmt: skip
SENTENCES = {
    "option": ("命令的参数有误：{what}", "An option is wrong: {what}"),
    "pair": ("“{word}”要写成 名称=数值", "“{word}” must read name=value"),
    "source": (
        "没有“{word}”这个来源：可以用survey、hotline、covert、assembly",
        "There is no source “{word}”: use survey, hotline, covert, assembly",
    ),
    "left_out": (
        "注意：{names}没有对应的表格，未计入；其余来源的权重按比例放大。加分、扣分和一票否决也不在此计算。",
        "Note: {names}: no tables of these are read here, and the other weights are scaled up. Bonuses, deductions and "
        "vetoes are not counted here either.",
    ),
    "column": (
        "“{word}”要写成 列名=内容，内容可以是{kinds}",
        "“{word}” must read head=kind, a kind being one of {kinds}",
    ),
    "column_twice": (
        "同一张表里指明得一样，只能留一列：{names}",
        "Said to be the same in one table, keep one: {names}",
    ),
    "column_missing": ("没有哪张表有这一列：{names}", "No table has this column: {names}"),
    "sum": ("各来源权重之和是{sum}，应当是1（或100）", "The weights add up to {sum}, not to 1 (or 100)"),
}


def pairs(words: str) -> dict[str, str]:
    """Return `name=value,name=value` as a table."""
    found = {}
    for part in words.replace("，", ",").split(",") if words.strip() else []:
        name, equals, value = part.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise ValueError(both("pair", word=part.strip()))
        found[name.strip()] = value.strip()
    return found


def numbers(words: str) -> dict[str, Fraction]:
    """Return `name=number,…` as a table of exact numbers."""
    return {name: Fraction(value) for name, value in pairs(words).items()}


def source_weights(words: str) -> dict[str, Fraction]:
    """Return the weights of sources by the names that the chain uses; they add up to 1."""
    known = {word: source for source, names in NAMES.items() for word in names}
    found: dict[str, Fraction] = {}
    for name, value in numbers(words).items():
        if name not in known:
            raise ValueError(both("source", word=name))
        found[known[name]] = value
    whole = sum(found.values(), Fraction(0))
    if whole == 100:
        return {source: value / 100 for source, value in found.items()}
    if whole != 1:
        raise ValueError(both("sum", sum=float(whole)))
    return found


def plan_rules(plan: Plan | None) -> tuple[dict[str, Fraction], list[Fraction], Mapping[str, Fraction]]:
    """Return weights of sources, limits, and weights of indicators by id and name; the usual ones without a plan."""
    if plan is None:
        return dict(USUAL), [LIMIT], {}
    weights: dict[str, Fraction] = {}
    for source in plan.sources:
        if source.kind in KINDS:
            own = KINDS[source.kind]
            weights[own] = weights.get(own, Fraction(0)) + Fraction(source.weight)
    limits = {
        Fraction(test.score)
        for trigger in plan.triggers
        for test in trigger.all_of
        if test.kind is TestKind.BELOW and test.score is not None
    }
    indicators = {word: Fraction(one.weight) for one in plan.indicators for word in (one.id, one.name)}
    return weights, sorted(limits) or [LIMIT], indicators


def left_out(plan: Plan) -> list[str]:
    """Return the plan's sources that no table of this command feeds."""
    return [source.name for source in plan.sources if source.kind not in KINDS]


def both(code: str, **facts: object) -> str:
    """Return a sentence in both languages, for a fault of what was typed."""
    return " · ".join(sentence.format(**facts) for sentence in SENTENCES[code])
