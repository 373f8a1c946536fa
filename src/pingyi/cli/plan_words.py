"""What `pingyi plan` says, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "no_file": ("打不开文件 {name}。请检查路径和权限。", "Cannot open {name}. Check the path and its permissions."),
    "not_text": (
        "{name} 不是文本文件。方案文件是 UTF-8 编码的 YAML；Word、PDF 请用 pingyi plan import。",
        "{name} is not a text file. A plan is YAML in UTF-8; bring Word and PDF in with 'pingyi plan import'.",
    ),
    "too_big": ("{name} 太大，不像方案。请检查文件。", "{name} is too large for a plan. Check the file."),
    "check_first": (
        "{name} 还有以上问题，请先改好（pingyi plan check）。",
        "{name} has the problems above. Mend them first ('pingyi plan check').",
    ),
    "bad_suffix": (
        "{name}：只能输出 .docx、.pdf、.html 或 .txt。请改文件名。",
        "{name}: a plan is printed as .docx, .pdf, .html or .txt. Choose one of them.",
    ),
    "written": ("已写入 {name}", "Written to {name}"),
    "same": ("两份方案没有差别。", "The two plans do not differ."),
    "can": ("可以通过：没有妨碍通过的问题。", "It can be adopted: nothing blocks."),
    "cannot": ("暂不能通过：有{count}处必须改好。", "It cannot be adopted yet: {count} problems block."),
    "notes": ("另有{count}处提示。", "{count} notes besides."),
    "more_alike": (
        "另有{count}处同类，在第{lines}行（--all 逐条列出）",
        "{count} more of this kind, on lines {lines} (--all lists each)",
    ),
    "comma": ("、", ", "),
    "blocks": ("必须改", "must be mended"),
    "note": ("提示", "note"),
    "place": ("位置", "Place"),
    "what": ("问题和办法", "What is wrong, and what to do"),
    "ranges": ("可能的得分范围", "Scores that can be reached"),
    "marks": ("综合得分（加减分之前）", "composite (before adjustments)"),
    "total": ("综合得分（加减分和否决之后）", "composite (after adjustments and vetoes)"),
    "score": ("得分", "Score"),
    "low": ("最低", "Lowest"),
    "high": ("最高", "Highest"),
}
