"""Why a document could not be read, and what to do: code → (Chinese, English)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "file.empty": (
        "“{name}”是空文件。请确认选对了文件，或者直接粘贴方案文字。",
        '"{name}" is empty. Check that it is the right file, or paste the text of the plan.',
    ),
    "file.too_large": (
        "“{name}”有 {size} 字节，超过上限 {limit}。请只上传方案正文，去掉图片和附件。",
        '"{name}" has {size} bytes, more than the {limit} allowed. Upload the plan alone, without pictures.',
    ),
    "text.too_long": (
        "“{name}”共 {size} 字，超过上限 {limit} 字。请只保留方案正文后再试。",
        '"{name}" has {size} characters, more than the limit of {limit}. Keep only the plan itself and try again.',
    ),
    "text.none": (
        "“{name}”里没有可读的文字。如果内容是图片，请先做文字识别，或者把文字粘贴进来。",
        '"{name}" holds no readable text. If its content is pictures, run text recognition first, or paste the text.',
    ),
    "file.binary": (
        "“{name}”不是文字文件。请上传 TXT、DOCX、PDF 或 HTML，或者直接粘贴文字。",
        '"{name}" is not a text file. Upload TXT, DOCX, PDF or HTML, or paste the text.',
    ),
    "file.kind": (
        "“{name}”是{kind}文件，不能作为方案读取。请另存为 DOCX、PDF、HTML 或 TXT 再上传。",
        '"{name}" is a {kind} file, which cannot be read as a plan. Save it as DOCX, PDF, HTML or TXT and upload that.',
    ),
    "file.old_word": (
        "“{name}”是旧版 Word 或 WPS 格式（.doc/.wps）。请用 Word 或 WPS 打开，另存为 .docx 再上传。",
        '"{name}" is in the old Word or WPS format (.doc/.wps). Open it there, save it as .docx and upload that.',
    ),
    "file.damaged": (
        "“{name}”已损坏，无法打开。请用原来的程序重新保存，或者把文字粘贴进来。",
        '"{name}" is damaged and cannot be opened. Save it again in the program it is from, or paste the text.',
    ),
    "file.too_much": (
        "打开“{name}”需要的时间或内存超过上限。请只上传方案正文，去掉图片和附件，或者把文字粘贴进来。",
        '"{name}" takes too much time or memory to open. Upload the plan alone, without pictures, or paste the text.',
    ),
    "file.busy": (
        "同时送来的文件很多，“{name}”未能读取。请半分钟后再试，或者把文字粘贴进来。",
        'Many files came at once, so "{name}" was not read. Try again in half a minute, or paste the text.',
    ),
    "docx.damaged": (
        "“{name}”已损坏，无法打开。请用 Word 打开并另存一份，或者把文字粘贴进来。",
        '"{name}" is damaged and cannot be opened. Open it in Word and save a copy, or paste the text.',
    ),
    "docx.locked": (
        "“{name}”设有打开密码。请先在 Word 中取消密码再上传。",
        '"{name}" needs a password to open. Remove the password in Word and upload it again.',
    ),
    "pdf.damaged": (
        "“{name}”不是完整的 PDF，无法打开。请重新下载或另存后再试。",
        '"{name}" is not a complete PDF and cannot be opened. Download or save it again and retry.',
    ),
    "pdf.password": (
        "“{name}”设有打开密码。请先去掉密码再上传。",
        '"{name}" needs a password to open. Remove the password and upload it again.',
    ),
    "pdf.scanned": (
        "“{name}”共 {pages} 页，都是扫描图片，没有文字。请先做文字识别（OCR），或者上传 Word 原稿。",
        '"{name}" has {pages} pages, all scanned pictures without text. Run text recognition, or upload the Word file.',
    ),
}
