"""A small verdict as a bundle with a record that tells of it, signed with keys of the tests' own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pingyi.authoring import bundle
from pingyi.inference.of_verdict import assess
from pingyi.release import release
from pingyi.rules import entry, merkle, note
from pingyi.rules.evidence import Evidence, PastOutcome
from pingyi.rules.plan import Plan
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

Files = dict[str, bytes]

SCORES = {"office": "95", "pollution": "79.996", "monitoring": "85.003", "brigade": "85.004", "information": "80"}
EVIDENCE = [
    *cast.full_evidence(SCORES),
    cast.event("banner", "2", section="office", source="bonus"),
    cast.event("exposed", section="brigade", source="deduction"),
    cast.event("fraud", section="monitoring", source="veto"),
]
PAST = (PastOutcome(section="pollution", trigger="below80", year=2025),)
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
ORIGIN = "pingyi.example/2026"


def vkey(key: Ed25519PrivateKey = KEY) -> note.VerifierKey:
    """Return the public half of a key, under the record's name."""
    return note.VerifierKey(ORIGIN, note.ED25519, key.public_key().public_bytes_raw())


def files_of(plan: Plan, evidence: Iterable[Evidence], past: Iterable[PastOutcome] = PAST) -> Files:
    """Return what a bundle holds besides the record."""
    rows, before = list(evidence), tuple(past)
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows, past=before)
    assessment = assess(plan, verdict=verdict, evidence=rows)
    return bundle.verdict_files(
        plan, sections=cast.SECTIONS, evidence=rows, past=before, verdict=verdict, assessment=assessment
    )


class Record:
    """A record in the making: each entry of a row continues the row's entry before it."""

    def __init__(self) -> None:
        """Start with a few entries of other matters."""
        self.bodies: list[bytes] = []
        self.rows: dict[str, tuple[int, str]] = {}
        self.tell("software.deployed", "software/1", on="2026-01-04", is_row=False, **release())
        for number in range(6):
            self.tell("task.done", f"task/{number}", on="2026-05-01")

    def tell(
        self, kind: str, subject: str, *, on: str, is_row: bool = True, member: str = "m1",
        role: str = "supervision_office", **public: Any,
    ) -> None:  # fmt: skip
        """Add an entry: a row's next version, or a note."""
        version, prev = self.rows.get(subject, (0, ""))
        body = entry.compose(
            log=ORIGIN, kind=kind, at=on, subject=subject, member=member, role=role, public=public,
            commit={}, version=version + 1 if is_row else None, prev=prev,
        )  # fmt: skip
        if is_row:
            self.rows[subject] = (version + 1, entry.leaf_hash(body).hex())
        self.bodies.append(body)

    def settle(self, files: Mapping[str, bytes], number: int = 1, *, stage: str = "confirmed") -> None:
        """Tell of a verdict and its assessment, and of the stage that it came to."""
        said = {
            "verdict_sha256": digest(files["verdict.json"]),
            "plan_sha256": digest(files["plan.yaml"]),
            "published_sha256": bundle.published_digest(files),
        }
        subject, sha256 = f"verdict/{number}", digest(files["estimates.json"])
        self.tell("result.settle", subject, on="2026-11-16", stage="computed", **said)
        self.tell("result.settle", f"assessment/{number}", on="2026-11-16", verdict=subject, sha256=sha256)
        self.tell("result.confirm", subject, on="2026-11-20", stage=stage, **said)

    def recount(self, files: Mapping[str, bytes], number: int = 1, *, who: str = "m2", **public: Any) -> None:
        """Tell that another person counted again, and that it came out equal unless something else is given."""
        subject, reference = f"verdict/{number}", f"recount/{len(self.bodies)}"
        said = {"verdict": subject, "published_sha256": bundle.published_digest(files), "is_equal": True, **public}
        self.tell("result.recount", reference, on="2026-11-20", member=who, role="auditor", **said)

    def bind(self, files: Mapping[str, bytes], number: int = 1) -> None:
        """Tell what the bundle holds."""
        subject = f"verdict/{number}"
        said = {"contents_sha256": bundle.contents_digest(files), "version": self.rows[subject][0]}
        self.tell("publication.bind", subject, on="2026-11-21", is_row=False, **said)

    def publish(self, packed: bytes) -> None:
        """Tell of the published zip."""
        said = {"name": "bundle.zip", "sha256": digest(packed)}
        self.tell("publication.publish", "publishedfile/1", on="2026-11-21", **said)

    @property
    def head(self) -> note.Head:
        """What the checkpoint says."""
        leaves = [entry.leaf_hash(body) for body in self.bodies]
        return note.Head(ORIGIN, len(leaves), merkle.root(len(leaves), merkle.over(leaves)))

    def exported(self, key: Ed25519PrivateKey = KEY) -> Files:
        """Return checkpoint, key and entries."""
        return {
            "checkpoint": str(signed(str(self.head), key)).encode(),
            "vkey": f"{vkey(key)}\n".encode(),
            "entries.jsonl": b"".join(body + b"\n" for body in self.bodies),
        }

    def receipt(self, index: int = -1, key: Ed25519PrivateKey = KEY) -> str:
        """Return the receipt of an entry with the entry in it, of the last one by default."""
        place = index % len(self.bodies)
        full = merkle.over([entry.leaf_hash(body) for body in self.bodies])
        path, checkpoint = merkle.inclusion(place, len(self.bodies), full), str(signed(str(self.head), key))
        return note.receipt(index=place, path=path, checkpoint=checkpoint, extra=self.bodies[place])


