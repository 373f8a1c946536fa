"""What can go wrong at the interface: one table of codes, answered as problem details (RFC 9457) in two languages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from pingyi import outages
from pingyi.documents import handed_in
from pingyi.outages import Outage
from pingyi.rules.refused import Refused
from pingyi.stations.cases.gate import is_busy
from pingyi.words import refusal

View = Callable[..., HttpResponse]
MEDIA_TYPE = "application/problem+json"
JSON, FORM = "application/json", "multipart/form-data"
MOST_BYTES = {JSON: 1_000_000, FORM: handed_in.LARGEST + 100_000}  # of a body
RETRY_AFTER = 2  # seconds

logger = logging.getLogger(__name__)

# code → status and what it means
PROBLEMS: dict[str, tuple[int, str | Promise]] = {
    "malformed": (400, gettext_lazy("The body cannot be read")),
    "key_missing": (401, gettext_lazy("No key was sent")),
    "key_invalid": (401, gettext_lazy("The key is not valid")),
    "no_such_address": (404, gettext_lazy("There is nothing at this address")),
    "case_unknown": (404, gettext_lazy("Your channel has no such case")),
    "receipt_unknown": (404, gettext_lazy("Your channel has no such receipt")),
    "method": (405, gettext_lazy("This address does not take this method")),
    "number_known": (409, gettext_lazy("There is a case with this number already")),
    "sent_otherwise": (409, gettext_lazy("The same idempotency key came before with other content")),
    "not_yet_ratable": (409, gettext_lazy("The case is not closed")),
    "rated_already": (409, gettext_lazy("This closing was rated already")),
    "too_large": (413, gettext_lazy("The body is too large")),
    "media_type": (415, gettext_lazy("The body is of the wrong kind")),
    "invalid": (422, gettext_lazy("Something that was sent cannot be used")),
    "too_fast": (429, gettext_lazy("The key called too often")),
    "broken": (500, gettext_lazy("Something went wrong on our side")),
    "busy": (503, gettext_lazy("The bureau's system is busy")),
}
# What the rules refuse → which problem it is; everything else is `invalid`.
REFUSED = {
    "interface.case_unknown": "case_unknown",
    "interface.receipt_unknown": "receipt_unknown",
    "interface.sent_otherwise": "sent_otherwise",
    "case.number_known": "number_known",
    "case.number_erased": "number_known",
    "case.not_yet_ratable": "not_yet_ratable",
    "case.rated_already": "rated_already",
    "file.busy": "busy",
    "inbox.full": "busy",
    "inbox.not_known": "busy",
}


class TooFastError(Exception):
    """A key called more often than it may; it may call again after some seconds."""

    def __init__(self, seconds: int) -> None:
        """Keep the seconds."""
        super().__init__(seconds)
        self.seconds = seconds


class Fault(Schema):
    """One thing that is wrong with what was sent."""

    field: str = Field(..., description=gettext_noop("The field, such as contact.phone; empty for the whole body."))
    detail: str = Field(..., description=gettext_noop("What is wrong and what to do."))


class Problem(Schema):
    """A problem as RFC 9457 describes it, in the language of Accept-Language (zh or en)."""

    type: str = Field(..., description=gettext_noop("Address of the problem's description."))
    title: str = Field(..., description=gettext_noop("What kind of problem it is, in words."))
    status: int = Field(..., description=gettext_noop("The status of the answer."))
    code: str = Field(..., description=gettext_noop("What kind of problem it is, for programs."))
    detail: str = Field(..., description=gettext_noop("What is wrong and what to do."))
    errors: list[Fault] = Field(..., description=gettext_noop("What is wrong, field by field."))


def problem(
    request: HttpRequest, code: str, detail: str = "", *, faults: Sequence[tuple[str, str]] = (), retry: int = 0
) -> HttpResponse:
    """Answer with a problem."""
    status, title = PROBLEMS[code]
    found = {
        "type": request.build_absolute_uri(f"{reverse('cases-interface:page')}#problem-{code}"),
        "title": str(title),
        "status": status,
        "code": code,
        "detail": detail or str(title),
        "errors": [{"field": field, "detail": words} for field, words in faults],
    }
    response = HttpResponse(json.dumps(found, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="pingyi"'
    if retry:
        response["Retry-After"] = str(retry)
    return response


def guarded(view: View, *, takes: str = "") -> View:
    """Answer as a problem what stands before any question: the method, the size and the kind of the body.

    `takes` is the kind of body that the address takes; empty where it takes none.
    """

    def answering(request: HttpRequest, /, *args: Any, **more: Any) -> HttpResponse:
        if takes and request.method == "POST":
            length = request.headers.get("Content-Length", "")
            if length.isdecimal() and int(length) > MOST_BYTES[takes]:
                detail = _("The body is larger than %(most)s bytes. Shorten it.") % {"most": MOST_BYTES[takes]}
                return problem(request, "too_large", detail)
            if request.content_type != takes:
                return problem(request, "media_type", _("Send the header Content-Type: %(kind)s.") % {"kind": takes})
        response = view(request, *args, **more)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = problem(request, "method", _("Use %(methods)s.") % {"methods": allowed})
            response["Allow"] = allowed
        return response

    answering.csrf_exempt = True  # type: ignore[attr-defined]  # programs without a session, known by their key
    return answering


def answer_problems(api: NinjaAPI) -> None:
    """Have every fault of an operation answered as a problem."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _malformed)
    api.add_exception_handler(MultiPartParserError, _no_form)
    api.add_exception_handler(TooFastError, _too_fast)
    api.add_exception_handler(OperationalError, _busy)
    api.add_exception_handler(Exception, _broken)


