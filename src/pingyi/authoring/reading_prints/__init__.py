"""A print without its data, read by the printer's own phrases turned round (§0)."""

from __future__ import annotations

from pingyi.authoring.reading_prints.sheets import Seen
from pingyi.authoring.reading_prints.whole import Reading, read_print

__all__ = ["Reading", "Seen", "read_print"]
