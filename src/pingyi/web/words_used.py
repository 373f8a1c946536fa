"""Every sentence that the code and the templates want translated, with the place that wants it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# name of the function → how many leading arguments are the context
CALLS = {
    "_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1,
}  # fmt: skip
_IN_TEMPLATE = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\((.*?)\)[ \n](?=\s|\W|\w|$)", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One sentence that somebody reads, and where it stands."""

    msgid: str
    context: str
    plural: str
    path: Path
    line: int

    @property
    def key(self) -> tuple[str, str]:
        """What a catalog files it under."""
        return (self.context, self.msgid)


def wanted_by(folder: Path, *, without: tuple[Path, ...] = ()) -> Iterator[Wanted]:
    """Yield every sentence wanted under a folder, but for tests and folders with a catalog of their own."""
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
        inside = path.relative_to(folder).parts
        if "tests" in inside or "migrations" in inside or any(path.is_relative_to(other) for other in without):
            continue
        text = path.read_text(encoding="utf-8")
        yield from _in_python(text, path) if path.suffix == ".py" else _in_template(text, path)


def _in_python(text: str, path: Path) -> Iterator[Wanted]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in CALLS:
                yield from _wanted(name, node.args, path=path, line=node.lineno)


def _in_template(text: str, path: Path) -> Iterator[Wanted]:
    if "{%" not in text and "_(" not in text:
        return
    written = templatize(text)
    for match in _IN_TEMPLATE.finditer(written):
        try:
            call = ast.parse(f"f({match[2]})", mode="eval").body
        except SyntaxError:
            continue
        if isinstance(call, ast.Call):
            yield from _wanted(match[1], call.args, path=path, line=written.count("\n", 0, match.start()) + 1)


def _wanted(name: str, arguments: list[ast.expr], *, path: Path, line: int) -> Iterator[Wanted]:
    constants = (argument.value for argument in arguments if isinstance(argument, ast.Constant))
    words = [word for word in constants if isinstance(word, str)]
    contexts = CALLS[name]
    if len(words) <= contexts:
        return
    plural = words[contexts + 1] if "n" in name.split("gettext", maxsplit=1)[0] and len(words) > contexts + 1 else ""
    yield Wanted(msgid=words[contexts], context=words[0] if contexts else "", plural=plural, path=path, line=line)
