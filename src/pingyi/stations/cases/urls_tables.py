"""Addresses of hotlines' tables."""

from __future__ import annotations

from django.urls import URLPattern, path

from pingyi.stations.cases.views import reconcile, tables

urlpatterns: list[URLPattern] = [
    path("", tables.index, name="tables"),
    path("<str:token>/", tables.table, name="table"),
    path("<str:token>/columns/", tables.columns, name="table-columns"),
    path("<str:token>/sheet/", tables.sheet, name="table-sheet"),
    path("<str:token>/units/", tables.units, name="table-units"),
    path("<str:token>/start/", tables.start, name="table-start"),
    path("<str:token>/stop/", tables.stop, name="table-stop"),
    path("<str:token>/resume/", tables.resume, name="table-resume"),
    path("<str:token>/set-aside.xlsx", tables.aside, name="table-aside"),
    path("<str:token>/reconcile/", reconcile.reconcile, name="table-reconcile"),
    path("<str:token>/reconcile.xlsx", reconcile.differences, name="table-differences"),
]
