"""What `pingyi plan import` says: code → (Chinese, English)."""

from __future__ import annotations

PARTS = (
    "subject",
    "principles",
    "maxims",
    "authorities",
    "criteria",
    "channels",
    "solicitations",
    "work_rules",
    "phases",
    "tasks",
    "meetings",
    "publications",
    "filings",
    "sources",
    "vetoes",
    "grades",
    "triggers",
    "consequences",
    "result_uses",
)
WORDS: dict[str, tuple[str, str]] = {
    "printed": ("这是打印的方案“{title}”，未经改动，已完整取回。", 'This is the printed plan "{title}", unchanged.'),
    "changes": ("正文改动（{count}）", "Changes in the text ({count})"),
    "change_mixed": ("这一段不止一处改动，请对照正文", "not the only change in its paragraph; compare the text"),
    "change_left": (
        "没有采用：正文另有读不懂的段落，可能就是它",
        "not taken: a paragraph that was not read may say it in other words",
    ),
    "change_kept": ("没有采用，保留打印时的内容", "not taken: it stays as it was printed"),
    "change_number": (
        "没有第 {number} 处改动。改动共 {count} 处，编号从 1 到 {count}。",
        "There is no change number {number}. The changes are numbered from 1 to {count}.",
    ),
    "change_words": (
        "“{given}”不是改动的编号。请写编号（如 1,3），或者写“全部”。",
        '"{given}" is no number of a change. Write numbers (1,3) or all.',
    ),
    "change_both": (
        "第 {number} 处改动既要采用又要保留原样。请只写在一处。",
        "Change number {number} is both to be taken and to be left. Name it once.",
    ),
    "change_all_both": (
        "不能既全部采用又全部保留原样。",
        "All changes cannot both be taken and be left.",
    ),
    "change_breaks": (
        "采用的改动提到了没有采用的改动，方案不完整。请两处都采用，或者都不采用。",
        "Something that is taken names something that is left. Take or leave both.",
    ),
    "no_changes": (
        "文件不是改动过的打印件，没有改动可以选用。",
        "The file is no print that was changed; there is nothing to take or to leave.",
    ),
    "change_how": (
        "用 --take 编号、--leave 编号（或者“全部”）逐处选用。",
        "Choose with --take and --leave: numbers, or all.",
    ),
    "coverage": (
        "事实 {facts} 项：已进字段 {held}，读错字段 {wrong}，只在文字里 {words}，未采用 {unread}；"
        "句子 {sentences} 句，没有用上 {unused}",
        "{facts} facts: {held} in fields, {wrong} in wrong fields, {words} in words only, {unread} not used; "
        "{sentences} sentences, {unused} not used",
    ),
    "subject": ("评议对象", "Who is evaluated"),
    "principles": ("评议原则", "Principles"),
    "maxims": ("工作方针", "Maxims"),
    "authorities": ("上级机关", "Authorities"),
    "criteria": ("评议内容", "Criteria"),
    "channels": ("诉求渠道", "Channels"),
    "solicitations": ("征求意见方式", "Ways of asking"),
    "work_rules": ("工作制度", "Work rules"),
    "phases": ("阶段", "Phases"),
    "tasks": ("任务", "Tasks"),
    "meetings": ("会议", "Meetings"),
    "publications": ("公开事项", "Publications"),
    "filings": ("报备", "Filings"),
    "sources": ("得分来源", "Sources"),
    "vetoes": ("一票否决", "Vetoes"),
    "grades": ("等次", "Grades"),
    "triggers": ("触发条件", "Triggers"),
    "consequences": ("后果措施", "Consequences"),
    "result_uses": ("结果运用", "Uses of the result"),
    "choices": (
        "另有 {count} 处原文没有规定，取自预设，通过前要逐一确认。",
        "{count} values are not in the text and come from the preset; confirm them before adoption.",
    ),
    "alike": ("另有{count}处同类（--json 逐条列出）", "{count} more of this kind (--json lists each)"),
    "problems": ("需要核对的地方（{count}）", "To be checked ({count})"),
    "uncovered": ("没有用上的句子（{count}）", "Sentences that gave nothing ({count})"),
    "more": ("……还有 {count} 句，见 --json。", "… {count} more, see --json."),
    "written": (
        "已写入 {name}。接着用 pingyi plan check 检查。",
        "Written to {name}. Next: pingyi plan check.",
    ),
    "not_written": ("加上 -o 方案.yaml 可以写成方案文件。", "Add -o plan.yaml to write the plan file."),
    "no_file": (
        "打不开文件“{name}”。请检查路径和权限。",
        'The file "{name}" cannot be opened. Check its path and permissions.',
    ),
    "no_preset": ("没有名为“{name}”的预设。可用：{known}。", 'There is no preset "{name}". Known: {known}.'),
}


def say(code: str, lang: str, **facts: object) -> str:
    """Return one sentence in "zh" or "en"."""
    return WORDS[code][lang.startswith("en")].format(**facts)
