"""Who may create the bureau: whoever sits at the machine itself, or knows the code that the server printed."""

from __future__ import annotations

import secrets
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from pingyi.storage import files

FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def code() -> str:
    """Return the setup code, made on first use and readable by the server's own user alone."""
    path = _file()
    if not path.exists() or not path.stat().st_size:  # an older version's killed start may have left an empty file
        files.put(path, secrets.token_urlsafe(12).encode("ascii"))
    return path.read_text(encoding="ascii").strip()


def forget() -> None:
    """Remove the code once the bureau exists."""
    _file().unlink(missing_ok=True)


def is_right(given: str) -> bool:
    """Whether this is the setup code."""
    return secrets.compare_digest(given.strip().encode(), code().encode())


def is_local(request: HttpRequest) -> bool:
    """Whether the request comes from the machine itself; behind a proxy nothing does."""
    if settings.PINGYI.https or any(name in request.META for name in FORWARDED):
        return False
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _file() -> Path:
    return Path(settings.PINGYI.home) / "setup-code"
