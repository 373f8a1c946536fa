"""The audit looks at the files too: one that is lost or altered is named with the rows that name it (§5.4)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from pingyi.bureau import shelf, shelf_check
from pingyi.bureau.models import Login, Upload
from pingyi.documents.handed_in import HandedIn
from pingyi.record import audit, keyring
from pingyi.record.faults import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_shelf")]
AT = datetime(2026, 5, 21, tzinfo=UTC)


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two files that two rows name."""
    kept = [shelf.put(HandedIn(name="证据.txt", mime="text/plain", content=one)) for one in (b"one", b"two")]
    for one in kept:
        login = Login.objects.create(username=one.sha256)
        Upload.objects.create(login=login, name="x", content=b"", sha256=one.sha256, kept_at=AT)
    monkeypatch.setattr(shelf, "_NAMED", [lambda: Upload.objects.values_list("sha256", flat=True)])
    return [Path(default_storage.path(f"proofs/{one.sha256[:2]}/{one.sha256}")) for one in kept]


def found() -> list[tuple[str, str, object]]:
    return [(one.code, one.facts["sha256"], one.facts["rows"]) for one in shelf_check.faults()]


def row_of(path: Path) -> str:
    return Upload.objects.get(sha256=path.name).subject


def test_files_as_they_came_are_no_fault(proofs: list[Path]) -> None:
    assert (found(), list(shelf_check.unnamed())) == ([], [])


def test_a_lost_and_an_altered_file_are_named_with_their_rows(proofs: list[Path]) -> None:
    proofs[0].unlink()
    proofs[1].write_bytes(proofs[1].read_bytes()[:-1] + b"x")
    assert sorted(found()) == sorted(
        [("file.lost", proofs[0].name, row_of(proofs[0])), ("file.altered", proofs[1].name, row_of(proofs[1]))]
    )


@pytest.mark.parametrize("content", [b"", b"in clear", b"PINGYI"], ids=["empty", "exchanged", "half a head"])
def test_whatever_stands_in_a_files_place_stops_nothing(proofs: list[Path], content: bytes) -> None:
    proofs[0].write_bytes(content)
    proofs[1].unlink()
    assert sorted(code for code, *_ in found()) == ["file.altered", "file.lost"]


def test_a_file_under_a_destroyed_key_that_a_row_still_names_is_told(proofs: list[Path]) -> None:
    keyring.destroy([shelf._key_name(f"proofs/{proofs[0].name[:2]}/{proofs[0].name}")])
    assert found() == [("file.destroyed", proofs[0].name, row_of(proofs[0]))]


def test_a_file_whose_key_is_not_here_is_told_apart_from_one_that_was_altered(
    proofs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "found", lambda _: keyring.Found(keys={}, destroyed=frozenset()))
    assert {code for code, *_ in found()} == {"file.closed"}


def test_without_any_shelf_one_sentence_says_so(proofs: list[Path]) -> None:
    for one in proofs:
        one.unlink()
        one.parent.rmdir()
    proofs[0].parent.parent.rmdir()
    faults: list[Fault] = list(shelf_check.faults())
    assert [(one.code, one.facts["count"]) for one in faults] == [("file.none", 2)]


def test_a_file_that_no_row_names_is_listed_and_no_fault(proofs: list[Path]) -> None:
    shelf.put(HandedIn(name="y.txt", mime="text/plain", content=b"three"))
    assert found() == []
    assert any("1" in line for line in shelf_check.unnamed())


def test_the_audit_looks_at_the_shelf(proofs: list[Path]) -> None:
    proofs[0].unlink()
    assert "file.lost" in {one.code for one in audit.examine().faults}
