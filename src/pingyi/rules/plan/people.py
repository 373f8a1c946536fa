"""Who orders the evaluation, who is evaluated, and by which principles (§1, §2, §3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Chain(StrEnum):
    """The two chains of authority (§1.3)."""

    LINE = "line"  # 条: the city bureau
    BLOCK = "block"  # 块: the district


class Doer(StrEnum):
    """Who carries a duty; EVERY_SECTION means one duty for each evaluated section."""

    EVERY_SECTION = "every_section"
    SUPERVISION_OFFICE = "supervision_office"
    BUREAU = "bureau"
    BUREAU_LEADER = "bureau_leader"
    SUPERVISORS = "supervisors"
    DISTRICT_OFFICE = "district_office"
    CITY_BUREAU = "city_bureau"
    SURVEY_TEAM = "survey_team"
    NAMED_SECTION = "named_section"


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """An office above the bureau: receives filings, witnesses the record (§1.3)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    chain: Chain
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Organizer:
    """The bureau's own working body: who runs the year (§4.1, §5.1)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    supervision_office: str  # 监察室
    leading_body: str = ""  # 领导小组
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Principle:
    """One of the plan's principles (§2.1–2.4); shown with the plan, named by criteria."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    title: str
    text: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionKind:
    """A kind of evaluated unit: 室, 科, 站, 大队, 中心 … (§3.1)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionClass:
    """Sections that are ranked together; empty `kinds` takes every kind not named elsewhere."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    kinds: tuple[str, ...] = ()
    is_ranked: bool = True  # some units are only asked for opinions


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Who is evaluated (§3.1)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kinds: tuple[SectionKind, ...]
    classes: tuple[SectionClass, ...]
    text: str = ""
    quote: str = ""

    def class_of(self, *, said: str, kind: str) -> str:
        """Return the class of a section that names one, by its id or its name; else that of its kind; else none."""
        known = next((one.id for one in self.classes if said in {one.id, one.name}), "")
        return known or self.class_of_kind(kind)

    def class_of_kind(self, kind: str) -> str:
        """Return the class that names the kind, else the one that takes every kind not named elsewhere; else none.

        A kind is meant by its id or its name: a section may have been entered before the plan gave its kind an id.
        """
        meant = next((one.id for one in self.kinds if kind in {one.id, one.name}), kind)
        named = [one.id for one in self.classes if meant in one.kinds]
        rest = [one.id for one in self.classes if not one.kinds]
        return next(iter([*named, *rest]), "")
