"""Timing in fresh processes: best of several runs, and the most memory that one held."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Work = Callable[..., Any]
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Run:
    """One piece of work done in a process of its own."""

    seconds: float
    peak_mb: float
    answer: object


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a piece of work returns that timed only a part of itself: making tables and rows is not the work."""

    seconds: float
    answer: object


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table: a ratio that does not depend on the machine (much), and how it was got."""

    name: str
    what: str
    ratio: str
    detail: str


def alone(module: str, function: str, *words: object, times: int = 3) -> Run:
    """Run `module.function(*words)` in fresh processes and keep the quickest run; start-up is not counted."""
    runs = [_once(module, function, words) for _ in range(times)]
    return min(runs, key=lambda run: run.seconds)


def together(module: str, functions: Sequence[str], *words: object, times: int = 5) -> dict[str, Run]:
    """Run several pieces of work in turn, so that a busy minute hits all alike, and keep the quickest of each."""
    runs = [{name: _once(module, name, words) for name in functions} for _ in range(times)]
    return {name: min((turn[name] for turn in runs), key=lambda run: run.seconds) for name in functions}


def spent(work: Callable[[], object]) -> float:
    """Return how much processor time one call took in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def turns(module: str, functions: Sequence[str], *words: object, times: int = 3) -> dict[str, list[Run]]:
    """Run several pieces of work in turn, in fresh processes, and keep every run."""
    runs = [{name: _once(module, name, words) for name in functions} for _ in range(times)]
    return {name: [turn[name] for turn in runs] for name in functions}


def _once(module: str, function: str, words: Sequence[object]) -> Run:
    path = os.pathsep.join([str(ROOT / "bench"), str(ROOT / "src")])
    environment = os.environ | {"PYTHONPATH": path}
    command = [sys.executable, str(Path(__file__)), module, function, *map(str, words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def environment(**more: str) -> dict[str, str]:
    """What a program of ours is started with; nothing of the caller's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PINGYI_", "PYTEST_", "DJANGO_"))}
    path = os.pathsep.join([str(ROOT / "bench"), str(ROOT / "src"), str(ROOT)])
    return {**kept, "PYTHONPATH": path, "PINGYI_ROOT": str(ROOT), **more}


def load() -> str:
    """How busy the machine was besides, for whoever reads the figure."""
    return f"load {os.getloadavg()[0]:.1f}"


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return how long one call took, and what it gave."""
    begun = time.perf_counter()
    answer = work()
    return time.perf_counter() - begun, answer


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the quickest of several calls in this process."""
    return min(timed(work)[0] for _ in range(times))


def _inside() -> None:
    module, function, *words = sys.argv[1:]
    work = getattr(__import__(module), function)
    seconds, answer = timed(lambda: work(*words))
    if type(answer).__name__ == "Part":  # the bench imports this file under its own name, and gets a class of its own
        seconds, answer = answer.seconds, answer.answer
    unit = 1024**2 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "answer": answer}, default=str))


if __name__ == "__main__":
    _inside()
