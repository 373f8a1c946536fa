"""Addresses of search, likeness, groups and hot matters; they stand before those of single verbs."""

from __future__ import annotations

from django.urls import URLPattern, path

from pingyi.stations.cases.views import seeing

urlpatterns: list[URLPattern] = [
    path("search/", seeing.search, name="search"),
    path("search/caller/", seeing.caller, name="caller"),
    path("hot/", seeing.hot, name="hot"),
    path("groups/<str:reference>/", seeing.group_page, name="group"),
    path("<str:reference>/alike/", seeing.alike, name="alike"),
    path("<str:reference>/group/", seeing.group, name="join"),
    path("<str:reference>/ungroup/", seeing.ungroup, name="ungroup"),
]
