"""The record as static files follows the published names and contents."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pingyi.rules import merkle, tiles
from pingyi.rules.entry import leaf_hash


def test_published_names_layouts_and_bundles_are_reproduced(shared: Path) -> None:
    vectors = json.loads((shared / "data/vectors/tlog_tiles.json").read_text())
    for case in vectors["paths"]:
        width = case.get("width", 0)
        if case.get("entries"):
            assert tiles.entries_path(index=case["n"], width=width) == case["path"]
        else:
            assert tiles.path(level=case["level"], index=case["n"], width=width) == case["path"]
    for size, rows in vectors["tree_to_tiles"].items():
        expected = [(row["level"], row["full"], row["partial_width"]) for row in rows]
        assert tiles.layout(int(size)) == expected
    entries = [bytes.fromhex(text) for text in vectors["entry_bundle"]["entries_hex"]]
    assert tiles.bundle(entries).hex() == vectors["entry_bundle"]["bundle_hex"]


def test_published_tile_contents_are_reproduced(shared: Path) -> None:
    vectors = json.loads((shared / "data/vectors/tlog_tiles.json").read_text())
    full = merkle.over([leaf_hash(f"e{number}".encode()) for number in range(257)])
    made = dict(tiles.files(257, full))
    assert sorted(made) == ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]
    assert hashlib.sha256(made["tile/0/000"]).hexdigest() == vectors["level0_tile_of_first_256_leaves_sha256"]
    assert made["tile/1/000.p/1"].hex() == vectors["level1_hash_of_that_tile"]
