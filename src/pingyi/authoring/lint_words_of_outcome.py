"""The lints' sentences about what the marks lead to, in Chinese and English."""

from __future__ import annotations

OUTCOME_MESSAGES: dict[str, tuple[str, str]] = {
    "grade_hidden": (
        "等次“{before}”没有条件，“{after}”永远轮不到。请给前者写最低分，或把它放到最后。",
        "Grade '{before}' has no bound, so '{after}' is never reached. Give it a lowest score or put it last.",
    ),
    "grades_out_of_order": (
        "等次应从高到低：“{after}”的最低分不低于“{before}”。请调整。",
        "Grades go from high to low: the lowest score of '{after}' is not under that of '{before}'. Reorder them.",
    ),
    "grade_never": (
        "等次“{name}”要求{minimum}分，而最高只能得{high}分。请调整。",
        "Grade '{name}' asks for {minimum}, but the highest score is {high}. Adjust it.",
    ),
    "grade_gap": (
        "低于“{name}”（{minimum}分）的科室没有等次。请在最后补一个等次，或确认无需等次。",
        "Sections under '{name}' ({minimum}) get no grade. Add a last grade, or make sure that none is needed.",
    ),
    "trigger_without_consequence": (
        "触发条件“{name}”没有后果。请写明随之采取什么措施。",
        "Nothing follows from trigger '{name}'. Say what does.",
    ),
    "trigger_without_test": (
        "触发条件“{name}”没有写条件，会对所有科室生效。请补充。",
        "Trigger '{name}' has no condition and would fire for everybody. Add one.",
    ),
    "test_incomplete": (
        "触发条件“{name}”的“{kind}”缺少 {key}。请补充。",
        "The condition '{kind}' of trigger '{name}' lacks '{key}'. Add it.",
    ),
    "trigger_names_itself": (
        "触发条件“{name}”计数时指向了自己。请改为另一个触发条件。",
        "Trigger '{name}' counts itself. Name another trigger.",
    ),
    "last_without_rank": (
        "触发条件“{name}”看末位，但没有参加排名的类别。请让至少一类参加排名。",
        "Trigger '{name}' looks at the last place, but no class is ranked. Rank at least one.",
    ),
    "trigger_never": (
        "触发条件“{name}”永远不会生效：要低于{score}分，而综合得分最低为{low}分。请改分数线或量表分值。",
        "Trigger '{name}' can never fire: it asks for less than {score}, but no score is under {low}. Change the limit"
        " or the values of the scale.",
    ),
    "trigger_always": (
        "触发条件“{name}”必然生效：综合得分最高为{high}分，都低于{score}分。请改分数线。",
        "Trigger '{name}' always fires: the highest score is {high}, under {score}. Change the limit.",
    ),
    "trigger_by_deduction": (
        "触发条件“{name}”只有扣分或否决才能生效：不扣分时最低为{marks_low}分，不会低于{score}分。请确认。",
        "Trigger '{name}' can fire only by deductions or a veto: marks alone never fall under {marks_low}, and the"
        " limit is {score}. Make sure that this is meant.",
    ),
    "trigger_never_above": (
        "触发条件“{name}”永远不会生效：要求{score}分以上，而综合得分为{low}至{high}分。请改分数线或量表分值。",
        "Trigger '{name}' can never fire: it asks for more than {score}, but scores run from {low} to {high}. Change"
        " the limit or the values of the scale.",
    ),
    "trigger_always_above": (
        "触发条件“{name}”必然生效：综合得分为{low}至{high}分，都在{score}分以上。请改分数线。",
        "Trigger '{name}' always fires: scores run from {low} to {high}, all above {score}. Change the limit.",
    ),
    "trigger_by_bonus": (
        "触发条件“{name}”只有加分才能生效：不加分时最高为{marks_high}分，到不了{score}分。请确认。",
        "Trigger '{name}' can fire only by bonus points: marks alone never exceed {marks_high}, and the limit is"
        " {score}. Make sure that this is meant.",
    ),
    "veto_never": (
        "触发条件“{name}”看一票否决，但方案没有否决项。请补充否决项。",
        "Trigger '{name}' looks for a veto, but the plan has none. Add one.",
    ),
    "consequence_unused": (
        "措施“{name}”没有触发条件使用。请在触发条件中写上它，或删去。",
        "No trigger names consequence '{name}'. Name it in one, or delete it.",
    ),
    "consequence_without_term": (
        "措施“{name}”没有期限。请写明结果确认后多少天内完成。",
        "Consequence '{name}' has no term. Say within how many days of the confirmed result.",
    ),
    "ties_without_sources": (
        "并列时要依次比较来源得分，但没有写比较哪些来源。请补充。",
        "Ties are to be broken by sources, but none is named. Name them in order.",
    ),
    "no_confirmation": (
        "没有写结果预告和申诉的期限。请补充。",
        "The plan says nothing on preview and objections. Add their terms.",
    ),
    "rate_of_demerits": (
        "触发条件“{name}”看指标“{indicator}”的比率，但它只记扣分，没有比率。请改为其他指标。",
        "Trigger '{name}' looks at a rate of '{indicator}', which only counts demerits. Name another indicator.",
    ),
}
