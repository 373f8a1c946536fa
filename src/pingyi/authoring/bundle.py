"""The bundle that a stranger checks: plan, evidence, verdict, record, manifest and the verifier (§5.2, §5.4)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter

from pingyi.authoring.emit import to_yaml
from pingyi.release import release
from pingyi.rules.assessment import Assessment
from pingyi.rules.assessment_json import as_json as assessment_json
from pingyi.rules.entry import canonical
from pingyi.rules.evidence import Evidence, PastOutcome, SectionFacts
from pingyi.rules.note import Head
from pingyi.rules.plan import Plan
from pingyi.rules.published import published
from pingyi.rules.published.tables import table
from pingyi.rules.sheet import Verdict
from pingyi.rules.verdict_json import as_json

FORMAT = "pingyi-bundle/2"
# The closed list of what a bundle holds; verify.py refuses any other name.
SOURCES = (  # what a verdict and how sure it is are computed from
    "evidence.csv", "pairs.csv", "past.csv", "plan.json", "plan.yaml", "sample.csv", "sections.json", "sheets.csv",
)  # fmt: skip
FOUND = ("estimates.json", "verdict.json")  # what was computed
VERIFIER, MANIFEST, NOTE = "verify.py", "manifest.json", "manifest.note"
RECORD = ("checkpoint", "entries.jsonl", "vkey")  # under log/; nobody signed a bundle without them
LOG = "log/"
PAST_HEAD = ("section", "trigger", "year")
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # a zip keeps a time for each file; a fixed one keeps the bytes the same
PLAIN_FILE = 0o100644 << 16

Row = Mapping[str, str]
Sign = Callable[[bytes], bytes]  # the manifest → its signed note


def verdict_files(
    plan: Plan,
    *,
    plan_text: str = "",
    sections: Sequence[SectionFacts],
    evidence: Iterable[Evidence],
    past: Iterable[PastOutcome] = (),
    verdict: Verdict,
    assessment: Assessment,
) -> dict[str, bytes]:
    """Return the files from which the verdict can be computed again, and the verdict itself."""
    return {
        "plan.json": canonical(TypeAdapter(Plan).dump_python(plan, mode="json")),
        "plan.yaml": (plan_text or to_yaml(plan)).encode(),
        "sections.json": canonical([asdict(section) for section in sections]),
        **published(plan, sheets=verdict.sheets, evidence=evidence).files(),
        "past.csv": table(PAST_HEAD, ((one.section, one.trigger, str(one.year)) for one in past)),
        "verdict.json": canonical(as_json(verdict)),
        "estimates.json": canonical(assessment_json(assessment)),
    }


def digests(files: Mapping[str, bytes], names: Iterable[str]) -> dict[str, str]:
    """Return the digest of each of some files."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in names}


def together(named: Mapping[str, str]) -> str:
    """Return the digest of some digests together: of the canonical JSON of names and digests."""
    return hashlib.sha256(canonical(dict(named))).hexdigest()


def digest_of(files: Mapping[str, bytes], names: Iterable[str]) -> str:
    """Return the digest of some files together."""
    return together(digests(files, names))


def published_digest(files: Mapping[str, bytes]) -> str:
    """Return the digest of all that the verdict was computed from, as it is published; the settlement records it."""
    return digest_of(files, SOURCES)


def contents_digest(files: Mapping[str, bytes]) -> str:
    """Return the digest of all files but the record's and the manifest; the record holds it before publication."""
    return digest_of({**files, VERIFIER: verifier()}, (*SOURCES, *FOUND, VERIFIER))


def log_files(exported: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return of the record's export what belongs in a bundle; tiles follow from the entries and stay with mirrors."""
    return {LOG + name: exported[name] for name in RECORD}


def write(files: Mapping[str, bytes], *, sign: Sign | None = None, recounted_by: Sequence[Row] = ()) -> bytes:
    """Return the bundle as a zip whose bytes depend on nothing but the files; manifest and verifier are added.

    `sign` makes the note under the manifest of a bundle that holds the record; `recounted_by` are those who counted
    the numbers again.
    """
    whole = with_manifest(files, sign=sign, recounted_by=recounted_by)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, FIRST_MOMENT)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, PLAIN_FILE, 3
            archive.writestr(entry, whole[name])
    return out.getvalue()


def with_manifest(
    files: Mapping[str, bytes], *, sign: Sign | None = None, recounted_by: Sequence[Row] = ()
) -> dict[str, bytes]:
    """Return the files with the verifier, the manifest that names every file's digest, and the note under it."""
    whole = {**files, VERIFIER: verifier()}
    said = {"format": FORMAT, "files": digests(whole, whole), "software": release(), "recounted_by": [*recounted_by]}
    manifest = canonical(said)
    return {**whole, MANIFEST: manifest, **({NOTE: sign(manifest)} if sign else {})}


def note_text(*, head: Head, year: int, manifest: bytes) -> str:
    """Return what the record's key signs of a bundle: whose, which year's, which manifest, which checkpoint."""
    origin, size, root = str(head).splitlines()
    return f"{origin}/bundle\n{year}\n{hashlib.sha256(manifest).hexdigest()}\n{size}\n{root}\n"


def verifier() -> bytes:
    """Return the verifier's own source, which goes into every bundle."""
    return (Path(__file__).parents[1] / VERIFIER).read_bytes()