def record_of(files: Mapping[str, bytes]) -> Record:
    """Return the record of a verdict that was settled, confirmed and laid down as these files."""
    record = Record()
    record.settle(files)
    record.bind(files)
    return record


def signed(text: str, key: Ed25519PrivateKey = KEY) -> note.Note:
    """Return a note with the record's signature."""
    return note.Note(text, (note.Signature(ORIGIN, vkey(key).id, key.sign(text.encode())),))


def sign(record: Record, files: Mapping[str, bytes], key: Ed25519PrivateKey = KEY) -> bundle.Sign:
    """Return what makes the note under a manifest."""
    year = json.loads(files["verdict.json"])["year"]
    return lambda manifest: str(signed(bundle.note_text(head=record.head, year=year, manifest=manifest), key)).encode()


COUNTER = {"member": "m2", "name": "关瑜", "on": "2026-11-20", "post": "派驻纪检组", "role": "auditor"}


def whole(
    files: Files,
    record: Record | None = None,
    key: Ed25519PrivateKey = KEY,
    recounted_by: Sequence[Mapping[str, str]] = (),
) -> Files:
    """Return all files of the signed bundle."""
    told = record or record_of(files)
    with_log = {**files, **bundle.log_files(told.exported(key))}
    return bundle.with_manifest(with_log, sign=sign(told, files, key), recounted_by=recounted_by)


def recounted(files: Files) -> Files:
    """Return all files of a signed bundle whose numbers another person counted again."""
    record = Record()
    record.settle(files)
    record.recount(files)
    record.bind(files)
    return whole(files, record, recounted_by=[COUNTER])


def packed(files: Files, record: Record | None = None) -> bytes:
    """Return the signed bundle as a zip."""
    told = record or record_of(files)
    return bundle.write({**files, **bundle.log_files(told.exported())}, sign=sign(told, files))


def relisted(files: Mapping[str, bytes]) -> Files:
    """Return the files with a manifest that fits: the forger can compute a digest, and has no key."""
    listed = {name: digest(content) for name, content in files.items() if not name.startswith("manifest.")}
    manifest = {"format": bundle.FORMAT, "files": listed, "software": release(), "recounted_by": []}
    return {**files, "manifest.json": entry.canonical(manifest)}


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Lay the files into a folder, in place of what was there."""
    for old in [path for path in folder.rglob("*") if path.is_file()]:
        old.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def digest(content: bytes) -> str:
    """Return a SHA-256."""
    return hashlib.sha256(content).hexdigest()
