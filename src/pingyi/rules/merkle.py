"""The tree over the record (RFC 9162 §2.1): roots, and proofs that anyone can check with SHA-256 alone (§5.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

EMPTY = hashlib.sha256(b"").digest()
HASH_BYTES = 32

# Gives the hash of the full subtree of 2**height leaves whose place among its equals is `index`.
Full = Callable[[int, int], bytes]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def over(leaves: Sequence[bytes]) -> Full:
    """Return the full subtrees of a tree whose leaf hashes lie in memory."""

    def full(height: int, index: int) -> bytes:
        if height == 0:
            return leaves[index]
        return node_hash(full(height - 1, 2 * index), full(height - 1, 2 * index + 1))

    return full


def root(size: int, full: Full) -> bytes:
    """Return the root over the first `size` leaves."""
    return _range(0, size, full) if size else EMPTY


class Growing:
    """A tree that is given its leaves one by one and keeps only what its root needs."""

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        """Start empty, or from the full subtrees that a tree of `size` leaves had at its right edge."""
        if len(edge) != size.bit_count():
            raise ValueError("a tree has one full subtree at its edge for each one in the binary form of its size")
        self.size = size
        self._full = list(edge)

    @property
    def edge(self) -> tuple[bytes, ...]:
        """The full subtrees at the right edge, the greatest first: all that is needed to go on growing."""
        return tuple(self._full)

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Append a leaf; return each subtree that is full now: height, index, hash."""
        place, height, made = self.size, 0, [(0, self.size, leaf)]
        while place >> height & 1:
            height += 1
            made.append((height, place >> height, node_hash(self._full.pop(), made[-1][2])))
        self._full.append(made[-1][2])
        self.size += 1
        return made

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        if not self._full:
            return EMPTY
        digest = self._full[-1]
        for left in reversed(self._full[:-1]):
            digest = node_hash(left, digest)
        return digest


def inclusion(index: int, size: int, full: Full) -> list[bytes]:
    """Return the path that proves a leaf's place in the tree of this size (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("there is no such leaf in a tree of this size")
    return _path(index, 0, size, full)


def consistency(old: int, new: int, full: Full) -> list[bytes]:
    """Return the proof that the tree of size `old` is the beginning of the one of size `new` (RFC 9162 §2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("a consistency proof leads from a tree that is not empty to one that is not smaller")
    return _subproof(old, 0, new, full, whole=True)


def includes(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether the path proves that `leaf` stands at `index` under the root `expected` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or not _hashes(leaf, expected, *path):
        return False
    place, last, digest = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            digest = node_hash(step, digest)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        place, last = place >> 1, last >> 1
    return last == 0 and digest == expected


def consistent(*, old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that nothing before `old` was changed or dropped on the way to `new`."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if not _hashes(old_root, new_root, *path):
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    return bool(steps) and _climb(old - 1, new - 1, steps) == (old_root, new_root)


def _climb(place: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return both roots that the steps lead to (RFC 9162 §2.1.4.2), or None where they do not fit the sizes."""
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        place, last = place >> 1, last >> 1
    return (older, newer) if last == 0 else None


def _range(start: int, end: int, full: Full) -> bytes:
    count = end - start
    if not count & (count - 1):
        height = count.bit_length() - 1
        return full(height, start >> height)
    middle = start + _split(count)
    return node_hash(_range(start, middle, full), _range(middle, end, full))


def _path(index: int, start: int, end: int, full: Full) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, full), _range(middle, end, full)]
    return [*_path(index, middle, end, full), _range(start, middle, full)]


def _subproof(old: int, start: int, end: int, full: Full, *, whole: bool) -> list[bytes]:
    if start + old == end:
        return [] if whole else [_range(start, end, full)]
    left = _split(end - start)
    middle = start + left
    if old <= left:
        return [*_subproof(old, start, middle, full, whole=whole), _range(middle, end, full)]
    return [*_subproof(old - left, middle, end, full, whole=False), _range(start, middle, full)]


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _hashes(*digests: bytes) -> bool:
    return all(len(digest) == HASH_BYTES for digest in digests)
