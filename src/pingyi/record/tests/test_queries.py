"""What pages and programs read of the record: places, proofs, and under which checkpoint enough witnesses signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from pingyi.record import keys, queries, sequence
from pingyi.record.models import Entry, Leaf
from pingyi.record.tests.conftest import AT, answered, opened
from pingyi.record.tests.matters import Matter
from pingyi.record.witnesses import Witness, accept
from pingyi.rules.refused import Refused

pytestmark = pytest.mark.django_db
DISTRICT, CITY = "witness.example/district-office", "witness.example/city-bureau"


@pytest.fixture
def listed(tmp_path: Path) -> list[Witness]:
    """Two witnesses whose keys the record accepts."""
    found = [Witness(name=name, folder=tmp_path / name.rpartition("/")[2]) for name in (DISTRICT, CITY)]
    lines = "".join(f"{one.key()}\n" for one in found)
    (Path(settings.PINGYI.home) / "witnesses").write_text(lines, encoding="utf-8")
    return found


def entry_of(row: Matter) -> Entry:
    return Entry.objects.get(leaf=row.entry_hash)


def cosigned(*witnesses: Witness) -> None:
    for one in witnesses:
        request = queries.for_witness(old=one.seen(keys.verifier().name).size)
        accept(str(one.cosign(request, log=keys.verifier(), seconds=1_779_345_000)))


def refusal(row: Matter, *, needed: int) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        queries.witnessed(entry_of(row), needed=needed)
    return refused.value.code, refused.value.facts.get("signed")


def test_the_newest_entry_of_a_verb_is_found_among_those_about_the_same() -> None:
    row = answered(answered(opened(), title="一"), title="二")
    found = queries.newest("matter.answer", subject=row.subject)
    assert found is not None
    assert found.leaf == row.entry_hash
    assert queries.newest("matter.erase", subject=row.subject) is None


def test_an_entry_without_a_place_is_under_no_checkpoint() -> None:
    row = opened()
    assert refusal(row, needed=0) == ("record.not_yet_placed", None)
    sequence.sequence(at=AT)
    assert queries.witnessed(entry_of(row), needed=0) == queries.latest()


def test_an_entry_is_witnessed_by_the_newest_checkpoint_with_enough_signatures(listed: list[Witness]) -> None:
    row = opened()
    sequence.sequence(at=AT)
    assert refusal(row, needed=1) == ("record.witnesses_missing", 0)
    cosigned(*listed)
    both = queries.latest()
    opened()
    sequence.sequence(at=AT)
    cosigned(listed[0])
    one = queries.latest()
    opened()
    sequence.sequence(at=AT)
    assert queries.witnessed(entry_of(row), needed=1) == one
    assert queries.witnessed(entry_of(row), needed=2) == both
    assert refusal(row, needed=3) == ("record.witnesses_missing", 2)
    assert queries.witnessed(entry_of(row), needed=0) == queries.latest()


def test_a_checkpoint_from_before_an_entry_says_nothing_of_it(listed: list[Witness]) -> None:
    opened()
    sequence.sequence(at=AT)
    cosigned(*listed)
    row = opened()
    sequence.sequence(at=AT)
    assert refusal(row, needed=1) == ("record.witnesses_missing", 0)


def test_an_entry_placed_after_the_newest_checkpoint_has_no_receipt_yet_and_goes_to_no_witness() -> None:
    first = opened()
    assert queries.bodies(first=0) == []
    sequence.sequence(at=AT)
    later = opened()
    Leaf.objects.create(position=1, entry=entry_of(later))
    with pytest.raises(Refused) as refused:
        queries.receipt(later.entry_hash)
    assert refused.value.code == "record.not_yet_placed"
    assert queries.bodies(first=0) == [entry_of(first).body]
    assert queries.bodies(first=1) == []


def test_a_placed_entry_goes_to_no_witness_while_nothing_was_signed() -> None:
    row = opened()
    Leaf.objects.create(position=0, entry=entry_of(row))
    assert queries.bodies(first=0) == []


def test_a_receipt_holds_its_entry_where_that_is_asked_for() -> None:
    row = opened(title="夜间异味")
    sequence.sequence(at=AT)
    bare, whole = queries.receipt(row.entry_hash), queries.receipt(row.entry_hash, with_entry=True)
    assert "extra" not in bare
    assert len(whole) > len(bare) + len(entry_of(row).body)


def test_a_witness_cannot_ask_from_beyond_the_record() -> None:
    opened()
    sequence.sequence(at=AT)
    assert queries.for_witness(old=1)
    for old in (-1, 2):
        with pytest.raises(Refused) as refused:
            queries.for_witness(old=old)
        assert refused.value.code == "witness.rolled_back"
