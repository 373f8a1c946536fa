"""The addresses of the plan and its versions."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.stations.plans.views import fact, version, year

urlpatterns: list[URLPattern | URLResolver] = [
    path("plan/", version.plan, name="plan"),
    path("plan/print.docx", version.plan_docx, name="plan-docx"),
    path("plan/print.pdf", version.plan_pdf, name="plan-pdf"),
    path("plan/plan.yaml", version.plan_yaml, name="plan-yaml"),
    path("plan/bring/", version.bring, name="plan-bring"),
    path("plan/versions/", version.versions, name="versions"),
    path("plan/versions/<str:reference>/", version.version, name="version"),
    path("plan/versions/<str:reference>/print.docx", version.version_docx, name="version-docx"),
    path("plan/versions/<str:reference>/print.pdf", version.version_pdf, name="version-pdf"),
    path("plan/versions/<str:reference>/text/", version.text, name="version-text"),
    path("plan/versions/<str:reference>/lost/<int:start>/", version.mend, name="version-mend"),
    path("plan/versions/<str:reference>/facts/<int:start>/", fact.answer, name="version-fact"),
    path("plan/versions/<str:reference>/confirm/", version.confirm, name="version-confirm"),
    path("plan/versions/<str:reference>/by-hand/", version.by_hand, name="version-by-hand"),
    path("plan/versions/<str:reference>/difference/", version.difference, name="version-difference"),
    path("plan/versions/<str:reference>/year/", year.year, name="version-year"),
    path("plan/versions/<str:reference>/propose/", version.propose, name="version-propose"),
    path("plan/versions/<str:reference>/adopt/", version.adopt, name="version-adopt"),
    path("plan/versions/<str:reference>/withdraw/", version.withdraw, name="version-withdraw"),
    path("plan/versions/<str:reference>/amend/", version.amend, name="version-amend"),
    path("plan/versions/<str:reference>/parts/<str:part>/", version.part, name="version-part"),
    path("plan/versions/<str:reference>/parts/<str:part>/<int:number>/", version.part, name="version-item"),
]
