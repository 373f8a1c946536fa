"""Addresses of protection and of call-backs."""

from __future__ import annotations

from django.urls import URLPattern, path

from pingyi.stations.cases.views import calling_back, protection

urlpatterns: list[URLPattern] = [
    path("call-backs/", calling_back.call_backs, name="call-backs"),
    path("call-backs/announce/", calling_back.announce, name="call-backs-announce"),
    path("call-backs/<str:reference>/draw/", calling_back.draw, name="call-backs-draw"),
    path("call-backs/<str:reference>/ask/", calling_back.ask, name="call-back"),
    path("<str:reference>/identify/", protection.identify, name="identify"),
    path("<str:reference>/write/", protection.write, name="write"),
    path("<str:reference>/erase/", protection.erase, name="erase"),
]
