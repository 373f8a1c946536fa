"""The words in cells that mean a kind, a state, in time or late, yes or no, or nothing at all."""

from __future__ import annotations

import re
import unicodedata

from pingyi.authoring.tables.cells import Cell

MISSING = frozenset([
    "-", "--", "---", "—", "——", "/", "\\", ".", "n/a", "na", "nan", "null", "none", "nil", "\\n",
    "无", "暂无", "空", "(空)", "(空白)", "(blank)", "未填", "未填写",
])  # fmt: skip
UNSEEN = {0: None, 0xFEFF: None, 0x200B: None}
ERRORS = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
KINDS: dict[str, tuple[str, ...]] = {
    "misconduct": ("举报", "检举", "信访举报", "misconduct", "report of misconduct"),
    "complaint": ("投诉", "投诉举报", "申诉", "complaint", "grievance"),
    "inquiry": (
        "咨询",
        "询问",
        "查询",
        "业务咨询",
        "inquiry",
        "enquiry",
        "question",
        "information",
        "information request",
    ),
    "suggestion": ("建议", "意见", "意见建议", "建言献策", "建言", "suggestion", "proposal", "idea"),
    "help": ("求决", "求助", "诉求", "申请求决", "紧急求助", "help", "request", "service request", "request for help"),
    "praise": ("感谢", "表扬", "表扬感谢", "praise", "compliment", "thanks"),
}
CLOSED = frozenset([
    "已办结", "办结", "已结案", "结案", "已完成", "完成", "已归档", "归档", "已关闭", "关闭", "已处理",
    "已结束", "按期办结", "超期办结", "逾期办结", "已答复办结", "closed", "resolved", "completed", "complete",
    "done", "archived", "cancelled", "canceled",
])  # fmt: skip
OPEN = frozenset([
    "办理中", "处理中", "处置中", "未办结", "未结案", "在办", "待办", "待处理", "待受理", "已受理", "受理中",
    "待签收", "已签收", "已派单", "待派单", "已转办", "转办中", "待答复", "延期办理", "超期未办结", "open",
    "pending", "assigned", "unassigned", "new", "started", "acknowledged", "inprogress", "unspecified",
    "reopened", "submitted", "received",
])  # fmt: skip
IN_TIME = frozenset([
    "按期", "按时", "未超期", "未逾期", "未超时", "正常", "按期办结", "按时办结", "期限内", "ontime", "intime",
    "met",
])  # fmt: skip
LATE = frozenset([
    "超期", "逾期", "超时", "已超期", "已逾期", "已超时", "超期办结", "逾期办结", "未按期", "未按时",
    "overdue", "late", "missed", "breached",
])  # fmt: skip
YES = frozenset([
    "1", "是", "有", "y", "yes", "true", "t", "√", "✓", "x",
])  # fmt: skip
NO = frozenset([
    "0", "否", "无", "n", "no", "false", "f", "×", "✗",
])  # fmt: skip
LEVELS = {
    5: ("非常满意", "很满意", "十分满意", "verysatisfied"),
    4: ("满意", "satisfied"),
    3: ("基本满意", "比较满意", "较满意", "一般", "fairlysatisfied", "neutral"),
    2: ("不满意", "不太满意", "dissatisfied", "unsatisfied"),
    1: ("非常不满意", "很不满意", "十分不满意", "verydissatisfied", "veryunsatisfied"),
}
LEVEL_OF = {word: level for level, words in LEVELS.items() for word in words}
CHANNELS = re.compile(
    r"电话|热线|来电|微信|网站|网上|信箱|邮箱|微博|来信|来访|app|12345|12319|12369|999|窗口|平台|phone|call|web|online|mobile|walk|mail|email|"
    r"twitter|portal|self service|employee",
    re.IGNORECASE,
)
UNITS = re.compile(
    r"(局|处|科|室|办|办公室|队|大队|中心|所|站|社区|街道|委|委员会|公司|署|部|分局|办事处|村|镇|department|division|office|authority|bureau|agency|unit"
    r"|services?|police)([（(].*[)）])?$|\b(department|office|bureau|division) of\b",
    re.IGNORECASE,
)
PHONE = re.compile(r"\+?\d[\d\-() ]{5,18}\d(转\d+)?|[\d*]{3,4}\*{3,5}[\d*]{2,4}")
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}


def line(cell: Cell) -> str:
    """Return a cell as one line of text; a mark for nothing gives nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    words = " ".join(str(cell).translate(UNSEEN).split())
    return "" if len(words) <= 8 and words.casefold() in MISSING else words


def prose(cell: Cell) -> str:
    """Return a cell as text in paragraphs: no empty lines, no spaces around lines."""
    if not isinstance(cell, str):
        return line(cell)
    lines = (" ".join(part.split()) for part in cell.translate(UNSEEN).splitlines())
    words = "\n".join(part for part in lines if part)
    return "" if len(words) <= 8 and words.casefold() in MISSING else words


def key(words: str) -> str:
    """Return the form in which words of a closed list are compared."""
    return re.sub(r"[\s_\-]+", "", unicodedata.normalize("NFKC", words)).casefold()


def kind(words: str) -> str | None:
    """Return the kind that a word names, such as "complaint" for 投诉; None where it names none."""
    plain = unicodedata.normalize("NFKC", words).strip().casefold()
    return KIND_OF.get(plain) or KIND_OF.get(plain.removesuffix("类").removesuffix("件"))


def is_closed(words: str) -> bool | None:
    """Whether a state means that the matter is over there; None where the word is not known."""
    plain = key(words)
    return True if plain in CLOSED else False if plain in OPEN else None


def on_time(words: str, *, head: str = "") -> bool | None:
    """Whether a word means in time; under a head that asks for lateness or punctuality, yes and no answer it."""
    plain = key(words)
    if plain in YES or plain in NO:
        asks_late = bool(re.search(r"超|逾|over|late", head, re.IGNORECASE))
        return (plain in NO) if asks_late else (plain in YES)
    return True if plain in IN_TIME else False if plain in LATE else None


def level(words: str) -> int | None:
    """Return how satisfied a citizen was, from 5 down to 1; None where the word is not known."""
    return LEVEL_OF.get(key(words))


def flag(words: str) -> bool | None:
    """Return yes or no; None where it is neither."""
    plain = key(words)
    return True if plain in YES else False if plain in NO else None
