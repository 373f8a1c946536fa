"""One tiny file of each kind, made here: read once in the small process before the first file from outside comes."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator

from PIL import Image

from pingyi.reader.excel_xml import SPACE

PICTURES = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF")


def picture(form: str, size: tuple[int, int] = (24, 16)) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, form)
    return out.getvalue()


def all_kinds() -> Iterator[tuple[str, str, bytes]]:
    """Yield what is asked, the file's name, the file."""
    for form in PICTURES:
        yield "handed_in", f"a.{form.lower()}", picture(form)
    yield "handed_in", "a.pdf", b"%PDF-1.7\n%\xe2\xe3"
    yield "handed_in", "a.docx", documents()["a.docx"]
    yield "handed_in", "a.txt", "评议".encode("gb18030")
    for name, content in tables().items():
        yield "rows", name, content
    for name, content in documents().items():
        yield "document", name, content


def facts(do: str, name: str) -> dict[str, object]:
    """Return what is told beside a sample's bytes."""
    told: dict[str, dict[str, object]] = {"handed_in": {"name": name}, "rows": {"marks": True, "reports": True}}
    return told.get(do, {})


def tables() -> dict[str, bytes]:
    """Return one small table of each kind, by the name that it would have."""
    page = (
        "<html><body><table><tr><th>编号</th><th>数</th></tr><tr><td>甲</td><td>1<br>2</td></tr></table></body></html>"
    )
    cells = (
        '<Cell><Data ss:Type="String">编号</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell>'
    )
    excel = (
        f'<?xml version="1.0"?><Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}"><Styles><Style ss:ID="p"><NumberFormat '
        f'ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="a"><Table><Row>{cells}</Row></Table></Worksheet>'
        "</Workbook>"
    )
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
        "charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    request = {"service_request_id": "1", "service_code": "a", "requested_datetime": "2026-03-02T09:15:00+08:00"}
    return {
        "a.csv": "编号,数\n甲,1\n".encode("gb18030"),
        "a.xlsx": workbook(),
        "page.xls": page.encode("gb18030"),
        "excel.xls": excel.encode(),
        "archive.xls": archive.encode() + base64.encodebytes(page.encode("gb18030")) + b"\r\n--x--\r\n",
        "requests.json": json.dumps([request]).encode(),
        "requests.xml": (
            b"<service_requests><request><service_request_id>1</service_request_id><requested_datetime>2026-03-02"
            b"</requested_datetime></request></service_requests>"
        ),
    }


_MAIN, _OFFICE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/"
_LINKS = f"{_OFFICE}package/2006/relationships"
_OF_BOOK = f"{_OFFICE}officeDocument/2006/relationships"


def workbook(*, sheet: str = "worksheets/sheet1.xml", rows: str = "", sheets: int = 1) -> bytes:
    """Return a small workbook written part by part; `sheet` is where its last sheet lies, `rows` what each holds."""
    rows = rows or '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" s="1"><v>0.5</v></c></row>'
    places = [*(f"worksheets/other{number}.xml" for number in range(2, sheets + 1)), sheet]
    named = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    links = "".join(_link(f"rId{n}", "worksheet", place) for n, place in enumerate(places, 1))
    kinds = f"{_OFFICE}package/2006/content-types"
    held = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    fonts = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Default Extension="xml" ContentType="text/xml"/></Types>',
        "_rels/.rels": _relations(_link("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OF_BOOK}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(links + _link("rId99", "styles", "styles.xml")),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{fonts}</styleSheet>',
    }
    return zipped({**parts, **{f"xl/{place}": held for place in places}})


def _relations(links: str) -> str:
    return f'<Relationships xmlns="{_LINKS}">{links}</Relationships>'


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OF_BOOK}/{kind}" Target="{target}"/>'


def documents() -> dict[str, bytes]:
    """Return one small document of each kind."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>评议方案</w:t></w:r></w:p></w:body></w:document>'
    return {
        "a.docx": zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": text}),
        "a.html": "<!doctype html><html><body><p>方案</p><table><tr><td>甲</td></tr></table></body></html>".encode(),
        "a.txt": ("一、评议对象\n局机关各科室。\n" * 4).encode("utf-16"),
        "odd.txt": b"\x83e\x83X\x83g\x81B" * 40 + b"\xff\xfe",
        "a.pdf": pdf("Plan"),
    }


def pdf(words: str) -> bytes:
    """Return a page with a line of Latin letters."""
    drawn = f"BT /F1 14 Tf 60 780 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def zipped(parts: dict[str, str]) -> bytes:
    """Return an archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
