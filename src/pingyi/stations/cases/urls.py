"""The room's addresses; each names its verb."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pingyi.stations.cases import urls_oversight, urls_protection, urls_receipts, urls_seeing
from pingyi.stations.cases.views import case, keys, listing, one_time_notice, receive, verbs

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tables/", include("pingyi.stations.cases.urls_tables")),
    path("", listing.cases, name="cases"),
    path("receive/", receive.receive, name="receive"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<str:reference>/revoke/", keys.revoke, name="key-revoke"),
    path("files/<str:reference>/", case.file, name="file"),
    *urls_seeing.urlpatterns,
    *urls_protection.urlpatterns,
    *urls_oversight.urlpatterns,
    *urls_receipts.urlpatterns,
    path("<str:reference>/", case.case, name="case"),
    path("<str:reference>/why/", case.why, name="why"),
    path("<str:reference>/held/", case.held, name="held"),
    path("<str:reference>/one-time-notice/<int:number>/", one_time_notice.notice, name="one-time-notice"),
    path("<str:reference>/one-time-notice/<int:number>.pdf", one_time_notice.notice_pdf, name="one-time-notice-pdf"),
    path("<str:reference>/<slug:verb>/", verbs.act, name="act"),
]
