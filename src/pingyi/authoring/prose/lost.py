"""Passages in which bytes were lost: they are shown with what stands around them, never guessed over."""

from __future__ import annotations

import re

from pingyi.authoring.prose.draft import Lost
from pingyi.authoring.prose.flat import HAN

_AROUND = 12
_ASKS = re.compile(r"[吗呢么怎何谁哪]|什么|是否|能否|可否|为何|多少|几")
# Half of a two-byte character is gone, so the bytes after it are paired wrongly until one of them is read as a Latin
# letter (the second byte of GBK may be one): "?，F制定", "?duì)幭取⑺哪觐I先".
_MISPAIRED = re.compile(
    r"\?+(?:[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[)）])?"
    rf"(?:(?:[^\x00-\x7f\n]|,){{0,10}}[A-Za-z@\[\]^_`{{|}}~](?=[{HAN}]))?"
)
_PLAIN = re.compile(
    rf"[\ufffd\ue000-\uf8ff]+(?:[?\ufffd\ue000-\uf8ff]*)|(?:锟斤拷)+|(?:烫烫)+|(?:屯屯)+"
    rf"|(?<=[{HAN}])□+(?=[{HAN}])|\?{{2,}}"
)
_ASKED = re.compile(r"[^，,。；;：:\n！!]{0,40}$")


def find_lost(text: str) -> tuple[Lost, ...]:
    """Return every passage of the text that was damaged, in order."""
    spans = [found.span() for found in _PLAIN.finditer(text) if "?" not in found.group()[:1]]
    spans += [_with_rare(text, *one.span()) for one in _MISPAIRED.finditer(text) if not _is_question(text, one)]
    return tuple(passage(text, start, end) for start, end in _merged(sorted(spans)))


def passage(text: str, start: int, end: int) -> Lost:
    """Return a damaged passage with what stands around it on its line."""
    return Lost(
        start=start,
        end=end,
        found=text[start:end],
        before=text[max(0, start - _AROUND) : start].rpartition("\n")[2],
        after=text[end : end + _AROUND].partition("\n")[0],
    )


def _with_rare(text: str, start: int, end: int) -> tuple[int, int]:
    """Right after a lost byte, rare characters are wrongly paired halves of common ones (GB2312's second level)."""
    while end < len(text) and _is_rare(text[end]):
        end += 1
    return start, end


def _is_rare(sign: str) -> bool:
    try:
        code = sign.encode("gb18030")
    except UnicodeEncodeError:
        return False
    return "\u4e00" <= sign <= "\u9fff" and (len(code) != 2 or not 0xB0 <= code[0] <= 0xD7 or code[1] < 0xA1)


def _is_question(text: str, found: re.Match[str]) -> bool:
    if len(found.group()) > 1:
        return False
    asked = _ASKED.search(text[max(0, found.start() - 40) : found.start()])
    after = text[found.end() : found.end() + 1]
    if asked and _ASKS.search(asked.group()):
        return True
    near = text[max(0, found.start() - 1) : found.start()] + after
    return not re.search(rf"[{HAN}，。、”]", near)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
