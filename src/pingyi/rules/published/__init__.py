"""What is published of people: counts, sheets about one section, the sample, coarse covariances (§5.2, §5.4).

No more leaves the house, and no more is used inside it: the assessment that is frozen is computed from these tables,
so page, file and stranger agree to the last digit. `docs/decisions/0021-what-is-published-of-people.md`.
"""

from __future__ import annotations

from pingyi.rules.published.publish import published
from pingyi.rules.published.tables import PairSteps, Published, SampleLine, SheetLine

__all__ = ["PairSteps", "Published", "SampleLine", "SheetLine", "published"]
