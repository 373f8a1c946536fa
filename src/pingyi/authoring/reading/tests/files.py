"""Small documents of every kind, made in the test."""

from __future__ import annotations

import math
import zipfile
from io import BytesIO

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_NUMBERING = """<w:abstractNum {ns} w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>"""


def docx_of(paragraphs: list[tuple[str, int | None]], *, rows: list[list[str]] | None = None) -> bytes:
    """Make a DOCX; a level gives the paragraph Word's automatic number."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in paragraphs:
        paragraph = document.add_paragraph(text)
        if level is not None:
            properties = paragraph._p.get_or_add_pPr()
            number = OxmlElement("w:numPr")
            for tag, value in (("w:ilvl", str(level)), ("w:numId", "77")):
                child = OxmlElement(tag)
                child.set(qn("w:val"), value)
                number.append(child)
            properties.append(number)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_with_tables(parts: list[str | list[list[str]]]) -> bytes:
    """Make a DOCX of paragraphs and tables in their order."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_with_box(boxed: str, text: str) -> bytes:
    """Make a DOCX whose first paragraph carries a text box."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
            f"<w:txbxContent><w:p><w:r><w:t>{boxed}</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>"
        )
    )
    document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_of_runs(*paragraphs: str, styles: str = "", numbering: str = "") -> bytes:
    """Make a DOCX of paragraphs that are given as Word's own XML, with these styles and numbers."""
    space = nsdecls("w")
    blocks = "".join(one if one.startswith("<w:tbl") else f"<w:p>{one}</w:p>" for one in paragraphs)
    return zip_of(
        {
            "word/document.xml": f"<w:document {space}><w:body>{blocks}</w:body></w:document>".encode(),
            "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>".encode(),
            "word/numbering.xml": f"<w:numbering {space}>{numbering}</w:numbering>".encode(),
        }
    )


def run(words: str, *marks: str) -> str:
    """Return a run of Word's XML with these marks ("strike", 'strike w:val="0"')."""
    return f"<w:r><w:rPr>{''.join(f'<w:{mark}/>' for mark in marks)}</w:rPr><w:t>{words}</w:t></w:r>"


def pdf_of(pages: list[list[str]]) -> bytes:
    """Make a PDF of Chinese lines."""
    return pdf_drawn([[(60, 780 - 22 * row, line) for row, line in enumerate(lines)] for lines in pages])


def pdf_drawn(pages: list[list[tuple[float, float, str]]]) -> bytes:
    """Make a PDF of words at their places, in a font that every reader must know."""
    return pdf_painted(["".join(painted(x, y, piece) for x, y, piece in words) for words in pages])


def painted(x: float, y: float, words: str, *, size: float = 14, angle: float = 0) -> str:
    """Return the strokes that draw words at a place of a page, upright or turned by some degrees."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turned = f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {x:g} {y:g} Tm"
    return f"BT /F1 {size:g} Tf {turned} <{words.encode('utf-16-be').hex()}> Tj ET\n"


def ruled(*rules: tuple[float, float, float, float]) -> str:
    """Return the strokes of rules, each from one place to another."""
    return "".join(f"{x:g} {y:g} m {end:g} {top:g} l S\n" for x, y, end, top in rules)


def pdf_painted(pages: list[str]) -> bytes:
    """Make a PDF of the strokes of each page."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor"
        b" << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200"
        b" /CapHeight 700 /StemV 80 >> /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    for number, strokes in enumerate(pages):
        drawn = strokes.encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"endstream")
    return _pdf_file(objects)


def _pdf_file(objects: list[bytes]) -> bytes:
    content = b"%PDF-1.5\n"
    offsets: list[int] = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def zip_of(names: dict[str, bytes]) -> bytes:
    """Make a ZIP archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue()
