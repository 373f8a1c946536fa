"""The plan as an official DOCX that the office can edit; the same plan gives the same bytes (§0)."""

from __future__ import annotations

from datetime import date

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.printing.outline import outline
from pingyi.documents.official_docx import compose
from pingyi.rules.plan import Plan


def to_docx(plan: Plan, *, language: str = "zh") -> bytes:
    """Return the printed plan as a DOCX that carries the plan (§0)."""
    on = plan.issued_on or date(plan.year, 1, 1)
    blocks, carried = outline(plan, language=language), to_yaml(plan).encode()
    return compose(blocks, title=plan.title, author=plan.issuer, on=on, carried=carried)
