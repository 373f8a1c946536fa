"""The plan as a PDF for the archive, with the plan itself attached; the same plan gives the same bytes (§0)."""

from __future__ import annotations

from functools import lru_cache

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.values import is_english
from pingyi.documents.typeset import pdf
from pingyi.reader.carrying import ATTACHMENT, ATTACHMENT_KIND
from pingyi.rules.plan import Plan


@lru_cache(maxsize=4)  # typesetting takes a good part of a second, and everybody may ask for the plan in force
def to_pdf(plan: Plan, *, language: str = "zh") -> bytes:
    """Return the printed plan as a PDF/A-3 that carries the plan (§0)."""
    return typeset(plan, carried=to_yaml(plan).encode(), language=language)


def typeset(plan: Plan, *, carried: bytes, language: str = "zh") -> bytes:
    """Return the print of a plan as a PDF with a file attached."""
    values = {
        "title": plan.title,
        "issuer": plan.issuer,
        "lang": "en" if is_english(language) else "zh",
        "blocks": outline(plan, language=language),
        "carried": {"name": ATTACHMENT, "kind": ATTACHMENT_KIND},
    }
    return pdf("plan", values, attached={ATTACHMENT: carried})
