"""Code → (Chinese, English) for what an estimate is refused for, in words that say what to do (§5.2)."""

from __future__ import annotations

ESTIMATES: dict[str, tuple[str, str]] = {
    "estimate.no_mark": (
        "“{section}”没有来源“{source}”的分数，却给了权重：请补报佐证，或对该科室不计此来源",
        "“{section}” has a weight but no mark from “{source}”: bring the evidence in, or leave this source out for it",
    ),
    "estimate.no_source": (
        "有表格的来源都没有权重：请给它们权重，或补上有权重的来源的表格",
        "None of the sources with a table has a weight: give them weights, or bring the tables of those that have",
    ),
    "estimate.no_ratings": (
        "有一项没有任何人评价，算不出平均分：请先去掉没有评价的一栏",
        "Nobody rated one of the columns, so it has no mean: leave columns without ratings out",
    ),
    "estimate.columns_differ": (
        "层、群、权重和总体数各栏的行数不一致，或者没有样本：请逐人填写",
        "Strata, clusters, weights and populations differ in length, or nobody was sampled: give each person one",
    ),
    "estimate.bad_weight": (
        "第{row}人的权重不是正数：请更正",
        "The weight of person {row} is not a positive number: correct it",
    ),
    "estimate.two_populations": (
        "层“{stratum}”写了两个不同的总体数：请核对后统一",
        "The stratum “{stratum}” has two population sizes: check, and keep one",
    ),
    "estimate.more_than_population": (
        "层“{stratum}”的样本数超过了总体数：请核对总体数",
        "More were sampled in the stratum “{stratum}” than it has: check its population",
    ),
    "estimate.lonely": (
        "层“{stratum}”只有一个抽样单位，无法估计误差：请指明与哪一层合并，不能当作没有误差",
        "The stratum “{stratum}” has a single sampled unit and no variance: name a stratum to merge it with",
    ),
    "estimate.no_neighbor": (
        "层“{stratum}”要并入“{neighbor}”，但没有“{neighbor}”这一层：请更正",
        "The stratum “{stratum}” is to be merged with “{neighbor}”, which is not there: correct the name",
    ),
    "estimate.empty_cell": (
        "“{cell}”没有任何评价，不能按0分计：请合并服务对象类别后再比较",
        "Nobody rated in “{cell}”, and that is not a 0: merge client groups, then compare again",
    ),
    "estimate.no_total": (
        "“{cell}”没有已知的总数：请在抽样框中补上",
        "There is no known total for “{cell}”: add it from the frame",
    ),
    "estimate.raking_fails": (
        "各边际总数互相矛盾，迭代不收敛：请核对各总数之和是否相同",
        "The margins contradict one another and the fit does not settle: check that their totals agree",
    ),
    "estimate.too_few_visits": (
        "没有一个科室被检查过两次，无法估计误差：请补充检查",
        "No section was visited twice, so nothing tells how far visits differ: visit more often",
    ),
    "estimate.more_satisfied": (
        "“{section}”的满意件数不在0和办结件数之间：请更正",
        "The satisfied cases of “{section}” are not between 0 and its closed cases: correct them",
    ),
    "estimate.too_few_ballots": (
        "票数太少（{count}张），算不出误差：至少要{least}张",
        "There are too few ballots ({count}) for an error to be told: at least {least} are needed",
    ),
    "estimate.unconnected": (
        "没有共同的投票人把各科室连在一起，无法扣除宽严差异：请按原始平均分计算",
        "No voters tie the sections together, so leniency cannot be taken out: use plain means",
    ),
    "estimate.trimmed_blanks": (
        "有空白票，不能去掉最高分和最低分后再合并计算：请先处理回避的空白",
        "Some marks are blank, so the highest and lowest cannot be trimmed jointly: settle recusals first",
    ),
}
