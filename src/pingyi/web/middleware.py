"""What stands before every page: methods and addresses that no page takes, and pages that no cache may keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import ip_address

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from pingyi import pages, site
from pingyi.rules.actor import Role
from pingyi.rules.address import host_of

NUL = "\0"
LARGEST = 2**31 - 1  # what every database's whole numbers hold
LONGEST = 1000  # letters in one part of an address
KEPT = "private, no-cache"
METHODS = ("GET", "HEAD", "POST")
FOR_PROGRAMS = ("/api/", "/open311/")


class AddressMiddleware:
    """Behind the proxy that speaks TLS, takes the visitor's address from it, so that no one is locked out for others.

    The last address is the proxy's own word; those before it are what the visitor claims.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the address before anybody counts by it; the site answers to the host of its own address."""
        own = host_of(site.address())
        if own and own not in settings.ALLOWED_HOSTS:
            settings.ALLOWED_HOSTS.append(own)
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.PINGYI.https and _is_address(address):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


class MethodMiddleware:
    """Refuses methods that no page takes, before a view answers them like GET; interfaces for programs answer them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on with a method of pages."""
        if request.method in METHODS or request.path.startswith(FOR_PROGRAMS):
            return self.get_response(request)
        return HttpResponseNotAllowed(METHODS)


class PolicyMiddleware:
    """Sends the one content policy, which no page changes; the library would build it anew for each answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler and the policy."""
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say it on each answer that says nothing itself; pages of a programmer's own faults stay without."""
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault(HEADER, self.policy)
        return response


class ReadableMiddleware:
    """Answers calmly what a database would choke on: the character NUL, numbers without end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the address is looked at once it is known what it asks for."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: Iterable[object], named: dict[str, object]
    ) -> None:
        """Refuse an address that names nothing, and a question that nobody can ask."""
        if not all(map(_names_something, named.values())):
            raise Http404
        if any(NUL in word for name, words in request.GET.lists() for word in (name, *words)):
            raise BadRequest


class NotKeptMiddleware:
    """Keeps pages of members out of shared caches, and asks anew when somebody goes back after the sign-out (§5.4)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say so on each answer to a member that says nothing about caches itself."""
        was_member = pages.actor_of(request).role is not Role.PUBLIC
        response = self.get_response(request)
        if was_member and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = KEPT
        if was_member and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _names_something(value: object) -> bool:
    if isinstance(value, int):
        return value <= LARGEST
    return not isinstance(value, str) or (NUL not in value and len(value) <= LONGEST)
