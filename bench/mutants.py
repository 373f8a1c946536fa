"""Two thousand mutants of each kind of file, every one in a sealed child of its own: `./pingyi bench mutants`.

`./pingyi bench mutants 300` tries so many. A number other than 1 behind it is another seed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COUNT = 2_000
HEAD = "kind            mutants   read  refused  unforeseen  ended  slowest s  peak MB"


def main(words: list[str]) -> int:
    """Try them, print a line for each kind; 1 where one was more than read or refused."""
    count, seed = (int(words[0]) if words else COUNT), (words[1] if len(words) > 1 else "1")
    began, faults, total = time.monotonic(), 0, 0
    print(HEAD, flush=True)
    for one in _tried(count, seed):
        refused = sum(one["refused"].values())
        unforeseen = sum(one["unforeseen"].values())
        tried = one["read"] + refused + len(one["ended"])
        total += tried
        faults += unforeseen + len(one["ended"])
        print(
            f"{one['kind']:14} {tried:8} {one['read']:6} {refused:8} {unforeseen:11} {len(one['ended']):6} "
            f"{one['slowest']:10.2f} {one['peak_mb']:8.0f}",
            flush=True,
        )
        for number, how in one["ended"].items():
            print(f"    mutant {number} ended its child: {how}")
        for name, times in one["unforeseen"].items():
            print(f"    unforeseen: {name} × {times}")
    print(f"{total} mutants in {time.monotonic() - began:.0f} s; more than refused: {faults}")
    return 1 if faults else 0


def _tried(count: int, seed: str) -> Any:
    command = [sys.executable, "-m", "pingyi.reader.tests.trial", str(count), seed, "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "MALLOC_ARENA_MAX": "2"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as running:
        for line in running.stdout or ():
            yield json.loads(line)
    if running.returncode:
        raise SystemExit(f"the trial itself failed: {running.returncode}")
