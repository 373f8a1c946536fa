"""The record as static files that a mirror can copy: names and contents of C2SP tlog-tiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pingyi.rules.merkle import Full

HEIGHT = 8
WIDTH = 1 << HEIGHT


def path(*, level: int, index: int, width: int = 0) -> str:
    """Return a tile's file name; `width` is given for the last, partial one."""
    return f"tile/{level}/{_digits(index, width)}"


def entries_path(*, index: int, width: int = 0) -> str:
    """Return the file name of the entries under a tile of level 0."""
    return f"tile/entries/{_digits(index, width)}"


def layout(size: int) -> list[tuple[int, int, int]]:
    """Return (level, number of full tiles, width of the partial one) for a tree of this size."""
    rows = []
    level, count = 0, size
    while count:
        rows.append((level, count // WIDTH, count % WIDTH))
        level, count = level + 1, count // WIDTH
    return rows


def files(size: int, full: Full) -> Iterator[tuple[str, bytes]]:
    """Yield every tile of a tree: its file name and its hashes."""
    for level, whole, partial in layout(size):
        for index in range(whole + bool(partial)):
            width = partial if index == whole else 0
            first = index * WIDTH
            hashes = [full(level * HEIGHT, first + place) for place in range(width or WIDTH)]
            yield path(level=level, index=index, width=width), b"".join(hashes)


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return up to 256 entries as one file, each after its length."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def _digits(index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + (f".p/{width}" if width else "")
