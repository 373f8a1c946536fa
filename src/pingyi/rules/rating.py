"""What one person said of one section, as the estimates take it (§5.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """One answer of a survey, or one mark of a ballot; `mark` is 0 to 100, None where there is none.

    `stratum`, `population` (people in the stratum), `cluster` and `weight` are the person's, the same in all of the
    person's rows; None where the design says nothing.
    """

    person: str
    section: str
    mark: float | None
    indicator: str = ""
    is_dont_know: bool = False
    weight: float | None = None
    stratum: str = ""
    population: float | None = None
    cluster: str = ""
