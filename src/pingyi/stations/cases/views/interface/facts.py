"""Operations about what stands behind cases: kinds, channels, time limits, sections; and the page that tells of all."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from pingyi import clock, pages
from pingyi.bureau.models import Section
from pingyi.stations.cases.queries import interface as queries
from pingyi.stations.cases.views.interface import shapes
from pingyi.stations.cases.views.interface.described import described
from pingyi.stations.cases.views.interface.operations import channel_of, operation, schema
from pingyi.stations.cases.views.interface.problems import PROBLEMS, problem


@operation("GET", "/kinds", returns={200: list[shapes.KindOf]}, summary=_("List the kinds that can be handed in"))
def list_kinds(request: HttpRequest) -> list[shapes.KindOf]:
    """List kinds."""
    return [shapes.KindOf(code=code, name=name) for code, name in queries.kinds()]


@operation("GET", "/channels", returns={200: list[shapes.Way]}, summary=_("List the plan's hotlines and columns"))
def list_channels(request: HttpRequest) -> list[shapes.Way]:
    """List channels, and say which one the key speaks for."""
    own = channel_of(request)
    return [
        shapes.Way(id=one.id, name=one.name, number=one.number, is_own=one.id == own)
        for one in queries.channels(on=clock.today())
    ]


@operation("GET", "/time-limits", returns={200: list[shapes.TimeLimit]}, summary=_("List the time limits"))
def list_time_limits(request: HttpRequest) -> list[shapes.TimeLimit]:
    """List how long each kind may take."""
    return [
        shapes.TimeLimit(kind=kind, days=one.days, unit=one.unit.value, extension_days=one.extension_days)
        for kind, one in queries.limits(on=clock.today())
    ]


@operation("GET", "/sections", returns={200: list[shapes.Unit]}, summary=_("List the bureau's sections"))
def list_sections(request: HttpRequest) -> list[Section]:
    """List sections."""
    return queries.sections()


def openapi(request: HttpRequest) -> HttpResponse:
    """Return the schema, with the address at which it was asked."""
    server = {"url": request.build_absolute_uri(reverse("cases-interface:page")).rstrip("/")}
    content = json.dumps(schema() | {"servers": [server]}, ensure_ascii=False, indent=1)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


def page(request: HttpRequest) -> HttpResponse:
    """Show the schema to people."""
    found = schema()
    return pages.show(
        request,
        "cases/interface.html",
        title=found["info"]["title"],
        description=found["info"]["description"],
        operations=described(found),
        problems=[(code, status, title) for code, (status, title) in PROBLEMS.items()],
        address=request.build_absolute_uri(reverse("cases-interface:page")).rstrip("/"),
    )


def nothing(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at this address."""
    page_ = request.build_absolute_uri(reverse("cases-interface:page"))
    return problem(
        request, "no_such_address", gettext("Every address of the interface stands at %(page)s.") % {"page": page_}
    )
