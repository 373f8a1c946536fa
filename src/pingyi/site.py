"""By which address and name this site is known: as the environment says, or as the first run chose and the home keeps.

What the first run chose counts at once in every process of the site, and each command reads it at its start.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from pingyi.rules import address as rules
from pingyi.rules.readiness import is_loopback
from pingyi.rules.refused import Refused
from pingyi.storage import files

SETTINGS_FILE = "settings.env"  # in the home; what stands in the environment counts above it
ADDRESS, NAME, HTTPS = "PINGYI_ADDRESS", "PINGYI_ORIGIN", "PINGYI_HTTPS"
NOTHING: Mapping[str, str] = MappingProxyType({})
_LINE = re.compile(r"""^(PINGYI_\w+)=(['"]?)(.*)\2$""")


def name() -> str:
    """Return the record's name."""
    return _said("origin", NAME, default=rules.EVERY_SITES)


def address() -> str:
    """Return the address that links and codes begin with; empty where nobody has given one."""
    return _said("address", ADDRESS, default="")


def is_named() -> bool:
    """Whether the record has a name of its own, or the environment says which."""
    return name() != rules.EVERY_SITES or bool(os.environ.get(NAME))


def require_name() -> None:
    """Refuse to let the record go out under the name that every new site has."""
    if not settings.PINGYI.rehearsal and not is_named():
        raise Refused("site.no_name", name=rules.EVERY_SITES)


def is_behind_https() -> bool:
    """Whether the site acts on what its address promises: cookies for HTTPS alone, HSTS, the proxy's header."""
    return settings.PINGYI.https or not address().startswith("https://")


def link(request: HttpRequest, path: str) -> str:
    """Return a page's address for people elsewhere; Refused where only this machine would understand it."""
    if address():
        return as_asked(request, path)
    host, _ = split_domain_port(request.get_host())
    if not settings.PINGYI.rehearsal and host != "testserver" and is_loopback([host]):
        raise Refused("site.no_address", host=host)
    return as_asked(request, path)


def as_asked(request: HttpRequest, path: str) -> str:
    """Return a page's address for who asks here: by the site's own, or where nobody has given one as it was asked."""
    known = address()
    return f"{known}{path}" if known else request.build_absolute_uri(path)


@contextlib.contextmanager
def chosen(**said: str) -> Iterator[None]:
    """Write what was chosen (`address`, `name`, `https`) into the home; where the block fails it is as before."""
    known = (("address", ADDRESS), ("name", NAME), ("https", HTTPS))
    wanted = {variable: said[one] for one, variable in known if said.get(one)}
    path = _file()
    before = path.read_text(encoding="utf-8") if path.exists() else None
    if wanted:
        kept = [line for line in (before or "").splitlines() if line.partition("=")[0] not in wanted]
        lines = [*kept, *(f"{variable}='{value}'" for variable, value in wanted.items())]
        files.put(path, "".join(f"{line}\n" for line in lines).encode())
    try:
        yield
    except BaseException:
        if wanted and before is None:
            path.unlink(missing_ok=True)
        elif wanted and before is not None:
            files.put(path, before.encode())
        raise


def _said(field: str, variable: str, *, default: str) -> str:
    """What the process read at its start counts; where that is no choice, what was chosen since."""
    begun_with: str = getattr(settings.PINGYI, field)
    if begun_with != default or settings.PINGYI.rehearsal or os.environ.get(variable):
        return begun_with
    return _kept().get(variable, default)


def _kept() -> Mapping[str, str]:
    path = _file()
    try:
        found = path.stat()
    except OSError:
        return NOTHING
    return _read(path, found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _inode: int) -> Mapping[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (_LINE.match(line.strip()) for line in lines)
    return MappingProxyType({one[1]: one[3] for one in found if one})


def _file() -> Path:
    return Path(settings.PINGYI.home) / SETTINGS_FILE
