"""What travels: four bytes of length, a head in JSON, then as many bytes as the head's `n` says. Never a pickle."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pingyi.reader.limits import LARGEST_FRAME, LARGEST_HEAD

Head = dict[str, Any]
LENGTH = 4
LARGEST_ANSWER = 1 << 20  # bytes of an answer's head: the names of a workbook's sheets stand in it


class BrokenError(Exception):
    """What came is no frame, or stopped in the middle of one."""


def packed(head: Head, body: bytes = b"") -> bytes:
    """Return a frame."""
    words = json.dumps({**head, "n": len(body)}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(words).to_bytes(LENGTH, "big") + words + body


def head_length(first: bytes, *, largest: int = LARGEST_HEAD) -> int:
    """Return how long a head is by its first four bytes."""
    length = int.from_bytes(first, "big")
    if not 2 <= length <= largest:
        raise BrokenError("a head of this length is none")
    return length


def head_of(words: bytes) -> Head:
    """Return a head, with an `n` that can be trusted to be a length."""
    try:
        head = json.loads(words)
    except (ValueError, RecursionError) as fault:
        raise BrokenError("a head that is not JSON") from fault
    n = head.get("n") if isinstance(head, dict) else None
    if not isinstance(n, int) or isinstance(n, bool) or not 0 <= n <= LARGEST_FRAME:
        raise BrokenError("a head without a length")
    return dict(head)


def frame(read: Callable[[int], bytes], *, largest: int = LARGEST_ANSWER) -> tuple[Head, bytes]:
    """Read one frame; `read` returns exactly as many bytes as asked, or raises."""
    head = head_of(read(head_length(read(LENGTH), largest=largest)))
    return head, read(head["n"])
