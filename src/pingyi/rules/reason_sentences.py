"""Code → (Chinese, English) for every line, place, test and refusal of a verdict."""

from __future__ import annotations

from pingyi.rules.certainty_sentences import CERTAINTY
from pingyi.rules.estimate_sentences import ESTIMATES

LINES: dict[str, tuple[str, str]] = {
    "line.no_evidence": ("尚无佐证", "No evidence"),
    "line.mean": (
        "{n}项平均{raw}（满分{maximum}），折合{mark}分，占{weight}%，计{points}分",
        "Mean of {n}: {raw} of {maximum}, a mark of {mark}; share {weight}%, {points} points",
    ),
    "line.satisfaction_score": (
        "有效评价{n}份，满意度得分{score}（满意率{rate}%，不了解{dont_know}%），折合{mark}分，占{weight}%，计{points}分",
        "{n} valid answers, satisfaction score {score} (satisfaction rate {rate}%, don't know {dont_know}%), "
        "a mark of {mark}; share {weight}%, {points} points",
    ),
    "line.satisfaction_rate": (
        "有效评价{n}份，满意率{rate}%（满意度得分{score}，不了解{dont_know}%），折合{mark}分，占{weight}%，计{points}分",
        "{n} valid answers, satisfaction rate {rate}% (satisfaction score {score}, don't know {dont_know}%), "
        "a mark of {mark}; share {weight}%, {points} points",
    ),
    "line.demerits": (
        "累计扣{lost}分，得{mark}分，占{weight}%，计{points}分",
        "Demerits of {lost} leave a mark of {mark}; share {weight}%, {points} points",
    ),
    "line.no_demerits": (
        "无扣分记录，得满分，占{weight}%，计{points}分",
        "No demerit was noted: full mark; share {weight}%, {points} points",
    ),
    "line.refused": (
        "没有佐证，方案不允许空缺：请补报后再计算",
        "No evidence, and the plan allows no gap: bring it in, then compute again",
    ),
    "line.empty_drop": (
        "没有佐证，按方案不计此项，其余权重按比例放大",
        "No evidence: left out as the plan says, the other weights are scaled up",
    ),
    "line.empty_zero": (
        "没有佐证，按方案计0分，占{weight}%，计{points}分",
        "No evidence: counts as 0 as the plan says; share {weight}%, {points} points",
    ),
    "line.empty_full": (
        "没有佐证，按方案计满分，占{weight}%，计{points}分",
        "No evidence: full mark as the plan says; share {weight}%, {points} points",
    ),
    "line.bonus": ("{times}次×{each}分，加{points}分", "{times} × {each} points: {points} added"),
    "line.bonus_capped": (
        "{times}次×{each}分为{asked}分，超过本项上限，加{points}分",
        "{times} × {each} is {asked}, beyond the item's cap: {points} added",
    ),
    "line.deduction": ("{times}次×{each}分，扣{points}分", "{times} × {each} points: {points} taken off"),
    "line.deduction_capped": (
        "{times}次×{each}分为{asked}分，超过本项上限，扣{points}分",
        "{times} × {each} is {asked}, beyond the item's cap: {points} taken off",
    ),
    "line.cap_bonus": (
        "加分合计{given}分，超过上限{cap}分，多出部分不计",
        "All bonuses are {given}, the cap is {cap}: the rest does not count",
    ),
    "line.cap_deduction": (
        "扣分合计{given}分，超过上限{cap}分，多出部分不扣",
        "All deductions are {given}, the cap is {cap}: the rest is not taken off",
    ),
    "line.floor": ("综合得分低于0分，按0分计", "The sum is under 0 and counts as 0"),
    "line.veto_score_zero": (
        "一票否决（{event}）：原{score}分，计0分",
        "Veto ({event}): the score of {score} becomes 0",
    ),
    "line.veto_score_cap": (
        "一票否决（{event}）：原{score}分，最高计{cap}分",
        "Veto ({event}): the score of {score} is held under {cap}",
    ),
    "line.veto_rank_last": (
        "一票否决（{event}）：得分{score}分不变，排名列末位",
        "Veto ({event}): the score of {score} stays, the rank is last",
    ),
    "note.too_few": (
        "样本不足：只有{n}份，少于方案要求",
        "Too few: only {n}, fewer than the plan asks for",
    ),
    "note.dropped_groups": (
        "有效票不足、未计入的评议代表类别：{groups}",
        "Elector groups left out for too few valid ballots: {groups}",
    ),
}

