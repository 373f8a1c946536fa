"""What a hotline's table can say of a case, and the words by which its columns are called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Holds(StrEnum):
    """What the cells of a column hold."""

    NUMBER = "number"
    MOMENT = "moment"
    KIND = "kind"
    CHANNEL = "channel"
    UNIT = "unit"
    STATUS = "status"
    ON_TIME = "on_time"
    FLAG = "flag"
    WORD = "word"
    TITLE = "title"
    PROSE = "prose"
    PERSON = "person"
    PHONE = "phone"
    COUNT = "count"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that a column can be: its id, its names for people, what its cells hold, its known heads."""

    id: str
    zh: str
    en: str
    holds: Holds
    heads: tuple[str, ...]
    is_many: bool = False  # several columns together, such as the levels of a theme


def _field(id_: str, zh: str, en: str, holds: Holds, heads: str, *, is_many: bool = False) -> Field:
    return Field(id=id_, zh=zh, en=en, holds=holds, heads=tuple(heads.split()), is_many=is_many)


FIELDS: tuple[Field, ...] = (
    _field(
        "number", "工单编号", "Number", Holds.NUMBER,
        "工单编号 工单号 编号 受理编号 受理号 流水号 单号 案件编号 案件号 诉求编号 来件编号 留言编号 "
        "信件编号 登记编号 事件编号 问题编号 办件编号 任务号 任务编号 rec_id case_id case_enquiry_id "
        "case_number case_no unique_key service_request_id request_id sr_number ticket ticket_id ticket_no "
        "id number no",
    ),
    _field(
        "received_at", "受理时间", "Received", Holds.MOMENT,
        "受理时间 受理日期 来电时间 来电日期 来件时间 来信时间 来访时间 登记时间 登记日期 创建时间 "
        "建单时间 上报时间 诉求时间 留言时间 提交时间 反映时间 投诉时间 接收时间 接报时间 下单时间 "
        "发生时间 时间 日期 open_dt open_date opened opened_at create_time created created_at created_date "
        "create_date creation_date received received_at received_date requested_datetime request_date "
        "date_received submitted date",
    ),
    _field(
        "due_at", "办结期限", "Due", Holds.MOMENT,
        "办结期限 办理期限 办理时限 截止时间 截止日期 到期时间 到期日期 期限 处理期限 答复期限 反馈期限 "
        "要求办结时间 要求完成时间 应办结时间 应办结日期 限办时间 时限 target_dt target_date due due_at "
        "due_date due_on deadline expected_datetime expected_date sla_date",
    ),
    _field(
        "closed_at", "办结时间", "Closed", Holds.MOMENT,
        "办结时间 办结日期 结案时间 结案日期 实际办结时间 完成时间 完成日期 归档时间 处理完成时间 办毕时间 "
        "结束时间 完结时间 完结日期 结单时间 闭单时间 销号时间 closed_datetime closed_dt closed closed_at "
        "closed_date close_date closing_date closed_on "
        "completed_at completion_date resolved_at resolved_date",
    ),
    _field(
        "answered_at", "答复时间", "Answered", Holds.MOMENT,
        "答复时间 答复日期 回复时间 回复日期 反馈时间 反馈日期 回应时间 answered_at answer_date reply_time "
        "reply_date response_date resolution_action_updated_date",
    ),
    _field(
        "title", "标题", "Title", Holds.TITLE,
        "标题 主题 题目 事项名称 诉求标题 工单标题 留言主题 来信主题 诉求主题 title case_title subject "
        "summary",
    ),
    _field(
        "text", "内容", "Text", Holds.PROSE,
        "内容 诉求内容 反映内容 问题描述 来电内容 来信内容 留言详情 留言内容 工单内容 投诉内容 事件描述 "
        "具体内容 详细内容 描述 诉求 反映问题 text description content details message body "
        "request_details",
    ),
    _field(
        "answer", "答复内容", "Answer", Holds.PROSE,
        "答复 答复内容 答复意见 回复 回复内容 回复意见 反馈 反馈内容 反馈意见 办理意见 处理意见 办理情况 "
        "处理情况 处置情况 answer reply response resolution_description resolution status_notes "
        "closing_text",
    ),
    _field(
        "result", "办理结果", "Result", Holds.WORD,
        "办理结果 处理结果 办结结果 处置结果 结案类型 办结类型 办结方式 result outcome closure_code "
        "closure_reason close_reason disposition",
    ),
    _field(
        "kind", "诉求类型", "Kind", Holds.KIND,
        "问题性质 诉求类型 诉求性质 事件性质 工单类型 来件类型 信件类型 信访类型 业务类型 受理类型 性质 "
        "类型 诉求类别 工单类别 事项类别 event_property_name kind request_kind case_kind nature",
    ),
    _field(
        "channel", "来源渠道", "Channel", Holds.CHANNEL,
        "来源 来源渠道 渠道 受理渠道 诉求来源 工单来源 事件来源 来件来源 受理方式 来电方式 来源方式 "
        "event_src_name source channel open_data_channel_type origin intake method_received",
    ),
    _field(
        "unit", "承办单位", "Unit", Holds.UNIT,
        "承办单位 责任单位 处置部门 处理部门 主办单位 承办部门 责任部门 办理单位 办理部门 处置单位 "
        "处理单位 经办单位 单位 部门 科室 承办科室 责任科室 单位名称 部门名称 dispose_unit_name department "
        "agency_name unit unit_name responsible_department assigned_department agency agency_responsible "
        "section office",
    ),
    _field(
        "unit_id", "单位代码", "Unit code", Holds.WORD,
        "单位代码 部门代码 单位编码 部门编码 单位编号 部门编号 dispose_unit_id department_id unit_id "
        "agency_id agency_code department_code agency",
    ),
    _field(
        "theme", "问题分类（可多级）", "Theme (levels)", Holds.WORD,
        "一级分类 二级分类 三级分类 四级分类 一级标签 二级标签 三级标签 问题类别 问题分类 诉求类别 "
        "诉求分类 内容分类 事项分类 大类 小类 子类 中类 分类 类别 领域 事件类型 event_type_name "
        "main_type_name sub_type_name reason type category subcategory complaint_type descriptor "
        "service_name request_type theme topic",
        is_many=True,
    ),
    _field(
        "place", "地点（可多列）", "Place (columns)", Holds.WORD,
        "地址 地点 事发地点 事发地址 发生地点 问题地点 诉求地点 详细地址 位置 区域 所属区域 区县 辖区 街道 "
        "社区 镇街 所属街道 所属社区 occur_place district_name street_name community_name place location "
        "address incident_address neighborhood borough city_name city",
        is_many=True,
    ),
    _field(
        "status", "办理状态", "Status", Holds.STATUS,
        "状态 办理状态 工单状态 处理状态 案件状态 当前状态 status case_status state current_status",
    ),
    _field(
        "on_time", "是否按期", "On time", Holds.ON_TIME,
        "是否按期 是否按时 是否超期 是否逾期 是否超时 按期情况 按时情况 超期情况 逾期情况 时限状态 "
        "超时状态 ontime_status on_time ontime overdue is_overdue late",
    ),
    _field(
        "closed_late", "超期办结（0/1）", "Closed late (0/1)", Holds.FLAG,
        "超期办结 超期结办 逾期办结 超时办结 overtime_archive_num overtime_archive closed_late",
    ),
    _field(
        "closed_in_time", "按期办结（0/1）", "Closed in time (0/1)", Holds.FLAG,
        "按期办结 按期结办 按时办结 intime_archive_num intime_archive closed_in_time",
    ),
    _field(
        "pending", "办理中（0/1）", "Pending (0/1)", Holds.FLAG,
        "处置中 办理中 在办 未办结 intime_to_archive_num intime_to_archive pending",
    ),
    _field(
        "person", "来电人", "Person", Holds.PERSON,
        "来电人 姓名 诉求人 反映人 联系人 投诉人 来信人 市民姓名 来电人姓名 联系人姓名 留言用户 留言人 "
        "用户 用户名 网友 举报人 当事人 name person caller complainant contact_name user username",
    ),
    _field(
        "phone", "联系电话", "Phone", Holds.PHONE,
        "电话 联系电话 联系方式 来电号码 手机 手机号 手机号码 电话号码 主叫号码 来电电话 phone mobile "
        "telephone tel contact_phone phone_number caller_number",
    ),
    _field(
        "email", "电子邮箱", "E-mail", Holds.WORD,
        "邮箱 电子邮箱 电子邮件 邮件地址 email e_mail mail",
    ),
    _field(
        "home", "联系地址", "Contact address", Holds.WORD,
        "联系地址 家庭地址 住址 家庭住址 通讯地址 home_address contact_address",
    ),
    _field(
        "votes_for", "点赞数", "Votes for", Holds.COUNT,
        "点赞数 赞成数 支持数 点赞 附议数 votes likes upvotes vote_count",
    ),
    _field(
        "votes_against", "反对数", "Votes against", Holds.COUNT,
        "反对数 反对 点踩数 dislikes downvotes",
    ),
    _field(
        "rating", "满意度", "Satisfaction", Holds.WORD,
        "满意度 评价 满意度评价 回访满意度 回访结果 是否满意 群众评价 诉求人评价 满意情况 satisfaction rating",
    ),
)  # fmt: skip
BY_ID = {field.id: field for field in FIELDS}
# Our own columns in a table of rows that were set aside; read again, they say nothing of the case.
REASONS_HEAD, ROW_HEAD = "搁置原因", "原行号"
UNREAD = frozenset({"序号", "备注", REASONS_HEAD, ROW_HEAD, "#", "行号", "remarks", "remark", "notes"})


@lru_cache(maxsize=8192)
def head_key(words: str) -> str:
    """Return the form in which heads are compared: width, case, spaces, stars and underscores make no difference."""
    return re.sub(r"[\s_\-*:./()\[\]<>【】、,;'\"]+", "", unicodedata.normalize("NFKC", words)).casefold()


@lru_cache(maxsize=8192)
def head_tokens(words: str) -> frozenset[str]:
    """Return the words of an English head such as CASE_ENQUIRY_ID or onTimeStatus."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", words))
    return frozenset(re.findall(r"[a-z0-9]+", plain.casefold()))
