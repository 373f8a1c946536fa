"""The public record: the latest checkpoint, the key to check it with, entries and their proofs (§5.4)."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from pingyi import pages, words
from pingyi.record import forms, keys, queries, witnesses
from pingyi.rules.refused import Refused


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Show the latest checkpoint and entries; with `q`, what is recorded about it."""
    form = forms.Asked(request.GET or None)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.find(asked) if asked else None
    shown = {"form": form, "asked": asked, "found": found, "recent": queries.recent()}
    return pages.show(request, "record/record.html", **shown, **_head())


@require_safe
def entry(request: HttpRequest, leaf: str) -> HttpResponse:
    """Show one entry with its bytes, its proof and its neighbors."""
    try:
        row = queries.entry(leaf)
    except Refused as refused:
        raise Http404(words.refusal(refused)) from refused
    said = queries.spoken(row)
    shown = {
        "row": row,
        "said": said,
        "ground": queries.why(row, said, {})[0],
        "pretty": json.dumps(said, ensure_ascii=False, indent=2),
    }
    return pages.show(
        request, "record/entry.html", **shown, history=queries.history(row.subject), proof=_proof(leaf), **_head()
    )


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Return the latest checkpoint as a signed note."""
    head = queries.latest()
    if head is None:
        raise Http404(words.refusal(Refused("record.empty")))
    return _text(queries.text_of(head))


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Return the record's public key."""
    return _text(f"{keys.verifier()}\n")


@require_safe
def proof(request: HttpRequest, leaf: str) -> HttpResponse:
    """Return an entry's receipt, which can be checked without this site."""
    try:
        return _text(queries.receipt(leaf))
    except Refused as refused:
        return _text(words.refusal(refused) + "\n", status=404)


@require_safe
def consistency(request: HttpRequest, old: int) -> HttpResponse:
    """Return what a witness that saw `old` entries needs before it signs the latest checkpoint."""
    try:
        return _text(queries.for_witness(old=old))
    except Refused as refused:
        return _text(words.refusal(refused) + "\n", status=409 if refused.code == "witness.rolled_back" else 404)


@require_safe
def entries(request: HttpRequest, first: int) -> HttpResponse:
    """Return the entries from a place on, one a line: a witness grows the tree from them and reads their days."""
    return _text("".join(f"{body}\n" for body in queries.bodies(first=first)))


@csrf_exempt  # a witness is a program without a session; only its signature counts
@require_POST
def cosign(request: HttpRequest) -> HttpResponse:
    """Take in the signature lines of known witnesses."""
    try:
        taken = witnesses.accept(request.body[:10_000].decode("utf-8", errors="replace"))
    except Refused as refused:
        return _text(words.refusal(refused) + "\n", status=403)
    return _text("".join(one.line for one in taken))


def _head() -> dict[str, object]:
    head = queries.latest()
    text = queries.text_of(head) if head else ""
    witnessed = [] if head is None else [one.witness for one in witnesses.shown(head)]
    shown = {"head": head, "checkpoint": text, "key": str(keys.verifier()), "witnessed": witnessed}
    return {**shown, "is_signed_apart": keys.are_kept_apart()}


def _proof(leaf: str) -> str:
    try:
        return queries.receipt(leaf)
    except Refused:
        return ""


def _text(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
