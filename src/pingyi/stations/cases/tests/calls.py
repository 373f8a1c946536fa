"""A client of the interface over a real connection, and a check of what it is answered against the schema."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

TOLD: dict[str, Any] = {
    "kind": "complaint",
    "text": "柳溪路工地连续三晚施工。\n希望制止。",
    "place": "柳溪路8号",
    "external_number": "T/0081",
    "contact": {"name": "林先生", "phone": "13800000001", "is_withheld": True},
}
OWN = {"channel": "hotline_12345"}
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "boolean": bool, "null": type(None), "object": dict, "array": list,
}  # fmt: skip
FORMATS: dict[str, Any] = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Calls the interface with one key."""

    address: str
    key: str = ""

    def get(self, path: str, /, headers: dict[str, str] | None = None, **asked: str) -> Answered:
        return self.call("GET", f"{path}?{urlencode(asked)}" if asked else path, headers=headers)

    def post(self, path: str, told: Any, /, **headers: str) -> Answered:
        content = told if isinstance(told, bytes) else json.dumps(told).encode()
        return self.call("POST", path, content, {"Content-Type": "application/json", **headers})

    def call(
        self, method: str, path: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answered:
        parts = urlsplit(self.address)
        own = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            connection.request(method, f"/api/v1{path}", body=content, headers={**own, **(headers or {})})
            response = connection.getresponse()
            read = response.read()
        finally:
            connection.close()
        return Answered(status=response.status, headers=dict(response.getheaders()), body=json.loads(read))


def faults(value: Any, shape: dict[str, Any], known: dict[str, Any], at: str = "$") -> list[str]:
    """Return where a value is not of its shape in the schema."""
    if "$ref" in shape:
        shape = known[shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        found: list[list[str]] = [faults(value, one, known, at) for one in shape["anyOf"]]
        return min(found, key=len)
    wanted: str = shape["type"]
    if not isinstance(value, TYPES[wanted]) or (wanted == "integer" and isinstance(value, bool)):
        return [f"{at} is no {wanted}: {value!r}"]
    if "enum" in shape and value not in shape["enum"]:
        return [f"{at} is not among {shape['enum']}: {value!r}"]
    if wanted == "string" and shape.get("format") in FORMATS:
        FORMATS[shape["format"]](value)
    if wanted == "array":
        items: list[Any] = value
        return [fault for n, one in enumerate(items) for fault in faults(one, shape["items"], known, f"{at}[{n}]")]
    if wanted == "object":
        return _object_faults(value, shape, known, at)
    return []


def _object_faults(value: dict[str, Any], shape: dict[str, Any], known: dict[str, Any], at: str) -> list[str]:
    properties = shape.get("properties", {})
    found = [f"{at}.{name} is not in the schema" for name in value if name not in properties]
    found += [f"{at}.{name} is missing" for name in shape.get("required", ()) if name not in value]
    for name, one in properties.items():
        found += faults(value[name], one, known, f"{at}.{name}") if name in value else []
    return found


def operation(schema: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """Return the operation that an address belongs to."""
    for pattern, methods in schema["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", pattern), path) and method.lower() in methods:
            found: dict[str, Any] = methods[method.lower()]
            return found
    raise KeyError(path)
