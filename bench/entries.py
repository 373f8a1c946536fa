"""The stranger's pass over a million entries, against hashing their leaves and nodes and nothing else."""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from pathlib import Path

import measure

MANY = 1_000_000
BLOCK = 256


def figures(many: int = MANY) -> list[measure.Figure]:
    """Measure the pass, without and with the rows' chains."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entries.jsonl"
        make(path, many)
        size = path.stat().st_size / many
        runs = measure.together("entries", ["hashed", "read", "chained"], path, times=3)
    return [
        _figure(name, what, goal, runs, detail=f"{size:.0f} bytes an entry", many=many)
        for name, what, goal in (
            ("read", "root, digest, days, kinds", "2 × or less, 50 MB"),
            ("chained", "and every row's chain", "3 × or less"),
        )
    ]


def _figure(name: str, what: str, goal: str, runs: dict[str, measure.Run], *, detail: str, many: int) -> measure.Figure:
    run, bare = runs[name], float(str(runs["hashed"].answer))
    spent = float(str(run.answer))
    return measure.Figure(
        name=f"entries/{name}",
        what=f"time to read {many:,} entries ({what}), against hashing leaves and nodes",
        ratio=f"{spent / bare:.2f} ×",
        detail=f"{spent:.2f} s : {bare:.2f} s of processor; {detail}; most memory {run.peak_mb:.0f} MB; goal {goal}; "
        f"{measure.load()}",
    )


def make(path: Path, many: int) -> None:
    """Write entries of as many rows, one version each: the worst case for the chains."""
    from pingyi.rules import entry

    frame = entry.Frame(
        log="pingyi.example/2026", kind="case.take", at="2026-05-01", member="AB12CD34EF56", role="staff"
    )
    commit = entry.canonical_text(dict.fromkeys(("complainant", "phone", "story", "title"), "A" * 43))
    said = {"channel": "hotline", "due_on": "2026-06-01", "section": "section/ABCDEFGHJKLM", "stage": "open"}
    with path.open("wb") as out:
        for number in range(many):
            public = entry.canonical_text({**said, "number": f"2026-{number:07}"})
            out.write(frame.body(subject=f"case/{number:012}", public=public, commit=commit, version=1) + b"\n")


def hashed(path: str) -> float:
    """Hash leaves and nodes only."""
    return measure.spent(lambda: _hashed(Path(path)))


def read(path: str) -> float:
    """Read everything that the program asks of a great record."""
    return measure.spent(lambda: _read(Path(path), chains=False))


def chained(path: str) -> float:
    """Follow every row as well."""
    return measure.spent(lambda: _read(Path(path), chains=True))


def _hashed(path: Path) -> None:
    from pingyi import verify

    peaks: verify.Peaks = []
    with path.open("rb") as lines:
        while block := list(itertools.islice(lines, BLOCK)):
            verify.grow_all(peaks, [hashlib.sha256(b"\x00" + line[:-1]).digest() for line in block])


def _read(path: Path, *, chains: bool) -> None:
    from pingyi import verify

    with path.open("rb") as lines:
        verify.Log(lines, chains=chains)
