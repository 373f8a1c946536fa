"""The words of the table of sections and people: its heads, its roles, and what its problems say (zh, en)."""

from __future__ import annotations

import re

from pingyi.rules.actor import Role

# Field → the heads it is known by; the first is the one our own template prints.
SECTION_HEADS: dict[str, tuple[str, ...]] = {
    "name": ("名称", "科室名称", "科室", "单位名称", "部门名称", "部门", "name", "section"),
    "kind": ("类型", "科室类型", "类别", "性质", "kind", "type"),
    "line": ("业务线", "管理业务", "主管业务", "职能", "line", "business line"),
    "parent": ("上级科室", "上级", "隶属", "parent"),
    "is_evaluated": ("参评", "是否参评", "参加评议", "evaluated"),
    "section_class": ("科室类别", "评议类别", "排名类别", "class"),
    "stand_in": ("B角", "AB角", "替岗人", "stand-in", "stand in"),
}
PEOPLE_HEADS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "人员姓名", "full name", "person", "name"),
    "role": ("角色", "身份", "role"),
    "section": ("科室", "所在科室", "部门", "所在部门", "section"),
    "title": ("职务", "职位", "title", "position"),
    "phone": ("手机", "电话", "联系电话", "手机号", "手机号码", "联系方式", "phone", "mobile"),
    "mail": ("邮箱", "电子邮箱", "邮件", "电子邮件", "e-mail", "email", "mail"),
    "active_from": ("任职起", "聘期起", "起始日期", "任职时间", "from"),
    "active_until": ("任职止", "聘期止", "截止日期", "until"),
    "letter_number": ("聘书编号", "聘书号", "letter", "letter number"),
}
# Field → its name in Chinese and English, for the list of what each column was taken for.
FIELDS: dict[str, tuple[str, str]] = {
    "name": ("名称或姓名", "name"),
    "kind": ("类型", "kind"),
    "line": ("业务线", "line of business"),
    "parent": ("上级科室", "section above"),
    "is_evaluated": ("参评", "evaluated"),
    "section_class": ("科室类别", "class"),
    "stand_in": ("B角", "stand-in"),
    "role": ("角色", "role"),
    "section": ("科室", "section"),
    "title": ("职务", "title"),
    "phone": ("手机", "phone"),
    "mail": ("邮箱", "mail"),
    "active_from": ("任职起", "in office from"),
    "active_until": ("任职止", "in office until"),
    "letter_number": ("聘书编号", "letter number"),
}
# Role → the words it is known by; the first is the one our own template offers.
ROLES: dict[Role, tuple[str, ...]] = {
    Role.SUPERVISION_OFFICE: ("监察室人员", "监察室", "监察人员", "supervision office"),
    Role.SECTION_HEAD: ("科室负责人", "负责人", "科长", "站长", "大队长", "主任", "section head", "head"),
    Role.SECTION_STAFF: ("科室人员", "科室工作人员", "工作人员", "科员", "经办人", "section staff", "staff"),
    Role.SUPERVISOR: ("行风监督员", "监督员", "conduct supervisor", "supervisor"),
    Role.BUREAU_LEADER: ("局领导", "领导", "局长", "副局长", "分管领导", "bureau leader", "leader"),
    Role.DISTRICT_OFFICE: ("区纠风办", "纠风办", "district office"),
    Role.CITY_BUREAU: ("市环保局", "市局", "city bureau"),
    Role.SURVEY_TEAM: ("统计调查队", "调查队", "statistics team", "survey team"),
    Role.AUDITOR: ("审计人员", "审计", "审计员", "auditor"),
}
YES = frozenset({"是", "√", "✓", "1", "y", "yes", "true", "参评", "对"})
NO = frozenset({"否", "×", "x", "0", "n", "no", "false", "不参评", "不"})
TOTALS = re.compile(r"(合计|总计|小计|共计|总数|合 计|total\b|subtotal\b|sum\b|共\s*\d+\s*[人个名])", re.IGNORECASE)