def _refused(request: HttpRequest, refused: Refused | type[Refused]) -> HttpResponse:
    assert isinstance(refused, Refused)  # noqa: S101 - tells the type
    code = REFUSED.get(refused.code, "invalid")
    if is_busy(refused):
        return _busy(request, refused)
    words = refusal(refused)
    faults = [(refused.field, words)] if refused.field else []
    return problem(request, code, words, faults=faults, retry=RETRY_AFTER if code == "busy" else 0)


def _unknown(request: HttpRequest, _fault: object) -> HttpResponse:
    if request.headers.get("X-Api-Key") or request.headers.get("Authorization"):
        return problem(
            request, "key_invalid", _("The key is unknown or revoked. Ask the supervision office for another.")
        )
    return problem(
        request, "key_missing", _("Send your channel's key in the header Authorization: Bearer … or X-Api-Key.")
    )


def _malformed(request: HttpRequest, _fault: object) -> HttpResponse:
    return problem(
        request, "malformed", _("The body cannot be read as JSON in UTF-8. Look for a missing comma or quote.")
    )


def _no_form(request: HttpRequest, _fault: object) -> HttpResponse:
    return problem(
        request, "malformed", _("The body cannot be read as a form. Send the boundary in the header Content-Type.")
    )


def _too_fast(request: HttpRequest, fault: TooFastError | type[TooFastError]) -> HttpResponse:
    assert isinstance(fault, TooFastError)  # noqa: S101 - tells the type
    detail = _("Wait %(seconds)s seconds, and ask less often; `updated_since` tells what changed.")
    return problem(request, "too_fast", detail % {"seconds": fault.seconds}, retry=fault.seconds)


def _busy(request: HttpRequest, fault: object = None) -> HttpResponse:
    """Say that nothing was kept: for a moment, or until somebody has made room."""
    outage = outages.outage_of(fault) if isinstance(fault, BaseException) else None
    if outage is not None and isinstance(fault, BaseException):
        outages.note(outage, fault)
    retry = RETRY_AFTER if outage in {None, Outage.BUSY} else outages.AGAIN
    return problem(request, "busy", _("Send the same again in a moment, with the same idempotency key."), retry=retry)


def out(request: HttpRequest, detail: str) -> HttpResponse:
    """Answer what happened before any operation was asked: nothing can be kept now."""
    return problem(request, "busy", detail, retry=outages.AGAIN)


def _broken(request: HttpRequest, fault: Exception | type[Exception]) -> HttpResponse:
    if isinstance(fault, Exception) and outages.outage_of(fault) is not None:
        return _busy(request, fault)
    logger.error("an operation of the interface failed", exc_info=fault if isinstance(fault, Exception) else None)
    return problem(request, "broken", _("Nothing was changed. Try again later with the same idempotency key."))


def _invalid(request: HttpRequest, fault: ValidationError | type[ValidationError]) -> HttpResponse:
    errors: Sequence[Mapping[str, Any]] = fault.errors if isinstance(fault, ValidationError) else []
    faults = [(_place(error), _words(error)) for error in errors]
    sentences = " ".join(f"{field}: {words}" if field else words for field, words in faults)
    return problem(request, "invalid", sentences, faults=faults)


def _place(error: Mapping[str, Any]) -> str:
    """The field as the one who sent it wrote it: without where it stood and the name of our argument."""
    return ".".join(str(part) for part in error["loc"][1:] if part not in {"matter", "question", "satisfaction"})


def _words(error: Mapping[str, Any]) -> str:
    """A sentence for what pydantic found."""
    bounds = error.get("ctx", {})
    sentences: dict[str, str] = {
        "missing": _("is needed."),
        "extra_forbidden": _("is not known here. Look for a slip of the pen."),
        "string_too_long": _("is longer than %(max_length)s characters."),
        "literal_error": _("must be one of: %(expected)s."),
        "greater_than_equal": _("must be at least %(ge)s."),
        "less_than_equal": _("must be at most %(le)s."),
        "empty_matter": _("title or text is needed."),
        "unreadable": _("holds a character that cannot be kept. Take it out."),
        "string_unicode": _("holds a character that cannot be kept. Take it out."),
    }
    kind = error["type"]
    kinds = {
        "date": _("must be a day such as 2026-03-16."),
        "moment": _("must be a moment such as 2026-03-16T09:00:00+08:00."),
    }
    sentence = sentences.get(kind) or kinds.get("moment" if "datetime" in kind else kind.partition("_")[0])
    return (sentence or _("must be of another type (%(type)s).")) % {**bounds, "type": _type(kind)}


def _type(kind: str) -> str:
    wanted = {
        "string": pgettext("interface", "text"),
        "int": pgettext("interface", "whole number"),
        "bool": "true/false",
        "model": "{…}",
        "dict": "{…}",
    }
    return wanted.get(kind.partition("_")[0], kind)
