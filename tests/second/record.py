"""The record in a bundle, who signed it, and what it binds: parts 4 and 5 of `docs/reference/bundle.md`."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.second.files import Files, Row, canonical, need, sha, sha_of

TOLD = ("result.", "publication.", "software.")
SOURCES = (
    "evidence.csv",
    "pairs.csv",
    "past.csv",
    "plan.json",
    "plan.yaml",
    "sample.csv",
    "sections.json",
    "sheets.csv",
)


WHOLE = (*SOURCES, "estimates.json", "verdict.json", "verify.py")


def hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def is_signed(note: str, vkey: str) -> bool:
    """Return whether a note carries a good signature of this key (C2SP signed-note, cosignature/v1)."""
    name, number, octets = vkey.strip().split("+", 2)
    key = base64.b64decode(octets, validate=True)
    need(hashed(name.encode(), b"\n", key)[:4].hex() == number and key[0] in {1, 4}, "not a key", vkey)
    text, _, lines = note.rpartition("\n\n")
    for dash, who, signature in (line.split(" ") for line in lines.splitlines()):
        raw = base64.b64decode(signature, validate=True)
        if (dash, who, raw[:4].hex()) == ("—", name, number):
            seen = f"cosignature/v1\ntime {int.from_bytes(raw[4:12], 'big')}\n" if key[0] == 4 else ""
            try:
                public = Ed25519PublicKey.from_public_bytes(key[1:])
                public.verify(raw[12 if seen else 4 :], f"{seen}{text}\n".encode())
            except InvalidSignature:
                return False
            return True
    return False


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root of RFC 9162 over leaf hashes."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashed()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashed(b"\x01", root_of(leaves[:half]), root_of(leaves[half:]))


def root_by(leaf: bytes, index: int, size: int, path: Sequence[str]) -> bytes:
    """Return the root to which an inclusion proof leads (RFC 9162 §2.1.3.2)."""
    found, at, last = leaf, index, size - 1
    for step in (base64.b64decode(one) for one in path):
        need(last > 0, "receipt: the path is too long")
        if at % 2 or at == last:
            found = hashed(b"\x01", step, found)
            while at and not at % 2:
                at, last = at >> 1, last >> 1
        else:
            found = hashed(b"\x01", found, step)
        at, last = at >> 1, last >> 1
    need(last == 0, "receipt: the path is too short")
    return found


class Record:
    """The entries, as far as they tell of results."""

    def __init__(self, files: Files) -> None:
        self.files, self.checkpoint = files, files["log/checkpoint"].decode()
        self.origin, self.size, self.root = self.checkpoint.split("\n")[:3]
        self.told: list[Row] = []
        self.newest: dict[str, Row] = {}
        self.leaves: list[bytes] = []

    def entries(self) -> None:
        """4: every entry is in its only form, in order, and in the signed tree."""
        leaves = self.leaves
        versions: dict[str, tuple[int, str]] = {}
        day = ""
        for line in self.files["log/entries.jsonl"].split(b"\n")[:-1]:
            one, where = json.loads(line), f"log/entries.jsonl:{len(leaves) + 1}"
            need(canonical(one) == line and one["v"] == "pingyi-entry/1" and one["log"] == self.origin, where, "form")
            need(one["at"][:10] >= day or one["kind"] == "record.set_clock", where, "the day runs back")
            day = one["at"][:10]
            leaves.append(hashed(b"\x00", line))
            if "version" in one:
                before, leaf = versions.get(one["subject"], (0, ""))
                need((one["version"], one.get("prev", "")) == (before + 1, leaf), where, "not the row's next version")
                versions[one["subject"]] = one["version"], leaves[-1].hex()
                self.newest[one["subject"]] = one
            self.told += [one] if one["kind"].startswith(TOLD) else []
        root = base64.b64encode(root_of(leaves)).decode()
        need((str(len(leaves)), root) == (self.size, self.root), "log/checkpoint: size or root")

    def signatures(self, plan: Row) -> None:
        """4, 5: checkpoint and manifest are signed by the record's key, the checkpoint by enough witnesses."""
        vkey, note = self.files["log/vkey"].decode(), self.files["manifest.note"].decode()
        need(vkey.split("+")[0] == self.origin, "log/vkey: another record's")
        need(is_signed(self.checkpoint, vkey), "log/checkpoint: not signed by log/vkey")
        said = [f"{self.origin}/bundle", str(plan["year"]), sha(self.files["manifest.json"]), self.size, self.root]
        need(note.split("\n\n")[0] == "\n".join(said), "manifest.note: says something else")
        need(is_signed(note, vkey), "manifest.note: not signed by log/vkey")
        witnessing = plan["witnessing"] or {"witnesses": [], "needed": 0}
        keys = [one["key"] for one in witnessing["witnesses"] if one["key"]]
        seen = sum(is_signed(self.checkpoint, key) for key in keys)
        need(seen >= min(witnessing["needed"], len(keys)), f"log/checkpoint: {seen} witnesses signed")

    def binding(self) -> Iterator[str]:
        """3, 4: yield whatever is not what the newest entries say."""
        files, mine = self.files, {name: one["public"] for name, one in self.newest.items()}
        digest = sha(files["verdict.json"])
        subject = next(
            (s for s, one in mine.items() if s.startswith("verdict/") and one.get("verdict_sha256") == digest), ""
        )
        if not subject:
            yield "verdict.json: no newest entry of a verdict holds its digest"
            return
        verdict, bound = (
            mine[subject],
            [o for o in self.told if (o["kind"], o["subject"]) == ("publication.bind", subject)],
        )
        sure = [one for name, one in mine.items() if name.startswith("assessment/") and one.get("verdict") == subject]
        laid = bound[-1]["public"] if bound else {}
        deployed = [one["public"] for one in self.told if one["kind"] == "software.deployed"]
        software = json.loads(files["manifest.json"])["software"]
        held = {
            "verdict.json: taken back": verdict["stage"] in {"confirmed", "published"},
            "plan.yaml": verdict["plan_sha256"] == sha(files["plan.yaml"]),
            f"one of {', '.join(SOURCES)}": verdict.get("published_sha256") == sha_of(files, SOURCES),
            "estimates.json": bool(sure) and sure[-1]["sha256"] == sha(files["estimates.json"]),
            "contents": laid.get("contents_sha256") == sha_of(files, WHOLE),
            "publication.bind: of another version": laid.get("version") == self.newest[subject]["version"],
            "manifest.json: software": bool(deployed) and all(deployed[-1].get(k) == software[k] for k in software),
        }
        yield from (name for name, holds in held.items() if not holds)
        yield from self.recounts(subject)

    def held(self, checkpoint: str) -> None:
        """15: the entries here begin with those of a checkpoint that somebody kept."""
        origin, size, root = checkpoint.split("\n")[:3]
        mine = base64.b64encode(root_of(self.leaves[: int(size)])).decode()
        need(
            (origin, root) == (self.origin, mine) and int(size) <= len(self.leaves), "another history than the one kept"
        )

    def receipt(self, text: str, packed: bytes) -> None:
        """5: the published file's entry is in the tree of a signed checkpoint (C2SP tlog-proof)."""
        proof, checkpoint = text.split("\n\n", 1)
        form, extra, index, *path = proof.split("\n")
        _, size, root = checkpoint.split("\n")[:3]
        body = base64.b64decode(extra.removeprefix("extra "), validate=True)
        said = json.loads(body)
        need((form, said["kind"]) == ("c2sp.org/tlog-proof@v1", "publication.publish"), "receipt: of another thing")
        need(said["public"]["sha256"] == sha(packed), "receipt: of another file")
        need(is_signed(checkpoint, self.files["log/vkey"].decode()), "receipt: not signed by log/vkey")
        found = root_by(hashed(b"\x00", body), int(index.removeprefix("index ")), int(size), path)
        need(found == base64.b64decode(root), "receipt: the entry is not in that tree")

    def recounts(self, subject: str) -> Iterator[str]:
        """5: yield what does not fit of those who counted again; each is another person than who settled."""
        settled = {o["by"]["member"] for o in self.told if (o["kind"], o["subject"]) == ("result.settle", subject)}
        counts = [o for o in self.told if o["kind"] == "result.recount" and o["public"]["verdict"] == subject]
        for one in counts:
            said = one["public"]
            same = said["is_equal"] is True and said["published_sha256"] == sha_of(self.files, SOURCES)
            if not same or one["by"]["member"] in settled:
                yield f"a recount of {one['at']}: not equal, or not another person's"
        listed = json.loads(self.files["manifest.json"])["recounted_by"]
        if [(o["member"], o["role"], o["on"]) for o in listed] != [
            (one["by"]["member"], one["by"]["role"], one["at"]) for one in counts
        ]:
            yield "manifest.json: recounted_by"
