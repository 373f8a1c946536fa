"""Every problem's sentence, in Chinese and English: what is wrong, and what to do."""

from __future__ import annotations

from pingyi.authoring.lint_words import LINT_MESSAGES
from pingyi.authoring.lint_words_of_outcome import OUTCOME_MESSAGES

READ_MESSAGES: dict[str, tuple[str, str]] = {
    "empty": (
        "文件里没有内容。请粘贴方案文本，或从 plans/ 里的样例开始。",
        "The text is empty. Paste a plan, or start from the example in plans/.",
    ),
    "too_large": (
        "文本有{size}个字符，超过上限{limit}。请确认上传的是方案文件；必要时删去附件内容。",
        "The text has {size} characters; the limit is {limit}. Make sure that it is a plan; leave its annexes out.",
    ),
    "too_deep": (
        "此处嵌套超过{limit}层。方案不需要这样深的结构，请检查括号和缩进。",
        "Nested more than {limit} levels deep here. A plan never is; check brackets and indentation.",
    ),
    "control_character": (
        "此处有看不见的控制字符（{character}）。请删去它。",
        "There is an invisible control character here ({character}). Delete it.",
    ),
    "tab": (
        "此行用制表符（Tab）缩进。请改用空格，每级两个。",
        "This line is indented with a tab. Use spaces instead, two for each level.",
    ),
    "wide_space": (
        "此行用全角空格缩进。请改用半角空格，每级两个。",
        "This line is indented with full-width spaces. Use ordinary spaces, two for each level.",
    ),
    "wide_colon": (
        "“{key}”后面是全角冒号“：”。请改为半角冒号加一个空格。",
        "A full-width colon follows '{key}'. Use an ordinary colon and a space.",
    ),
    "unclosed_quote": (
        "从这里开始的引号没有结束。请在文字末尾补上引号。",
        "The quotation mark that opens here is never closed. Close it at the end of the words.",
    ),
    "unclosed_bracket": (
        "从这里开始的方括号或花括号没有结束。请补上，并用半角逗号分隔各项。",
        "The bracket that opens here is never closed. Close it, with commas between the items.",
    ),
    "second_colon": (
        "此处的冒号使这一行无法读懂。文字中含有“: ”时，请给整段文字加引号；否则请检查缩进和冒号。",
        "The colon here makes the line unreadable. Put words that hold ': ' in quotation marks, or indent it right.",
    ),
    "missing_colon": (
        "这一行缺少冒号。请写成“名称: 内容”，冒号后留一个空格。",
        "This line lacks its colon. Write 'name: value', with a space after the colon.",
    ),
    "indentation": (
        "此行的缩进与上文不一致。请与同级的行对齐，每级两个空格。",
        "This line is not aligned with its neighbours. Align it with those of its level, two spaces for each level.",
    ),
    "bad_start": (
        "文字不能以“{character}”开头。请给整段文字加引号。",
        "A value cannot begin with '{character}'. Put it in quotation marks.",
    ),
    "syntax": (
        "从这里起无法读懂（{detail}）。请检查此行的冒号、引号和缩进。",
        "This cannot be read from here on ({detail}). Check the colons, quotation marks and indentation of the line.",
    ),
    "more_syntax": (
        "类似的格式错误还有，此后的内容没有检查。请先改好以上各处。",
        "There are more faults of this kind and the rest was not checked. Mend those above first.",
    ),
    "second_document": (
        "从这里起是第二个文档（---），没有读取。一个文件只写一份方案，请删去或另存。",
        "A second document (---) begins here and was not read. Keep one plan in a file; move it to another.",
    ),
    "alias": (
        "方案不使用YAML的锚点和引用（& 与 *）。请把内容直接写在这里。",
        "A plan does not use YAML anchors and aliases (& and *). Write the value out here.",
    ),
    "tag": (
        "方案不使用YAML标签“{tag}”。请删去它。",
        "A plan does not use the YAML tag '{tag}'. Delete it.",
    ),
    "name_not_text": (
        "此处的名称不是文字。请写成“名称: 内容”。",
        "The name here is not a word. Write 'name: value'.",
    ),
    "same_name_twice": (
        "“{key}”在同一处写了两次，前一次在第{first}行。只留一个。",
        "'{key}' stands twice in one place, first on line {first}. Keep one.",
    ),
    "unknown_name": (
        "不认识“{key}”。这里可以写：{allowed}。",
        "'{key}' is not known. What may stand here: {allowed}.",
    ),
    "unknown_name_near": (
        "不认识“{key}”，是否想写“{suggestion}”？",
        "'{key}' is not known. Did you mean '{suggestion}'?",
    ),
    "missing": (
        "缺少“{key}”（{word_zh}）。请补上。",
        "'{key}' ({word_en}) is missing. Add it.",
    ),
    "no_value": (
        "“{key}”（{word_zh}）后面没有内容。请填写。",
        "'{key}' ({word_en}) has no value. Fill it in.",
    ),
    "not_a_mapping": (
        "这里应当是若干“名称: 内容”的行。请按样例改写。",
        "Lines of 'name: value' are expected here. Rewrite it as in the example.",
    ),
    "not_a_list": (
        "这里应当是列表，每项以“- ”开头。请按样例改写。",
        "A list is expected here, each item beginning with '- '. Rewrite it as in the example.",
    ),
    "not_text": (
        "这里应当是一段文字，而不是列表或下级内容。请改为文字。",
        "Words are expected here, not a list or a nested part. Write words.",
    ),
    "full_width": (
        "“{value}”用了全角字符。请改为“{suggestion}”。",
        "'{value}' is written in full-width characters. Write '{suggestion}'.",
    ),
    "not_whole": (
        "“{value}”不是整数。请用阿拉伯数字写整数，例如 5。",
        "'{value}' is not a whole number. Write one in digits, such as 5.",
    ),
    "not_number": (
        "“{value}”不是数。请用阿拉伯数字，例如 80 或 0.4，不带单位和千位逗号。",
        "'{value}' is not a number. Write digits such as 80 or 0.4, without unit or thousands separator.",
    ),
    "number_form": (
        "“{value}”请写成 {suggestion}。",
        "Write '{value}' as {suggestion}.",
    ),
    "number_too_long": (
        "“{value}”位数过多。请写不超过{limit}位的数。",
        "'{value}' has too many digits. Write at most {limit}.",
    ),
    "no_such_day": (
        "没有“{value}”这一天；{year}年{month}月到{last}日为止。请改正。",
        "There is no day {value}: that month ends on day {last}. Correct it.",
    ),
    "date_form": (
        "日期“{value}”请写成 {suggestion} 的样子。",
        "Write the date '{value}' as {suggestion}.",
    ),
    "not_date": (
        "“{value}”不是日期。请写成年-月-日，例如 2026-03-15。",
        "'{value}' is not a date. Write year-month-day, such as 2026-03-15.",
    ),
    "not_true_false": (
        "“{value}”应写 true（是）或 false（否）。",
        "'{value}' must be true or false.",
    ),
    "not_one_of": (
        "“{value}”不在可选值之内。可选：{allowed}。",
        "'{value}' is not one of the values allowed here: {allowed}.",
    ),
    "not_one_of_near": (
        "“{value}”不在可选值之内，是否想写“{suggestion}”？",
        "'{value}' is not a value allowed here. Did you mean '{suggestion}'?",
    ),
    "bad_id": (
        "标识“{value}”只能用英文字母、数字、下划线和连字符，以字母或数字开头，不超过64个字符。请改写。",
        "The id '{value}' may hold letters a to z, digits, '_', '.' and '-', begins with a letter or digit, and has"
        " at most 64 characters. Rewrite it.",
    ),
    "same_id_twice": (
        "标识“{value}”用了两次，前一次在第{first}行。请换一个。",
        "The id '{value}' is used twice, first on line {first}. Choose another.",
    ),
    "same_indicator_id": (
        "标识“{value}”同时用于指标、加分、扣分或否决中的两项。数据凭标识归项，请换一个。",
        "The id '{value}' is shared by two of indicators, bonus, deductions and vetoes. Evidence is filed by it: choose"
        " another.",
    ),
    "same_limit_twice": (
        "“{kind}”的办理时限写了两次。只留一个。",
        "The time limit of '{kind}' stands twice. Keep one.",
    ),
    "unknown_id": (
        "“{value}”在“{list_zh}”里没有。那里有：{known}。",
        "'{value}' is not among the {list_en}. There are: {known}.",
    ),
    "unknown_id_near": (
        "“{value}”在“{list_zh}”里没有，是否想写“{suggestion}”？",
        "'{value}' is not among the {list_en}. Did you mean '{suggestion}'?",
    ),
    "wrong_format": (
        "首行应写 format: {expected}，这里是“{value}”。请改正，或用相应版本的程序打开。",
        "The format must be {expected}, not '{value}'. Correct it, or open the plan with the program of its version.",
    ),
}

MESSAGES = READ_MESSAGES | LINT_MESSAGES | OUTCOME_MESSAGES
