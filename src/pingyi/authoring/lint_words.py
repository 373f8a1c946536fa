"""The lints' sentences, in Chinese and English: what is doubtful, and what to do."""

from __future__ import annotations

LINT_MESSAGES: dict[str, tuple[str, str]] = {
    # dates
    "strange_year": ("年度“{year}”不合常理。请写四位数的年份。", "The year {year} is not plausible. Write it in full."),
    "calendar_provisional": (
        "{year}年的放假安排尚未公布，期限按周末休息暂定。公布后请重新检查。",
        "The holidays of {year} are not published yet, so due dates are provisional. Check again once they are.",
    ),
    "no_phases": (
        "方案没有阶段。请至少写一个有起止日期的阶段。",
        "The plan has no phases. Add at least one with its dates.",
    ),
    "phase_reversed": (
        "阶段“{phase}”的结束日期{ends_on}早于开始日期{begins_on}。请改正其中一个。",
        "Phase '{phase}' ends on {ends_on}, before it begins on {begins_on}. Correct one of the two.",
    ),
    "phase_outside_year": (
        "阶段“{phase}”（{begins_on}至{ends_on}）不全在{year}年内。请核对日期或年度；跨到次年6月底以内的可以不改。",
        "Phase '{phase}' ({begins_on} to {ends_on}) is not wholly within {year}. Check the dates or the year; "
        "one that runs on to the end of next June may stay.",
    ),
    "phases_overlap": (
        "阶段“{after}”从{begins_on}开始，而“{before}”到{ends_on}才结束。请让两个阶段前后相接。",
        "Phase '{after}' begins on {begins_on}, but '{before}' only ends on {ends_on}. Make them follow each other.",
    ),
    "phases_gap": (
        "阶段“{before}”与“{after}”之间空了{days}天。请确认这是有意安排。",
        "{days} days lie between phases '{before}' and '{after}'. Make sure that this is meant.",
    ),
    "due_outside_phase": (
        "任务“{title}”的期限{due_on}不在阶段“{phase}”（{begins_on}至{ends_on}）内。请改期限或改所属阶段。",
        "Task '{title}' is due on {due_on}, outside phase '{phase}' ({begins_on} to {ends_on}). Change date or phase.",
    ),
    "filing_outside_year": (
        "“{title}”的报送期限{due_on}不在{year}年内。请确认。",
        "'{title}' is to be filed on {due_on}, outside {year}. Make sure that this is meant.",
    ),
    "span_reversed": (
        "“{title}”的最晚日期{latest_on}早于最早日期{earliest_on}。请改正。",
        "'{title}' may be held at the latest on {latest_on}, before its earliest day {earliest_on}. Correct it.",
    ),
    "meeting_outside_phase": (
        "会议“{title}”（{earliest_on}至{latest_on}）不在阶段“{phase}”（{begins_on}至{ends_on}）内。请改日期或阶段。",
        "Meeting '{title}' ({earliest_on} to {latest_on}) is outside phase '{phase}' ({begins_on} to {ends_on}). Change"
        " its dates or its phase.",
    ),
    "day_outside_year": (
        "“{title}”的日期{day}不在{year}年内。请改正。",
        "The day {day} of '{title}' is not in {year}. Correct it.",
    ),
    "due_on_day_off": (
        "“{title}”的期限{day}是休息日（{why_zh}）。可改为{before}或{after}；不改则当日仍为期限。",
        "'{title}' ends on {day}, a day off ({why_en}). Use {before} or {after}, or the day itself stays the limit.",
    ),
    # duties
    "no_supervision_office": (
        "没有写明监察机构。请填写由哪个科室负责汇总、检查。",
        "The supervision office is not named. Say which section collects and checks.",
    ),
    "task_without_owner": (
        "任务“{title}”没有责任科室。请填写科室名称，或改为“各科室”。",
        "Nobody owns task '{title}'. Name its section, or give it to every section.",
    ),
    "task_without_recipient": (
        "任务“{title}”没有报送对象，将由{office}接收。如应报给他人，请填写。",
        "Task '{title}' names no recipient and goes to the supervision office. Name another if that is meant.",
    ),
    "task_without_proof": (
        "任务“{title}”没有写明佐证。请写明凭什么材料认定完成。",
        "Task '{title}' names no proof. Say what shows that it is done.",
    ),
    "phase_without_task": (
        "阶段“{phase}”没有任务和会议。请补充，或确认无事可做。",
        "Phase '{phase}' has no task and no meeting. Add them, or make sure that none is needed.",
    ),
    "no_kinds": ("没有写明评议对象的单位种类。请补充，如科、站、大队。", "No kind of unit is evaluated. Add them."),
    "no_classes": (
        "没有写明参评类别。请至少写一类。",
        "There is no class of sections to rank within. Add at least one.",
    ),
    "two_open_classes": (
        "类别“{names}”都没有列出单位种类，无法区分。只能有一类不列种类。",
        "Classes '{names}' all take every kind. Only one class may leave its kinds out.",
    ),
    "kind_in_two_classes": (
        "“{kind}”列在两个类别中。请只留在一个类别。",
        "'{kind}' is in two classes. Keep it in one.",
    ),
    "kind_in_no_class": (
        "“{kind}”不属于任何类别，将无法排名。请放入一个类别。",
        "'{kind}' is in no class and would have no rank. Put it into one.",
    ),
    "promise_without_measure": (
        "方案允许不可衡量的承诺，无法判断是否兑现。请要求承诺可以衡量。",
        "The plan allows promises that nothing measures, so nobody can tell whether they are kept. Ask for a measure.",
    ),
    "promises_without_rules": (
        "方案要求服务承诺，但没有写承诺的要求。请补充。",
        "The plan asks for service commitments without saying what one must have. Add it.",
    ),
    "limit_not_positive": ("天数{days}应为正数。请改正。", "{days} days is not a term. Write 1 or more."),
    "term_range": (
        "期限{value}应为1至{most}。请改正，或删去此项使用默认值。",
        "{value} is no term. Write 1 to {most}, or leave it out for the usual one.",
    ),
    "channels_without_limits": (
        "方案列出了诉求渠道，但没有办理时限。请按类型补充办理时限。",
        "The plan names channels but no time limits. Add one for each kind of case.",
    ),
    "rule_without_limits": (
        "方案要求限时办结，但没有办理时限。请补充。",
        "The plan asks for completion in time but gives no time limits. Add them.",
    ),
    # marks
    "weights_sum": (
        "{what_zh}的权重合计为{sum}，应为1，相差{off}。请调整。",
        "The weights of {what_en} add up to {sum} instead of 1 ({off}). Adjust them.",
    ),
    "weight_range": (
        "权重{weight}应大于0、不大于1。请改写，例如 {suggestion}。",
        "The weight {weight} must be above 0 and at most 1. Write, for example, {suggestion}.",
    ),
    "no_criteria": ("方案没有评议内容。请补充。", "The plan judges nothing: add criteria."),
    "no_sources": ("方案没有数据来源，无法评分。请补充。", "The plan has no sources of marks. Add them."),
    "criterion_without_indicator": (
        "评议内容“{title}”没有指标。请至少给它一个指标。",
        "No indicator measures criterion '{title}'. Give it at least one.",
    ),
    "source_without_indicator": (
        "数据来源“{name}”没有指标。请补充指标，或删去该来源。",
        "No indicator is fed by source '{name}'. Add one, or delete the source.",
    ),
    "indicator_without_scale": (
        "指标“{name}”按满意度计量，但没有指明量表。请填写量表。",
        "Indicator '{name}' measures satisfaction but names no scale. Name it.",
    ),
    "maximum_not_positive": ("指标“{name}”的满分应大于0。", "The maximum of indicator '{name}' must be above 0."),
    "count_negative": (
        "指标“{name}”的最少份数不能为负数。请改正。",
        "Indicator '{name}' cannot need fewer than 0 pieces. Correct it.",
    ),
    "scale_too_short": (
        "量表“{name}”至少要有两个分值不同的选项。请补充。",
        "Scale '{name}' needs at least two options of different value. Add them.",
    ),
    "value_range": (
        "量表“{name}”的选项“{label}”分值{value}应在0到100之间。请换算成百分制。",
        "Option '{label}' of scale '{name}' is worth {value}; values go from 0 to 100. Convert it.",
    ),
    "takes_unsaid": (
        "指标“{name}”没有写明取用什么数据。请写明取用“{meant_zh}”，或只用导入的表格。",
        "Indicator '{name}' does not say what it takes. Let it take {meant_en}, as counted here, or imported tables"
        " only.",
    ),
    "takes_measure": (
        "指标“{name}”取用“{takes_zh}”，却按“{measure_zh}”计量。该数据只能按{fits_zh}计量，请改正其中一个。",
        "Indicator '{name}' takes {takes_en}, measured as {measure_en}. It can be measured as {fits_en}; correct one.",
    ),
    "takes_no_event": (
        "“{name}”取用“{takes_zh}”，但加扣分只能按发生的次数计。请改取违规一类的扣分数据，或只用导入的表格。",
        "'{name}' takes {takes_en}, but points are for single events. Let it take a breach, or tables only.",
    ),
    "takes_twice": (
        "“{name}”和“{before}”都取用“{takes_zh}”，同一件事会不知道该扣哪一项。请只留一项。",
        "'{name}' and '{before}' both take {takes_en}, so an event would fall under two items. Keep one.",
    ),
    "nobody_satisfied": (
        "量表“{name}”用于满意率，但没有选项计为满意。请标明哪些选项计为满意。",
        "Scale '{name}' is used for a satisfaction rate, but no option counts as satisfied. Mark those that do.",
    ),
    "points_not_positive": ("“{name}”的分值应写正数。", "The points of '{name}' must be a positive number."),
    "cap_below_points": (
        "“{name}”的上限小于单次分值。请确认。",
        "The cap of '{name}' is lower than its points for one occurrence. Make sure that this is meant.",
    ),
    "veto_without_cap": (
        "否决项“{name}”要封顶得分，但没有写上限。请补充。",
        "Veto '{name}' caps the score but gives no cap. Add it.",
    ),
    "source_without_rules": (
        "数据来源“{name}”需要“{part}”部分的规则。请补充。",
        "Source '{name}' needs the rules in part '{part}'. Add them.",
    ),
    "rules_without_source": (
        "写了“{part}”的规则，但没有对应的数据来源，结果不会计分。请确认。",
        "There are rules for '{part}' but no source of that kind, so it gives no marks. Make sure that this is meant.",
    ),
    "share_range": ("“{value}”应在0到{most}之间。请改正。", "{value} must be between 0 and {most}. Correct it."),
    "level_range": (
        "显著性水平{value}应大于0、小于0.5，通常为0.05。",
        "Level {value}: keep above 0 and under 0.5, as 0.05.",
    ),
    "digits_range": ("保留小数位数{digits}应在0到6之间。", "{digits} digits: keep between 0 and 6."),
    # the source document
    "choice_open": (
        "“{place_zh}”取自预设“{preset_zh}”，方案原文没有写。请核对后改写，或者在“确认待定内容”中确认。",
        "{place_en}: taken from the preset '{preset_en}', not from the source text. Look at it, then change it, or"
        " confirm it under 'Confirm choices'.",
    ),
    "choice_gone": (
        "待定事项“{path}”在方案里已不存在。请删去这一条。",
        "The choice '{path}' is no longer in the plan. Delete this line.",
    ),
    "uncovered": (
        "原文这句没有对应内容：“{sentence}”。请补充任务或指标；如无需对应，请标明不作要求。",
        "Nothing covers this sentence: '{sentence}'. Add a task or an indicator, or set it aside.",
    ),
    "lost": (
        "原文此处文字缺损：“{passage}”。请对照原件核实。",
        "Text is lost here in the source: '{passage}'. Compare it with the original document.",
    ),
}