MESSAGES: dict[str, tuple[str, str]] = {
    "file.too_large": (
        "文件超过 {most} MB。请只保留科室和人员表后再上传。",
        "The file is larger than {most} MB. Keep only the sheets of sections and people.",
    ),
    "file.too_many_rows": (
        "表格超过 {most} 行。请删去空行或分成几个文件。",
        "The table has more than {most} rows. Delete empty rows, or split the file.",
    ),
    "file.empty": (
        "文件是空的。请下载模板填写后再上传。",
        "The file is empty. Download the template, fill it in, and upload it.",
    ),
    "file.not_a_table": (
        "这不是表格文件。请上传 XLSX、XLS 或 CSV 文件。",
        "This is not a table. Upload an XLSX, XLS or CSV file.",
    ),
    "file.damaged": (
        "文件已损坏或有密码，打不开。请在表格软件中打开、另存为 XLSX 后再上传。",
        "The file is damaged or has a password. Open it in your spreadsheet program, save it as XLSX, and upload that.",
    ),
    "file.busy": (
        "同时送来的文件很多，这个文件未能读取。请半分钟后再试。",
        "Many files came at once, so this one was not read. Try again in half a minute.",
    ),
    "file.encoding": (
        "看不懂文件的文字编码。请另存为 XLSX，或存为 UTF-8 编码的 CSV。",
        "The text encoding is unknown. Save the file as XLSX, or as CSV in UTF-8.",
    ),
    "file.no_head": (
        "没有找到表头。第一行应有“名称、类型”（科室）或“姓名、角色、科室”（人员），可参照模板。",
        "No head row was found. It should hold name and kind (sections) or full name, role and section (people).",
    ),
    "file.no_rows": (
        "表头下面没有内容。请填写后再上传。",
        "There is nothing below the heads. Fill in rows and upload again.",
    ),
    "name.missing": ("缺少名称或姓名。请补上，或删去整行。", "The name is missing. Add it, or delete the row."),
    "name.too_long": (
        "“{value}”太长，最多 {most} 个字。请缩短。",
        "“{value}” is too long; at most {most} characters. Shorten it.",
    ),
    "kind.unknown": (
        "不认识的类型“{value}”。请填：{known}；或者填科室名称结尾的几个字。",
        "Unknown kind “{value}”. Use one of: {known}; or the words that the section's name ends with.",
    ),
    "kind.missing": (
        "看不出“{name}”的类型。请在“类型”列填：{known}。",
        "The kind of “{name}” is not clear. Fill in one of: {known}.",
    ),
    "section.twice": (
        "科室“{name}”在第 {first} 行已有。请删去一行。",
        "Section “{name}” already stands in row {first}. Delete one of them.",
    ),
    "section.missing": ("这个角色须有科室。请填写科室名称。", "This role needs a section. Fill in the section's name."),
    "section.unknown": (
        "没有叫“{value}”的科室{near}。请改正，或先在科室表中加上。",
        "There is no section called “{value}”{near}. Correct it, or add it to the sheet of sections.",
    ),
    "section.not_wanted": (
        "这个角色不属于科室。请把科室留空。",
        "This role stands outside the sections. Leave the section empty.",
    ),
    "parent.unknown": (
        "没有叫“{value}”的上级科室{near}。请改正或留空。",
        "There is no section called “{value}” above it{near}. Correct it, or leave it empty.",
    ),
    "parent.itself": (
        "“{name}”不能隶属于自己。请改正上级科室。",
        "“{name}” cannot stand below itself. Correct the section above.",
    ),
    "role.missing": ("缺少角色。请填：{known}。", "The role is missing. Use one of: {known}."),
    "role.unknown": ("不认识的角色“{value}”。请填：{known}。", "Unknown role “{value}”. Use one of: {known}."),
    "person.twice": (
        "“{name}”在第 {first} 行已有同样的任职。请删去一行；同名的两个人请填手机以区别。",
        "“{name}” already has this post in row {first}. Delete one; for two persons of one name, fill in their phones.",
    ),
    "head.twice": (
        "“{section}”在第 {first} 行已有负责人。一个科室只有一名负责人，请把另一名改为科室人员。",
        "“{section}” already has a head in row {first}. A section has one head; make the other one section staff.",
    ),
    "head.other": (
        "“{section}”现在的负责人是{head}。请先在科室页面更换负责人，或把此人改为科室人员。",
        "The head of “{section}” is {head}. Name the new one on the section's page first, or make this person staff.",
    ),
    "stand_in.unknown": (
        "“{section}”没有叫“{value}”的人员。请在人员表中加上此人，科室填“{section}”。",
        "“{section}” has nobody called “{value}”. Add the person to the sheet of people, in this section.",
    ),
    "stand_in.is_head": (
        "“{value}”已是“{section}”的负责人，不能同时做 B 角。请另选一人或留空。",
        "“{value}” is the head of “{section}” and cannot be the stand-in too. Choose another person or nobody.",
    ),
    "phone.unreadable": (
        "看不懂手机或电话“{value}”。请把该列设为文本格式，重新填写号码。",
        "The phone number “{value}” cannot be read. Format the column as text and enter the number again.",
    ),
    "mail.unreadable": (
        "看不懂邮箱“{value}”。请填写完整的地址，例如 name@example.gov.cn。",
        "The mail address “{value}” cannot be read. Enter it whole, such as name@example.gov.cn.",
    ),
    "date.unreadable": (
        "看不懂日期“{value}”。请写成 2026-03-15。",
        "The date “{value}” cannot be read. Write it as 2026-03-15.",
    ),
    "term.reversed": ("任职止早于任职起。请改正日期。", "The term ends before it begins. Correct the dates."),
    "yes_no.unreadable": ("看不懂“{value}”。请填“是”或“否”。", "“{value}” cannot be read. Fill in yes or no."),
    "cell.error": (
        "单元格是公式错误“{value}”。请改成文字或数字。",
        "The cell holds the formula error “{value}”. Replace it with text or a number.",
    ),
    "post.kept": (
        "“{name}”现在负责或代管{sections}，不能由导入改任。请先在科室页面另行指定。",
        "“{name}” answers for {sections} and cannot be moved by a table. Name somebody else there first.",
    ),
}


def sentence(code: str, /, *, zh: bool, **facts: object) -> str:
    """Return what a problem says, in Chinese or English."""
    return MESSAGES[code][0 if zh else 1].format(**facts)


def role_named(text: str) -> Role | None:
    """Return the role that a cell names."""
    return next((role for role, words in ROLES.items() if text.lower() in (role.value, *words)), None)
