"""Mutants through sealed children: `python -m pingyi.reader.tests.trial COUNT SEED EACH [KIND …]` prints what became.

EACH mutants share a child. One that ends its child is known by its number, and the next child goes on behind it.
"""

from __future__ import annotations

import json
import os
import random
import resource
import select
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace

from pingyi.reader import answers, seal, warming, wire
from pingyi.reader.child import answers as answers_of
from pingyi.reader.limits import LIMITS, Limit
from pingyi.reader.tests import mutants


@dataclass(kw_only=True)
class Trial:
    """What became of the mutants of one kind."""

    kind: str
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    unforeseen: Counter[str] = field(default_factory=Counter)  # exceptions that the child turned into a refusal
    ended: dict[int, str] = field(default_factory=dict)  # mutant → how its child ended
    slowest: float = 0.0
    peak_mb: float = 0.0

    @property
    def count(self) -> int:
        """How many mutants were tried."""
        return self.read + self.refused.total() + len(self.ended)


def run(kind: str, *, count: int, seed: int, each: int, is_sealed: bool) -> Trial:
    """Try `count` mutants of a kind."""
    found = Trial(kind=kind)
    do = mutants.seeds()[kind][0]
    most = replace(LIMITS[do], cpu=LIMITS[do].cpu * each)
    at = 0
    while at < count:
        at = _one_child(found, range(at, min(at + each, count)), seed=seed, most=most, is_sealed=is_sealed)
    return found


def mutant(kind: str, *, number: int, seed: int) -> bytes:
    """Return one mutant again, such as one that ended its child."""
    _, _, content, change = mutants.seeds()[kind]
    return change(content, random.Random(f"{kind} {seed} {number}"))


def _one_child(found: Trial, numbers: range, *, seed: int, most: Limit, is_sealed: bool) -> int:
    """Try mutants in one child; return the number to go on with."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(read)
        _live(write, found.kind, numbers, seed=seed, most=most, is_sealed=is_sealed)
    os.close(write)
    at = numbers.start
    with os.fdopen(read, "rb") as told:
        while at < numbers.stop:
            ready, _, _ = select.select([told], [], [], most.wall)
            line = told.readline() if ready else b""
            if not line:
                os.kill(pid, signal.SIGKILL)
                break
            _count(found, json.loads(line))
            at += 1
    _, status, used = os.wait4(pid, 0)
    found.peak_mb = max(found.peak_mb, used.ru_maxrss / 1024)
    if at < numbers.stop:
        found.ended[at] = str(os.waitstatus_to_exitcode(status))
        return at + 1
    return at


def _live(write: int, kind: str, numbers: range, *, seed: int, most: Limit, is_sealed: bool) -> None:
    status = 1
    try:
        do, name, _, _ = mutants.seeds()[kind]
        contents = [mutant(kind, number=number, seed=seed) for number in numbers]
        seal.limit(most)
        if is_sealed:
            seal.close_in()
        for content in contents:
            began = time.monotonic()
            head: wire.Head = {"do": do, "facts": _facts(do, name), "n": len(content)}
            heads = [{**head, "n": len(body)} for head, body in answers_of(head, content)]
            os.write(write, json.dumps([time.monotonic() - began, heads]).encode() + b"\n")
        status = 0
    finally:
        os._exit(status)


def _facts(do: str, name: str) -> dict[str, object]:
    return warming.samples.facts(do, name)


def _count(found: Trial, told: tuple[float, list[wire.Head]]) -> None:
    seconds, heads = told
    found.slowest = max(found.slowest, seconds)
    last = [answers.typed(head) for head in heads][-1]
    if isinstance(last, answers.No):
        found.refused[last.no] += 1
        if last.fault:
            found.unforeseen[last.fault] += 1
    else:
        found.read += 1


def main(words: list[str]) -> None:
    """Print a line of JSON for each kind."""
    count, seed, each = (int(word) for word in words[:3])
    warming.warm()
    is_sealed = not seal.refusal()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind in words[3:] or mutants.seeds():
        sys.stdout.write(json.dumps(vars(run(kind, count=count, seed=seed, each=each, is_sealed=is_sealed))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
