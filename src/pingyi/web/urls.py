"""The site's own pages: front page, desk, components, accessibility, the choice of look."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.web import health, views

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front, name="front"),
    path("desk/", views.work, name="desk"),
    path("components/", views.components, name="components"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("healthz", health.health, name="health"),
    path("look/", views.look, name="look"),
]
