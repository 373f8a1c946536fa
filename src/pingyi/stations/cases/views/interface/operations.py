"""The interface itself: how operations are declared, who may call them, and the schema that tells of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.security import APIKeyHeader, HttpBearer

from pingyi.stations.cases import pace
from pingyi.stations.cases.queries import keys
from pingyi.stations.cases.views.interface.problems import (
    MEDIA_TYPE,
    PROBLEMS,
    Problem,
    TooFastError,
    answer_problems,
)

ALWAYS = ("key_missing", "key_invalid", "method", "too_fast", "broken", "busy")
SENT = ("malformed", "too_large", "media_type", "invalid")  # where there is a body
WORDY = {"description", "summary"}
METHODS: dict[str, set[str]] = {}  # the methods that are declared for each address

Operation = Callable[..., Any]


class Bearer(HttpBearer):
    """The key in `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> str:
        """Return the channel that the key speaks for; empty for none."""
        return _known(token)


class Header(APIKeyHeader):
    """The key in `X-Api-Key`."""

    param_name = "X-Api-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> str:
        """Return the channel that the key speaks for; empty for none."""
        return _known(key or "")


def _known(secret: str) -> str:
    channel = keys.channel_of(secret)
    if channel and (seconds := pace.wait_for(secret)):
        raise TooFastError(seconds)
    return channel


api = NinjaAPI(
    title=_("Interface for channels"),
    version="1",
    description=_(
        "Hotlines and columns hand matters in and ask how they stand. Every call needs the key of a channel, which "
        "the supervision office issues; a key sees the cases of its own channel alone."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="cases-interface-operations",
    auth=[Bearer(), Header()],
)
answer_problems(api)


def operation(
    method: str, path: str, *, returns: dict[int, Any], summary: str, description: str = "", refuses: Sequence[str] = ()
) -> Callable[[Operation], Operation]:
    """Declare an operation with everything that it answers, problems too."""
    METHODS.setdefault(path, set()).add(method)
    codes = (*refuses, *ALWAYS, *(SENT if method == "POST" else ()))
    answers = returns | {PROBLEMS[code][0]: Problem for code in codes}

    def declare(view: Operation) -> Operation:
        declared: Operation = api.api_operation(
            [method],
            path,
            response=dict(sorted(answers.items())),
            summary=summary,
            operation_id=view.__name__,
            openapi_extra={
                "description": description,  # never the code's own words
                "x-problems": sorted(set(codes), key=list(PROBLEMS).index),
            },
        )(view)
        return declared

    return declare


def channel_of(request: HttpRequest) -> str:
    """Return the channel whose key was sent."""
    return str(request.auth)  # type: ignore[attr-defined]  # ninja keeps there what the key gave


def schema() -> dict[str, Any]:
    """Return the schema (OpenAPI 3.1) with its words in the reader's language."""
    return _schema(get_language() or "")


@cache
def _schema(_language: str) -> dict[str, Any]:
    # Made once a language: gathering it takes longer than all else that the page does.
    found: dict[str, Any] = api.get_openapi_schema(path_prefix="")
    found["paths"] = {path: _told(methods) for path, methods in found["paths"].items()}
    found["info"]["title"] = gettext(found["info"]["title"])
    for shape in found["components"]["schemas"].values():
        shape.pop("description", None)  # the code's own words
    translated: dict[str, Any] = _translated(found)
    return translated


def _told(methods: dict[str, Any]) -> dict[str, Any]:
    """Say of each answer which problems it can be, and of which kind it is."""
    for one in methods.values():
        if not one["description"]:
            del one["description"]
        for status, answer in one["responses"].items():
            codes = [code for code in one["x-problems"] if PROBLEMS[code][0] == int(status)]
            if codes:
                answer["description"] = "; ".join(f"{code}: {PROBLEMS[code][1]}" for code in codes)
                answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
        one["responses"] = {str(status): answer for status, answer in one["responses"].items()}
    return methods


def _translated(value: Any, name: str = "") -> Any:
    """Translate what people read; names that pydantic makes of field names say nothing and go."""
    if isinstance(value, dict):
        is_field = "type" in value or "anyOf" in value or "$ref" in value
        return {
            key: _translated(one, key)
            for key, one in value.items()
            if not (is_field and key == "title" and isinstance(one, str))
        }
    if isinstance(value, list):
        return [_translated(one) for one in value]
    return gettext(value) if name in WORDY and isinstance(value, str) and value else value
