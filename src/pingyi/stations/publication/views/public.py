"""The pages and files that anyone can read: they ask for published rows and nothing else (§4.4b, §4.4c, §5.4)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pingyi import pages, words
from pingyi.record import queries as record
from pingyi.rules.refused import Refused
from pingyi.stations.publication.models import PublicationKind, PublishedFile
from pingyi.stations.publication.queries import published as queries
from pingyi.stations.publication.queries.published import Copy
from pingyi.stations.results.queries import certainty

GONE = 410
UNAVAILABLE = 503
PLAIN = "text/plain; charset=utf-8"
View = Callable[..., HttpResponse]

logger = logging.getLogger(__name__)


def as_published(view: View) -> View:
    """Show a frozen copy only as it was published; one that was altered past the record is kept from readers."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except Refused as refused:
            if refused.code != "publication.altered":
                raise
            logger.exception("%s was altered past the record; run `pingyi verify`", refused.facts.get("name"))
            return _altered(request, refused)

    return checked


def _altered(request: HttpRequest, refused: Refused) -> HttpResponse:
    if request.path.endswith(".json"):
        return _json({"status": "altered", "reason": words.refusal(refused)}, status=UNAVAILABLE)
    return render(request, "publication/altered.html", {"said": words.refusal(refused)}, status=UNAVAILABLE)


def archive(request: HttpRequest) -> HttpResponse:
    """List everything that was published, year by year."""
    return pages.show(request, "publication/archive.html", years=queries.archive())


