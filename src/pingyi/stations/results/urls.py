"""The room's addresses; each names its verb."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.stations.results.views import consequence, evidence, recount, sheet, sides, verdict

app_name = "results"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", verdict.overview, name="overview"),
    path("evidence/", evidence.index, name="evidence"),
    path("evidence/templates/<str:source>-counts.xlsx", evidence.blank, {"wide": "yes"}, name="template-counts"),
    path("evidence/templates/<str:source>.xlsx", evidence.blank, name="template"),
    path("evidence/uploads/<str:token>/", evidence.preview, name="upload"),
    path("evidence/uploads/<str:token>/problems.csv", evidence.problems, name="upload-problems"),
    path("evidence/sources/<str:source>/", sides.choose, name="choose"),
    path("evidence/<str:reference>/", evidence.batch, name="batch"),
    path("evidence/<str:reference>/withdraw/", evidence.withdraw, name="batch-withdraw"),
    path("settle/", verdict.settle, name="settle"),
    path("verdict/", verdict.verdict_page, name="verdict"),
    path("verdict/triggers/", verdict.triggers, name="triggers"),
    path("verdict/method/", verdict.method, name="method"),
    path("verdict/open-preview/", verdict.open_preview, name="open_preview"),
    path("verdict/confirm/", verdict.confirm, name="confirm"),
    path("verdict/recount/", recount.recount, name="recount"),
    path("verdict/apply/", verdict.apply, name="apply"),
    path("verdict/withdraw/", verdict.withdraw, name="withdraw"),
    path("mine/", verdict.mine, name="mine"),
    path("sections/<str:section>/", sheet.sheet, name="sheet"),
    path("sections/<str:section>/why/", sheet.why, name="why"),
    path("sections/<str:section>/lines/<str:indicator>/", sheet.line, name="line"),
    path("object/", sheet.objection, name="object"),
    path("objections/<str:reference>/", sheet.objection_page, name="objection"),
    path("consequences/", consequence.index, name="consequences"),
    path("consequences/<str:reference>/", consequence.order, name="consequence"),
    path("consequences/<str:reference>/report/", consequence.report, name="consequence-report"),
    path("consequences/<str:reference>/accept/", consequence.accept, name="consequence-accept"),
    path("consequences/<str:reference>/return/", consequence.send_back, name="consequence-return"),
    path("consequences/<str:reference>/waive/", consequence.waive, name="consequence-waive"),
    path("consequences/<str:reference>/lift/", consequence.lift, name="consequence-lift"),
    path("consequences/<str:reference>/proof/", consequence.proof, name="consequence-proof"),
]
