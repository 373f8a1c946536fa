"""Code → (Chinese, English) for how sure a result is, in words that anyone reads (§5.2)."""

from __future__ import annotations

CERTAINTY: dict[str, tuple[str, str]] = {
    "sure.score": ("得分区间{low}至{high}", "Score between {low} and {high}"),
    "sure.ranks": ("名次在第{best}至第{worst}名之间（共{of}个）", "Rank between {best} and {worst} of {of}"),
    "sure.rank_one": ("名次为第{best}名（共{of}个）", "Rank {best} of {of}"),
    "sure.limit_confirmed": ("经检验低于{limit}分", "Shown to be below {limit}"),
    "sure.limit_refuted": ("经检验不低于{limit}分", "Shown not to be below {limit}"),
    "sure.limit_undetermined_under": (
        "得分低于{limit}分，但差异在误差以内，不能断定",
        "Below {limit}, but not shown to be",
    ),
    "sure.limit_undetermined_over": ("得分不低于{limit}分，但不能断定", "Not below {limit}, but not shown to be above"),
    "sure.limit_insufficient": (
        "样本不足，不对是否低于{limit}分作判定",
        "Too few answers to tell whether below {limit}",
    ),
    "sure.last_confirmed": ("经检验确为最后", "Shown to be the last"),
    "sure.last_undetermined": ("可能是最后，尚不能断定", "May be the last; not shown to be"),
    "sure.last_insufficient": ("样本不足，不对是否最后作判定", "Too few answers to tell whether it is the last"),
    "sure.last_tie": ("并列最低，不能断定谁是最后", "Shares the lowest score, so nobody is shown to be the last"),
    "sure.given": ("得分由一票否决事项直接确定，没有抽样误差", "A veto event sets the score: no sampling error"),
    "sure.put_last": ("因一票否决列末位，与得分高低无关", "Put last by a veto event, whatever the score"),
    "sure.without_score": ("尚缺佐证，没有得分", "Evidence is missing; there is no score"),
    "sure.source_unknown": ("来源“{source}”估计不出误差：", "How sure the source “{source}” is cannot be told:"),
    "sure.alone": ("凭计数即成立", "Holds by the counts alone"),
    "sure.not_alone": (
        "仅凭公布的计数不足以成立，还依靠同一人答案之间的对应",
        "Does not hold by the published counts alone: it also rests on which answers were one person's",
    ),
    "sure.no_difference": (
        "各科室差异未达到统计显著：以下按名称排列，名次仅供参考",
        "The sections do not differ significantly: they are listed by name, and the ranks are for information only",
    ),
    "sure.last_test_confirmed": (
        "{section}与最接近的{rival}相差{gap}分（标准误{error}，p{p}），经检验确为最后",
        "{section} is {gap} below {rival}, its closest competitor (standard error {error}, p {p}): shown to be last",
    ),
    "sure.last_test_undetermined": (
        "{section}得分最低，与{rival}相差{gap}分（标准误{error}，p{p}），尚不能断定为最后",
        "{section} is lowest, {gap} below {rival} (standard error {error}, p {p}): not shown to be last",
    ),
    "sure.last_test_insufficient": (
        "{section}得分最低，但样本不足，不作判定",
        "{section} is lowest, but there is too little evidence to say that it is last",
    ),
    "sure.last_test_tie": (
        "{section}并列最低，不能确认谁为最后",
        "{section} share the lowest score, so none of them is shown to be last",
    ),
    "flip.last": (
        "“{source}”的{of}份记录中至少要去掉{records}份，最后一名才会换人",
        "At least {records} of {of} records of “{source}” would have to go before another section were last",
    ),
    "flip.last_never": (
        "单凭“{source}”的{of}份记录，去掉多少份都不会使最后一名换人",
        "No removal among the {of} records of “{source}” alone would make another section last",
    ),
    "flip.limit": (
        "“{source}”的{of}份记录中至少要去掉{records}份，得分才会越过{limit}分",
        "At least {records} of {of} records of “{source}” would have to go before the score crossed {limit}",
    ),
    "flip.limit_never": (
        "单凭“{source}”的{of}份记录，去掉多少份得分都不会越过{limit}分",
        "No removal among the {of} records of “{source}” alone would make the score cross {limit}",
    ),
    "method.survey": ("问卷样本", "sample of people"),
    "method.ballots": ("评议票", "ballots"),
    "method.visits": ("检查次数", "visits"),
    "method.cases": ("办件", "cases"),
    "method.facts": ("登记的事实", "registered facts"),
    "test.last_unproven": (
        "得分为本类最低，但经检验尚不能确认为最后；方案规定经检验确认的才触发",
        "Lowest score of the class, but not confirmed to be the last; the plan asks for that",
    ),
    "test.below_unproven": (
        "得分低于{limit}分，但经检验尚不能确认；方案规定经检验确认的才触发",
        "Below {limit}, but not confirmed to be; the plan asks for that",
    ),
    "state.confirmed": ("经检验确认", "confirmed"),
    "state.refuted": ("经检验排除", "ruled out"),
    "state.undetermined": ("不能断定", "undetermined"),
    "state.insufficient": ("样本不足", "too little evidence"),
    "state.tie": ("并列", "tie"),
}
