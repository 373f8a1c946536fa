"""The bureau's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from pingyi import pages
from pingyi.bureau import queries


def section(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one section."""
    return pages.show(request, "bureau/section.html", section=queries.section(reference))


def member(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one member."""
    return pages.show(request, "bureau/member.html", member=queries.member(reference))
