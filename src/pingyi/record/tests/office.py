"""A witness at hand, for tests of what waits for one."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from pingyi.record import keys, queries, sequence, witnesses
from pingyi.record.witnesses import Witness


def sign(*, at: datetime, name: str = "witness.example/district-office") -> Witness:
    """Have a new witness, the only one that the record then knows, sign the newest checkpoint."""
    office = Witness(name=name, folder=Path(tempfile.mkdtemp(prefix="witness-")))
    (Path(settings.PINGYI.home) / "witnesses").write_text(f"{office.key()}\n", encoding="utf-8")
    sequence.sequence(at=at)
    request = queries.for_witness(old=0)
    witnesses.accept(str(office.cosign(request, log=keys.verifier(), seconds=int(at.timestamp()))))
    return office
