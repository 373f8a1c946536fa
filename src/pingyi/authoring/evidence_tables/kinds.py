"""What a column of a table of evidence can be, what it is called, and the words of heads that say it."""

from __future__ import annotations

from pingyi.authoring.tables.cells import key

SECTION, INDICATOR, SOURCE, GROUP = "section", "indicator", "source", "group"
HAPPENED_ON, VALUE, REFERENCE = "happened_on", "value", "reference"
TIMES, WEIGHT = "times", "weight"  # how many answers a row stands for; what each of them weighs: never one column
UNIT, STRATUM, FRAME = "unit", "stratum", "frame"
CLUSTER, OPERATOR, MODE = "cluster", "operator", "mode"
NAMES: dict[str, tuple[str, str]] = {
    SECTION: ("科室", "section"),
    INDICATOR: ("指标", "indicator"),
    SOURCE: ("来源", "source"),
    GROUP: ("评议代表类别", "elector group"),
    HAPPENED_ON: ("日期", "date"),
    VALUE: ("数值", "value"),
    TIMES: ("份数或次数", "count"),
    WEIGHT: ("抽样权重", "design weight"),
    UNIT: ("记录编号", "record number"),
    STRATUM: ("层", "stratum"),
    FRAME: ("层内总数", "total of the stratum"),
    CLUSTER: ("群", "cluster"),
    OPERATOR: ("访问员", "interviewer"),
    MODE: ("访问方式", "mode"),
    REFERENCE: ("佐证", "reference"),
}
COLUMNS: dict[str, tuple[str, ...]] = {
    SECTION: ("科室", "科室名称", "被评议科室", "被评科室", "评议对象", "单位", "单位名称", "部门", "section", "unit"),
    INDICATOR: ("指标", "指标名称", "评议指标", "项目", "事项", "扣分事项", "加分事项", "indicator", "item"),
    SOURCE: ("来源", "数据来源", "source"),
    GROUP: ("类别", "评议代表类别", "代表类别", "评议代表", "评议人员类别", "群体", "group", "electorgroup"),
    HAPPENED_ON: ("日期", "时间", "发生日期", "发生时间", "评议日期", "检查日期", "happened_on", "date", "happenedon"),
    VALUE: ("数值", "得分", "分值", "分数", "评分", "评价", "选项", "结果", "value", "score", "mark", "answer"),
    TIMES: ("份数", "票数", "数量", "人数", "次数", "件数", "问卷数", "times", "count", "n"),
    WEIGHT: ("权重", "抽样权重", "设计权重", "权数", "weight", "design weight"),
    UNIT: ("记录编号", "问卷编号", "票号", "选票编号", "检查编号", "respondent", "ballot", "visit"),
    STRATUM: ("层", "抽样层", "分层", "stratum"),
    FRAME: ("层内总数", "总体数", "层总体数", "frame", "population"),
    CLUSTER: ("群", "整群", "社区", "村居", "抽样点", "cluster", "psu"),
    OPERATOR: ("访问员", "访员", "调查员", "回访员", "operator", "interviewer"),
    MODE: ("访问方式", "调查方式", "作答方式", "渠道", "mode", "channel"),
    REFERENCE: ("佐证", "佐证编号", "佐证材料", "依据", "凭证", "编号", "工单号", "文号", "reference", "ref"),
}
KNOWN = {key(word): column for column, words in COLUMNS.items() for word in words}
UNREAD = {"序号", "备注", "说明", "合计", "总计", "总票数", "有效票", "no", "no.", "remarks", "total", "#"}
