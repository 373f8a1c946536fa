"""The Chinese catalogs against what the pages say: what is missing, unused or unsound; and their compiled form."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pingyi.web.words_used import Wanted, wanted_by

TREE = Path(__file__).resolve().parent.parent
CATALOG = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")
# A catalog may translate a library's sentence too; such an entry carries this comment.
ELSEWHERE = "elsewhere"
_PLACES = re.compile(r"%\((\w+)\)|(?<!\{)\{(\w*)[^{}]*\}(?!\})|(%[sd])")


def check(tree: Path = TREE) -> list[str]:
    """Return every fault of every catalog as one line each; none means that Chinese is complete."""
    faults: list[str] = []
    said: dict[tuple[str, str], tuple[str, Path]] = {}
    for room in rooms(tree):
        catalog = read(room / CATALOG)
        wanted = list(wanted_by(room if room != tree / "web" else tree, without=_others(room, tree)))
        faults += _missing(catalog, wanted, tree)
        faults += _unsound(catalog, room, {one.key for one in wanted}, tree)
        faults += _conflicts(catalog, room, said)
    return faults


def rooms(tree: Path = TREE) -> list[Path]:
    """Return the folders that keep a catalog of their own; `web` keeps the words of all the others."""
    found = {path.parents[3] for path in tree.rglob(CATALOG.name) if path.as_posix().endswith(CATALOG.as_posix())}
    return sorted(found | {path.parent for path in tree.rglob("apps.py")} | {tree / "web"})


def compile_all(tree: Path = TREE) -> list[Path]:
    """Write the compiled form beside every catalog that is newer than it, and return what was written."""
    return [path for path in sorted(tree.rglob("locale/*/LC_MESSAGES/*.po")) if _compile(path)]


def _others(room: Path, tree: Path) -> tuple[Path, ...]:
    if room != tree / "web":
        return tuple(other for other in rooms(tree) if other != room and other.is_relative_to(room))
    return tuple(other for other in rooms(tree) if other != room)


def _compile(path: Path) -> bool:
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        write_mo(file, read(path))
    Path(file.name).chmod(0o644)  # temporary files are the owner's alone; set up by root, read by all
    # Several processes may start at once: each puts a whole file in place.
    os.replace(file.name, target)  # noqa: PTH105 - the name comes from tempfile
    return True


def read(path: Path) -> Catalog:
    """Return a catalog, an empty one where the file does not exist yet."""
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def _key(message: Message) -> tuple[str, str]:
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", msgid)


def _missing(catalog: Catalog, wanted: list[Wanted], tree: Path) -> Iterator[str]:
    have = {_key(message) for message in catalog if message.id}
    seen: set[tuple[str, str]] = set()
    for one in wanted:
        if one.key not in have and one.key not in seen:
            seen.add(one.key)
            where = f"{one.path.relative_to(tree).as_posix()}:{one.line}"
            yield f"{where}  missing: {one.msgid!r}" + (f" (context {one.context!r})" if one.context else "")


def _unsound(catalog: Catalog, room: Path, wanted: set[tuple[str, str]], tree: Path) -> Iterator[str]:
    where = (room / CATALOG).relative_to(tree).as_posix()
    for message in catalog:
        if not message.id:
            continue
        place = f"{where}:{message.lineno}"
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.fuzzy:
            yield f"{place}  fuzzy: {ids[0]!r}"
        if not all(texts):
            yield f"{place}  empty: {ids[0]!r}"
        elif any(_places(text) != _places(ids[-1]) for text in texts):
            yield f"{place}  other placeholders than {ids[-1]!r}: {texts[0]!r}"
        if _key(message) not in wanted and ELSEWHERE not in " ".join(message.user_comments):
            yield f"{place}  unused: {ids[0]!r}"


def _places(text: str) -> list[str]:
    return sorted({"".join(found) for found in _PLACES.findall(text)})


def _conflicts(catalog: Catalog, room: Path, said: dict[tuple[str, str], tuple[str, Path]]) -> Iterator[str]:
    for message in catalog:
        if not message.id:
            continue
        text = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
        before, by = said.setdefault(_key(message), (text, room))
        if text and before != text:
            msgid = _key(message)[1]
            yield f"{room.name} says {text!r} and {by.name} says {before!r} for {msgid!r}: give one a context"
