"""The bureau's addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.bureau import views

app_name = "bureau"
urlpatterns: list[URLPattern | URLResolver] = [
    path("bureau/sections/<str:reference>/", views.section, name="section"),
    path("bureau/members/<str:reference>/", views.member, name="member"),
]
