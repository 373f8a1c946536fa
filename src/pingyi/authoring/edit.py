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
    if value in {"", None}:
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
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if _NUMBER.fullmatch(value) and len(value) < 15:
        number = float(value) if "." in value else int(value)
        return number if Decimal(repr(number)) == Decimal(value) else value
    return value
