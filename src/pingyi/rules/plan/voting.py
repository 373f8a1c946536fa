"""The assembly and the survey: scales, groups, validity (§4.3c, §4.3d)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True, kw_only=True, slots=True)
class ElectorGroup:
    """Those who vote together; a group that returns fewer ballots than `minimum` is left out."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    weight: Decimal
    minimum: int = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """One line of the ballot: a criterion, with its weight among the lines."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    criterion: str
    weight: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Assembly:
    """The meeting that marks (集中评议大会): scale, groups, when a vote is valid."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    scale: str
    groups: tuple[ElectorGroup, ...] = ()
    contents: tuple[Content, ...] = ()
    earliest_on: date | None = None
    latest_on: date | None = None
    quorum: Decimal = Decimal("0.5")  # present must be more than this share of those due
    is_void_when_returned_exceeds_issued: bool = True
    section_staff_are_recused: bool = True
    tellers: int = 2
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stratum:
    """A part of the survey's frame, drawn by itself."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    size: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """The satisfaction survey: who asks, on which scale, how many (§4.3d)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    scale: str
    conductor: str = ""
    strata: tuple[Stratum, ...] = ()
    minimum_per_section: int = 30
    margin: Decimal = Decimal("0.05")
    confidence: Decimal = Decimal("0.95")
    quote: str = ""