@as_published
def verdict(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year's verdict."""
    return _published(request, "publication/verdict.html", PublicationKind.VERDICT, year)


@as_published
def sheet(request: HttpRequest, year: int, section: str) -> HttpResponse:
    """Show one section's sheet with its reasons."""
    copy = _found(PublicationKind.VERDICT, year)
    if section not in copy.said["sheets"]:
        raise Http404
    return _answer(
        request,
        "publication/sheet.html",
        copy,
        sheet=copy.said["sheets"][section],
        line=copy.section(section),
        sure=copy.said.get("sure_sheets", {}).get(section),
    )


@as_published
def method(request: HttpRequest, year: int) -> HttpResponse:
    """Show by which rules the year's result is called sure (§5.2)."""
    copy = _found(PublicationKind.VERDICT, year)
    if "method" not in copy.said:
        raise Http404
    return _answer(request, "publication/method.html", copy, method=copy.said["method"])


@as_published
def awards(request: HttpRequest, year: int) -> HttpResponse:
    """Say of each section whether it is barred from awards this year (§4.4c)."""
    return _published(request, "publication/awards.html", PublicationKind.VERDICT, year)


@as_published
def correction(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show what of a verdict was corrected, when and why (§4.4c)."""
    copy = _found(PublicationKind.CORRECTION, year, slug=slug)
    before = queries.one(copy.content["corrects"]["reference"])
    return _answer(request, "publication/correction.html", copy, before=before)


@as_published
def result_of(request: HttpRequest, year: int, reference: str) -> HttpResponse:
    """Hand out the signed result of one publication, an earlier one too."""
    row, found = queries.one(reference), queries.file_of(reference, year=year, name="result.json")
    if row is None or found is None:
        raise Http404
    if row.withdrawn_on:
        return render(request, "publication/withdrawn.html", {"row": row}, status=GONE)
    return _download(found)


@as_published
def plan(request: HttpRequest, year: int) -> HttpResponse:
    """Show the plan as it was published."""
    return _published(request, "publication/plan.html", PublicationKind.PLAN, year)


@as_published
def notice(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Show a notice."""
    return _answer(request, "publication/notice.html", _found(PublicationKind.NOTICE, year, slug=slug))


@as_published
def file(request: HttpRequest, year: int, kind: str, name: str) -> HttpResponse:
    """Hand out a published file, byte for byte."""
    found = queries.file(PublicationKind(kind), year=year, name=name)
    if found is None:
        copy = _found(PublicationKind(kind), year)
        return _answer(request, "publication/withdrawn.html", copy)
    return _download(found)


@as_published
def receipt(request: HttpRequest, year: int) -> HttpResponse:
    """Hand out the receipt of the bundle's publication: the signed record holds the digest of that very file (§5.4)."""
    found = queries.file(PublicationKind.VERDICT, year=year, name="bundle.zip")
    if found is None:
        return _answer(request, "publication/withdrawn.html", _found(PublicationKind.VERDICT, year))
    try:
        text = record.receipt(found.entry_hash, with_entry=True)
    except Refused as refused:
        return HttpResponse(words.refusal(refused) + "\n", status=404, content_type=PLAIN)
    return HttpResponse(text, content_type=PLAIN, headers={"Access-Control-Allow-Origin": "*"})


@as_published
def awards_json(_request: HttpRequest, year: int) -> HttpResponse:
    """Answer a machine which sections are barred from awards (§4.4c)."""
    copy = queries.latest(PublicationKind.VERDICT, year=year)
    if copy is None or copy.row.withdrawn_on:
        return _no_verdict(copy, year)
    return _json({**_head(copy), "sections": [_bar(one) for one in copy.sections]})


@as_published
def award_json(_request: HttpRequest, year: int, section: str) -> HttpResponse:
    """Answer a machine whether one section is barred from awards (§4.4c)."""
    copy = queries.latest(PublicationKind.VERDICT, year=year)
    if copy is None or copy.row.withdrawn_on:
        return _no_verdict(copy, year)
    found = copy.section(section)
    if found is None:
        return _json({"status": "unknown_section", "year": year, "section": section}, status=404)
    return _json({**_head(copy), **_bar(found)})


def _published(request: HttpRequest, template: str, kind: PublicationKind, year: int) -> HttpResponse:
    return _answer(request, template, _found(kind, year))


def _found(kind: PublicationKind, year: int, *, slug: str = "") -> Copy:
    copy = queries.latest(kind, year=year, slug=slug)
    if copy is None:
        raise Http404
    return copy


def _answer(request: HttpRequest, template: str, copy: Copy, **more: object) -> HttpResponse:
    if copy.row.withdrawn_on:
        return render(request, "publication/withdrawn.html", {"row": copy.row}, status=GONE)
    if copy.row.kind_id == PublicationKind.VERDICT.value:
        more["chart"] = queries.chart(copy)
        more["sure"] = more.get("sure", certainty.pictured(copy.said.get("sure", [])))
    return pages.show(request, template, copy=copy, row=copy.row, files=queries.files(copy.row), **more)


def _download(found: PublishedFile) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}"',
        "ETag": f'"{found.sha256}"',
        "X-Content-Type-Options": "nosniff",
        "Access-Control-Allow-Origin": "*",
    }
    if found.media_type == "application/json":
        del headers["Content-Disposition"]
    return HttpResponse(bytes(found.content), content_type=found.media_type, headers=headers)


def _head(copy: Copy) -> dict[str, Any]:
    return {
        "status": "published",
        "bureau": copy.content["bureau"],
        "year": copy.content["year"],
        "published_on": copy.row.published_on.isoformat(),
        "verdict_sha256": copy.content["digests"]["verdict"],
        **(_corrected(copy.correction) if copy.correction else {}),
    }


def _corrected(correction: Copy) -> dict[str, Any]:
    return {
        "corrected_on": correction.row.published_on.isoformat(),
        "reason": correction.content["reason"],
        "correction": correction.row.get_absolute_url(),
    }


def _bar(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in ("section", "name", "award_bar", "triggers")}


def _no_verdict(copy: Copy | None, year: int) -> HttpResponse:
    if copy is None:
        return _json({"status": "not_published", "year": year}, status=404)
    on = copy.row.withdrawn_on.isoformat() if copy.row.withdrawn_on else ""
    said = {"status": "withdrawn", "year": year, "withdrawn_on": on, "reason": copy.row.withdrawn_reason}
    return _json(said, status=GONE)


def _json(said: dict[str, Any], *, status: int = 200) -> HttpResponse:
    headers = {"Access-Control-Allow-Origin": "*"}
    return JsonResponse(said, status=status, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})
