"""Every address of the site; each room's own addresses stand in its `urls.py`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("record/", include("pingyi.record.urls")),
    path("", include("pingyi.bureau.urls")),
    path("results/", include("pingyi.stations.results.urls")),
    path("cases/", include("pingyi.stations.cases.urls")),
    path("open311/v2/", include("pingyi.stations.cases.urls_open311")),
    path("", include("pingyi.stations.cases.urls_public")),
    path("api/v1/", include("pingyi.stations.cases.urls_interface")),
    path("", include("pingyi.stations.commitments.urls")),
    path("", include("pingyi.stations.plans.urls")),
    path("", include("pingyi.stations.publication.urls")),
    path("", include("pingyi.web.urls")),
]

handler400 = "pingyi.web.views.bad_request"
handler403 = "pingyi.web.views.forbidden"
handler404 = "pingyi.web.views.not_found"
handler500 = "pingyi.web.views.broken"
