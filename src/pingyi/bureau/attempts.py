"""How often somebody may try to sign in: by name and address, by name everywhere, by address over all names (§5.4).

The limits are looked at before a password is hashed and again after it: of many guesses at the same moment the right
one is let in only while fewer errors were counted than the limit; while a name is locked nothing is hashed. A device
on which the person signed in before counts apart, by a signed cookie: who guesses locks strangers out, not the officer.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from pingyi.bureau.models import Login
from pingyi.limits import Limit, address_of, once

QUARTER, HOUR, DAY = 15 * 60, 60 * 60, 24 * 60 * 60
NEAR = Limit(use="sign-in.near", most=8, seconds=QUARTER)  # for a name from one address, or from one known device
FAR = Limit(use="sign-in.far", most=100, seconds=DAY)  # for a name from all addresses together
NAMES = Limit(use="sign-in.names", most=60, seconds=HOUR)  # different names, from one address
NAMED = once("sign-in.named", seconds=HOUR)
CODES = Limit(use="sign-in.codes", most=8, seconds=QUARTER)  # of the second factor, for a login
PASSWORDS = Limit(use="sign-in.passwords", most=8, seconds=QUARTER)  # the old one, asked before it is changed
WORDS = Limit(use="sign-in.words", most=8, seconds=QUARTER)  # the second word of an invitation
UNLOCKED = Limit(use="sign-in.unlocked", most=0, seconds=2 * DAY)  # outlives every count that it sets aside
USED_CODE = once("sign-in.used-code", seconds=5 * 60)  # longer than a code of the second factor is good for

COOKIE = "signed-in-here"
SALT = "pingyi.bureau.attempts"
COOKIE_FOR = 400 * DAY  # what browsers keep at most
MOST_NAMES = 20  # of a machine that many share


class LockedError(Exception):
    """Too much was tried; `why` says what, and `seconds` until when it is refused."""

    def __init__(self, why: str, *, seconds: int) -> None:
        """Keep why and for how long."""
        super().__init__(why)
        self.why = why
        self.seconds = seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One try that is let through; what became of it is told by `failed` or `succeeded`."""

    name: str
    address: str
    device: str  # empty on one where this name never signed in

    def failed(self) -> None:
        """The password was wrong; raise `LockedError` where it was the last try."""
        NEAR.count(*self._near())
        FAR.count(*self._far())
        if not self.device and NAMED.take(self.address, self.name):
            NAMES.count(self.address)
        self.check()

    def succeeded(self) -> None:
        """The password was right; raise `LockedError` where guesses at the same moment have locked the name meanwhile.

        Earlier errors with this name are no guesses any more.
        """
        self.check()
        NEAR.forget(*self._near())
        if not self.device and NAMED.so_far(self.address, self.name):
            NAMED.forget(self.address, self.name)
            NAMES.count(self.address, by=-1)

    def check(self) -> None:
        """Raise `LockedError` where nothing is tried any more."""
        if not self.device and NAMES.is_reached(self.address):
            raise LockedError("names", seconds=NAMES.wait(self.address))
        if FAR.is_reached(*self._far()):
            raise LockedError("far", seconds=FAR.wait(*self._far()))
        if NEAR.is_reached(*self._near()):
            raise LockedError("near", seconds=NEAR.wait(*self._near()))

    def _near(self) -> tuple[str, ...]:
        return self.name, self.device, "" if self.device else self.address, *_since(self.name)

    def _far(self) -> tuple[str, ...]:
        return self.name, self.device, *_since(self.name)


def begin(request: HttpRequest, name: str) -> Attempt:
    """Begin a try to sign in with a name, before the password is looked at; raise `LockedError` while it is locked."""
    attempt = Attempt(name=_plain(name), address=address_of(request), device=device_of(request, name))
    attempt.check()
    return attempt


def take_code(request: HttpRequest, login: Login) -> None:
    """Count a code of the second factor; raise `LockedError` where it is one too many, right or wrong."""
    _take(CODES, request, login, why="codes")


def take_password(request: HttpRequest, login: Login) -> None:
    """Count an old password typed before a change; raise `LockedError` where it is one too many, right or wrong."""
    _take(PASSWORDS, request, login, why="near")


def take_word(invitation: str) -> None:
    """Count a second word typed for an invitation; raise `LockedError` where it is one too many, right or wrong."""
    if not WORDS.take(invitation):
        raise LockedError("words", seconds=WORDS.wait(invitation))


def forget(limit: Limit, request: HttpRequest, login: Login) -> None:
    """Begin anew for a login on this device, after what was right."""
    limit.forget(*_key(request, login))


def unlock(name: str) -> None:
    """Begin anew for a name, from all addresses and on all devices: what was counted so far is looked at no more."""
    UNLOCKED.count(_plain(name))


def device_of(request: HttpRequest, name: str) -> str:
    """Return the word for this device where this name signed in on it before; else an empty one."""
    device, marks = _kept(request)
    return device if _mark(name) in marks else ""


def remember(request: HttpRequest, response: HttpResponse, login: Login) -> None:
    """Leave a cookie that says, for nobody but this server, that this login signed in on this device."""
    device, marks = _kept(request)
    mark = _mark(login.username)
    marks = [*(one for one in marks if one != mark), mark][-MOST_NAMES:]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or secrets.token_urlsafe(12), marks], salt=SALT),
        max_age=COOKIE_FOR,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _take(limit: Limit, request: HttpRequest, login: Login, *, why: str) -> None:
    key = _key(request, login)
    if not limit.take(*key):
        raise LockedError(why, seconds=limit.wait(*key))


def _key(request: HttpRequest, login: Login) -> tuple[str, ...]:
    return str(login.pk), device_of(request, login.username), *_since(_plain(login.username))


def _since(name: str) -> tuple[str, ...]:
    """How often the operator unlocked the name lately, which makes other keys of its counts; nothing where never."""
    times = UNLOCKED.so_far(name)
    return (str(times),) if times else ()


def _kept(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        found: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=COOKIE_FOR)
    except signing.BadSignature:
        return "", []
    return found[0], found[1]


def _mark(name: str) -> str:
    return salted_hmac(SALT, _plain(name), algorithm="sha256").hexdigest()[:16]


def _plain(name: str) -> str:
    """Return what logins are compared by: another spelling of a name must not be another count."""
    return name.strip().lower()
