"""After a whole run: is there a refusal or a fault that no test provoked, and is not on the list of those?

The list may only shrink: one line a code, with the reason for which no test of a whole run provokes it. A run on a
machine without a browser, a PostgreSQL server or the real inputs tells what it did not hear, and judges the rest.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import django

from tests import on_postgres

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("unprovoked.txt")


def heard(folder: Path) -> set[str]:
    """Return every code that a process of the run heard."""
    told = (line.split("\t")[0] for path in folder.glob("*.txt") for line in path.read_text("utf-8").splitlines())
    return set(told)


def listed(text: str) -> dict[str, str]:
    """Return code → reason of the list's lines."""
    parts = (line.partition(" · ") for line in text.splitlines() if line and not line.startswith("#"))
    return {code: reason for code, _, reason in parts}


def registered() -> set[str]:
    """Return every code that has a sentence."""
    django.setup()
    from pingyi import words
    from pingyi.record.faults import FAULTS

    return {*words.REFUSALS, *(f"fault {code}" for code in FAULTS)}


def problems(known: Iterable[str], provoked: set[str], on_list: dict[str, str], *, is_whole: bool) -> list[str]:
    """Return what is wrong, a line each; only a whole run knows what was provoked by nobody."""
    known, lost = set(known), "take its line out of unprovoked.txt"
    always = {code for code, reason in on_list.items() if not reason.startswith("race: ")}
    silent = sorted(known - provoked - set(on_list)) if is_whole else []
    return [
        *(f"{code}: no test provokes it; write one, or take the refusal out" for code in silent),
        *(f"{code}: a test provokes it now; {lost}" for code in sorted(provoked & always)),
        *(f"{code}: is registered no more; {lost}" for code in sorted(set(on_list) - known)),
        *(f"{code}: say why no test provokes it" for code, reason in sorted(on_list.items()) if not reason),
    ]


def lacking() -> list[str]:
    """Return what this machine lacks for a whole run."""
    has = {
        "a browser": shutil.which("chromium") is not None,
        "PostgreSQL": on_postgres.can_start(),
        "the real inputs": (ROOT.parent / "shared").is_dir(),
    }
    return [name for name, is_here in has.items() if not is_here]


def main(folder: str) -> int:
    """Judge what a run left in its folder."""
    provoked, without = heard(Path(folder)), lacking()
    found = problems(registered(), provoked, listed(LIST.read_text("utf-8")), is_whole=not without)
    told = f"; what nobody provoked was not judged without {', '.join(without)}" if without else ""
    print(*found, f"{len(provoked)} refusals and faults were provoked{told}.", sep="\n")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
