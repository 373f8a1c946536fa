"""What another system exports by Open311 GeoReport v2, `requests.json` or `requests.xml`, as one sheet of rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from pingyi.reader.decoding import decode
from pingyi.reader.refusals import NotReadError

Cell = Any
Record = Mapping[str, Any]
# The standard tells no closing time: of a closed request it is that of the last update.
CLOSED, UPDATED, STATUS = "closed_datetime", "updated_datetime", "status"
NUMBER, RECEIVED, SERVICE = "service_request_id", "requested_datetime", "service_code"
# Strings are passed over; 006 is no JSON number, but the standard's own examples write codes so: it is text.
ZEROS = re.compile(r'"(?:\\.|[^"\\])*"|(?<![\w.+-])0\d+(?![\w.])')
JSON = re.compile(rb"\[\s*[\[{\]/]|\{\s*[\"}/]")
FORM = re.compile(r"(POST|GET) /|HTTP/\d|[\w\[\]%]+=[^\s&]*&[\w\[\]%]+=")
COMMENT = ("//", "/*", "#")


def is_georeport(content: bytes) -> bool:
    """Whether a file is JSON or XML by its first sign, or what was copied from the wire instead of a file."""
    start = content[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    if JSON.match(start) or FORM.match(start.decode("latin-1")):
        return True
    return start.startswith((b"<?xml", b"<service")) and b"<html" not in start.lower()


def read_rows(content: bytes) -> list[list[Cell]]:
    """Return the head and a row for each request; NotReadError says what the file is instead."""
    records = _xml(content) if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else _json(content)
    head = list(dict.fromkeys(name for record in records for name in record))
    if NUMBER not in head and SERVICE in head:
        raise NotReadError("georeport.services")
    if NUMBER in head and RECEIVED not in head:
        raise NotReadError("georeport.receipts")
    if len(head) < 2:
        raise NotReadError("georeport.nothing")
    if UPDATED in head and STATUS in head:
        head.append(CLOSED)
        records = [{**record, CLOSED: _closed(record)} for record in records]
    return [list(head), *([_cell(record.get(name)) for name in head] for record in records)]


def _closed(record: Record) -> Any:
    return record.get(UPDATED) if str(record.get(STATUS, "")).strip().casefold() == "closed" else None


def _json(content: bytes) -> list[Record]:
    try:
        text, _encoding = decode(content)
    except NotReadError as fault:
        raise NotReadError("file.text") from fault
    if FORM.match(text.lstrip()):
        raise NotReadError("georeport.form")
    try:
        return _records(json.loads(ZEROS.sub(_quoted, text)))
    except json.JSONDecodeError as fault:
        raise _broken(text, fault) from fault
    except (RecursionError, ValueError) as fault:
        raise NotReadError("file.damaged") from fault


def _quoted(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else f'"{found[0]}"'


def _broken(text: str, fault: json.JSONDecodeError) -> NotReadError:
    """Say where the file as it was handed in stops being JSON, without the quotes that were put around codes."""
    added = 0
    for found in ZEROS.finditer(text):
        if found.start() + added >= fault.pos:
            break
        added += 0 if found[0].startswith('"') else 2
    at = fault.pos - added
    code = "georeport.comment" if text[at:].lstrip().startswith(COMMENT) else "georeport.json"
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return NotReadError(code, line=str(line), column=str(column))


def _records(value: Any) -> list[Record]:
    """The list of objects, whether it stands alone, under a name, or is one object."""
    if isinstance(value, Mapping):
        lists = [one for one in value.values() if isinstance(one, list) and one and isinstance(one[0], Mapping)]
        value = lists[0] if lists and NUMBER not in value and SERVICE not in value else [value]
    if not (isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value)):
        raise NotReadError("georeport.nothing")
    return value


def _xml(content: bytes) -> list[Record]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content.removeprefix(b"\xef\xbb\xbf").lstrip(), parser)
    except etree.XMLSyntaxError as fault:
        raise NotReadError("georeport.xml", line=str(fault.lineno or 1), column=str(fault.offset or 1)) from fault
    if root.tag in {"services", "service_definition"}:
        raise NotReadError("georeport.services")
    if root.tag != "service_requests":
        raise NotReadError("file.not_a_table", kind="HTML/XML")
    records = [_elements(one) for one in root.iterchildren("request")]
    if not records:
        raise NotReadError("georeport.nothing")
    return records


def _elements(one: Iterable[Any]) -> Record:
    return {str(cell.tag): (cell.text or "").strip() or None for cell in one if isinstance(cell.tag, str)}


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False)
    return value
