"""Every part of every file of a bundle changed, the manifest put right: `./pingyi bench bundles`.

And every leaf of what was computed changed, bound in the record and signed anew with the bureau's own key.
`./pingyi bench bundles 10` tries every tenth change. 1 where any change passes, or a file is not named.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BYTES = 25  # of the program itself every so many bytes are tried


def main(words: list[str]) -> int:
    """Try them and print a line for each file."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from tests.journeys import bundle_cast as bundles
    from tests.journeys import bundle_changes as changing

    step, faults = int(words[0]) if words else 1, 0
    whole = bundles.whole(bundles.files_of(bundles.cast.plan(), bundles.EVIDENCE))
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(set(whole) - {"manifest.json"}):
            apart = step * (BYTES if name == "verify.py" else 1)
            began, every = time.monotonic(), changing.changes(name, whole[name])[::apart]
            found = Counter(_tried(Path(folder), name, {**whole, name: change()}) for change in every)
            faults += len(every) - found["named"]
            seconds = time.monotonic() - began
            print(f"{name:20} {len(every):7} changes  {dict(found)}  {seconds:.0f} s", flush=True)
        faults += _signed_anew(Path(folder), step)
    print(f"{faults} changes passed or were found without their file's name")
    return 1 if faults else 0


def _signed_anew(folder: Path, step: int) -> int:
    """Change each leaf of verdict and estimates as who holds the key can; return how many nothing names."""
    from tests.journeys import bundle_cast as bundles
    from tests.journeys import bundle_changes as changing
    from tests.journeys.test_every_leaf_is_computed_again import YEARS, moved

    passed = 0
    for year, (plan, rows) in YEARS.items():
        files = bundles.files_of(plan, rows)
        for name in ("estimates.json", "verdict.json"):
            began, paths = time.monotonic(), list(changing.leaves(json.loads(files[name])))[::step]
            forged = ({**files, name: moved(files[name], path)} for path in paths)
            found = Counter(_tried(folder, "", bundles.whole(one)) for one in forged)
            passed += found["PASSED"]
            print(
                f"{name:20} {len(paths):7} signed    {dict(found)}  {time.monotonic() - began:.0f} s  {year}",
                flush=True,
            )
    return passed


def _tried(folder: Path, name: str, forged: dict[str, bytes]) -> str:
    from tests.journeys import bundle_cast as bundles

    from pingyi import verify

    bundles.put(folder, bundles.relisted(forged) if name else forged)
    asked = verify.parser().parse_args([str(folder), "--vkey", str(bundles.vkey())])
    report = verify.Report("zh", quiet=True)
    try:
        verify.run(verify.Bundle(folder, argparse.Namespace(**vars(asked))), report)
    except verify.FAULTS:
        return "unreadable"
    failures = [one for one in report.items if one["passed"] is False]
    is_named = any(name in one["text"] or one["check"].startswith("record.") for one in failures)
    return "named" if is_named else "found" if failures else "PASSED"
