"""Addresses of Open311 GeoReport v2, each in JSON and in XML."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, re_path

from pingyi import outages
from pingyi.stations.cases.views import georeport

FORM = r"\.(?P<form>json|xml)$"
NAME = r"[^/]+?"

app_name = "cases-open311"
outages.answered_by("/open311/", georeport.out)
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(rf"^discovery{FORM}", georeport.discovery, name="discovery"),
    re_path(rf"^services{FORM}", georeport.services, name="services"),
    re_path(rf"^services/(?P<code>{NAME}){FORM}", georeport.service, name="service"),
    re_path(rf"^requests{FORM}", georeport.requests, name="requests"),
    re_path(rf"^requests/(?P<number>{NAME}){FORM}", georeport.one_request, name="request"),
    re_path(rf"^tokens/(?P<token>{NAME}){FORM}", georeport.token, name="token"),
]
