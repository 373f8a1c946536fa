"""What a file may cost: one table, a row for each thing that can be asked of the reader."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20
AT_ONCE = 2  # children; what they may hold together is the true limit of memory
LONG_AT_ONCE = 1  # of these, so that an officer's large import leaves a place for everybody's pictures
LARGEST_HEAD = 4096  # bytes of a request's head
LARGEST_FRAME = 96 * MEGABYTE  # bytes behind one head, either way


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """Seconds of computing, seconds by the clock, memory beyond the resting process, bytes handed over."""

    cpu: int
    wall: float
    megabytes: int
    content: int = 64 * MEGABYTE
    is_long: bool = False

    def wall_of(self, asked: object) -> float:
        """Return the seconds by the clock: less than the table's where a request asks for less, never more."""
        is_number = isinstance(asked, int | float) and not isinstance(asked, bool)
        return min(self.wall, float(asked)) if is_number and asked > 0 else self.wall  # type: ignore[arg-type, operator]


LIMITS = {
    "handed_in": Limit(cpu=6, wall=10, megabytes=320, content=24 * MEGABYTE),
    "document": Limit(cpu=8, wall=25, megabytes=320, content=24 * MEGABYTE),  # 200 pages of glyphs on a busy machine
    "sheets": Limit(cpu=8, wall=10, megabytes=320),
    "rows": Limit(cpu=8, wall=10, megabytes=320),
    "import": Limit(cpu=120, wall=240, megabytes=800, is_long=True),  # an officer's list of a whole year
}
