"""What the plan's fixed values are called, in Chinese and English; a test holds it to the schema."""

from __future__ import annotations

from enum import StrEnum

# "EnumName.value" → (Chinese, English)
VALUES: dict[str, tuple[str, str]] = {
    "CaseKind.complaint": ("投诉", "complaint"),
    "CaseKind.inquiry": ("咨询", "inquiry"),
    "CaseKind.suggestion": ("建议", "suggestion"),
    "CaseKind.misconduct": ("举报", "report of misconduct"),
    "CaseKind.help": ("求助", "request for help"),
    "CaseKind.praise": ("表扬", "praise"),
    "Chain.line": ("条", "line"),
    "Chain.block": ("块", "block"),
    "ChannelKind.hotline": ("热线", "hotline"),
    "ChannelKind.column": ("栏目", "column"),
    "ChannelKind.letter": ("信件", "letter"),
    "ChannelKind.visit": ("来访", "visit"),
    "ChannelKind.web": ("网络", "web"),
    "ChannelKind.media": ("媒体", "media"),
    "Comparison.exact": ("全数值比较", "exact value"),
    "Comparison.rounded": ("修约值比较", "rounded value"),
    "ConsequenceKind.explanation": ("说明情况", "explanation"),
    "ConsequenceKind.rectification_order": ("限期整改", "rectification order"),
    "ConsequenceKind.admonition_talk": ("诫勉谈话", "admonition talk"),
    "ConsequenceKind.award_bar": ("取消评先评优", "award bar"),
    "ConsequenceKind.circular": ("通报", "circular"),
    "ConsequenceKind.yellow_card": ("黄牌警告", "yellow card"),
    "ConsequenceKind.honor": ("表彰", "honor"),
    "ConsequenceKind.other": ("其他", "other"),
    "DayUnit.working": ("工作日", "working days"),
    "DayUnit.calendar": ("自然日", "calendar days"),
    "Doer.every_section": ("各科室", "every section"),
    "Doer.supervision_office": ("监察室", "supervision office"),
    "Doer.bureau": ("局", "bureau"),
    "Doer.bureau_leader": ("局领导", "bureau leader"),
    "Doer.supervisors": ("行风监督员", "conduct supervisors"),
    "Doer.district_office": ("区纠风办", "district office"),
    "Doer.city_bureau": ("市局", "city bureau"),
    "Doer.survey_team": ("统计调查队", "survey team"),
    "Doer.named_section": ("指定科室", "a named section"),
    "Empty.refuse": ("不予评定", "no verdict"),
    "Empty.drop": ("剔除该来源", "leave the source out"),
    "Empty.zero": ("计零分", "count as zero"),
    "Empty.full": ("计满分", "count as full"),
    "LastPlace.all": ("并列者均为末位", "all of those tied"),
    "LastPlace.none": ("并列则无末位", "none of those tied"),
    "Measure.mean": ("平均分", "mean"),
    "Measure.satisfaction_score": ("满意度得分", "satisfaction score"),
    "Measure.satisfaction_rate": ("满意率", "satisfaction rate"),
    "Measure.demerits": ("扣分制", "demerits"),
    "MeetingKind.mobilization": ("动员会", "mobilization meeting"),
    "MeetingKind.briefing": ("汇报会", "briefing"),
    "MeetingKind.assembly": ("集中评议大会", "assembly"),
    "MeetingKind.forum": ("座谈会", "forum"),
    "MeetingKind.office_meeting": ("局办公会", "bureau meeting"),
    "MeetingKind.other": ("其他会议", "other meeting"),
    "RoundingMode.half_even": ("四舍六入五成双", "half to even"),
    "RoundingMode.half_up": ("四舍五入", "half up"),
    "Scope.bureau": ("局系统", "bureau"),
    "Scope.district": ("全区", "district"),
    "Scope.public": ("社会", "public"),
    "SolicitationKind.forum": ("座谈会", "forum"),
    "SolicitationKind.letter": ("征求意见函", "letter"),
    "SolicitationKind.online_call": ("网上征询", "online call"),
    "SolicitationKind.house_call": ("走访", "house call"),
    "SolicitationKind.other": ("其他方式", "other"),
    "SourceKind.survey": ("满意度调查", "survey"),
    "SourceKind.assembly": ("集中评议", "assembly"),
    "SourceKind.inspection": ("明察暗访", "inspection"),
    "SourceKind.cases": ("诉求办理", "cases"),
    "SourceKind.rectification": ("整改", "rectification"),
    "SourceKind.tasks": ("任务完成", "tasks"),
    "SourceKind.commitments": ("服务承诺", "commitments"),
    "SourceKind.opinions": ("征求意见", "opinions"),
    "SourceKind.file_review": ("案卷评查", "file review"),
    "SourceKind.other": ("其他", "other"),
    "TestKind.last": ("排名末位", "ranked last"),
    "TestKind.below": ("低于分数线", "below a limit"),
    "TestKind.above": ("高于分数线", "above a limit"),
    "TestKind.bottom": ("后几名", "among the lowest"),
    "TestKind.top": ("前几名", "among the best"),
    "TestKind.veto": ("一票否决", "vetoed"),
    "TestKind.grade": ("评为某等次", "in a grade"),
    "TestKind.times": ("第几次触发", "for the k-th time"),
    "TieRule.share": ("并列同名次", "share the rank"),
    "TieRule.by_sources": ("依次比较来源得分", "compare sources in turn"),
    "VetoEffect.score_zero": ("得分计零", "score is zero"),
    "VetoEffect.score_cap": ("得分封顶", "score is capped"),
    "VetoEffect.rank_last": ("名次列末位", "ranked last"),
    "WorkRuleKind.first_contact": ("首问负责制", "first contact is responsible"),
    "WorkRuleKind.time_limit": ("限时办结制", "completion in time"),
    "WorkRuleKind.commitment": ("服务承诺制", "service commitments"),
    "WorkRuleKind.stand_in": ("AB角工作制", "stand-in for each post"),
    "WorkRuleKind.one_time_notice": ("一次性告知制", "one-time notice"),
    "WorkRuleKind.accountability": ("责任追究制", "accountability"),
    "WorkRuleKind.other": ("其他制度", "other rule"),
}


def value_word(value: StrEnum) -> tuple[str, str]:
    """Return what a fixed value is called, in Chinese and English."""
    return VALUES[f"{type(value).__name__}.{value.value}"]


def value_for(kind: type[StrEnum], word: str) -> str | None:
    """Return the value of which this is the Chinese or English word, if there is one."""
    for member in kind:
        if word.strip() in value_word(member):
            return member.value
    return None
