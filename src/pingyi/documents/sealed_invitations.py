"""Sealed invitations (密封邀请函) as PDF, two on an A4 sheet: name and post outside, the link folded in (§5.1, §5.4).

What is folded over and glued carries a tint, so that nothing is read against the light.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from pingyi.documents import typeset


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One invitation: for whom, and the link inside."""

    name: str
    post: str
    section: str
    until: str
    link: str
    needs_word: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheets:
    """What is printed together."""

    bureau: str
    office: str
    leaves: tuple[Leaf, ...]


def pdf(sheets: Sheets) -> bytes:
    """Return the invitations as PDF."""
    pictures = {f"leaf-{number}.svg": _qr(leaf.link) for number, leaf in enumerate(sheets.leaves)}
    return typeset.pdf("sealed_invitations", sheets, pictures=pictures)


def _qr(address: str) -> bytes:
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue()
