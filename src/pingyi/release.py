"""Which release of the software this is: its version, and the digest of its own files."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pingyi
from pingyi.rules.entry import canonical

MADE_HERE = (".pyc", ".mo")  # written by the machine itself, from what is counted
LEFT_OUT = {"tests", "shipped_files"}  # a checkout has the ones in it, an installed package the others


def release() -> dict[str, str]:
    """Return version and digest of the files, as the record and a bundle name them (§5.4)."""
    return {"version": pingyi.VERSION, "tree": tree_digest()}


@cache
def tree_digest() -> str:
    """Return the digest of the product's own files: of the canonical JSON of their paths and SHA-256 digests."""
    root = Path(pingyi.__file__).parent
    files = (one for one in root.rglob("*") if one.is_file() and one.suffix not in MADE_HERE)
    names = {one.relative_to(root): one for one in files}
    digests = {
        name.as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for name, one in names.items()
        if LEFT_OUT.isdisjoint(name.parts)
    }
    return hashlib.sha256(canonical(digests)).hexdigest()
