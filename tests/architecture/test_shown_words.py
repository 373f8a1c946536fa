"""No words that a person typed stand in a public entry: each shown field of text is judged here, with its reason."""

from __future__ import annotations

from django.db import models

from pingyi.record.models import recorded_models

# Made by the program or chosen from a list: a digest, a reference, an id of the plan, a stage, a kind of file.
MADE = {
    "about_verdict", "adopted_by", "alone", "amends", "area", "asked_by", "batches", "carrier", "case_kind", "cause",
    "channel_id", "checked_by", "checkpoint_root", "choices", "code", "commitment", "content_sha256", "counts",
    "criterion", "decided_by", "differs", "doers", "drafted_by", "draw", "drawn", "due_moves", "ground", "held_sha256",
    "issued_by", "judged_by", "kind", "kind_by", "kind_id", "limit_source", "limit_unit", "made_by", "means",
    "measure", "media_type", "mime", "number", "once", "outcome", "part", "passed_through", "person", "phase",
    "photograph_mime", "photograph_sha256", "plan_filing", "plan_meeting", "plan_sha256", "plan_task", "plan_version",
    "pool", "proof_sha256", "proposed_by", "published_sha256", "purpose", "receiver", "role", "rows_sha256",
    "scan_mime", "scan_sha256", "sections", "series", "setter", "sha256", "size", "slug", "source_sha256", "sources",
    "stage", "template_id", "text_sha256", "token_sha256", "unit", "verb", "verdict_sha256", "void_reason", "word_by",
    "line", "occasion", "step", "word_sha256",
}  # fmt: skip
# Typed, and public by nature: kind of row and field → why.
PUBLIC = {
    "bureau.name": "the body whose conduct is evaluated",
    "bureau.short_name": "the same, in short",
    "bureau.office_name": "the office that runs the evaluation",
    "section.name": "who is evaluated",
    "section.section_class": "the class in which it is ranked",
    "section.line": "the line of business that it answers for (§1.2)",
    "planversion.title": "the plan is a public document",
    "task.recipient": "an office that the plan names",
    "filing.recipient": "an office that the plan names",
    "sourcechoice.source": "a source of marks that the plan names by its id",
    "callbackdraw.source": "the lottery whose numbers decide: everybody must be able to look it up (§5.4)",
    "callbackdraw.randomness": "the numbers that were published there",
    "publishedfile.name": "a file name that the program gives to what is public",
}


def test_every_shown_text_is_made_by_the_program_or_public_by_nature() -> None:
    shown = {
        f"{model.entry_kind()}.{name}"
        for model in recorded_models()
        for name in model.shown
        if isinstance(model._meta.get_field(name), models.CharField | models.TextField | models.JSONField)
    }
    judged = {one for one in shown if one in PUBLIC or one.partition(".")[2] in MADE}
    assert not sorted(shown - judged), "seal these, or say here why they are public"
    assert not sorted(PUBLIC.keys() - shown), "these are no shown fields any more"
    assert not sorted(MADE - {one.partition(".")[2] for one in shown}), "these are no shown fields any more"
