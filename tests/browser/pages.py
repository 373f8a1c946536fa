"""Every page that is looked at in the browser: name, address, who opens it ("" is a visitor, else one of the cast)."""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """One page to visit."""

    name: str
    url: str
    who: str = ""


PAGES = [
    Page("front", "/"),
    Page("components", "/components/"),
    Page("accessibility", "/accessibility/"),
    Page("login", "/accounts/login/"),
    Page("not found", "/no-such-page/"),
    Page("desk", "/desk/", "zhou"),
    Page("desk of a head", "/desk/", "wang"),
    Page("desk of a supervisor", "/desk/", "wu"),
    Page("password change", "/accounts/password/change/", "zhou"),
    Page("second factor", "/accounts/2fa/", "zhou"),
    Page("sign out", "/accounts/logout/", "zhou"),
]
