"""What can be asked of the reader: a name, and the function that does it in a sealed child."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pingyi.reader import wire
from pingyi.reader.kinds import handed_in

Work = Callable[..., Iterator[tuple[wire.Head, bytes]]]

WORK: dict[str, Work] = {"handed_in": handed_in}
