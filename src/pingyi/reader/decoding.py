"""Bytes of a text file → characters: UTF-8 first, then GB18030, and only then a guess."""

from __future__ import annotations

import re

import charset_normalizer

from pingyi.reader.refusals import NotReadError

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LOST = "\ufffd"
_COMMON = set("的一是在和各、。，评议局科室工作\n")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def decode(content: bytes, *, declared: str = "") -> tuple[str, str]:
    """Return the text and the encoding it was read in; bytes that mean nothing stay visible as U+FFFD."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    wide = _without_mark(content)
    if wide:
        return wide
    if len(_CONTROLS.findall(content)) > len(content) // 50 + 2:
        raise NotReadError("file.binary")
    content = content.replace(b"\0", b"")
    for encoding in ("utf-8", "gb18030", declared):
        text = _strictly(content, encoding)
        if text is not None and not (encoding == "gb18030" and _looks_foreign(text)):
            return text, encoding
    return _leniently(content)


def _without_mark(content: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: the byte order in which the commonest words appear."""
    if content[:4000].count(0) < 2:
        return None
    even = content[: len(content) // 2 * 2]
    decoded = {encoding: _strictly(even, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    scores = {encoding: _common_share(text) for encoding, text in decoded.items() if text is not None}
    best = max(scores, key=lambda encoding: scores[encoding], default="")
    text = decoded.get(best)
    return (text, best) if text is not None and scores[best] > 0.1 else None


def _strictly(content: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _common_share(text: str) -> float:
    sample = text[:4000]
    return sum(character in _COMMON for character in sample) / max(1, len(sample))


def _looks_foreign(text: str) -> bool:
    """GB18030 accepts nearly anything: text full of private or rare code points was something else."""
    sample = text[:4000]
    odd = sum("\ue000" <= character <= "\uf8ff" or character > "\uffff" for character in sample)
    return odd > len(sample) // 50


def _leniently(content: bytes) -> tuple[str, str]:
    """A file with damaged bytes: take the encoding of our two that loses least, unless neither fits at all."""
    best = min(("utf-8", "gb18030"), key=lambda encoding: content.decode(encoding, errors="replace").count(_LOST))
    text = content.decode(best, errors="replace")
    if text.count(_LOST) <= len(text) // 20 and not (best == "gb18030" and _looks_foreign(text)):
        return text, best
    guess = charset_normalizer.from_bytes(content[:200_000]).best()
    if guess is None:
        return text, best
    return content.decode(guess.encoding, errors="replace"), guess.encoding
