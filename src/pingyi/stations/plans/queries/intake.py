"""What a person brings — a file, a pasted text, a plan as data — as a plan's text with the place of every item (§0)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.importing import take_in
from pingyi.authoring.places import value_at
from pingyi.authoring.prose import Draft, sentence
from pingyi.authoring.reading import UnreadableError, read_document
from pingyi.rules.plan import Plan
from pingyi.stations.plans.queries import by_hand

_AS_DATA = re.compile(r"^\s*format\s*[:：]\s*['\"]?pingyi-plan/", re.MULTILINE)


class UnusableError(Exception):
    """What was brought gives no plan; the message is a sentence for the person, `text` what could be read."""

    def __init__(self, message: str, *, text: str = "") -> None:
        """Keep the sentence and the text."""
        super().__init__(message)
        self.text = text


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """A plan's text, and the document that it was made from, if it was."""

    text: str
    source_name: str = ""
    source_text: str = ""
    source_sha256: str = ""
    printed: str = ""  # the title of the plan of which this is the unchanged print
    understood: dict[str, Any] = field(default_factory=dict)


def bring(content: bytes, *, name: str, year: int, language: str) -> Brought:
    """Read what was brought; `year` is taken where a document names none."""
    try:
        document = read_document(content, name=name)
    except UnreadableError as error:
        raise UnusableError(error.sentence(language=language)) from error
    digest = hashlib.sha256(content).hexdigest()
    if _AS_DATA.search(document.text):
        return Brought(text=document.text, source_name=name, source_sha256=digest)
    imported = take_in(document, content=content, name=name, year=year)
    draft = imported.draft
    if imported.is_printed:
        return Brought(text=to_yaml(draft.plan), source_name=name, source_sha256=digest, printed=draft.plan.title)
    understood = places(draft)
    if imported.changed is not None:
        understood["print"] = by_hand.kept(imported.changed)
    if not draft.is_usable:
        raise UnusableError(sentence("nothing", {}, language=language), text=document.text)
    return Brought(
        text=to_yaml(draft.plan),
        source_name=name,
        source_text=draft.text,
        source_sha256=digest,
        understood=understood,
    )


def key_of(plan: Plan, path: str) -> str:
    """Return a name for an item that outlives edits: its part and its id, or its place in the part."""
    part, _, rest = path.partition("[")
    part = part.partition(".")[0]
    number = rest.partition("]")[0]
    if not number.isdigit() or not isinstance(getattr(plan, part, None), tuple):
        return part  # an entry of 扣分 or a group of voters is shown inside its part
    item = value_at(plan, f"{part}[{number}]")
    own = getattr(item, "id", "") if is_dataclass(item) else ""
    return f"{part}-{own or number}"


def places(draft: Draft) -> dict[str, Any]:
    """Return where in its document everything of a draft stands."""
    items: list[object] = [
        [key_of(draft.plan, item.path), item.start, item.end] for item in draft.items if item.end > item.start
    ]
    return {
        "items": items,
        "uncovered": [[one.start, one.end] for one in draft.uncovered],
        "lost": [[one.start, one.end] for one in draft.lost],
        "doubts": [asdict(doubt) for doubt in (*draft.problems, *draft.half_read)],
        "facts": [[one.kind.value, one.start, one.end, one.state.value] for one in draft.facts],
    }
