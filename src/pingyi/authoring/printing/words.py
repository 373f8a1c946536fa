"""The words of the printed plan that are not the plan's own, in Chinese and English."""

from __future__ import annotations

from pingyi.authoring.printing.words_of_marks import WORDS_OF_MARKS

WORDS: dict[str, tuple[str, str]] = {
    **WORDS_OF_MARKS,
    "preamble": ("指导思想", "Guiding thought"),
    "principles": ("评议原则", "Principles"),
    "subject": ("评议对象和内容", "Who and what is evaluated"),
    "who": ("评议对象", "Who is evaluated"),
    "what": ("评议内容", "What is evaluated"),
    "steps": ("时间步骤", "Steps and dates"),
    "service": ("诉求办理和服务制度", "Answering the public, and rules of service"),
    "channels": ("诉求渠道", "Channels"),
    "channel_number": ("号码：{number}", "number: {number}"),
    "solicitations": ("征求意见", "Asking for opinions"),
    "at_least_times": ("每科室至少{minimum}次", "at least {minimum} per section"),
    "at_least_letters": ("每科室至少{minimum}份", "at least {minimum} per section"),
    "limits": ("办理时限", "Time limits"),
    "handling": ("办理要求", "How matters are handled"),
    "handled": (
        "交办后{accept_hours}小时内签收；到期前{remind_days_before}个工作日提醒，逾期{urge_days_after}个工作日催办，"
        "催办后{criticize_days_after}个工作日仍未办结的予以批评；停止计时满{look_days_after}个工作日的，由经办人以外的人员查看。",
        "Offers are taken within {accept_hours} hours. In working days: reminded {remind_days_before} before the due "
        "date, urged {urge_days_after} after it, criticized {criticize_days_after} after that; a stopped clock is "
        "looked at by another after {look_days_after}.",
    ),
    "called_back": (
        "办结的诉求抽取{call_back_share}回访，满意率底线为{satisfaction_floor}%。",
        "Of the closed matters {call_back_share} are called back; the floor of satisfaction is {satisfaction_floor}%.",
    ),
    "kept": (
        "反映人信息和诉求内容自办结起保存{keep_years}年，热线工单表保存{keep_table_days}天，期满销毁。",
        "What people told is kept {keep_years} years from the closing, a hotline's table {keep_table_days} days; then "
        "both are destroyed.",
    ),
    "promised_measurable": (
        "每个科室至少公开{minimum_per_section}项服务承诺，承诺须可衡量。",
        "Each section makes at least {minimum_per_section} commitments; each must be measurable.",
    ),
    "promised": (
        "每个科室至少公开{minimum_per_section}项服务承诺，不要求可衡量。",
        "Each section makes at least {minimum_per_section} commitments; they need not be measurable.",
    ),
    "rehung": (
        "公示牌内容更新后，{rehang_days}个工作日内更换。",
        "A board whose content changed is replaced within {rehang_days} working days.",
    ),
    "rules": ("服务制度", "Rules of service"),
    "marks": ("评分办法", "How marks are given"),
    "sources": ("数据来源和权重", "Sources and weights"),
    "indicators": ("指标", "Indicators"),
    "scales": ("量表", "Scales"),
    "votes": ("评议大会和满意度调查", "Assembly and survey"),
    "adjust": ("加分、扣分和一票否决", "Bonus, deductions and vetoes"),
    "rank": ("修约、排名和等次", "Rounding, ranks and grades"),
    "outcome": ("结果运用", "What follows"),
    "open": ("公开和报送", "Publication and filing"),
    "requirements": ("工作要求", "Requirements"),
    "organizer": ("组织机构", "Organization"),
    "org_text": (
        "评议工作由{body}领导，{office}负责组织、汇总和检查。",
        "The evaluation is led by {body}; {office} organizes, collects and checks.",
    ),
    "body_default": ("局党组", "the bureau's leadership"),
    "kinds": ("包括：{names}。", "Kinds of unit: {names}."),
    "classes": ("排名分类：{names}。", "Ranked within: {names}."),
    "unranked": ("不参加排名", "not ranked"),
    "year": ("评议年度：{year}年。", "Year of the evaluation: {year}."),
    "authorities": ("上级机关：{names}。", "Authorities above: {names}."),
    "serves": ("体现的原则：{names}。", "Principles: {names}."),
    "phase": ("{name}（{begins}—{ends}）", "{name} ({begins} to {ends})"),
    "task": ("{title}。责任主体：{doer}；完成期限：{due}", "{title}. By: {doer}; due: {due}"),
    "task_every": ("；周期：{every}", "; {every}"),
    "task_every_day": ("；每期末月{every_day}日前", "; by day {every_day} of its last month"),
    "proof": ("；佐证：{proof}", "; proof: {proof}"),
    "recipient": ("；报送：{recipient}", "; to: {recipient}"),
    "due_with_phase": ("阶段末日", "the end of the phase"),
    "task_section": ("；涉及科室：{section}", "; section: {section}"),
    "task_criterion": ("；评议内容：{criterion}", "; criterion: {criterion}"),
    "task_product": ("；成果材料：{product}", "; product: {product}"),
    "task_text": ("；说明：{text}", "; note: {text}"),
    "meeting": ("会议：{title}", "Meeting: {title}"),
    "meeting_span": ("，{earliest}至{latest}召开", ", between {earliest} and {latest}"),
    "meeting_from": ("，{earliest}以后召开", ", from {earliest} on"),
    "meeting_until": ("，{latest}以前召开", ", until {latest}"),
    "meeting_convener": ("；召集：{convener}", "; called by: {convener}"),
    "meeting_invited": ("；参会：{invited}", "; invited: {invited}"),
    "meeting_agenda": ("；议程：{agenda}", "; agenda: {agenda}"),
    "stop": ("。", "."),
    "limit": ("{kind}：{days}个{unit}内答复", "{kind}: answered within {days} {unit}"),
    "limit_more": ("，经批准可延长{more}个{unit}", ", {more} more with approval"),
    "and": ("、", ", "),
    "semicolon": ("；", "; "),
    "noted": ("{name}（{notes}）", "{name} ({notes})"),
}


def word(code: str, *, language: str = "zh", **facts: object) -> str:
    """Return a phrase of the printed plan with its facts filled in."""
    return WORDS[code][language.startswith("en")].format(**facts)


def closed(text: str, language: str) -> str:
    """Return a text with a stop at its end, as it stands in a document."""
    return (
        text
        if not text or text.endswith(("。", ".", "；", "！", "？", "”"))
        else text + word("stop", language=language)
    )
