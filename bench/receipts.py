"""Bare receipts among real replies: those of one half, each read by a person, against what the rule calls bare.

The halves are told by a hash of the message's number; the rule was written by the other half and by half of this one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from python_calamine import CalamineWorkbook

import measure
from pingyi.rules.case.receipts import is_bare_receipt

REPLIES = measure.ROOT.parent / "shared" / "data" / "cn-taidi2020-messages" / "附件4.xlsx"

# Numbers of the messages whose reply says nothing of the matter, by one reader.
BARE = frozenset(
    {
        25431, 11924, 11927, 12031, 12303, 12383, 12387, 12458, 88222, 37346, 68512, 179558, 119874, 123860,
        159012, 133902, 135695, 74589, 74638, 74851, 76731, 135699, 74462, 74555, 76348, 177358, 117388,
        76363, 47471, 58229, 58419, 124039, 124185, 124235, 128831, 135088, 56236, 128202, 135424, 74879,
        137624, 87923, 88236, 88291, 90210, 168211, 181603, 129504, 92385, 129843, 114020, 78608, 119123,
        122590, 168110, 32599, 114512, 122126, 32835, 59914, 117971, 105970, 110437, 132399, 95912, 107084,
        118491, 139283, 101562, 100081, 36794, 37334, 139629, 33984,
    }
)  # fmt: skip
# Neither way without doubt: another office is named, an earlier reply without its words, a promise to consider.
DOUBTFUL = frozenset(
    {
        116958, 117042, 126048, 126058, 36464, 35544, 10597, 6453, 4157, 21552, 21172, 84744, 43201, 22511,
    }
)  # fmt: skip


def figures() -> list[measure.Figure]:
    """Measure how many are found, and how many of those that are found are bare."""
    read = replies(REPLIES)
    found = {key for key, text in read.items() if is_bare_receipt(text)}
    right, judged = found & BARE, found - DOUBTFUL
    late = {key for key in BARE if _is_held_back(key)}
    detail = (
        f"{len(read):,} replies, {len(BARE)} bare, {len(found)} found; of the part held back longest "
        f"{len(late & found)} of {len(late)}"
    )
    return [
        measure.Figure(
            name="receipts/recall", what="bare receipts that are found, of those a reader found; goal 97 %",
            ratio=f"{len(right) / len(BARE):.1%}", detail=detail,
        ),
        measure.Figure(
            name="receipts/precision", what="bare receipts among the replies that are called so; goal 99 %",
            ratio=f"{len(right) / max(1, len(judged)):.1%}", detail=detail,
        ),
    ]  # fmt: skip


def replies(path: Path) -> dict[int, str]:
    """Return the replies of the half that is measured, by the message's number."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
    told = {int(float(str(row[0]))): str(row[5]) for row in rows}
    return {key: text for key, text in told.items() if hashlib.sha256(f"receipts|{key}".encode()).digest()[0] >= 128}


def _is_held_back(key: int) -> bool:
    return hashlib.sha256(f"second|{key}".encode()).digest()[0] >= 128


if __name__ == "__main__":
    for figure in figures():
        print(figure)
