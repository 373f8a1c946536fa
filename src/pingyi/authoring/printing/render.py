"""The printed plan as plain text and as a page of its own."""

from __future__ import annotations

import base64
from html import escape

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.printing.blocks import Block, BlockKind
from pingyi.authoring.printing.outline import outline
from pingyi.reader.carrying import BLOCK
from pingyi.rules.plan import Plan

_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 156mm; margin: 2rem auto; padding: 0 1rem;
  font: 16pt/29pt FangSong, "仿宋_GB2312", STFangsong, serif; }
h1 { font: 22pt/36pt "方正小标宋简体", "Noto Serif CJK SC", SimSun, serif; text-align: center; }
h2 { font: 16pt/29pt SimHei, "Noto Sans CJK SC", sans-serif; margin: 0; text-indent: 2em; }
h3 { font: 16pt/29pt KaiTi, "楷体_GB2312", STKaiti, serif; margin: 0; text-indent: 2em; }
p { margin: 0; text-indent: 2em; } p.number { text-align: center; text-indent: 0; }
p.signature { text-align: right; text-indent: 0; padding-right: 4em; }
table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 1.5; }
th, td { border: 1px solid; padding: .2em .4em; text-align: left; }
""".strip()
_TAGS = {BlockKind.TITLE: "h1", BlockKind.HEADING: "h2", BlockKind.SUBHEADING: "h3"}


def to_text(plan: Plan, *, language: str = "zh") -> str:
    """Return the printed plan as plain text."""
    return "\n".join(_line(block) for block in outline(plan, language=language)) + "\n"


def to_html(plan: Plan, *, language: str = "zh") -> str:
    """Return the printed plan as one HTML page that needs nothing else; the plan itself goes with it as data."""
    tongue = "en" if language.startswith("en") else "zh-Hans"
    body = "\n".join(_element(block) for block in outline(plan, language=language))
    carried = base64.b64encode(to_yaml(plan).encode()).decode()
    return (
        f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(plan.title)}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n{body}\n"
        f'<script type="{BLOCK}">{carried}</script>\n</body>\n</html>\n'
    )


def _line(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        return "\n".join("　　" + "　｜　".join(row) for row in block.rows)
    if block.kind in {BlockKind.TITLE, BlockKind.NUMBER}:
        return block.text + "\n"
    return f"　　{block.label}{block.text}" if block.kind is not BlockKind.SIGNATURE else f"{'　' * 16}{block.text}"


def _element(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.rows[0])
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows[1:])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    tag = _TAGS.get(block.kind, "p")
    css = f' class="{block.kind.value}"' if block.kind in {BlockKind.NUMBER, BlockKind.SIGNATURE} else ""
    return f"<{tag}{css}>{escape(block.label + block.text)}</{tag}>"
