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
    Page("tell us", "/tell/"),
    Page("follow a matter", "/follow/"),
    Page("call-backs", "/cases/call-backs/", "zhou"),
    Page("announce a lot", "/cases/call-backs/announce/", "zhou"),
    Page("sealed receipts", "/cases/receipts/", "zhou"),
    Page("print receipts", "/cases/receipts/print/", "zhou"),
    Page("not found", "/no-such-page/"),
    Page("desk", "/desk/", "zhou"),
    Page("desk of a head", "/desk/", "wang"),
    Page("desk of a supervisor", "/desk/", "wu"),
    Page("password change", "/accounts/password/change/", "zhou"),
    Page("second factor", "/accounts/2fa/", "zhou"),
    Page("sign out", "/accounts/logout/", "zhou"),
    Page("bureau", "/bureau/", "zhou"),
    Page("bureau for a head", "/bureau/", "wang"),
    Page("bureau change", "/bureau/change/", "zhou"),
    Page("roles", "/bureau/roles/", "zhou"),
    Page("section", "/bureau/sections/brigade/", "zhou"),
    Page("section add", "/bureau/sections/add/", "zhou"),
    Page("section change", "/bureau/sections/brigade/change/", "zhou"),
    Page("section head", "/bureau/sections/brigade/name-head/", "zhou"),
    Page("section close", "/bureau/sections/brigade/close/", "zhou"),
    Page("appoint", "/bureau/members/appoint/", "zhou"),
    Page("invitations", "/bureau/invitations/", "zhou"),
    Page("motions", "/bureau/motions/", "zhou"),
    Page("interests", "/bureau/interests/", "zhou"),
    Page("import people", "/bureau/import/", "zhou"),
    Page("notices", "/notices/", "wang"),
    Page("posts", "/posts/", "wang"),
    Page("search cases", "/cases/search/", "zhou"),
    Page("who called before", "/cases/search/caller/", "zhou"),
    Page("hot matters", "/cases/hot/", "zhou"),
    Page("keys of channels without a plan", "/cases/keys/", "zhou"),
    Page("interface for channels", "/api/v1/"),
    Page("record", "/record/"),
    Page("results", "/results/", "zhou"),
    Page("plan", "/plan/"),
    Page("plan before the first", "/plan/", "zhou"),
    Page("plan bring", "/plan/bring/", "zhou"),
    Page("calendar feed", "/calendar/", "wang"),
    Page("commitments of nobody yet", "/commitments/"),
    Page("openness of nobody yet", "/openness/"),
    Page("boards of nobody yet", "/boards/", "zhou"),
    Page("board edition without a plan", "/boards/publish/", "zhou"),
    Page("authenticator", "/accounts/2fa/totp/activate/", "zhou"),
]
