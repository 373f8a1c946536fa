"""The rehearsal's two witnesses: the district office and the city bureau sign the record every month (§5.4)."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings

from pingyi.record import keys, queries, sequence, witnesses
from pingyi.record.witnesses import Witness
from pingyi.storage import files

NAMES = {"district_witness": "witness.example/district-office", "city_witness": "witness.example/city-bureau"}


def introduce(plan_text: str) -> str:
    """Have both make their keys, tell them to the record, and return the plan with the keys in it."""
    told = []
    for place, name in NAMES.items():
        shutil.rmtree(_folder(place), ignore_errors=True)
        key = _witness(place, name).key()
        told.append(f"{key}\n")
        plan_text = plan_text.replace(f"{{id: {place}, ", f'{{id: {place}, key: "{key}", ')
    files.put(Path(settings.PINGYI.home) / "witnesses", "".join(told).encode())
    return plan_text


def sign(*, at: datetime) -> None:
    """Let both check that the record continues what they saw, and sign its newest checkpoint."""
    if sequence.sequence(at=at) is None:
        return
    for place, name in NAMES.items():
        one = _witness(place, name)
        request = queries.for_witness(old=one.seen(keys.verifier().name).size)
        line = one.cosign(request, log=keys.verifier(), seconds=int(at.timestamp()), entries=_entries)
        witnesses.accept(str(line))


def _entries(first: int) -> list[bytes]:
    return [body.encode() for body in queries.bodies(first=first)]


def _witness(place: str, name: str) -> Witness:
    return Witness(name=name, folder=_folder(place))


def _folder(place: str) -> Path:
    return Path(settings.PINGYI.home) / "witness" / place
