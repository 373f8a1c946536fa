"""Sealed receipts (密封回执) as PDF, four on an A4 sheet: a stub to sign, a code that is folded in (§3.2.2, §5.4).

The number stands on the stub and on the edge that stays visible; the code and its QR stand on the panel that is folded
over and glued. Both panels carry a tint, so that nothing is read against the light.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from pingyi.documents import typeset


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One receipt: its number, printed outside, and the code inside."""

    number: str
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheets:
    """What is printed of a roll; `site` is the address where the code is typed, with a slash at its end."""

    bureau: str
    office: str
    site: str
    dated: str
    place: str
    leaves: tuple[Leaf, ...]


def pdf(sheets: Sheets) -> bytes:
    """Return the receipts as PDF."""
    pictures = {f"{leaf.number}.svg": _qr(f"{sheets.site}{leaf.code}/") for leaf in sheets.leaves}
    return typeset.pdf("sealed_receipts", sheets, pictures=pictures)


def _qr(address: str) -> bytes:
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue()
