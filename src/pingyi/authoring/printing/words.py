"""The words of the printed plan that are not the plan's own, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "preamble": ("指导思想", "Guiding thought"),
    "principles": ("评议原则", "Principles"),
    "subject": ("评议对象和内容", "Who and what is evaluated"),
    "who": ("评议对象", "Who is evaluated"),
    "what": ("评议内容", "What is evaluated"),
    "steps": ("时间步骤", "Steps and dates"),
    "service": ("诉求办理和服务制度", "Answering the public, and rules of service"),
    "channels": ("诉求渠道", "Channels"),
    "limits": ("办理时限", "Time limits"),
    "handling": ("办理要求", "How matters are handled"),
    "handled": (
        "交办后{accept_hours}小时内签收；到期前{remind_days_before}个工作日提醒，逾期{urge_days_after}个工作日催办，"
        "催办后{criticize_days_after}个工作日仍未办结的予以批评；停止计时满{look_days_after}个工作日的，由经办人以外的人员查看。",
        "Offers are taken within {accept_hours} hours. In working days: reminded {remind_days_before} before the due "
        "date, urged {urge_days_after} after it, criticized {criticize_days_after} after that; a stopped clock is "
        "looked at by another after {look_days_after}.",
    ),
    "kept": (
        "反映人信息和诉求内容自办结起保存{keep_years}年，热线工单表保存{keep_table_days}天，期满销毁。",
        "What people told is kept {keep_years} years from the closing, a hotline's table {keep_table_days} days; then "
        "both are destroyed.",
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
    "unranked": ("{name}（不参加排名）", "{name} (not ranked)"),
    "phase": ("{name}（{begins}—{ends}）", "{name} ({begins} to {ends})"),
    "task": ("{title}。责任主体：{doer}；完成期限：{due}", "{title}. By: {doer}; due: {due}"),
    "proof": ("；佐证：{proof}", "; proof: {proof}"),
    "recipient": ("；报送：{recipient}", "; to: {recipient}"),
    "meeting": ("会议：{title}", "Meeting: {title}"),
    "meeting_span": ("，{earliest}至{latest}召开", ", between {earliest} and {latest}"),
    "meeting_invited": ("；参会：{invited}", "; invited: {invited}"),
    "meeting_agenda": ("；议程：{agenda}", "; agenda: {agenda}"),
    "stop": ("。", "."),
    "limit": ("{kind}：{days}个{unit}内答复", "{kind}: answered within {days} {unit}"),
    "limit_more": ("，经批准可延长{more}个{unit}", ", {more} more with approval"),
    "name": ("名称", "Name"),
    "weight": ("权重", "Weight"),
    "empty": ("无数据时", "Without evidence"),
    "criterion": ("评议内容", "Criterion"),
    "source": ("来源", "Source"),
    "measure": ("计量方法", "Measure"),
    "scale": ("{name}：{options}。", "{name}: {options}."),
    "scored": ("{label}{value}分", "{label} {value}"),
    "unscored": ("{label}（不计分）", "{label} (not counted)"),
    "assembly": (
        "集中评议大会使用“{scale}”量表，到会人数超过应到人数的{quorum}方可举行，由{tellers}名监票人监票。",
        "The assembly votes on scale '{scale}', with more than {quorum} of those due present and {tellers} tellers.",
    ),
    "groups": ("评议代表权重：{groups}。", "Weights of the electors: {groups}."),
    "contents": ("测评内容权重：{contents}。", "Weights of the lines of the ballot: {contents}."),
    "share": ("{name}{weight}", "{name} {weight}"),
    "survey": (
        "满意度调查由{conductor}实施，使用“{scale}”量表，每个科室有效样本不少于{count}份。",
        "The survey is done by {conductor} on the scale '{scale}', with at least {count} valid answers per section.",
    ),
    "bonus": ("加分：{name}，每次加{points}分", "Bonus: {name}, {points} each"),
    "deduction": ("扣分：{name}，每次扣{points}分", "Deduction: {name}, {points} each"),
    "adjust_bonus": ("加分", "Bonus points"),
    "adjust_deduction": ("扣分", "Deductions"),
    "cap": ("，最多{cap}分", ", at most {cap}"),
    "total_cap": ("{what}合计最多{cap}分。", "{what} together at most {cap}."),
    "veto": ("一票否决：{name}，{effect}", "Veto: {name}, {effect}"),
    "rounding": (
        "综合得分保留{digits}位小数，{mode}；与分数线比较时用{comparison}。",
        "The composite keeps {digits} digits ({mode}) and is held against limits by {comparison}.",
    ),
    "ranking": (
        "在同类科室内排名；{ties}；{last}；参评数不足{least}个的类别不定末位。",
        "Sections are ranked within their class; ties: {ties}; last place: {last}; none in a class under {least}.",
    ),
    "statistics": (
        "结果附得分区间和名次区间，显著性水平{level}；问卷不足{ratings}份且评议票不足{ballots}张的科室不作判定；权重按±{range}变动检验。",
        "Results carry intervals at level {level}; a section with under {ratings} survey answers and under {ballots} "
        "ballots gets no finding; weights are varied by ±{range}.",
    ),
    "triggers_plain": (
        "触发条件按得分认定，并注明检验结论；未经检验确认的，由局办公会研究决定并说明理由。",
        "Triggers follow the scores, with what the evidence bears beside them; where it is not confirmed, the bureau "
        "meeting decides with reasons.",
    ),
    "triggers_only_confirmed": (
        "“排名最后一位”“低于分数线”指经检验在规定的置信水平上确为如此；未达到的，列入“需关注”名单，不直接适用诫勉谈话等措施。",
        "'Ranked last' and 'below' mean shown to be so at the stated confidence; others go on the list of those that "
        "need attention, and no penalty follows by itself.",
    ),
    "grade": ("{name}：{bounds}", "{name}: {bounds}"),
    "grade_from": ("{minimum}分以上（含）", "{minimum} and above"),
    "grade_over": ("高于{minimum}分", "above {minimum}"),
    "grade_top": ("且居本类前{share}", "and among the best {share} of the class"),
    "grade_rest": ("其余科室", "the rest"),
    "trigger": ("{name}的科室：{consequences}。", "{name}: {consequences}."),
    "consequence_days": ("{name}（{days}个{unit}内）", "{name} (within {days} {unit})"),
    "confirmation": (
        "结果先向科室预告{days}个{unit}，申诉答复完毕后确认。",
        "The sections see the result {days} {unit} ahead; it is confirmed once objections are settled.",
    ),
    "uses": ("评议结果运用到：{uses}。", "The result enters: {uses}."),
    "publication": ("{title}：公开范围为{scope}", "{title}: made known to {scope}"),
    "publication_days": ("，公示{days}天", ", shown for {days} days"),
    "filing": ("{title}：报{recipient}", "{title}: filed with {recipient}"),
    "filing_due": ("，{due}前", ", by {due}"),
    "and": ("、", ", "),
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
