"""Open311 GeoReport v2: what can be handed in, handing in, and how requests stand (§3.2.2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from pingyi import clock, outages, site
from pingyi.bureau import queries as bureau
from pingyi.rules.refused import Refused
from pingyi.stations.cases import georeport as wire
from pingyi.stations.cases import keyed, pace
from pingyi.stations.cases.actions import inbox
from pingyi.stations.cases.forms import georeport as forms
from pingyi.stations.cases.forms.georeport import WrongError
from pingyi.stations.cases.gate import RETRY_AFTER, is_busy
from pingyi.stations.cases.queries import georeport as queries
from pingyi.stations.cases.queries import keys
from pingyi.words import refusal

View = Callable[..., HttpResponse]


def endpoint(*methods: str) -> Callable[[View], View]:
    """Answer faults as the standard does, know the jurisdiction, and let browsers of other sites read."""

    def wrap(view: View) -> View:
        def guarded(request: HttpRequest, /, form: str, **more: str) -> HttpResponse:
            if request.method not in methods:
                response = failure(405, _("Use %(methods)s.") % {"methods": ", ".join(methods)}, form=form)
                response["Allow"] = ", ".join(methods)
                return response
            if not _is_ours(request):
                return failure(404, _("There is no such jurisdiction_id here."), form=form)
            try:
                return view(request, form=form, **more)
            except WrongError as wrong:
                return failure(400, *wrong.sentences, form=form)
            except Refused as refused:
                response = failure(503 if is_busy(refused) else 400, refusal(refused), form=form)
                if is_busy(refused):
                    response["Retry-After"] = str(RETRY_AFTER)
                return response
            except Exception as fault:
                if (outage := outages.outage_of(fault)) is None:
                    raise
                outages.note(outage, fault)
                return out(request, _("Nothing was kept. Send it again later."))

        update_wrapper(guarded, view)
        return csrf_exempt(guarded)

    return wrap


@endpoint("GET", "HEAD")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the endpoint is and what it speaks."""
    house = bureau.bureau()
    address = request.build_absolute_uri(reverse("cases-open311:services", args=[form])).rpartition("/services")[0]
    found = {
        "changeset": "2026-11-24T00:00:00+08:00",
        "contact": house.name if house else "",
        "key_service": _("The supervision office issues keys, one for each channel."),
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": address,
                "changeset": "2026-11-24T00:00:00+08:00",
                "type": "test" if settings.PINGYI.rehearsal else "production",
                "formats": ["application/json", "text/xml"],
            }
        ],
    }
    return answer("discovery", found, form=form)


@endpoint("GET", "HEAD")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List what can be handed in."""
    listed = [
        {
            "service_code": code,
            "service_name": name,
            "description": name,
            "metadata": True,
            "type": "realtime",
            "keywords": name,
            "group": _("What people raise"),
        }
        for code, name in queries.services()
    ]
    return answer("services", listed, form=form)


@endpoint("GET", "HEAD")
def service(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Say what more a service asks."""
    found = queries.attributes(code)
    if found is None:
        return failure(404, _("There is no service “%(code)s”.") % {"code": code[:40]}, form=form)
    listed = [
        {
            "variable": True,
            "code": one.code,
            "datatype": one.datatype,
            "required": False,
            "datatype_description": "",
            "order": order,
            "description": one.description,
            **({"values": [{"key": key, "name": name} for key, name in one.values]} if one.values else {}),
        }
        for order, one in enumerate(found, 1)
    ]
    return answer("service_definition", {"service_code": code, "attributes": listed}, form=form)


@endpoint("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """Take a request in, or list those that are asked for."""
    channel = keys.channel_of(_key(request))
    if channel and (seconds := pace.wait_for(_key(request))):
        response = failure(429, _("Wait %(seconds)s seconds, and ask less often.") % {"seconds": seconds}, form=form)
        response["Retry-After"] = str(seconds)
        return response
    if request.method == "POST":
        return _submit(request, channel=channel, form=form)
    found = queries.requests(forms.asked(request.GET), channel=channel, at=clock.now())
    return answer("service_requests", [_told(request, one) for one in found], form=form)


@endpoint("GET", "HEAD")
def one_request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """Say how one request stands."""
    channel = keys.channel_of(_key(request))
    found = queries.requests(queries.Asked(ids=(number,)), channel=channel, at=clock.now())
    if not found:
        return failure(404, _("There is no request “%(number)s”.") % {"number": number[:40]}, form=form)
    return answer("service_requests", [_told(request, one) for one in found], form=form)


@endpoint("GET", "HEAD")
def token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    """Return the number of a request that was given a token; the number is empty until it has one."""
    found = queries.by_token(token)
    if found is None:
        return failure(404, _("There is no token “%(token)s”.") % {"token": token[:40]}, form=form)
    return answer("service_requests", [{"service_request_id": found[1], "token": found[0]}], form=form)


def answer(root: str, value: Any, *, form: str, status: int = 200) -> HttpResponse:
    """Return an answer in the wanted form."""
    response = HttpResponse(wire.write(root, value, form=form), content_type=wire.KINDS[form], status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def failure(status: int, *sentences: str, form: str) -> HttpResponse:
    """Return faults as the standard writes them."""
    return answer("errors", [{"code": status, "description": one} for one in sentences], form=form, status=status)


def out(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer that nothing can be kept now, in the form that the address asks for."""
    response = failure(503, sentence, form="json" if request.path.endswith(".json") else "xml")
    response.headers["Retry-After"] = str(outages.AGAIN)
    return response


def _submit(request: HttpRequest, *, channel: str, form: str) -> HttpResponse:
    if not channel:
        return failure(403, _("The api_key is missing or not valid; the supervision office issues keys."), form=form)
    media = request.FILES.getlist("media") if request.FILES else []
    told = forms.submission(request.POST, media, sections=_sections())
    number = str(told["external_number"])
    words = json.dumps(told, default=str, sort_keys=True)  # the same number with other words is another matter
    made = inbox.submit(
        channel=channel,
        **told,
        once=keyed.once_key(channel, f"open311:{number}") if number else "",
        digest=(digest := keyed.told_digest(words)),
        at=clock.now(),
    )
    if made.case is not None:  # what comes now is no case yet: this is an earlier one
        code = "case.number_erased" if made.case.erased_on else "case.number_known"
        raise Refused(code, reference=made.case.reference)
    if made.digest != digest:
        raise Refused("interface.sent_otherwise")
    # Nobody waits for a number: the standard has a token instead, by which it is asked a moment later.
    found = {"service_request_id": "", "service_notice": "", "account_id": "", "token": made.follow_code}
    return answer("service_requests", [found], form=form, status=201)


def _told(request: HttpRequest, one: queries.Request) -> dict[str, Any]:
    """One request; whoever handed it in is told how the person follows it."""
    told = asdict(one)
    code = told.pop("reading_code")
    if code:
        page = site.as_asked(request, reverse("citizens:find"))
        follow = _("The person follows it at %(page)s with the reading code %(code)s.") % {"page": page, "code": code}
        told["service_notice"] = " ".join(filter(None, (told["service_notice"], follow)))
    return told


def _sections() -> dict[str, str]:
    return {one.reference: one.name for one in bureau.sections(evaluated=True)}


def _key(request: HttpRequest) -> str:
    return request.POST.get("api_key") or request.GET.get("api_key") or request.headers.get("X-Api-Key", "")


def _is_ours(request: HttpRequest) -> bool:
    named = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id", "")
    ours: Iterable[str] = ("", site.name(), request.get_host(), request.get_host().partition(":")[0])
    return named in ours
