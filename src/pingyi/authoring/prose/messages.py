"""What was doubtful in an import, and what to do: code → (Chinese, English)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "nothing": (
        "这段文字里没有找到评议方案的内容（评议内容、阶段、结果运用都没有）。请确认选对了文件，或者粘贴方案正文。",
        "Nothing of an evaluation plan was found here: no contents judged, no phases, no consequences. "
        "Check that this is the right document, or paste the plan itself.",
    ),
    "text.mojibake": (
        "文字是乱码，多半是编码认错了。请用 UTF-8 或 GB18030 另存后再试。",
        "The text is garbled, most likely by a wrong encoding. Save it as UTF-8 or GB18030 and try again.",
    ),
    "second_plan": (
        "文件里不止一份方案：第 {line} 行起是另一份“{title}”。只读取了第一份；如要用后一份，请把它单独导入。",
        "The file holds more than one plan: '{title}' begins at line {line}. Only the first was read; "
        "to use the other, bring it in by itself.",
    ),
    "print.changed": (
        "文件随带方案“{title}”的数据，但正文与该方案的打印件不一致，例如打印件为“{carried}”，正文为“{seen}”。"
        "数据没有采用，只读取了正文；请逐项核对。",
        'The file carries the plan "{title}", but its text is not the print of it: where the print says "{carried}", '
        'the text says "{seen}". The data were not taken, only the text was read. Check each item.',
    ),
    "print.covered": (
        "文件随带方案“{title}”的数据，正文与打印件一致，但另有批注、图片、页眉脚注或隐藏文字等内容，数据没有采用，只读取了正文。"
        "请逐项核对，或者导入未经加工的打印件。",
        'The file carries the plan "{title}" and its text is the print of it, but notes, pictures, heads or hidden '
        "words stand there besides. The data were not taken, only the text was read. Check each item, or bring the "
        "untouched print.",
    ),
    "print.unread": (
        "文件随带的方案数据不完整，没有采用，只读取了正文。请逐项核对。",
        "The plan that the file carries is not whole and was not taken; the text alone was read. Check each item.",
    ),
    "print.differs": (
        "这是方案“{title}”的打印件，正文有 {count} 处改动，其中 {taken} 处按正文采用，其余保留打印时的内容。"
        "请逐处核对。",
        'This is the print of the plan "{title}" with {count} changes in its text; {taken} of them are taken, the '
        "others stay as the file carries them. Check each.",
    ),
    "print.more": (
        "文件里除正文外还有批注、图片、页眉脚注或隐藏文字等内容，没有读，请核对。",
        "Notes, pictures, heads or hidden words stand in the file besides its text; they were not read. Check them.",
    ),
    "print.rest": (
        "按上述改动重新打印，与正文仍不完全相同，例如打印件为“{carried}”，正文为“{seen}”。请核对。",
        'Printed anew with these changes it is still not the text: where the print says "{carried}", the text says '
        '"{seen}". Check it.',
    ),
    "print.phrases": (
        "这是打印的方案“{title}”，没有随带数据，已按打印用语读出 {count} 段。"
        "正文没有的内容（如标识、原文出处）重新编定。",
        'This is the printed plan "{title}" without its data; {count} paragraphs and tables were read by the '
        "printer's own phrases. What a print does not say, such as ids and the places in an older text, is new.",
    ),
    "print.beside": (
        "打印件里多出一段：“{words}”。不是打印用语，没有读出内容，请核对。",
        'This stands in the print and is not the printer\'s: "{words}". Nothing was read of it; check it.',
    ),
    "print.by_prose": (
        "打印件里多出一段：“{words}”。不是打印用语，按一般文字读出任务 {count} 项，请核对。",
        'This stands in the print and is not the printer\'s: "{words}". Duties read in it as prose: {count}. Check.',
    ),
    "print.reworded": (
        "打印件里这一段改写过：“{words}”。按一般文字读出改动 {count} 处，列在改动中，没有采用；请对照正文选用。",
        'This paragraph of the print was reworded: "{words}". Changes read in it as prose: {count}; they are listed '
        "and not taken. Compare the text, and take what it says.",
    ),
    "print.added": (
        "打印件里没有“{words}”，方案里按此补上，请核对。",
        'The print does not say "{words}"; the plan has it so. Check it.',
    ),
    "print.misread": (
        "“{words}”读入方案后，再打印出来的文字不同，请核对。",
        'What was read of "{words}" would be printed otherwise. Check it.',
    ),
    "words.struck": (
        "文件里有 {count} 处文字已经划去，没有读：“{words}”。请核对是否确已作废。",
        'In {count} places words are struck out and were not read: "{words}". Check that they no longer hold.',
    ),
    "words.hidden": (
        "文件里有 {count} 处隐藏的文字，没有读：“{words}”。如属正文，请在原文件中取消隐藏后重新导入。",
        'In {count} places words are hidden and were not read: "{words}". If they belong to the plan, show them in '
        "the file and import it again.",
    ),
    "words.aslant": (
        "页面上有 {count} 处斜排的文字，没有读：“{words}”。如不是水印，请补进正文。",
        'In {count} places words stand aslant on the page and were not read: "{words}". If they are no watermark, add '
        "them to the text.",
    ),
    "words.note": (
        "有 {count} 处注码，没有读：“{words}”。请核对注释的内容是否已在正文中。",
        'In {count} places marks of notes were not read: "{words}". Check that what the notes say stands in the text.',
    ),
    "words.small": (
        "页眉页脚处有 {count} 行小字，没有读：“{words}”。如属正文（例如注释），请补进正文。",
        'In the margins {count} lines of small print were not read: "{words}". If they belong to the plan, such as '
        "a note, add them to the text.",
    ),
    "words.deleted": (
        "文件里有 {count} 处标为删除的文字，没有读：“{words}”。如不应删除，请在原文件中拒绝该处修订后重新导入。",
        'In {count} places words are marked as deleted and were not read: "{words}". If they are to stay, '
        "reject the change in the file and import the plan again.",
    ),
    "title.missing": ("没有找到标题。请补上方案名称。", "No title was found. Add the name of the plan."),
    "issuer.missing": ("没有找到发文单位。请补上单位名称。", "The issuing body was not found. Add its name."),
    "organizer.missing": (
        "没有找到本单位的牵头科室，暂按“{taken}”。请改成实际负责汇总的科室。",
        'The office that runs the evaluation was not found; "{taken}" was taken. Put in the office that collates.',
    ),
    "year.missing": (
        "文中没有写明年份，暂按 {year} 年。请核对，各阶段日期随之改变。",
        "The text names no year; {year} was taken. Check it: all dates of the phases follow from it.",
    ),
    "subject.missing": (
        "没有找到评议对象。请列出参评单位的类别。",
        "It was not found who is evaluated. List the kinds of unit.",
    ),
    "subject.guessed": (
        "文中没有专门说明评议对象，根据“{written}”推断。请核对。",
        'The text does not say who is evaluated; "{written}" was taken as the answer. Check it.',
    ),
    "criteria.missing": (
        "没有找到评议内容。请列出评议哪些方面。",
        "No contents of the evaluation were found. List what is judged.",
    ),
    "phases.missing": (
        "没有找到分阶段的时间安排。请补上各阶段名称和起止日期。",
        "No phases were found. Add their names with their first and last days.",
    ),
    "phase.undated": (
        "“{phase}”没有写明起止日期，已按前后阶段推算。请填写。",
        '"{phase}" has no dates; they were derived from its neighbors. Fill them in.',
    ),
    "phase.half_dated": (
        "“{phase}”只写了开始或结束的一头，另一头按前后阶段推算。请核对。",
        '"{phase}" has only one of its two dates; the other was derived from its neighbors. Check it.',
    ),
    "phase.reversed": (
        "“{phase}”的结束日期早于开始日期。请核对原文。",
        '"{phase}" ends before it begins. Check it against the text.',
    ),
    "count.differs": (
        "文中说有{stated}个{what}，只认出 {found} 个。请对照原文补齐或更正。",
        "The text speaks of {stated} ({what}) but {found} were found. Compare with the text and mend the list.",
    ),
    "triggers.missing": (
        "没有找到“末位”“低于多少分”之类的结果运用条件。如果确有规定，请补上。",
        "No condition such as last place or a score limit was found. Add it if there is one.",
    ),
    "trigger.counted": (
        "“{trigger}”按逐年累计处理：先记录每次出现，再数次数。请核对。",
        '"{trigger}" is counted over the years: each occurrence is kept, then they are counted. Check it.',
    ),
    "fact.wrong": (
        "读错字段：“{written}”放进了不该放的地方（{sentence}）。请核对并改正。",
        "In a wrong field: {written} ({sentence}). Check it and put it right.",
    ),
    "fact.unread": (
        "读了一半：“{written}”没有用上（{sentence}）。请补进方案，或者确认不必采用。",
        "Half read: {written} is nowhere in the plan ({sentence}). Add it, or make sure that nothing depends on it.",
    ),
    "preview.unit": (
        "结果公示写作“{written}”，没有说是工作日（{sentence}）。天数没有采用，请填写公示天数并选定工作日或者自然日。",
        'The result is shown for "{written}", and it is not said to be working days ({sentence}). The number was not '
        "taken: fill in the days and choose working days or calendar days.",
    ),
    "preview.differs": (
        "结果公示的天数前后写法不同，此处为“{written}”（{sentence}）。没有采用，请确定以哪个为准。",
        'The days for which the result is shown are written differently; here: "{written}" ({sentence}). None was '
        "taken: settle which counts.",
    ),
    "trigger.rate": (
        "“{written}”说的比率或者票数，方案没有相应的指标或者计票口径，整句没有采用。请人工执行，或者改写条件。",
        'The plan has no indicator or base of votes for "{written}", and the sentence was not used: apply it by hand, '
        "or write the condition in another way.",
    ),
    "bound.rate": (
        "“{written}”写的是百分比（满意率），系统按得分比较。两者不同，请核对。",
        '"{written}" is a percentage (a rate of satisfaction); it is compared with the score. They differ: check it.',
    ),
    "weights.total": (
        "这些权重合计 {total}，不是 100（{names}），因此没有采用。请更正。",
        "These weights add up to {total}, not 100 ({names}), so they were not used. Correct them.",
    ),
    "scale.normalized": (
        "原文的票面分值最高为 {top} 分，已按 100 分折算。请核对。",
        "The highest value on the ballot is {top}; the values were converted to a scale of 100. Check them.",
    ),
    "marks.thousand": (
        "原文按千分制计分，系统按百分制：分值、等次界限和加扣分都已除以 10。请核对。",
        "The text counts to a thousand, the system to a hundred: marks, limits of grades and points added or taken "
        "were divided by 10. Check them.",
    ),
    "recipient.spelling": (
        "原文写作“{written}”，按“{taken}”处理。请核对原文是否漏字或多字。",
        'The text writes "{written}"; "{taken}" was taken. Check whether a character is missing or too many.',
    ),
    "lost": (
        "这里有文字丢失：“{before}【{found}】{after}”。请对照原件补上，系统不会猜测。",
        'Characters were lost here: "{before}[{found}]{after}". Complete them from the original; nothing is guessed.',
    ),
    "preset.unknown": (
        "没有名为“{name}”的预设，已改用“{taken}”。",
        'There is no preset called "{name}"; "{taken}" was used.',
    ),
}


def sentence(code: str, facts: dict[str, str | int], *, language: str = "zh") -> str:
    """Return what is doubtful and what to do, in "zh" or "en"."""
    chosen = MESSAGES[code][0 if language.startswith("zh") else 1]
    return chosen.format(**facts)
