"""The record's addresses; the ones without a slash at the end are plain text for programs."""

from __future__ import annotations

from django.urls import path

from pingyi.record import views

app_name = "record"
urlpatterns = [
    path("", views.record, name="record"),
    path("entry/<str:leaf>/", views.entry, name="entry"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("vkey", views.key, name="key"),
    path("proof/<str:leaf>", views.proof, name="proof"),
    path("consistency/<int:old>", views.consistency, name="consistency"),
    path("entries/<int:first>", views.entries, name="entries"),
    path("cosignatures", views.cosign, name="cosign"),
]
