"""Single values of a plan's text changed in place: comments, order and everything else stay as they were written."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_PIECE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_WIDTH = 100_000  # no line is folded


class UneditableError(Exception):
    """The text is too faulty for its values to be found: it has to be mended as text first."""


def take_out(text: str, *, path: str) -> str:
    """Return the text without the item at a path ("tasks[3]"); choices that speak of it or of later ones follow."""
    yaml = _yaml()
    try:
        root = yaml.load(text)
        part, _, number = path.rpartition("[")
        holder = root
        for name, at in _PIECE.findall(part):
            holder = holder[name or int(at)]
        del holder[int(number.rstrip("]"))]
        _renumber(root, part, int(number.rstrip("]")))
    except (YAMLError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise UneditableError from error
    return _dumped(yaml, root)


def _renumber(root: Any, part: str, gone: int) -> None:
    kept = []
    for choice in root.get("choices") or []:
        found = re.match(rf"{re.escape(part)}\[(\d+)\]", str(choice.get("path", "")))
        at = int(found.group(1)) if found else -1
        if found and at > gone:
            choice["path"] = f"{part}[{at - 1}]{choice['path'][found.end() :]}"
        if at != gone or not found:
            kept.append(choice)
    if "choices" in root:
        root["choices"][:] = kept


def put(text: str, *, values: Mapping[str, object]) -> str:
    """Return the text with a value set at each path; an empty one takes its line out.

    A path one past the end of a list ("tasks[27].title") begins a new item.
    """
    yaml = _yaml()
    try:
        root = yaml.load(text)
        for path, value in values.items():
            _put(root, path, value)
    except (YAMLError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise UneditableError from error
    return _dumped(yaml, root)


def _dumped(yaml: YAML, root: Any) -> str:
    buffer = io.StringIO()
    yaml.dump(root, buffer)
    return buffer.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _put(root: Any, path: str, value: object) -> None:
    steps: list[str | int] = [name or int(number) for name, number in _PIECE.findall(path)]
    holder = root
    for step, following in pairwise(steps):
        holder = _enter(holder, step, following)
    last = steps[-1]
    if value is None or value in ("", []):
        if isinstance(holder, dict):
            holder.pop(last, None)
    elif isinstance(last, int) and last == len(holder):
        holder.append(_plain(value))
    else:
        holder[last] = _plain(value)


def _enter(holder: Any, step: str | int, following: str | int) -> Any:
    fresh: Any = [] if isinstance(following, int) else {}
    if isinstance(step, int) and step == len(holder):
        holder.append(fresh)
    elif isinstance(step, str) and step not in holder:
        holder[step] = fresh
    return holder[step]


def _plain(value: object) -> object:
    """Write numbers and dates without quotation marks, as a person would."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if not isinstance(value, str):
        return [_plain(item) for item in value] if isinstance(value, Sequence) else value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if _NUMBER.fullmatch(value) and len(value) < 15:
        number = float(value) if "." in value else int(value)
        return number if Decimal(repr(number)) == Decimal(value) else value
    return value
