"""What the codes of this package mean, and what to do, in both languages: (zh, en)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "answers.section_unknown": (
        "有 {answers} 份答卷写的是“{value}”，本局没有这个科室。请改成科室编号后重新导入。",
        "{answers} answers name “{value}”, which is no section of the bureau. Use the section's id and import again.",
    ),
    "answers.indicator_unknown": (
        "有 {answers} 份答卷的指标“{value}”不在方案里。请按方案的指标编号填写。",
        "{answers} answers have the indicator “{value}”, which the plan does not have. Use the plan's indicator ids.",
    ),
    "answers.option_unknown": (
        "{section} 的指标 {indicator} 有 {answers} 份答卷选了“{value}”，评分量表里没有这一项。请对照方案的选项改正。",
        "{answers} answers on {indicator} of {section} chose “{value}”, which the scale does not offer. "
        "Correct them by the plan's options.",
    ),
    "answers.mark_missing": (
        "{section} 的指标 {indicator} 有 {answers} 份答卷没有分数。请补上分数，或删去这些行。",
        "{answers} answers on {indicator} of {section} have no mark. Fill it in, or take the rows out.",
    ),
    "answers.date_missing": (
        "{section} 的指标 {indicator} 有 {answers} 份答卷没有日期。请补上日期。",
        "{answers} answers on {indicator} of {section} have no date. Fill it in.",
    ),
    "answers.weight_unfit": (
        "{section} 的指标 {indicator} 有 {answers} 份答卷的权重缺失或为负（{value}）。权重须是不小于零的整数。",
        "Among {answers} answers on {indicator} of {section} a weight is missing or negative ({value}). "
        "Weights are whole numbers of zero or more.",
    ),
    "answers.columns_missing": (
        "这不是答卷表：缺少列 {missing}。请按说明导出后再试。",
        "This is not a table of answers: the columns {missing} are missing. Export it as described, then try again.",
    ),
    "answers.numbers_inexact": (
        "列 {inexact} 须是整数（小数请先乘以 10 的幂），这样合计才精确。",
        "The columns {inexact} must be whole numbers (multiply decimals by a power of ten first), "
        "so that sums are exact.",
    ),
}


def sentence(code: str, *, language: str = "zh", **facts: object) -> str:
    """Return the sentence of a code with its facts filled in."""
    return MESSAGES[code][0 if language.startswith("zh") else 1].format(**facts)
