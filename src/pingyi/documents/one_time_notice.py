"""The one-time notice (一次性告知书) as PDF: everything that is missing, told once, with lines to sign (§3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.documents import typeset


@dataclass(frozen=True, kw_only=True, slots=True)
class OneTimeNotice:
    """What the notice says; an applicant who gave no name writes it in by hand."""

    issuer: str
    number: str
    applicant: str
    contact: str
    matter: str
    case: str
    clerk: str
    basis: str
    papers: tuple[str, ...]
    paragraphs: tuple[str, ...]
    dated: str


def pdf(notice: OneTimeNotice) -> bytes:
    """Return the notice as PDF."""
    return typeset.pdf("one_time_notice", notice)
