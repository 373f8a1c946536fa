"""Addresses of oversight; they stand before those of single verbs."""

from __future__ import annotations

from django.urls import URLPattern, path

from pingyi.stations.cases.views import bulletin, figures, oversight

urlpatterns: list[URLPattern] = [
    path("escalation/", oversight.escalation, name="escalation"),
    path("figures/", figures.figures, name="figures"),
    path("bulletin/", bulletin.bulletin, name="bulletin"),
    path("bulletin/<str:week>/<str:form>", bulletin.download, name="bulletin-file"),
    path("letters/", oversight.letters, name="letters"),
    path("letters/<str:reference>/", oversight.letter, name="letter"),
    path("letters/<str:reference>/letter.pdf", oversight.letter_pdf, name="letter-pdf"),
    path("breaches/", oversight.breaches, name="breaches"),
    path("breaches/<str:reference>/", oversight.breach, name="breach"),
    path("breaches/<str:reference>/hear/", oversight.hear, name="breach-hear"),
    path("breaches/<str:reference>/decide/", oversight.decide, name="breach-decide"),
    path("<str:reference>/breach/", oversight.raise_breach, name="breach-raise"),
]
