"""Open311 GeoReport v2 as bytes: one tree of plain values, written as JSON or as XML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

Value = Any  # text, truth value, moment, mapping or list: what JSON has
KINDS = {"json": "application/json; charset=utf-8", "xml": "application/xml; charset=utf-8"}
# What one element of a list is called in XML.
ONE = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(root: str, value: Value, *, form: str) -> bytes:
    """Return an answer in the wanted form; `root` is the name of its element in XML."""
    if form == "json":
        return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return bytes(etree.tostring(_element(root, value), xml_declaration=True, encoding="utf-8"))


def _plain(value: Value) -> Value:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return None if value == "" else value


def _element(name: str, value: Value) -> Any:
    made = etree.Element(name)
    if isinstance(value, Mapping):
        made.extend([_element(key, one) for key, one in value.items()])
    elif isinstance(value, Sequence) and not isinstance(value, str):
        made.extend([_element(ONE[name], one) for one in value])
    else:
        made.text = _text(value)
    return made


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    plain = _plain(value)
    return "" if plain is None else _NOT_XML.sub("\ufffd", str(plain))
