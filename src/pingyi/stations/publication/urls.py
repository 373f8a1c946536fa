"""The room's addresses; those under `public/` are for everybody and stay as they are for good."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pingyi.stations.publication.views import filing, operator, public, report

app_name = "publication"
urlpatterns: list[URLPattern | URLResolver] = [
    path("public/", public.archive, name="archive"),
    path("public/<int:year>/verdict/", public.verdict, name="verdict"),
    path("public/<int:year>/method/", public.method, name="method"),
    path("public/<int:year>/verdict/<str:section>/", public.sheet, name="sheet"),
    path("public/<int:year>/bundle.zip", public.file, {"kind": "verdict", "name": "bundle.zip"}, name="bundle"),
    path("public/<int:year>/bundle.receipt", public.receipt, name="receipt-of-bundle"),
    path("public/<int:year>/result.json", public.file, {"kind": "verdict", "name": "result.json"}, name="result"),
    path("public/<int:year>/results/<str:reference>.json", public.result_of, name="result-of"),
    path("public/<int:year>/corrections/<str:slug>/", public.correction, name="correction"),
    path("public/<int:year>/awards/", public.awards, name="awards"),
    path("public/<int:year>/awards.json", public.awards_json, name="awards-json"),
    path("public/<int:year>/awards/<str:section>.json", public.award_json, name="award-json"),
    path("public/<int:year>/plan/", public.plan, name="plan"),
    path("public/<int:year>/plan.docx", public.file, {"kind": "plan", "name": "plan.docx"}, name="plan-docx"),
    path("public/<int:year>/plan.yaml", public.file, {"kind": "plan", "name": "plan.yaml"}, name="plan-yaml"),
    path("public/<int:year>/notices/<str:slug>/", public.notice, name="notice"),
    path("publications/", operator.index, name="publications"),
    path("publications/verdict/<int:year>/publish/", operator.publish_verdict, name="publish-verdict"),
    path("publications/verdict/<int:year>/correct/", operator.correct, name="correct"),
    path("publications/plan/<int:year>/publish/", operator.publish_plan, name="publish-plan"),
    path("publications/notices/publish/", operator.publish_notice, name="publish-notice"),
    path("publications/<str:reference>/withdraw/", operator.withdraw, name="withdraw"),
    path("reports/", report.index, name="reports"),
    path("reports/<int:year>/", report.year, name="reports-year"),
    path("reports/<int:year>/bureau/", report.bureau, name="report-bureau"),
    path("reports/<int:year>/bureau.docx", report.bureau_docx, name="report-bureau-docx"),
    path("reports/<int:year>/sections/<str:section>/", report.section, name="report-section"),
    path("reports/<int:year>/sections/<str:section>.docx", report.section_docx, name="report-section-docx"),
    path("reports/<int:year>/filings/<str:key>/", filing.filing, name="filing"),
    path("reports/<int:year>/filings/<str:key>/file/", filing.file, name="filing-file"),
    path("reports/<int:year>/filings/<str:key>/receive/", filing.receive, name="filing-receive"),
    path("reports/<int:year>/filings/<str:key>/return/", filing.send_back, name="filing-return"),
    path("reports/<int:year>/filings/<str:key>/scan/", filing.scan, name="filing-scan"),
    path("reports/<int:year>/filings/<str:key>/document/", filing.document, name="filing-document"),
    path("reports/<int:year>/filings/<str:key>/receipt/", filing.receipt, name="filing-receipt"),
]