PLACES: dict[str, tuple[str, str]] = {
    "place.ranked": ("第{rank}名（共{of}个）", "Rank {rank} of {of}"),
    "place.tied": ("第{rank}名（共{of}个），与{others}并列", "Rank {rank} of {of}, tied with {others}"),
    "place.unranked": ("只征求意见，不排名", "Only asked for opinions, not ranked"),
    "place.waits": ("本类还有科室缺佐证，暂不排名", "Not ranked yet: evidence is missing in this class"),
}

TESTS: dict[str, tuple[str, str]] = {
    "test.unranked": ("不参加排名的单位不适用", "Does not apply to a unit that is not ranked"),
    "test.no_score": ("还没有得分", "There is no score yet"),
    "test.waits": ("本类还没有排名", "The class is not ranked yet"),
    "test.last": ("{of}个中排第{rank}名，是最后一名", "Rank {rank} of {of}: last"),
    "test.last_tied": (
        "{of}个中排第{rank}名，与{others}并列最后",
        "Rank {rank} of {of}: last, tied with {others}",
    ),
    "test.last_shared": (
        "与{others}同为最低，方案规定并列时无末位",
        "Lowest together with {others}: the plan says that nobody is last in a tie",
    ),
    "test.not_last": ("{of}个中排第{rank}名，不是最后", "Rank {rank} of {of}: not last"),
    "test.class_too_small": (
        "本类只有{of}个，少于{least}个，不设末位",
        "The class has {of}, fewer than {least}: nobody is last",
    ),
    "test.below": ("{score}分，低于{limit}分", "{score} is below {limit}"),
    "test.not_below": ("{score}分，不低于{limit}分", "{score} is not below {limit}"),
    "test.below_or_at": ("{score}分，不高于{limit}分", "{score} is not above {limit}"),
    "test.not_below_or_at": ("{score}分，高于{limit}分", "{score} is above {limit}"),
    "test.below_rounded": ("{score}分（修约值），低于{limit}分", "{score} (rounded) is below {limit}"),
    "test.not_below_rounded": ("{score}分（修约值），不低于{limit}分", "{score} (rounded) is not below {limit}"),
    "test.below_or_at_rounded": ("{score}分（修约值），不高于{limit}分", "{score} (rounded) is not above {limit}"),
    "test.not_below_or_at_rounded": ("{score}分（修约值），高于{limit}分", "{score} (rounded) is above {limit}"),
    "test.above": ("{score}分，高于{limit}分", "{score} is above {limit}"),
    "test.not_above": ("{score}分，不高于{limit}分", "{score} is not above {limit}"),
    "test.above_or_at": ("{score}分，达到{limit}分", "{score} reaches {limit}"),
    "test.not_above_or_at": ("{score}分，未达到{limit}分", "{score} does not reach {limit}"),
    "test.above_rounded": ("{score}分（修约值），高于{limit}分", "{score} (rounded) is above {limit}"),
    "test.not_above_rounded": ("{score}分（修约值），不高于{limit}分", "{score} (rounded) is not above {limit}"),
    "test.above_or_at_rounded": ("{score}分（修约值），达到{limit}分", "{score} (rounded) reaches {limit}"),
    "test.not_above_or_at_rounded": (
        "{score}分（修约值），未达到{limit}分",
        "{score} (rounded) does not reach {limit}",
    ),
    "test.bottom": ("{of}个中排第{rank}名，在最后{limit}名之内", "Rank {rank} of {of}: among the lowest {limit}"),
    "test.not_bottom": (
        "{of}个中排第{rank}名，不在最后{limit}名之内",
        "Rank {rank} of {of}: not among the lowest {limit}",
    ),
    "test.top": ("{of}个中排第{rank}名，在前{limit}名之内", "Rank {rank} of {of}: among the first {limit}"),
    "test.not_top": ("{of}个中排第{rank}名，不在前{limit}名之内", "Rank {rank} of {of}: not among the first {limit}"),
    "test.veto": ("有一票否决事项：{events}", "There is a veto event: {events}"),
    "test.no_veto": ("没有一票否决事项", "There is no veto event"),
    "test.grade": ("等次为“{grade}”", "The grade is “{grade}”"),
    "test.not_grade": ("等次为“{grade}”，不是“{asked}”", "The grade is “{grade}”, not “{asked}”"),
    "test.rate_too_few": (
        "{what}只有{n}份有效数据，少于{least}份，不能据以认定",
        "{what}: {n} answers that count, fewer than {least}: nothing follows from them",
    ),
    "test.rate_below": ("{what}：{rate}%（{n}份），低于{limit}%", "{what}: {rate}% of {n}, below {limit}%"),
    "test.not_rate_below": ("{what}：{rate}%（{n}份），不低于{limit}%", "{what}: {rate}% of {n}, not below {limit}%"),
    "test.rate_below_or_at": ("{what}：{rate}%（{n}份），不高于{limit}%", "{what}: {rate}% of {n}, not above {limit}%"),
    "test.not_rate_below_or_at": ("{what}：{rate}%（{n}份），高于{limit}%", "{what}: {rate}% of {n}, above {limit}%"),
    "test.rate_above": ("{what}：{rate}%（{n}份），高于{limit}%", "{what}: {rate}% of {n}, above {limit}%"),
    "test.not_rate_above": ("{what}：{rate}%（{n}份），不高于{limit}%", "{what}: {rate}% of {n}, not above {limit}%"),
    "test.rate_above_or_at": ("{what}：{rate}%（{n}份），达到{limit}%", "{what}: {rate}% of {n}, reaches {limit}%"),
    "test.not_rate_above_or_at": (
        "{what}：{rate}%（{n}份），未达到{limit}%",
        "{what}: {rate}% of {n}, does not reach {limit}%",
    ),
    "test.times_not_now": ("今年未触发“{trigger}”", "“{trigger}” does not fire this year"),
    "test.times": (
        "“{trigger}”累计第{times}次（往年：{years}），达到{asked}次",
        "“{trigger}” has fired {times} times, this year included (former years: {years}): {asked} are reached",
    ),
    "test.not_times": (
        "“{trigger}”累计第{times}次（往年：{years}），未到{asked}次",
        "“{trigger}” has fired {times} times, this year included (former years: {years}): {asked} are not reached",
    ),
    "test.times_in_a_row": (
        "“{trigger}”连续第{times}年（往年：{years}），达到{asked}年",
        "“{trigger}” has fired {times} years in a row, this year included (former: {years}): {asked} are reached",
    ),
    "test.not_times_in_a_row": (
        "“{trigger}”连续第{times}年（往年：{years}），未到{asked}年",
        "“{trigger}” has fired {times} years in a row, this year included (former: {years}): {asked} are not reached",
    ),
    "quota.within": ("在名额{quota}个之内", "Within the quota of {quota}"),
    "quota.beyond_top": ("名额{quota}个，由得分更高者占用", "The quota of {quota} is taken by higher scores"),
    "quota.beyond": ("名额{quota}个，由得分更低者占用", "The quota of {quota} is taken by lower scores"),
}

