"""A hundred mutants of each kind, the same at each run: each is read or refused, and none outgrows its bounds.

`./pingyi bench mutants` tries two thousand of each, every one in a child of its own.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pingyi.reader.tests import mutants, trial

SOURCES = Path(trial.__file__).resolve().parents[3]
COUNT, SEED, EACH = 100, 1, 25
MOST_MB = 300


def tried(*kinds: str) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "pingyi.reader.tests.trial", str(COUNT), str(SEED), str(EACH), *kinds]
    environment = os.environ | {"PYTHONPATH": str(SOURCES), "MALLOC_ARENA_MAX": "2"}
    done = subprocess.run(words, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_no_mutant_of_any_kind_is_more_than_refused() -> None:
    found = tried()
    assert {one["kind"] for one in found} == set(mutants.seeds())
    for one in found:
        assert not one["ended"], one
        assert not one["unforeseen"], one
        assert one["read"] + sum(one["refused"].values()) == COUNT
        assert one["peak_mb"] < MOST_MB


@pytest.mark.parametrize("kind", mutants.seeds())
def test_mutants_meet_the_inside_of_a_decoder_and_not_only_its_first_check(kind: str) -> None:
    made = [trial.mutant(kind, number=number, seed=SEED) for number in range(40)]
    assert len(set(made)) > 30


def test_the_checksums_of_changed_pictures_and_archives_are_right() -> None:
    for number in range(40):
        png = trial.mutant("png", number=number, seed=SEED)
        length = int.from_bytes(png[8:12], "big")
        assert int.from_bytes(png[16 + length : 20 + length], "big") == zlib.crc32(png[12 : 16 + length])
    whole = 0
    for number in range(40):
        try:
            with zipfile.ZipFile(BytesIO(trial.mutant("xlsx", number=number, seed=SEED))) as archive:
                whole += archive.testzip() is None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError):
            continue  # changed from outside, as one in ten is
    assert whole > 25


def test_one_mutant_can_be_made_again_by_its_number() -> None:
    assert trial.mutant("pdf", number=7, seed=3) == trial.mutant("pdf", number=7, seed=3)
    assert mutants.changed(b"x" * 50, random.Random(1)) == mutants.changed(b"x" * 50, random.Random(1))
