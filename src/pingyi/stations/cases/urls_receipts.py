"""Addresses of sealed receipts; they stand before those of single verbs."""

from __future__ import annotations

from django.urls import URLPattern, path

from pingyi.stations.cases.views import receipts

urlpatterns: list[URLPattern] = [
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/print/", receipts.print_roll, name="receipts-print"),
    path("receipts/<str:reference>/void/", receipts.void, name="receipts-void"),
    path("<str:reference>/bind/", receipts.bind, name="bind"),
]
