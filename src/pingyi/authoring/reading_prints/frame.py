"""The frame of a print: title, thought, principles, who and what is evaluated, who runs the year, requirements."""

from __future__ import annotations

import re
from typing import Any

from pingyi.authoring.printing.blocks import BlockKind
from pingyi.authoring.printing.phrases import OPENING, closing_of
from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import (
    LONGEST,
    UnreadError,
    bare,
    day,
    day_source,
    fixed,
    matches,
    member,
    optional,
    read,
)
from pingyi.authoring.reading_prints.sheets import Seen
from pingyi.authoring.reading_prints.splitting import listed, noted_list
from pingyi.authoring.values import is_english
from pingyi.rules.plan.measure import Criterion
from pingyi.rules.plan.people import Authority, Chain, Organizer, Principle, SectionClass, SectionKind, Subject


def frame(context: Context) -> dict[str, Any]:
    """Return the plan's fields that its frame says; those that it does not say are missing."""
    found: dict[str, Any] = {"issuer": "", "issued_on": None, "number": "", **_head(context), **_thought(context)}
    found["principles"] = context.each("principles", context.blocks("principles"), lambda one: _principle(one, context))
    found |= context.joined("subject", context.blocks("subject", "who"), lambda text: _subject(text, context)) or {}
    found["criteria"] = context.each(
        "criteria", context.blocks("subject", "what"), lambda one: _criterion(one, context)
    )
    organizer = context.blocks("subject", "organizer")
    found |= context.joined("organizer", organizer, lambda text: _organizer(text, context)) or {}
    found["requirements"] = context.each("requirements", context.blocks("requirements"), _words)
    return found


def _head(context: Context) -> dict[str, Any]:
    """Read title, number and signature."""
    found: dict[str, Any] = {}
    for field, block in zip(("title", "number"), context.sheets.sheets[0].blocks, strict=False):
        found[field] = block.text
        context.places.append((field, block))
    for block in context.sheets.signatures:
        is_day = matches(block.text, day_source(context.tongue))
        field = "issued_on" if is_day else "issuer"
        found[field] = day(block.text) if is_day else block.text
        context.places.append((field, block))
    return found


def _thought(context: Context) -> dict[str, Any]:
    blocks = context.blocks("preamble")
    quoted, joint = ("'{}'", "; ") if is_english(context.tongue) else ("“{}”", "、")
    opening, closing = quoted.split("{}")
    pattern = f"{opening}.+{closing}"
    begins = next(
        (
            place
            for place, block in enumerate(blocks)
            if block.text.startswith(opening) and matches(" ".join(one.text for one in blocks[place:]), pattern)
        ),
        len(blocks),
    )
    text = " ".join(one.text for one in blocks[begins:])
    parts = re.split(rf"{closing}\s*{joint.strip()}\s*{opening}", text[1:-1]) if text else []
    context.places += [("preamble" if place < begins else "maxims", block) for place, block in enumerate(blocks)]
    return {"preamble": "\n".join(one.text for one in blocks[:begins]), "maxims": tuple(parts)}


def _principle(block: Seen, context: Context) -> Principle:
    title, text = _titled(_item(block), context.tongue)
    found, name = context.names["principles"].add(title)
    return Principle(id=found, title=name, text=text)


def _criterion(block: Seen, context: Context) -> Criterion:
    whole, names = _item(block), ""
    served = re.search(context.said("serves", names=".+") + r"\Z", whole[-LONGEST:], re.DOTALL)
    if served is not None:
        whole, names = whole[: -len(served.group())].strip(), served["names"]
    title, text = _titled(whole, context.tongue)
    principles = tuple(context.names["principles"].id_of(one) for one in listed(names, context.tongue))
    found, name = context.names["criteria"].add(title)
    return Criterion(id=found, title=name, text=text, principles=principles)


def _titled(said: str, tongue: str) -> tuple[str, str]:
    """Return a title, and the text behind its stop."""
    if said[:1] in OPENING:
        end = closing_of(said, 0)
        if end < 0:
            raise UnreadError(said[:80])
        return said[1:end], said[end + 2 :].strip()
    found = re.search("[。.]" if is_english(tongue) else "。", said)
    if found is None:
        raise UnreadError(said[:80])
    return said[: found.start()], said[found.end() :].strip()


def _subject(said: str, context: Context) -> dict[str, Any]:
    kinds, classes = (context.said(one, names=".*?").replace("P<names>", f"P<{one}>") for one in ("kinds", "classes"))
    year = context.said("year", year=r"\d{1,4}")
    stop = re.escape(word("stop", language=context.tongue))
    found = read(said, rf"(?:(?P<text>.*){stop}\s*)?{kinds}\s*{classes}\s*{year}")
    kinds_of = [context.names["kinds"].add(name) for name in listed(found["kinds"], context.tongue)]
    subject = Subject(
        kinds=tuple(SectionKind(id=one, name=name) for one, name in kinds_of),
        classes=tuple(
            _class(name, notes, number, context)
            for number, (name, notes) in enumerate(noted_list(found["classes"], context.tongue), 1)
        ),
        text=found["text"],
    )
    return {"subject": subject, "year": int(found["year"])}


def _class(name: str, notes: list[str], number: int, context: Context) -> SectionClass:
    unranked = bare(word("unranked", language=context.tongue))
    is_ranked = not (notes and bare(notes[-1]) == unranked)
    said = notes if is_ranked else notes[:-1]
    kinds = listed(said[0], context.tongue) if said else ()
    return SectionClass(
        id=f"class-{number}",
        name=name,
        kinds=tuple(context.names["kinds"].id_of(one) for one in kinds),
        is_ranked=is_ranked,
    )


def _organizer(said: str, context: Context) -> dict[str, Any]:
    own = context.said("org_text", body=".*?", office=".*?")
    above = context.said("authorities", names=".*")
    found = read(said, own + optional(r"\s*" + above))
    body = "" if bare(found["body"]) == bare(word("body_default", language=context.tongue)) else found["body"]
    authorities = []
    for name, notes in noted_list(found["names"], context.tongue):
        if len(notes) != 1 or not matches(notes[0], fixed(Chain, context.tongue)):
            raise UnreadError(name[:80])
        one, short = context.names["authorities"].add(name)
        authorities.append(Authority(id=one, name=short, chain=member(Chain, notes[0], context.tongue)))
    return {
        "organizer": Organizer(supervision_office=found["office"], leading_body=body),
        "authorities": tuple(authorities),
    }


def _words(block: Seen) -> str:
    return _item(block)


def _item(block: Seen) -> str:
    if block.kind is not BlockKind.ITEM:
        raise UnreadError(block.text[:80])
    return block.text
