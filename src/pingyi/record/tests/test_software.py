"""What software acted is read from the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import pingyi
from pingyi import release
from pingyi.record import audit, sequence, software
from pingyi.record.models import Entry
from pingyi.record.tests.conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A product of two files."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "rules" / "scores.py").write_text("MOST = 100\n")
    monkeypatch.setattr(pingyi, "__file__", str(tmp_path / "__init__.py"))
    release.tree_digest.cache_clear()
    yield tmp_path
    release.tree_digest.cache_clear()


def count() -> int:
    return Entry.objects.filter(verb="software.deployed").count()


def test_a_release_is_recorded_once(tree: Path) -> None:
    said = software.deployed(at=AT)
    assert software.deployed(at=AT) == said == software.newest()
    assert said["version"] == pingyi.VERSION
    assert count() == 1
    sequence.sequence(at=AT)
    assert not audit.examine().faults


def test_one_changed_letter_is_another_release(tree: Path) -> None:
    before = software.deployed(at=AT)
    (tree / "rules" / "scores.py").write_text("MOST = 101\n")
    release.tree_digest.cache_clear()
    assert software.deployed(at=AT)["tree"] != before["tree"]
    assert count() == 2


def test_what_the_machine_makes_of_the_files_is_no_other_release(tree: Path) -> None:
    before = software.deployed(at=AT)
    (tree / "rules" / "scores.pyc").write_bytes(b"\0")
    (tree / "django.mo").write_bytes(b"\0")
    release.tree_digest.cache_clear()
    assert software.deployed(at=AT) == before
    assert count() == 1


def test_nothing_is_named_before_the_first() -> None:
    assert software.newest() is None
