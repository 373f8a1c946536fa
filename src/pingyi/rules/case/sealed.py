"""Numbers on sealed receipts (密封回执): roll, place, two check digits: a slip of the pen names no other one."""

from __future__ import annotations

import re
import unicodedata

from pingyi.rules.refused import Refused

PLACES = 999  # receipts in one roll at most
FACE_TO_FACE = frozenset({"counter", "visit"})  # where the person takes the receipt with the seal unbroken
_MODULUS = 97


def numbered(roll: int, place: int) -> str:
    """Return the number printed outside: whoever mistypes or exchanges digits names no other receipt."""
    plain = f"{roll:03}{place:03}"
    return _written(f"{plain}{98 - int(plain) * 100 % _MODULUS:02}")


def read(typed: str) -> str:
    """Return the number as it is printed, however it was typed; refuse one with a slip of the pen."""
    plain = re.sub(r"[\s.·－—–-]", "", unicodedata.normalize("NFKC", typed))
    if not re.fullmatch(r"[0-9]{8,12}", plain) or int(plain) % _MODULUS != 1:
        raise Refused("receipt.misread", field="receipt")
    return _written(plain)


def _written(plain: str) -> str:
    return f"{plain[:-5]}-{plain[-5:-2]}-{plain[-2:]}"
