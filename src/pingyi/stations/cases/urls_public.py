"""Addresses for everybody: tell us, and what the code of a receipt opens."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.stations.cases.views import figures, follow, one_time_notice, public

app_name = "citizens"
urlpatterns: list[URLPattern | URLResolver] = [
    path("figures/", figures.for_everybody, name="figures"),
    path("tell/", public.tell, name="tell"),
    path("follow/", public.find, name="find"),
    path("follow/<str:code>/", follow.follow, name="follow"),
    path("follow/<str:code>/receipt/", public.receipt, name="receipt"),
    path("follow/<str:code>/why/", follow.why, name="why"),
    path("follow/<str:code>/files/<str:reference>/", follow.file, name="file"),
    path("follow/<str:code>/rate/", follow.rate, name="rate"),
    path("follow/<str:code>/reopen/", follow.reopen, name="reopen"),
    path("follow/<str:code>/papers/", follow.papers, name="papers"),
    path("follow/<str:code>/one-time-notice/<int:number>/", one_time_notice.copy, name="one-time-notice"),
    path("follow/<str:code>/one-time-notice/<int:number>.pdf", one_time_notice.copy_pdf, name="one-time-notice-pdf"),
    path("follow/<str:code>/write/", follow.write, name="write"),
    path("follow/<str:code>/erase/", follow.erase, name="erase"),
]
