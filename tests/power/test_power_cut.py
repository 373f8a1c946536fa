"""A power cut takes back nothing that was promised: receipts, their files, signed checkpoints (§5.4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import on_postgres
from tests.power import cuts
from tests.power.shadow import compiler

pytestmark = pytest.mark.skipif(
    compiler() is None or not Path("/proc/self/fd").exists(), reason="needs a C compiler, and /proc as Linux has it"
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cuts.ground(tmp_path_factory.mktemp("power"))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("promises", [40, 150])
def test_nothing_promised_is_lost(ground: Path, tmp_path: Path, promises: int) -> None:
    cut = cuts.sqlite(ground, tmp_path, promises=promises)
    assert cut.promises >= promises
    assert cut.lost == ()


def test_the_cut_bites_where_commits_are_not_synced(ground: Path, tmp_path: Path) -> None:
    # A cut right after the journal was taken into the database loses little: sooner or later one finds more on the way.
    cut = (cuts.sqlite(ground, _made(tmp_path / str(n)), promises=150, setting="NORMAL") for n in range(12))
    assert any(len(one.lost) > 20 for one in cut), "with the setting of before, the latest promises go with the power"


def test_the_cut_bites_where_files_are_not_synced(ground: Path, tmp_path: Path) -> None:
    # A cut may fall where everything handed in so far came without a file; one of a few does not.
    assert any(
        _lost_a_file(cuts.sqlite(ground, _made(tmp_path / str(n)), promises=60, setting="careless")) for n in range(3)
    )


def _lost_a_file(cut: cuts.Cut) -> bool:
    return any(line.startswith("lost handed-in") and not line.endswith("-") for line in cut.lost)


@pytest.mark.postgres
@pytest.mark.skipif(not on_postgres.can_start(), reason="no PostgreSQL server can be started here")
def test_nothing_promised_is_lost_on_a_server_that_syncs() -> None:
    cut = cuts.postgres(promises=60)
    assert (cut.promises >= 60, cut.lost) == (True, ())
