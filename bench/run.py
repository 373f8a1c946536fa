"""`./pingyi bench [name …]`: measurements side by side, each a ratio; nothing here asserts a time.

Without a name all are run but for the long ones. `--write` also puts the figures into docs/reference/bench.md.
`mutants`, `mutations`, `bundles` and `prints` are no measurements: they try damaged files, broken code, changed
bundles, and printed plans that must come back.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable

import measure

BENCHES = (
    "answers",
    "reader",
    "acts",
    "themes",
    "receipts",
    "imports",
    "boston",
    "many",
    "submissions",
    "entries",
    "sections",
    "assembly",
)
LONG = ("cuts", "kills")  # only by name: each takes many minutes
TABLE = measure.ROOT / "docs" / "reference" / "bench.md"
HEAD = """# Measurements

`./pingyi bench --write` measures side by side and writes the ratios here; below 1 is quicker or smaller than
what it is held against. Times differ between machines, ratios much less. Nothing in the tests asserts a time.

A line that says *durable* was measured with every commit on the disk: SQLite `synchronous=FULL`, PostgreSQL `fsync=on`.
Lines about `boston` and `many` without that word are of before: SQLite `NORMAL`, PostgreSQL `fsync=off`.
The load beside a figure is that of the machine at the end of its run.

| measured | ratio | on the machine of the last run | again with |
|---|---|---|---|
"""


def main(words: list[str]) -> int:
    """Run the named measurements, or all."""
    if words[:1] in (["mutants"], ["mutations"], ["bundles"], ["prints"]):  # no measurements but trials, and long ones
        return int(importlib.import_module(words[0]).main(words[1:]))
    if flags := [word for word in words if word.startswith("-") and word != "--write"]:
        print(__doc__, file=sys.stdout if flags == ["--help"] else sys.stderr)
        return 0 if flags == ["--help"] else 2
    writes = "--write" in words
    names = [word for word in words if not word.startswith("-")] or list(BENCHES)
    unknown = [name for name in names if name not in (*BENCHES, *LONG)]
    if unknown:
        print(f"No measurement {', '.join(unknown)}; there are: {', '.join((*BENCHES, *LONG))}", file=sys.stderr)
        return 2
    for name in names:
        figures = importlib.import_module(name).figures()
        show(figures)
        if writes:
            write(figures)
    return 0


def show(figures: Iterable[measure.Figure]) -> None:
    """Print the figures."""
    for figure in figures:
        print(f"{figure.ratio:>10}  {figure.what}  ({figure.detail})", flush=True)


def write(figures: Iterable[measure.Figure]) -> None:
    """Put the figures into the table, in place of earlier ones of the same name."""
    lines = dict(_lines(TABLE.read_text(encoding="utf-8"))) if TABLE.exists() else {}
    for figure in figures:
        command = f"`./pingyi bench {figure.name.split('/')[0]}`"
        lines[figure.what] = f"| {figure.what} | {figure.ratio} | {figure.detail} | {command} |"
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(HEAD + "\n".join(lines.values()) + "\n", encoding="utf-8")


def _lines(text: str) -> Iterable[tuple[str, str]]:
    for line in text.removeprefix(HEAD).splitlines():
        found = re.match(r"\| ([^|]+) \|", line)
        if found and "---" not in line and found[1] != "measured":
            yield found[1], line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
