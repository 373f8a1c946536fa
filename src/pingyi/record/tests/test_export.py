"""The record as files: full bundles of entries and a last, partial one; what a bundle takes is the same record."""

from __future__ import annotations

import pytest

from pingyi.record import export, queries, sequence
from pingyi.record.tests.conftest import AT, opened
from pingyi.rules import tiles
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db


def placed(count: int) -> None:
    for number in range(count):
        opened(f"事项{number}")
    sequence.sequence(at=AT)


def paths(files: dict[str, bytes]) -> list[str]:
    return sorted(name for name in files if name.startswith("tile/entries/"))


def test_an_empty_record_is_no_file() -> None:
    with pytest.raises(Refused) as refused:
        export.files()
    assert refused.value.code == "record.empty"


@pytest.mark.parametrize(("count", "wanted"), [(4, ["000"]), (5, ["000", "001.p/1"]), (3, ["000.p/3"])])
def test_full_bundles_have_no_width_and_the_last_one_has_its_own(
    count: int, wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "WIDTH", 4)
    monkeypatch.setattr(tiles, "files", lambda *_: ())  # hashes are kept for tiles of 256
    placed(count)
    assert paths(export.files()) == [f"tile/entries/{one}" for one in wanted]


def test_a_bundle_takes_the_same_signed_record_up_to_its_checkpoint() -> None:
    placed(3)
    head = queries.latest()
    assert head is not None
    everything = export.files()
    taken = export.signed(head)
    assert taken == {name: everything[name] for name in ("checkpoint", "vkey", "entries.jsonl")}
    assert taken["entries.jsonl"].count(b"\n") == 3
    opened("后来的")
    sequence.sequence(at=AT)
    assert export.signed(head) == taken
