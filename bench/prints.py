"""Fifty made plans and the shipped ones in each format, there and back: `./pingyi bench prints`.

`./pingyi bench prints 200` tries so many. This is no measurement but a trial: each print must bring its own plan back,
and without its data all of it that a print says.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from measure import ROOT

COUNT = 50


def main(words: list[str]) -> int:
    """Try them, print a line for each format; 1 where a print brought anything but its own plan."""
    sys.path.insert(0, str(ROOT / "src"))
    from pingyi.authoring.tests.alike import alike
    from pingyi.authoring.tests.plans import SHIPPED, shipped_plan
    from pingyi.authoring.tests.plans_made import made
    from pingyi.documents.tests.prints import FORMATS, STRIPPED, brought, judged

    count, began, lost = int(words[0]) if words else COUNT, time.monotonic(), 0
    plans = {**{name: shipped_plan(name) for name in SHIPPED}, **{f"made {seed}": made(seed) for seed in range(count)}}
    for form in FORMATS:
        back: Counter[bool] = Counter()
        for name, plan in plans.items():
            for tongue in ("zh", "en"):
                found = judged(form.printed(plan, tongue))
                is_back = found.carriage == "unchanged" and found.plan == plan
                back[is_back] += 1
                if not is_back:
                    print(f"    {name} ({tongue}): {found.carriage}, {found.difference}", flush=True)
        lost += back[False]
        print(f"{form.name:5} {back[True]:4} of {back.total()} came back as they were", flush=True)
    for kind, strip in STRIPPED.items():
        same: Counter[bool] = Counter()
        for name, plan in plans.items():
            for tongue in ("zh", "en"):
                read = brought(strip(plan, tongue))
                is_same = read.way == "phrases" and alike(read.draft.plan, language=tongue) == alike(
                    plan, language=tongue
                )
                same[is_same] += 1
                if not is_same:
                    print(f"    {name} ({tongue}) without its data: {read.way}", flush=True)
        lost += same[False]
        print(f"{kind:5} {same[True]:4} of {same.total()} came back without their data", flush=True)
    print(f"{len(plans)} plans in {time.monotonic() - began:.0f} s; not brought back: {lost}")
    return 1 if lost else 0
