"""What a handling section sees of who raised a case: enough to tell two people apart, too little to find one (§5.4)."""

from __future__ import annotations

import re

_PHONE_ENDS = 7  # digits shown of a telephone number: three before, four behind
_DIGIT = re.compile(r"\d")


def masked_name(name: str) -> str:
    """Return the family name, or the first letter, and signs for the rest."""
    clean = name.strip()
    return f"{clean[0]}**" if clean else ""


def masked_phone(phone: str) -> str:
    """Return the number's beginning and end; of a short one the last two digits."""
    digits = "".join(_DIGIT.findall(phone))
    if not digits:
        return ""
    if len(digits) > _PHONE_ENDS + 1:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}"


def masked_email(email: str) -> str:
    """Return the first letter and the house after the sign."""
    name, sign, house = email.strip().partition("@")
    return f"{name[:1]}***{sign}{house}" if sign else ""


def masked_address(address: str) -> str:
    """Return the first few characters: the quarter, not the door."""
    clean = address.strip()
    return f"{clean[: min(4, max(1, len(clean) // 2))]}****" if clean else ""
