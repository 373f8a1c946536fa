"""Addresses of the JSON interface for channels' own systems."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from pingyi import outages
from pingyi.stations.cases.views.interface import cases, facts, files
from pingyi.stations.cases.views.interface.operations import METHODS, api
from pingyi.stations.cases.views.interface.problems import FORM, JSON, guarded, out

app_name = "cases-interface"
outages.answered_by("/api/v1/", out)
_BRACKETS = str.maketrans("<>", "{}")  # how Django and the interface write the parts of an address
OPERATIONS = (cases, files, facts)  # importing them declares their operations


def _operations() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            takes = FORM if pattern.name == files.lay_down.__name__ else JSON
            is_posted = "POST" in METHODS["/" + str(pattern.pattern).translate(_BRACKETS)]
            pattern.callback = guarded(pattern.callback, takes=takes if is_posted else "")
            found.append(pattern)
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("", facts.page, name="page"),
    path("openapi.json", facts.openapi, name="openapi"),
    *_operations(),
    re_path(r"^[\s\S]*$", guarded(facts.nothing), name="nothing"),
]
