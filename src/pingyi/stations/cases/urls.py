"""The room's addresses; each names its verb."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pingyi.stations.cases.views import case

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tables/", include("pingyi.stations.cases.urls_tables")),
    path("<str:reference>/", case.case, name="case"),
]