REFUSALS: dict[str, tuple[str, str]] = {
    "verdict.no_sources": (
        "方案没有数据来源，无从计分：请在方案里写明各项分数来自哪里",
        "The plan has no sources, so nothing can be scored: say in the plan where the marks come from",
    ),
    "verdict.source_weights": (
        "各数据来源的权重之和是{total}，应为1：请修改方案",
        "The sources' weights add up to {total}, not to 1: amend the plan",
    ),
    "verdict.indicator_weights": (
        "“{source}”各指标的权重之和是{total}，应为1：请修改方案",
        "The weights within “{source}” add up to {total}, not to 1: amend the plan",
    ),
    "verdict.unknown_source": (
        "“{indicator}”指向的数据来源“{source}”不存在：请修改方案",
        "“{indicator}” names a source “{source}” that does not exist: amend the plan",
    ),
    "verdict.unknown_rate": (
        "触发条件“{trigger}”要看的比率“{rate}”在方案中没有：请修改方案",
        "Trigger “{trigger}” looks at a rate “{rate}” that the plan does not have: amend the plan",
    ),
    "verdict.maximum": (
        "“{indicator}”的满分必须大于0：请修改方案",
        "The maximum of “{indicator}” must be above 0: amend the plan",
    ),
    "verdict.unknown_scale": (
        "“{indicator}”所用的量表“{scale}”不存在：请修改方案",
        "“{indicator}” uses a scale “{scale}” that does not exist: amend the plan",
    ),
    "verdict.option_beyond_maximum": (
        "量表“{scale}”中“{option}”的分值不在0到{maximum}之间（“{indicator}”的满分）：请修改方案",
        "In the scale “{scale}” the value of “{option}” is not within 0 to {maximum}, the maximum of “{indicator}”: "
        "amend the plan",
    ),
    "verdict.section_twice": (
        "科室“{section}”出现了两次：请删去一个",
        "The section “{section}” is named twice: remove one",
    ),
    "verdict.unknown_class": (
        "科室“{section}”的类别“{name}”不在方案里：请改类别或修改方案",
        "The class “{name}” of “{section}” is not in the plan: change the class or amend the plan",
    ),
    "verdict.unknown_section": (
        "佐证（{at}）里的科室“{section}”不在名单里：请更正",
        "The evidence at {at} names a section “{section}” that is not on the list: correct it",
    ),
    "verdict.unknown_indicator": (
        "佐证（{at}）里的来源“{source}”没有“{indicator}”这一项：请更正",
        "The evidence at {at} names “{indicator}”, which the source “{source}” does not have: correct it",
    ),
    "verdict.not_an_option": (
        "佐证（{at}）的“{value}”不是量表里的选项：请更正",
        "“{value}” in the evidence at {at} is not an option of the scale: correct it",
    ),
    "verdict.not_a_number": (
        "佐证（{at}）的“{value}”不是数：请更正",
        "“{value}” in the evidence at {at} is not a number: correct it",
    ),
    "verdict.negative_value": (
        "佐证（{at}）的数值{value}小于0：扣分也填正数",
        "The value {value} in the evidence at {at} is negative: write demerits as positive numbers",
    ),
    "verdict.value_too_great": (
        "佐证（{at}）的数值{value}超过该指标的满分：请更正",
        "The value {value} in the evidence at {at} is above the indicator's maximum: correct it",
    ),
    "verdict.too_fine": (
        "“{name}”的数字小数超过{digits}位：请更正",
        "A number of “{name}” has more than {digits} decimals: correct it",
    ),
    "verdict.row_too_fine": (
        "{at}的数字小数过多（超过20位）：请更正",
        "A number at {at} has more than 20 decimals: correct it",
    ),
    "verdict.negative_weight": (
        "佐证（{at}）的权重不能是负数：请更正",
        "The weight in the evidence at {at} cannot be negative: correct it",
    ),
    "verdict.unknown_group": (
        "佐证（{at}）的评议代表类别“{group}”不在方案里：请更正",
        "The elector group “{group}” in the evidence at {at} is not in the plan: correct it",
    ),
    "verdict.groups_mixed": (
        "“{source}”的佐证有的写了评议代表类别，有的没有（{at}）：请全部写上",
        "Some evidence of “{source}” names an elector group and some does not ({at}): name it everywhere",
    ),
    "verdict.trigger_circle": (
        "触发条件互相计次，成了循环：{triggers}。请修改方案",
        "Triggers count one another in a circle: {triggers}. Amend the plan",
    ),
    "verdict.incomplete": (
        "还缺{gaps}项佐证，补齐后才能拟定结果运用",
        "{gaps} pieces of evidence are missing: bring them in before consequences are drafted",
    ),
}

MESSAGES: dict[str, tuple[str, str]] = {**LINES, **PLACES, **TESTS, **REFUSALS, **ESTIMATES, **CERTAINTY}
