"""The site's own pages: front page, desk, components, accessibility, the choice of look."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.web import views

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("components/", views.components, name="components"),
    path("look/", views.look, name="look"),
]
