"""What is still to happen in a played year, in the order of the instants; what happens may put more on it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from itertools import count

What = Callable[[datetime], object]
Scene = Generator[datetime, datetime, None]  # it yields when it goes on, and is told when it does


class Agenda:
    """A year's happenings: each is called with its own instant, the earliest first."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._waiting: list[tuple[datetime, int, What]] = []
        self._order = count()

    def put(self, at: datetime, what: What) -> None:
        """Let something happen at an instant; two at the same one happen in the order in which they were put."""
        heapq.heappush(self._waiting, (at, next(self._order), what))

    def act_out(self, at: datetime, scene: Callable[[datetime], Scene]) -> None:
        """Let a scene begin at an instant and go on whenever it says."""

        def begin(at: datetime) -> None:
            acted = scene(at)
            self._go_on(acted, next(acted, None), at)

        self.put(at, begin)

    def run(self, *, until: datetime) -> Iterator[datetime]:
        """Let everything happen up to an instant; yield each instant before its happening."""
        while self._waiting and self._waiting[0][0] <= until:
            at, _, what = heapq.heappop(self._waiting)
            yield at
            what(at)

    def _go_on(self, scene: Scene, when: datetime | None, now: datetime) -> None:
        if when is None:
            return

        def proceed(at: datetime) -> None:
            try:
                self._go_on(scene, scene.send(at), at)
            except StopIteration:
                return

        self.put(max(when, now), proceed)
