"""Files that people hand in: the content tells the kind, photographs lose their place (GPS), names become safe.

The reader opens them; here nothing of a file is looked at but its length.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from pingyi.reader import client
from pingyi.reader.answers import Kept
from pingyi.reader.papers import KINDS
from pingyi.reader.refusals import BusyError, NotReadError
from pingyi.rules.refused import Refused

LARGEST = 20 * 1024 * 1024
LONGEST_NAME = 80
MIMES = {**KINDS, "png": "image/png", "jpg": "image/jpeg"}
ACCEPTED = ".jpg,.jpeg,.png,.webp,.gif,.bmp,.tif,.tiff,.heic,.heif," + ",".join(f".{kind}" for kind in KINDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """A file as it is kept."""

    name: str
    mime: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest under which it is kept and recorded."""
        return hashlib.sha256(self.content).hexdigest()


def accept(content: bytes, *, name: str) -> HandedIn:
    """Return the file as it may be kept, or refuse it with what is wrong."""
    shown = safe_name(name)
    if not content:
        raise Refused("file.empty", name=shown)
    if len(content) > LARGEST:
        raise Refused("file.too_large", name=shown, megabytes=LARGEST // 1024 // 1024)
    try:
        found, drawn = client.ask("handed_in", content, Kept, name=shown)
    except BusyError as busy:
        raise Refused("file.busy", name=shown) from busy
    except NotReadError as fault:
        raise Refused(fault.code, name=shown, **fault.facts) from fault
    if not found.is_drawn:
        return HandedIn(name=shown, mime=MIMES[found.ending], content=content)
    stem = shown.rpartition(".")[0] or shown
    return HandedIn(name=f"{stem}.{found.ending}", mime=MIMES[found.ending], content=drawn)


def safe_name(name: str) -> str:
    """Return a name without path, controls or reading tricks; the ending stays, whatever the length."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    clean = re.sub(r'[<>:"|?*]', "_", clean).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        return clean[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending[:8]}"
