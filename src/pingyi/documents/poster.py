"""A notice board (公示牌) as PDF, A1 to A4: who is evaluated, what is promised, ways to complain, a code (§4.1)."""

from __future__ import annotations

import io
from dataclasses import dataclass

from pingyi.documents import typeset
from pingyi.documents.letter import chinese_day
from pingyi.rules.board import Content, Promised, Size, Way

NAME = "政风行风评议公示牌"
SIDES = {Size.A1: (594, 841), Size.A2: (420, 594), Size.A3: (297, 420), Size.A4: (210, 297)}  # mm


@dataclass(frozen=True, kw_only=True, slots=True)
class Poster:
    """What is printed besides an edition's content: which edition, and where it can be checked."""

    content: Content
    edition: int
    published: str  # as printed
    office: str  # 监察室
    url: str  # the public page of this board and edition
    root: str = ""
    tree_size: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Phase:
    name: str
    dates: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sheet:
    width: int
    height: int
    name: str
    title: str
    bureau: str
    section: str
    sections: tuple[str, ...]
    criteria: tuple[str, ...]
    commitments: tuple[Promised, ...]
    channels: tuple[Way, ...]
    supervisors: tuple[str, ...]
    phases: tuple[_Phase, ...]
    edition: int
    published: str
    office: str
    url: str
    root: str
    tree_size: int


def pdf(poster: Poster, *, size: Size) -> bytes:
    """Return the poster on a sheet of exactly this size; the same poster gives the same bytes."""
    width, height = SIDES[size]
    return typeset.pdf("poster", _sheet(poster, width, height), pictures={"qr.svg": qr_svg(poster.url)})


def qr_svg(url: str) -> bytes:
    """Return the QR code of an address as SVG, with the quiet zone that scanners need."""
    import segno

    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue()


def unprintable(content: Content) -> str:
    """Return the characters of an edition that no printed board can show."""
    said = [
        content.title, content.bureau, content.section, *content.sections, *content.criteria, *content.supervisors,
        *(word for one in content.commitments for word in (one.section, one.what, one.within, one.measured_by)),
        *(word for way in content.channels for word in (way.name, way.number)),
        *(phase.name for phase in content.phases),
    ]  # fmt: skip
    return typeset.unprintable("".join(said))


def _sheet(poster: Poster, width: int, height: int) -> _Sheet:
    content = poster.content
    phases = tuple(
        _Phase(name=one.name, dates=f"{chinese_day(one.begins_on)[5:]}—{chinese_day(one.ends_on)[5:]}")
        for one in content.phases
    )
    return _Sheet(
        width=width, height=height, name=NAME, title=content.title, bureau=content.bureau, section=content.section,
        sections=content.sections, criteria=content.criteria, commitments=content.commitments,
        channels=content.channels, supervisors=content.supervisors, phases=phases, edition=poster.edition,
        published=poster.published, office=poster.office, url=poster.url, root=poster.root,
        tree_size=poster.tree_size,
    )  # fmt: skip
