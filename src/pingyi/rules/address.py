"""The address at which people reach a site, and the name of its record: what may be chosen (§5.4).

Both stand on paper and in what strangers keep. An address can be changed later; the name never, once it was signed.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pingyi.rules.readiness import is_loopback
from pingyi.rules.refused import Refused

EVERY_SITES = "pingyi.example"  # the name that a new site has until one is chosen
LONGEST_NAME = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*(?:[./][a-z0-9][a-z0-9-]*)*")
_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\]")


def chosen_address(given: str) -> str:
    """Return an address as links begin with it; without a scheme HTTPS is meant."""
    text = given.strip().rstrip("/")
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port = parts.port
    except ValueError as error:
        raise Refused("site.address_unfit", field="address") from error
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(shown) or parts.netloc.rpartition("@")[0]:
        raise Refused("site.address_unfit", field="address")
    if parts.path or parts.query or parts.fragment:
        raise Refused("site.address_has_more", field="address", host=host)
    if is_loopback([host]):
        raise Refused("site.address_is_own", field="address", host=host)
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def chosen_name(given: str, *, address: str) -> str:
    """Return the record's name as it will be signed; where none is given it is the host of the address."""
    name = given.strip().lower() or host_of(address)
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or name == EVERY_SITES:
        raise Refused("site.name_unfit", field="record_name")
    return name


def host_of(address: str) -> str:
    """Return the host of an address, without a port; empty where there is none."""
    return urlsplit(address).hostname or ""
