"""The zip, its bytes and its tables: parts 2, 3 and 7 of `docs/reference/bundle.md`."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from fractions import Fraction as Q
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Files = dict[str, bytes]
Row = dict[str, Any]
HEADS = {
    "evidence.csv": "section,indicator,source,happened_on,kind,value,times,weight,group,stratum,reference",
    "sheets.csv": "source,stratum,group,section,answers,times,weight,cluster",
    "sample.csv": "source,group,stratum,persons,units,frame,least,joined",
    "pairs.csv": "source,a,b,steps",
    "past.csv": "section,trigger,year",
}
SIGNED = {"log/checkpoint", "log/entries.jsonl", "log/vkey", "manifest.note"}
ALWAYS = {
    *HEADS,
    "plan.json",
    "plan.yaml",
    "sections.json",
    "estimates.json",
    "verdict.json",
    "verify.py",
    "manifest.json",
}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FILLED = {  # 7: what a field is where the plan does not give it; any other is null, "" or an empty list
    "empty": "refuse", "measure": "mean", "maximum": "100", "minimum_count": "0", "is_satisfied": "false",
    "digits": "2", "mode": "half_even", "comparison": "exact", "ties": "share", "last_place": "all",
    "least_class_size": "2", "minimum_is_inclusive": "true", "is_inclusive": "false", "is_consecutive": "true",
    "is_ranked": "true", "level": "0.05", "minimum_ratings": "30", "minimum_ballots": "15", "weight_range": "0.25",
}  # fmt: skip


class BundleError(Exception):
    """Something in a bundle that is not as it should be: in which file, and where."""


def need(holds: object, *where: object) -> None:
    if not holds:
        raise BundleError(" ".join(str(one) for one in where))


def canonical(value: Any) -> bytes:
    """Return the bytes of RFC 8785; of numbers only whole ones."""

    def put(one: Any) -> Any:
        if isinstance(one, dict):
            return {name: put(one[name]) for name in sorted(one, key=lambda text: text.encode("utf-16-be"))}
        if isinstance(one, list):
            return [put(part) for part in one]
        need(one is None or isinstance(one, str | int), "JSON with", one)
        return one

    return json.dumps(put(value), ensure_ascii=False, separators=(",", ":")).encode()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sha_of(files: Files, names: Iterable[str]) -> str:
    return sha(canonical({name: sha(files[name]) for name in names}))


def opened(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    need(len(names) == len(files), "bundle.zip: a name twice")
    wanted = ALWAYS | (SIGNED if SIGNED & files.keys() else set())
    need(files.keys() == wanted, "bundle.zip: too many or missing:", *sorted(files.keys() ^ wanted))
    return files


def manifest(files: Files) -> Iterator[str]:
    """5: yield every file that is not the one of the manifest."""
    told = json.loads(files["manifest.json"])
    need(set(told) == {"format", "files", "software", "recounted_by"}, "manifest.json: its fields")
    need(set(told["software"]) == {"version", "tree"}, "manifest.json: software")
    need(told["format"] == "pingyi-bundle/2", "manifest.json: format")
    for name in sorted((files.keys() | told["files"].keys()) - {"manifest.json", "manifest.note"}):
        if name not in files or told["files"].get(name) != sha(files[name]):
            yield name
    for name in (one for one in files if one.endswith(".json")):
        if canonical(json.loads(files[name])) != files[name]:
            yield f"{name}: not canonical"


def table(files: Files, name: str) -> list[Row]:
    text, out = files[name].decode(), io.StringIO(newline="")
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    head = HEADS[name].split(",")
    csv.writer(out, lineterminator="\n").writerows([head, *sorted(rows)])
    need(out.getvalue() == text, f"{name}: head, order or spelling")
    return [dict(zip(head, row, strict=True)) for row in rows]


def plan_of(files: Files) -> Iterator[str]:
    """7: yield every place of plan.json that plan.yaml does not say."""
    yield from unlike(YAML(typ="base").load(files["plan.yaml"].decode()), json.loads(files["plan.json"]), "")


def unlike(given: Any, found: Any, place: str) -> Iterator[str]:
    if isinstance(found, dict) and isinstance(given, dict):
        for name in sorted(found.keys() | given.keys()):
            value = found.get(name)
            if name in given and name in found:
                yield from unlike(given[name], value, f"{place}/{name}")
            elif name in given or not (value in (None, "", []) or name not in FILLED or alike(FILLED[name], value)):
                yield f"{place}/{name}"
    elif isinstance(found, list) and isinstance(given, list):
        yield from [place] if len(found) != len(given) else []
        for at, (one, other) in enumerate(zip(given, found, strict=False)):
            yield from unlike(one, other, f"{place}/{at}")
    elif not alike(given, found):
        yield place


def alike(text: Any, found: Any) -> bool:
    """Whether a word of YAML is this value of JSON."""
    if found is None or isinstance(found, bool):
        return text in {None: ("", "null", "~", None), True: ("true",), False: ("false",)}[found]
    if not isinstance(text, str) or isinstance(found, dict | list):
        return found == [] and text in ("", None)
    both = NUMBER.fullmatch(text) and NUMBER.fullmatch(str(found))
    return text == str(found) or bool(both and Q(text) == Q(str(found)))
