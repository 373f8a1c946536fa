"""The stranger's program: `python verify.py [bundle.zip or folder]` checks a published verdict (§5.2, §5.4).

It needs Python 3.11 alone and shares no code with Pingyi. Files, record, signature and binding are checked, and scores,
ranks and triggers are computed a second time from plan and evidence; `--list` names every check. It prints 通过/不通过
for each item. Exit code: 0 all passes, 1 something fails, 2 right in itself, but nothing tells who signed (`--vkey`).
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import json
import math
import re
import sys
import zipfile
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache, partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

FAULTS = (LookupError, ValueError, TypeError, ArithmeticError, AttributeError, csv.Error, StopIteration, RuntimeError)
LIMITED = {"below", "above"}  # tests that hold a score against a limit
Files = dict[str, bytes]
Row = dict[str, str]
Json = dict[str, Any]
Outcome = tuple[bool, str, Row]  # whether a test holds, and why or why not
Voted = dict[tuple[str, str], int]  # source, elector group → ballots returned
Groups = list[tuple[Json, bool]]  # each elector group, and whether it counts

# 1 What is reported


class Report:
    """What was checked, and whether it passed."""

    def __init__(self, lang: str, *, quiet: bool = False) -> None:
        """Start a report in "zh" or "en"; a quiet one only collects."""
        self.lang, self.quiet, self.check = lang, quiet, ""
        self.items: list[Json] = []

    @property
    def failed(self) -> int:
        """How many items did not pass."""
        return sum(one["passed"] is False for one in self.items)

    def item(self, zh: str, en: str, *, passed: bool) -> None:
        """Report one item."""
        mark = ("通过" if passed else "不通过") if self.lang == "zh" else ("pass" if passed else "FAIL")
        self._say(f"[{mark}] ", zh, en, passed=passed)

    def note(self, zh: str, en: str) -> None:
        """Report what is worth knowing and neither passes nor fails."""
        self._say("      ", zh, en, passed=None)

    def _say(self, mark: str, zh: str, en: str, *, passed: bool | None) -> None:
        text = zh if self.lang == "zh" else en
        self.items.append({"check": self.check, "passed": passed, "text": text})
        if not self.quiet:
            sys.stdout.write(f"{mark}{text}\n")


# 2 Files: a closed list, each compared with the manifest

FORMAT = "pingyi-bundle/2"
SOURCES = (  # what a verdict and how sure it is are computed from
    "evidence.csv", "pairs.csv", "past.csv", "plan.json", "plan.yaml", "sample.csv", "sections.json", "sheets.csv",
)  # fmt: skip
FOUND = ("estimates.json", "verdict.json")  # what was computed
ENTRIES = "log/entries.jsonl"
SIGNED = ("log/checkpoint", ENTRIES, "log/vkey", "manifest.note")  # all of them, or none in a bundle that nobody signed
MANIFEST, OWN = "manifest.json", "verify.py"
FIELDS = {"format", "files", "software", "recounted_by"}  # of the manifest
CHUNK = 1 << 20


class Bundle:
    """A bundle as it was opened: its small files, every file's digest, and what one pass over the entries found."""

    def __init__(self, path: Path, asked: argparse.Namespace) -> None:
        """Read everything; the entries line by line, however many there are."""
        self.path, self.asked, self.files = path, asked, Files()
        self.names: list[str] = []
        self.digests: Row = {}
        self.log = Log(io.BytesIO(), chains=False)
        with opened(path) as members:
            for name, member in members:
                self.names.append(name)
                if name != ENTRIES:
                    self.files[name] = member.read()
                    self.digests[name] = sha256(self.files[name])
        held = head_of(asked.held)[1] if asked.held else 0
        with opened(path) as members:
            for member in [member for name, member in members if name == ENTRIES][:1]:
                self.log = Log(member, chains=self._chains(), held=held)
                self.digests[ENTRIES] = self.log.sha256.hexdigest()

    def _chains(self) -> bool:
        """Whether to follow every row's entries: always in a record of usual size, else where it is asked for."""
        lines = self.files.get("log/checkpoint", b"").decode(errors="replace").split("\n")
        size = int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else 0
        return bool(self.asked.chains) or size <= MANY

    @property
    def is_signed(self) -> bool:
        """Whether any part of a record is in the bundle."""
        return any(name in self.names for name in SIGNED)

    @property
    def format(self) -> str:
        """Return the manifest's format."""
        try:
            return str(json.loads(self.files[MANIFEST]).get("format", ""))
        except FAULTS:
            return ""  # what is wrong with it is told by the checks

    def digest_of(self, names: Iterable[str]) -> str:
        """Return the digest of some files together: of the canonical JSON of their names and digests."""
        return sha256(canonical({name: self.digests[name] for name in names}))

    @property
    def contents(self) -> str:
        """Return the digest of all files but the record's and the manifest's."""
        return self.digest_of(name for name in self.digests if name not in {*SIGNED, MANIFEST})


@contextmanager
def opened(path: Path) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Open the members of a folder or a zip, a name as often as it stands there; none is unpacked to disk."""
    if path.is_dir():
        found = sorted(one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts)
        names = {one.relative_to(path).as_posix(): one for one in found}
        yield ((name, file.open("rb")) for name, file in names.items() if name != "bundle.zip")
        return
    with zipfile.ZipFile(path) as archive:
        yield ((one.filename, archive.open(one)) for one in archive.infolist())


def sha256(octets: bytes) -> str:
    """Return a SHA-256 in hex."""
    return hashlib.sha256(octets).hexdigest()


def canonical(value: Any) -> bytes:
    """Return the canonical JSON of a value whose names are ASCII (RFC 8785)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def check_list(bundle: Bundle, report: Report) -> None:
    """Hold the files' names against the closed list: nothing is missing, nothing stands twice, nothing is added."""
    wanted = {*SOURCES, *FOUND, MANIFEST, OWN, *(SIGNED if bundle.is_signed else ())}
    for name in sorted(wanted - set(bundle.names)):
        report.item(f"文件 {name}：缺失", f"file {name}: missing", passed=False)
    for name in sorted(set(bundle.names) - wanted):
        report.item(f"文件 {name}：多出，成果包里不应有它", f"file {name}: does not belong here", passed=False)
    for name in sorted({name for name in bundle.names if bundle.names.count(name) > 1}):
        report.item(f"文件 {name}：在压缩包里出现两次", f"file {name}: stands twice in the zip", passed=False)
    report.note(f"成果包共 {len(bundle.names)} 个文件", f"{len(bundle.names)} files")


def check_manifest(bundle: Bundle, report: Report) -> None:
    """Compare every file with the manifest."""
    manifest = json.loads(bundle.files[MANIFEST])
    is_plain = canonical(manifest) == bundle.files[MANIFEST]
    sound = is_plain and manifest["format"] == FORMAT and set(manifest) == FIELDS
    report.item("清单 manifest.json 的格式", "the form of manifest.json", passed=sound)
    listed, found = manifest["files"], {name: one for name, one in bundle.digests.items() if name[:9] != "manifest."}
    for name in sorted({*listed, *found}):
        if found.get(name) != listed.get(name):
            zh = f"文件 {name} 与清单不符（被改动、缺失或多出）"
            report.item(zh, f"file {name}: altered, missing or extra", passed=False)
    told = bundle.asked.bundle_digest.strip().lower()
    report.note(f"内容摘要 contents_sha256：{bundle.contents}", f"contents_sha256: {bundle.contents}")
    if told:
        report.item("内容摘要与您给出的一致", "the digest that you gave is this one", passed=told == bundle.contents)


# 3 Signatures: Ed25519 (RFC 8032), signed notes and cosignatures (C2SP)

P, D = 2**255 - 19, -121665 * pow(121666, -1, 2**255 - 19) % (2**255 - 19)
ORDER = 2**252 + 27742317777372353535851937790883648493
Point = tuple[int, int, int, int]  # extended coordinates: no division at each addition


def _add(a: Point, b: Point) -> Point:
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    across, twice = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = high - low, twice - across, twice + across, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    result = (0, 1, 1, 0)
    while factor:
        result, point, factor = _add(result, point) if factor & 1 else result, _add(point, point), factor >> 1
    return result


def _point(octets: bytes) -> Point:
    number = int.from_bytes(octets, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or y >= P or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def signature_fits(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this is the key's Ed25519 signature under the message."""
    try:
        base, key, r = _point(bytes([0x58]) + b"\x66" * 31), _point(public), _point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = _times(s, base), _add(r, _times(h, key))
    alike = all((left[at] * right[2] - right[at] * left[2]) % P == 0 for at in (0, 1))
    return len(signature) == 64 and s < ORDER and alike


def signed_by(note: str, vkey: str) -> bool:
    """Whether a note carries the signature (or a witness's cosignature) of this verifier key."""
    name, key_id, octets = vkey.strip().split("+", 2)
    key = base64.b64decode(octets, validate=True)
    text, _, lines = note.rpartition("\n\n")
    if hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id or not lines.endswith("\n"):
        return False
    for line in lines[:-1].split("\n"):
        signature = base64.b64decode(line.rpartition(" ")[2], validate=True)
        if line.startswith(f"— {name} ") and signature[:4].hex() == key_id:
            body = f"{text}\n".encode()
            if key[0] == 1:
                return signature_fits(key[1:], signature[4:], body)
            seen = f"cosignature/v1\ntime {int.from_bytes(signature[4:12], 'big')}\n".encode()
            return signature_fits(key[1:], signature[12:], seen + body)
    return False


# 4 Record: one pass over the entries gives the tree (RFC 9162), the days, the rows' chains and what tells of results

WIDTH = 256  # leaves that are hashed into one subtree at a time
MANY = 200_000  # entries up to which every row's chain is followed unasked
CLOCK = b"record.set_clock"
STANDS = {"confirmed", "published"}  # stages of a verdict that holds
TOLD = (b"result.", b"publication.", b"software.")  # kinds of entries that a bundle is held against
# An entry is canonical JSON: its names stand in the order of the alphabet, so that its head is read without the rest.
BEGIN = (
    rb'\{"at":"%b[^"]*+","by":\{"member":"[^"]*+","role":"[^"]*+"\},"commit":\{(?:"[^"]*+":"[^"]*+",?)*+\}'
    rb'(?:,"erased":\[[^]]*+\])?'
)
HEAD = re.compile(BEGIN % rb"(\d{4}-\d\d-\d\d)" + rb',"kind":"([^"\\]*+)","log":"([^"\\]*+)"')
PREV = re.compile(HEAD.pattern + rb'(?:,"nonce":"[^"]*+")?,"prev":"(?P<prev>[0-9a-f]*+)"')
SUBJECT, START = b',"subject":"', (1 << 64) - 1
TAIL = re.compile(SUBJECT + rb'((?:[^"\\]++|\\.)*+)","v":"[^"\\]*","version":(\d+)\}\Z')
Peaks = list[tuple[int, bytes]]  # the roots of full subtrees from left to right, each with its level


def above(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(peaks: Peaks, level: int, digest: bytes) -> None:
    """Add a full subtree to a tree."""
    while peaks and peaks[-1][0] == level:
        level, digest = level + 1, above(peaks.pop()[1], digest)
    peaks.append((level, digest))


def grow_all(peaks: Peaks, leaves: list[bytes]) -> None:
    """Add some leaves to a tree; a whole block of them is hashed level by level."""
    if len(leaves) < WIDTH:
        for leaf in leaves:
            grow(peaks, 0, leaf)
        return
    sha = hashlib.sha256
    while len(leaves) > 1:
        leaves = [sha(b"\x01" + a + b).digest() for a, b in zip(leaves[::2], leaves[1::2], strict=True)]
    grow(peaks, WIDTH.bit_length() - 1, leaves[0])


def root_of(peaks: Peaks, leaves: list[bytes]) -> str:
    """Return the root over the peaks and some leaves after them, as checkpoints write it."""
    whole = [*peaks]
    for leaf in leaves:
        grow(whole, 0, leaf)
    root = whole[-1][1] if whole else hashlib.sha256(b"").digest()
    for _, digest in whole[-2::-1]:
        root = above(digest, root)
    return base64.b64encode(root).decode()


def head_of(note: str) -> tuple[str, int, str]:
    """Return what a checkpoint says: origin, size, root."""
    origin, size, root = note.split("\n")[:3]
    return origin, int(size), root


class Log:
    """What one pass over the entries finds; no more than a block of them is in memory at a time."""

    def __init__(self, stream: BinaryIO, *, chains: bool, held: int = 0) -> None:
        """Read the entries; `held` is the size of a checkpoint that somebody kept, `chains` follows every row."""
        self.size, self.held, self.sha256 = 0, "", hashlib.sha256()
        self.origins: set[bytes] = set()
        self.told: list[Json] = []  # the entries about results and publications, in their order
        self.reached, self.back = b"", ""
        self.clocks: list[tuple[str, int]] = []
        self.rows: dict[int, int] | None = {} if chains else None
        self._usual = usual(b"", b"")  # of no entry, before the first
        self.broken: list[str] = []
        self.unreadable = ""
        self._peaks: Peaks = []
        for bodies in blocks(stream, self.sha256):
            leaves = [hashlib.sha256(b"\x00" + body).digest() for body in bodies]
            if self.size < held <= self.size + len(leaves):
                self.held = root_of(self._peaks, leaves[: held - self.size])
            grow_all(self._peaks, leaves)
            self._read(bodies, leaves)
            self.size += len(bodies)

    @property
    def root(self) -> str:
        """Return the tree's root as checkpoints write it."""
        return root_of(self._peaks, [])

    def _read(self, bodies: list[bytes], leaves: list[bytes]) -> None:
        for place, body in enumerate(bodies, self.size):
            if self._usual(body) is None:
                self._look(body, place)
        if self.rows is not None:
            for body, leaf in zip(bodies, leaves, strict=True):
                self._follow(body, leaf, self.rows)

    def _look(self, body: bytes, place: int) -> None:
        """Read an entry of another day or record than the one before it, or one that a bundle is held against."""
        found = HEAD.match(body)
        try:
            day, kind, origin = found.groups() if found else parsed(body)
            if kind.startswith(TOLD):
                self.told.append(json.loads(body))
        except FAULTS:
            self.unreadable = self.unreadable or f" ({place})"
            return
        if kind == CLOCK:
            self.clocks.append((day.decode(), place))
        elif day < self.reached:
            self.back = self.back or f" ({place}: {day.decode()} < {self.reached.decode()})"
        if kind == CLOCK or day > self.reached:  # a clock that was set right begins anew
            self.reached, self._usual = day, usual(day, origin)
        self.origins.add(origin)

    def _follow(self, body: bytes, leaf: bytes, rows: dict[int, int]) -> None:
        """Hold an entry of a row against the row's entry before it: next version, named by its hash."""
        tail = TAIL.match(body, body.rfind(SUBJECT))
        if tail is None:
            return
        row, version = hash(tail[1]), int(tail[2])
        before = rows.get(row, 0)  # version and the beginning of the hash, in one number
        if version != (before >> 64) + 1 or (before and prev_of(body) != before & START):
            self.broken.append(tail[1].decode(errors="replace"))
        rows[row] = version << 64 | int.from_bytes(leaf[:8])


def blocks(stream: BinaryIO, whole: Any) -> Iterator[list[bytes]]:
    """Yield the lines of a stream, a block of them at a time, and put all of it into a digest."""
    rest, lines = b"", []
    while chunk := stream.read(CHUNK):
        whole.update(chunk)
        parts = (rest + chunk).split(b"\n")
        rest = parts.pop()
        lines += parts
        full = len(lines) - len(lines) % WIDTH
        yield from (lines[at : at + WIDTH] for at in range(0, full, WIDTH))
        lines = lines[full:]
    yield from [part for part in (lines,) if part]
    if rest:
        yield [rest]


def usual(day: bytes, origin: bytes) -> Callable[[bytes], Any]:
    """Return what tells quickly that an entry is of this day and record, and nothing that is to be looked at."""
    odd = b"|".join(re.escape(kind) for kind in (*TOLD, CLOCK))
    head = BEGIN % re.escape(day) + rb',"kind":"(?!' + odd + rb')[^"]*+","log":"' + re.escape(origin) + b'"'
    return re.compile(head).match


def parsed(body: bytes) -> tuple[bytes, bytes, bytes]:
    """Return day, kind and log of an entry that is written in an unusual way."""
    entry = json.loads(body)
    return entry["at"][:10].encode(), entry["kind"].encode(), entry["log"].encode()


def prev_of(body: bytes) -> int:
    """Return the beginning of the hash of the row's entry before this one, as the entry names it; -1 for none."""
    found = PREV.match(body)
    return int(found["prev"][:16] or b"-1", 16) if found else -1


def check_record(bundle: Bundle, report: Report) -> None:
    """Check the entries against the checkpoint, and their order."""
    log = bundle.log
    origin, size, root = head_of(bundle.files["log/checkpoint"].decode())
    is_whole = log.size == size and log.root == root
    report.item(
        f"存证：{size} 个条目与检查点的根一致", f"record: {size} entries give the checkpoint's root", passed=is_whole
    )
    plain = log.unreadable
    report.item(f"存证：条目都可读{plain}", f"record: all entries can be read{plain}", passed=not plain)
    same_log = log.origins <= {origin.encode()}
    report.item(f"存证：条目都属于 {origin}", f"record: all entries belong to {origin}", passed=same_log)
    for day, place in log.clocks:
        zh = f"{day} 曾用命令校正时钟（第 {place} 位），紧接其前的条目日期偏晚"
        report.note(zh, f"on {day} the clock was set right (entry {place}): the days just before it are too late")
    back = log.back
    report.item(f"存证：条目日期只向前{back}", f"record: the days of entries only go forward{back}", passed=not back)
    if log.rows is None:
        report.note("存证：条目很多，未逐行核对（可加 --chains）", "record: rows' entries were not followed (--chains)")
    else:
        first = f"（{log.broken[0]}）" if log.broken else ""
        zh, en = f"存证：每行记录的条目前后相接{first}", f"record: each row's entries are one chain{first}"
        report.item(zh, en, passed=not log.broken)
    if bundle.asked.held:
        old_root = head_of(bundle.asked.held)[2]
        report.item(
            "存证：与您留存的检查点一致", "record: continues the checkpoint that you kept", passed=log.held == old_root
        )


def check_signatures(bundle: Bundle, report: Report) -> None:
    """Check who signed the checkpoint and the manifest, and how many witnesses stand by."""
    note, own = bundle.files["log/checkpoint"].decode(), bundle.files["log/vkey"].decode().strip()
    key = bundle.asked.vkey.strip() or own
    is_named = key.split("+")[0] == head_of(note)[0]
    report.item("存证：检查点的签名", "record: the checkpoint's signature", passed=is_named and signed_by(note, key))
    report.item("存证：log/vkey 就是这个公钥", "record: log/vkey is that key", passed=own == key)
    text = "\n".join([f"{head_of(note)[0]}/bundle", str(json.loads(bundle.files["verdict.json"])["year"])])
    text += "\n".join(["", sha256(bundle.files[MANIFEST]), *note.split("\n")[1:3], "", ""])
    signed = bundle.files["manifest.note"].decode()
    right = signed.startswith(text + "— ") and signed_by(signed, key)
    report.item("清单的签名 manifest.note", "the manifest's signature, manifest.note", passed=right)
    witnessing = json.loads(bundle.files["plan.json"]).get("witnessing") or {"witnesses": [], "needed": 0}
    keys = [one["key"] for one in witnessing["witnesses"] if one["key"]]
    seen = sum(signed_by(note, one) for one in keys)
    enough = seen >= min(witnessing["needed"], len(keys))
    if seen or not enough:
        report.item(f"存证：见证 {seen} 个", f"record: {seen} witnesses signed", passed=enough)
    else:
        report.note("存证：无见证方签名", "record: no witness signed")


# 5 Binding: the files are those of which the record tells


def newest(entries: list[Json], kind: str, **public: Any) -> Json:
    """Return the newest entry of a kind of row that says this; an empty one where there is none."""
    rows = (one for one in reversed(entries) if one["subject"].partition("/")[0] == kind and one.get("version"))
    return next((one for one in rows if public.items() <= one["public"].items()), {})


def check_binding(bundle: Bundle, report: Report) -> None:
    """Hold the digests of the files against the newest entries of verdict and assessment, and of the act that bound."""
    told = bundle.log.told
    found = newest(told, "verdict", verdict_sha256=bundle.digests.get("verdict.json"))
    subject = found.get("subject", "")
    report.item(
        "存证中记有这份结果的摘要（verdict.json）", "record: it holds the digest of verdict.json", passed=bool(found)
    )
    if not found:
        return
    last = next(one for one in reversed(told) if one["subject"] == subject and one.get("version"))
    public, stage = last["public"], last["public"].get("stage")
    stands = found is last and stage in STANDS
    report.item(f"存证：结果的最新条目（{stage}）", f"record: the verdict's newest entry ({stage})", passed=stands)
    plan = public.get("plan_sha256") == bundle.digests["plan.yaml"]
    report.item("存证：plan.yaml 是据以评议的方案", "record: plan.yaml is the plan it was judged by", passed=plan)
    inputs, names = public.get("published_sha256") == bundle.digest_of(SOURCES), "、".join(SOURCES)
    report.item(f"存证：{names} 是据以评议的内容", f"record: {names} are what was judged", passed=inputs)
    assessed = newest(told, "assessment", verdict=subject).get("public", {}).get("sha256")
    sure = assessed == bundle.digests["estimates.json"]
    report.item(
        "存证中记有可靠程度的摘要（estimates.json）", "record: it holds the digest of estimates.json", passed=sure
    )
    bound = [one for one in told if one["kind"] == "publication.bind" and one["subject"] == subject]
    said = bound[-1]["public"] if bound else {}
    right = (said.get("contents_sha256"), said.get("version")) == (bundle.contents, last["version"])
    names = "、".join(sorted({*SOURCES, *FOUND, OWN}))
    zh, en = f"存证：公布前登记的内容（{names}）", f"record: the contents laid down before publication ({names})"
    report.item(zh, en, passed=right)
    releases = [one["public"] for one in told if one["kind"] == "software.deployed"]
    same = releases[-1:] == [json.loads(bundle.files[MANIFEST])["software"]]
    report.item("存证：计分所用的软件版本", "record: the release of the software that counted", passed=same)


def check_recount(bundle: Bundle, report: Report) -> None:
    """Name who counted again; every such count is another person's, and came out as these very files."""
    told, listed = bundle.log.told, json.loads(bundle.files[MANIFEST])["recounted_by"]
    subject = newest(told, "verdict", verdict_sha256=bundle.digests.get("verdict.json")).get("subject")
    counts = [one for one in told if one["kind"] == "result.recount" and one["public"]["verdict"] == subject]
    settlers = [one["by"]["member"] for one in told if (one["kind"], one["subject"]) == ("result.settle", subject)]
    for one in counts:
        public, on = one["public"], one["at"]
        same = public["is_equal"] and public["published_sha256"] == bundle.digest_of(SOURCES)
        other, zh = one["by"]["member"] not in settlers, f"存证：他人复核重算的内容与此一致（{on}）"
        report.item(zh, f"record: another person's recount ({on}) is equal", passed=same and other)
    known = [(one["by"]["member"], one["by"]["role"], one["at"]) for one in counts]
    named = [(one["member"], one["role"], one["on"]) for one in listed]
    report.item("清单中的复核重算人与存证相符", "the manifest names who counted again", passed=named == known)
    for one in listed:
        name, post, on = one["name"], one["post"], one["on"]
        report.note(f"由{name}（{post}）于{on}复核重算", f"recounted by {name} ({post}) on {on}")
    if not counts:
        zh = "仅由本单位计算：同一人的哪些作答相连（sheets.csv、pairs.csv）没有他人复核，“凭计数即成立”的不受影响"
        report.note(zh, "counted by the bureau alone: who answered what together (sheets.csv, pairs.csv) is its word")


def check_receipt(bundle: Bundle, report: Report) -> None:
    """Check the receipt of the publication: an entry in the signed tree that holds the digest of this very zip."""
    head, _, note = bundle.asked.receipt.partition("\n\n")
    _, extra, index, *path = head.split("\n")
    body, place = base64.b64decode(extra.removeprefix("extra "), validate=True), int(index.removeprefix("index "))
    origin, size, root = head_of(note)
    key = bundle.asked.vkey.strip() or bundle.files["log/vkey"].decode().strip()
    steps = [base64.b64decode(step, validate=True) for step in path]
    is_in = base64.b64encode(climbed(hashlib.sha256(b"\x00" + body).digest(), place, size, steps)).decode() == root
    signed = origin == key.split("+")[0] and signed_by(note, key)
    report.item("回执：签名的存证中有这一条", "receipt: the signed record holds its entry", passed=is_in and signed)
    entry, digest = json.loads(body), "" if bundle.path.is_dir() else sha256(bundle.path.read_bytes())
    told = (entry["log"], entry["kind"], entry["public"]["name"], entry["public"]["sha256"])
    right = told == (origin, "publication.publish", "bundle.zip", digest)
    report.item("回执：公布的就是这个文件", "receipt: this very file is what was published", passed=right)


def climbed(digest: bytes, place: int, size: int, path: list[bytes]) -> bytes:
    """Return the root to which an inclusion path leads (RFC 9162 §2.1.3.2)."""
    last = size - 1
    if place > last:
        raise ValueError("the receipt's place lies beyond its tree")
    for step in path:
        if not last:
            raise ValueError("the receipt's path is too long")
        if place & 1 or place == last:
            digest = above(step, digest)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            digest = above(digest, step)
        place, last = place >> 1, last >> 1
    if last:
        raise ValueError("the receipt's path is too short")
    return digest


# 6 Scores: a second implementation, written from the plan's rules and not from Pingyi's code


def number(value: Any) -> Fraction:
    """Return an exact number."""
    return Fraction(str(value))


def amount(row: Row) -> Fraction:
    """Return what a line of evidence weighs: so many answers, each with its design weight."""
    return number(row["times"]) * number(row["weight"])


def ballots(rows: list[Row]) -> Voted:
    """Return (source, elector group) → the ballots that it returned: as many as its most answered line shows."""
    lines: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in rows:
        lines[row["source"], row["group"], row["section"], row["indicator"]] += int(row["times"])
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (source, group, _, _), many in lines.items():
        found[source, group] = max(found[source, group], many)
    return found


def counted(how: str, rows: list[Row], boxes: Json) -> list[Row]:
    """Return the answers that count: options without a value are left out."""
    return rows if how == "mean" else [row for row in rows if boxes[row["value"]]["value"] is not None]


def average(how: str, rows: list[Row], boxes: Json) -> Fraction | None:
    """Return the weighted mean of some answers."""
    worth = {"satisfaction_rate": lambda box: number(100 if boxes[box]["is_satisfied"] else 0)}
    worth["satisfaction_score"] = lambda box: number(boxes[box]["value"])
    pairs = [(amount(row), worth.get(how, number)(row["value"])) for row in counted(how, rows, boxes)]
    whole = sum((weight for weight, _ in pairs), Fraction(0))
    return sum((weight * value for weight, value in pairs), Fraction(0)) / whole if whole else None


def by_groups(how: str, rows: list[Row], boxes: Json, groups: Groups) -> tuple[Fraction | None, int, list[str]]:
    """Return mean and n, and the elector groups that are left out; the others share their weight."""
    if not groups or not any(row["group"] for row in rows):
        return average(how, rows, boxes), sum(int(row["times"]) for row in counted(how, rows, boxes)), []
    mine = {one["id"]: [row for row in rows if row["group"] == one["id"]] for one, _ in groups}
    means = {name: average(how, found, boxes) for name, found in mine.items()}
    kept = [one for one, is_in in groups if is_in and means[one["id"]] is not None]
    dropped = [one["id"] for one, _ in groups if one not in kept]
    share = sum((number(one["weight"]) for one in kept), Fraction(0))
    if not share:
        return None, 0, dropped
    raw = sum((number(one["weight"]) * (means[one["id"]] or 0) for one in kept), Fraction(0)) / share
    return raw, sum(int(row["times"]) for one in kept for row in counted(how, mine[one["id"]], boxes)), dropped


def line_of(kind: str, source: str, indicator: str, criterion: str, rows: list[Row], **more: Any) -> Json:
    """Return a line of a sheet, its numbers exact; `code` and `facts` are its reason."""
    plain: Json = {"kind": kind, "source": source, "indicator": indicator, "criterion": criterion}
    plain |= {"points": Fraction(0), "mark": None, "raw": None, "weight": Fraction(0), "count": Fraction(0)}
    plain |= {"dont_know": None, "satisfaction_score": None, "satisfaction_rate": None, "is_too_few": False}
    plain |= {"dropped_groups": [], "references": sorted({row["reference"] for row in rows if row["reference"]})}
    return plain | {"code": "", "facts": {}} | more


def mark_line(one: Json, source: Json, rows: list[Row], plan: Json, voted: Voted) -> Json:
    """Return an indicator's line with its mark from 0 to 100; without evidence it has none yet."""
    line = line_of("mark", source["id"], one["id"], one["criterion"], rows, code="line.no_evidence")
    if reading_of(source) == "people":
        line["references"] = []  # what persons gave is told by its count
    if one["measure"] == "demerits":
        lost = sum((number(row["value"]) * amount(row) for row in rows), Fraction(0))
        mark, noted = max(Fraction(0), 100 - lost), Fraction(sum(int(row["times"]) for row in rows))
        facts = {"lost": shown(lost), "mark": shown(mark)}
        return line | (
            {"mark": mark, "raw": lost, "count": noted, "code": "line.demerits", "facts": facts} if rows else {}
        )
    groups = plan["assembly"]["groups"] if plan["assembly"] and source["kind"] == "assembly" else []
    groups = [(each, voted[source["id"], each["id"]] >= max(each["minimum"], 1)) for each in groups]
    boxes = {box["id"]: box for scale in plan["scales"] if scale["id"] == one["scale"] for box in scale["options"]}
    raw, count, line["dropped_groups"] = by_groups(one["measure"], rows, boxes, groups)
    if one["measure"] != "mean":
        silent = [row for row in rows if boxes[row["value"]]["value"] is None]
        everyone, outside = (sum(int(row["times"]) for row in some) for some in (rows, silent))
        line["dont_know"] = Fraction(outside, everyone) if everyone else None
        for how in ("satisfaction_score", "satisfaction_rate"):
            line[how] = by_groups(how, rows, boxes, groups)[0]
    return line if raw is None else line | marked(one, line, raw, count)


def marked(one: Json, line: Json, raw: Fraction, count: int) -> Json:
    """Return mark, n and reason of a line that has evidence."""
    full = Fraction(100) if one["measure"] == "satisfaction_rate" else number(one["maximum"])
    mark = 100 * raw / full
    facts = {"raw": shown(raw), "mark": shown(mark), "n": str(count), "maximum": shown(full)}
    if one["measure"] != "mean":
        facts |= {"score": shown(line["satisfaction_score"]), "rate": shown(line["satisfaction_rate"])}
        facts["dont_know"] = shown(100 * line["dont_know"])
    said = {"mark": mark, "raw": raw, "count": Fraction(count), "is_too_few": count < one["minimum_count"]}
    return said | {"code": f"line.{one['measure']}", "facts": facts}


def reading_of(source: Json) -> str:
    """Return what a source's marks are taken for."""
    return str(source.get("reading") or READINGS.get(source["kind"], "facts"))


class Section:
    """One section's sheet: its lines, its vetoes, its score, or what is missing for one."""

    def __init__(self, plan: Json, facts: Row, rows: list[Row], voted: Voted) -> None:
        """Compute everything that the section alone decides, given how many voted in the whole assembly."""
        self.plan, self.facts, self.voted = plan, facts, voted
        self.id, self.name, self.section_class = facts["id"], facts["name"], facts["section_class"]
        self.piles: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            self.piles[row["source"], row["indicator"]].append(row)
        self.gaps: list[Json] = []
        self.within: dict[str, dict[str, Fraction]] = {}  # source → what each indicator weighs within it
        self.lines = self._weighed()
        self.marks = self._marks()
        for source, sign, part in (("bonus", 1, plan["bonus"]), ("deduction", -1, plan["deductions"])):
            self.lines += [self._adjusted(source, sign, one) for one in (part or {"items": []})["items"]]
        self.lines = [line for line in self.lines if line["kind"] == "mark" or line["count"]]
        self.lines += [*self._capped("bonus", 1, plan["bonus"]), *self._capped("deduction", -1, plan["deductions"])]
        below = -self._total()
        if below > 0:
            self.lines.append(line_of("floor", "floor", "", "", [], points=below, code="line.floor"))
        self.vetoes = [one["id"] for one in plan["vetoes"] if self._times("veto", one["id"])]
        for one in plan["vetoes"]:
            self.lines += [self._vetoed(one)] if one["id"] in self.vetoes else []
        self.score = None if self.gaps else self._total()
        self.rank: int | None = None
        self.printed, self.is_last, self.grade = "", False, ""
        self.worse = self.tied = self.size = 0
        self.placement: Json = {}

    def _total(self) -> Fraction:
        return sum((line["points"] for line in self.lines), Fraction(0))

    def _weighed(self) -> list[Json]:
        parts = [self._part(source) for source in self.plan["sources"]]
        whole, first = sum((share for _, share in parts), Fraction(0)), self.plan["sources"][0]["id"]
        self.gaps += [{"source": first, "indicator": ""}] if not whole and not self.gaps else []
        lines = []
        for line, share in ((line, share) for found, share in parts for line in found):
            line["weight"] *= share / whole if whole else 0
            line["points"] = (line["mark"] or 0) * line["weight"]
            line["facts"] |= {"weight": shown(100 * line["weight"]), "points": shown(line["points"])}
            lines.append(line)
        return lines

    def _part(self, source: Json) -> tuple[list[Json], Fraction]:
        """Return a source's lines after its rule for what has no evidence, and its share; 0 where it is left out."""
        mine = [one for one in self.plan["indicators"] if one["source"] == source["id"]]
        lines = [mark_line(one, source, self.piles[source["id"], one["id"]], self.plan, self.voted) for one in mine]
        is_empty, empty, share = all(line["mark"] is None for line in lines), source["empty"], number(source["weight"])
        for one, line in zip(mine, lines, strict=True):
            if line["mark"] is not None:
                continue
            if one["measure"] == "demerits" and not is_empty:
                line |= {"mark": Fraction(100), "raw": Fraction(0), "code": "line.no_demerits", "facts": {}}
                continue
            code = {"refuse": "line.refused", "drop": "line.empty_drop"}.get(empty, f"line.empty_{empty}")
            line |= {"mark": {"zero": Fraction(0), "full": Fraction(100)}.get(empty), "code": code, "facts": {}}
            if empty == "refuse" and not is_empty and share and number(one["weight"]):
                self.gaps.append({"source": source["id"], "indicator": one["id"]})
        if is_empty and empty == "refuse" and share:
            self.gaps.append({"source": source["id"], "indicator": ""})
        weights = {one["id"]: number(one["weight"]) for one in mine}
        whole = sum((weights[line["indicator"]] for line in lines if line["mark"] is not None), Fraction(0))
        for line in lines:
            line["weight"] = weights[line["indicator"]] / whole if line["mark"] is not None and whole else Fraction(0)
        within = {line["indicator"]: line["weight"] for line in lines if line["weight"]}
        self.within |= {source["id"]: within} if within else {}
        return lines, Fraction(0) if is_empty and empty == "drop" else share

    def _marks(self) -> dict[str, Fraction]:
        """Return each source's mark, 0 to 100, of those that count."""
        found = {}
        for source in self.plan["sources"]:
            lines = [line for line in self.lines if line["source"] == source["id"] and line["weight"]]
            share = sum((line["weight"] for line in lines), Fraction(0))
            if share:
                found[source["id"]] = sum((line["points"] for line in lines), Fraction(0)) / share
        return found

    def _adjusted(self, source: str, sign: int, one: Json) -> Json:
        times, rows = self._times(source, one["id"]), self.piles[source, one["id"]]
        asked = number(one["points"]) * times
        given = asked if one["cap"] is None else min(asked, number(one["cap"]))
        facts = {"times": times, "each": number(one["points"]), "asked": asked, "points": given}
        code = f"line.{source}{'' if given == asked else '_capped'}"
        said = {"raw": times, "count": times, "points": sign * given, "code": code}
        return line_of(source, source, one["id"], one["criterion"], rows, **said, facts=all_shown(facts))

    def _capped(self, source: str, sign: int, part: Json | None) -> list[Json]:
        given = sum((line["points"] for line in self.lines if line["source"] == source), Fraction(0))
        if not part or part["cap"] is None or abs(given) <= number(part["cap"]):
            return []
        facts, back = {"given": abs(given), "cap": number(part["cap"])}, sign * number(part["cap"]) - given
        return [line_of("cap", source, "", "", [], points=back, code=f"line.cap_{source}", facts=all_shown(facts))]

    def _vetoed(self, one: Json) -> Json:
        score = self._total()
        limit = {"score_zero": Fraction(0), "score_cap": number(one["cap"] or 0)}.get(one["effect"], score)
        facts = {"event": one["name"], **all_shown({"score": score, "cap": limit})}
        said = {"points": min(score, limit) - score, "code": f"line.veto_{one['effect']}", "facts": facts}
        return line_of("veto", "veto", one["id"], "", self.piles["veto", one["id"]], **said)

    def _times(self, source: str, item: str) -> Fraction:
        return sum((number(row["value"]) * amount(row) for row in self.piles[source, item]), Fraction(0))

    @property
    def is_given(self) -> bool:
        """Whether an event has set the score."""
        return any(line["kind"] == "veto" and line["points"] for line in self.lines)

    def is_put_last(self) -> bool:
        """Whether a veto puts the section last whatever its score."""
        return any(one["id"] in self.vetoes and one["effect"] == "rank_last" for one in self.plan["vetoes"])

    def compared(self) -> Fraction:
        """Return the number that is held against limits."""
        rule, score = self.plan["rounding"], self.score or Fraction(0)
        return score if rule["comparison"] == "exact" else rounded(score, rule["digits"], rule["mode"])

    def place_facts(self) -> Row:
        """Return what a sentence about the place says."""
        return {**self.placement["reason"]["facts"], "score": self.printed}

    def sheet(self) -> Json:
        """Return the whole sheet as verdict.json writes it."""
        rule, is_ranked = self.plan["rounding"], self.placement["reason"]["code"] != "place.unranked"
        facts = {name: self.facts[name] for name in ("kind", "name", "section_class")}
        score = {"score": self.score, "rounded": None}
        if self.score is not None:
            score["rounded"] = rounded(self.score, rule["digits"], rule["mode"])
        said = {"section": self.id, **facts, **plain(score), "printed": self.printed, "vetoes": self.vetoes}
        return {**said, "gaps": self.gaps if is_ranked else [], "lines": [self._told(line) for line in self.lines]}

    def _told(self, line: Json) -> Json:
        reason = {"code": line["code"], "facts": line["facts"]}
        rest = {name: value for name, value in line.items() if name not in {"code", "facts"}}
        return plain(rest) | {"points_shown": shown(line["points"]), "reason": reason}


def plain(values: Json) -> Json:
    """Return values with exact numbers as text, such as 3/4."""
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in values.items()}


def shown(exact: Fraction) -> str:
    """Return a number for a sentence: at most four digits after the point, no zeros at the end."""
    return fixed(rounded(exact, 4, "half_even"), 4).rstrip("0").rstrip(".")


def all_shown(facts: dict[str, Fraction]) -> Row:
    """Return numbers for a sentence."""
    return {name: shown(value) for name, value in facts.items()}


def fixed(value: Fraction, digits: int) -> str:
    """Return a rounded number with exactly so many digits after the point."""
    text = str(abs(int(value * 10**digits))).rjust(digits + 1, "0")
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return f"-{text}" if value < 0 else text


def rounded(exact: Fraction, digits: int, mode: str) -> Fraction:
    """Round once; half goes to the even digit or up."""
    whole, rest = divmod(exact * 10**digits, 1)
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (mode == "half_up" or whole % 2 == 1))
    return Fraction(whole + up, 10**digits)


def print_of(exact: Fraction, plan: Json, others: list[Fraction]) -> str:
    """Return a score as printed: with more digits where the plan's would contradict the verdict."""
    rule = plan["rounding"]
    tests = [test for trigger in plan["triggers"] for test in trigger["all_of"] if test["kind"] in LIMITED]
    limits = [number(test["score"]) for test in tests if test["score"] is not None]
    limits += [number(one["minimum"]) for one in plan["grades"] if one["minimum"] is not None]
    for digits in range(rule["digits"], 999):
        near = rounded(exact, digits, rule["mode"])
        fits = rule["comparison"] == "rounded" or all(
            (near > n) - (near < n) == (exact > n) - (exact < n) for n in limits
        )
        apart = all(rounded(other, digits, rule["mode"]) != near for other in others if other != exact)
        if near == exact or (fits and apart):
            return fixed(near, digits)
    raise ValueError("no print tells this score from the others")


def ordered(plan: Json, sections: list[Section]) -> list[list[Section]]:
    """Return sections from best to worst, those that share a place together."""
    groups = [[one for one in sections if not one.is_put_last()]]
    sources = plan["ranking"]["tie_sources"] if plan["ranking"]["ties"] == "by_sources" else []
    for source in [None, *sources]:  # first the score, then the named sources in turn
        parts: list[list[Section]] = []
        for group in groups:
            numbers = {one.id: one.score if source is None else one.marks.get(source) for one in group}
            values = sorted({value for value in numbers.values() if value is not None}, reverse=True)
            if None in numbers.values():
                parts.append(group)
            else:
                parts += [[one for one in group if numbers[one.id] == value] for value in values]
        groups = parts
    return [group for group in [*groups, [one for one in sections if one.is_put_last()]] if group]


def place(plan: Json, sections: list[Section]) -> None:
    """Give the sections of each class their prints, ranks, last places and grades."""
    rule = plan["ranking"]
    for one in plan["subject"]["classes"]:
        mine = [section for section in sections if section.section_class == one["id"]]
        scores = [section.score for section in mine if section.score is not None]
        for section in mine:
            section.printed = "" if section.score is None else print_of(section.score, plan, scores)
            section.placement = unplaced(section, "place.waits" if one["is_ranked"] else "place.unranked")
        groups, better = ordered(plan, mine) if one["is_ranked"] and len(scores) == len(mine) else [], 0
        for group in groups:
            alone = len(group) == 1 or rule["last_place"] == "all" or group[0].is_put_last()
            for section in group:
                section.rank, section.size, section.tied = better + 1, len(mine), len(group) - 1
                section.worse = len(mine) - better - len(group)
                section.is_last = alone and not section.worse and len(mine) >= rule["least_class_size"]
                section.placement |= placed(section, [other for other in group if other is not section])
            better += len(group)
        for section in mine:
            section.grade = next((grade["id"] for grade in plan["grades"] if has_grade(grade, section)), "")


def unplaced(one: Section, code: str) -> Json:
    """Return what verdict.json says of a section without a rank."""
    said = {"section": one.id, "section_class": one.section_class, "reason": {"code": code, "facts": {}}}
    return {**said, "rank": None, "of": 0, "tied_with": [], "is_last": False}


def placed(one: Section, others: list[Section]) -> Json:
    """Return what verdict.json says of a section's place, with those that share it."""
    facts = {"rank": str(one.rank), "of": str(one.size), "others": "、".join(other.name for other in others)}
    reason = {"code": "place.tied" if others else "place.ranked", "facts": facts}
    tied = [other.id for other in others]
    return {"rank": one.rank, "of": one.size, "tied_with": tied, "is_last": one.is_last, "reason": reason}


def has_grade(grade: Json, one: Section) -> bool:
    """Whether all bounds of a grade hold."""
    if one.score is None:
        return False
    share = grade["top_share"]
    if share is not None and (one.rank is None or one.rank > int(number(share) * one.size)):
        return False
    minimum = number(grade["minimum"]) if grade["minimum"] is not None else Fraction(-1)
    return one.compared() > minimum or (grade["minimum_is_inclusive"] and one.compared() == minimum)


def held(test: Json, value: Fraction, limit: Fraction) -> tuple[bool, str]:
    """Return whether a number that is held against the limit of a test meets it, and the code of the reason."""
    is_beyond = value < limit if test["kind"].endswith("below") else value > limit
    holds = is_beyond or (test["is_inclusive"] and value == limit)
    return holds, ("" if holds else "not_") + test["kind"] + ("_or_at" if test["is_inclusive"] else "")


class Triggers:
    """What each trigger says of each section, and for whom it fires."""

    def __init__(self, plan: Json, sections: list[Section], past: list[Row], assessed: list[Json]) -> None:
        """Keep what triggers look at."""
        self.plan, self.sections, self.past, self.assessed = plan, sections, past, assessed
        self.is_strict = (plan.get("statistics") or {}).get("triggers") == "only_confirmed" and bool(assessed)
        self.known: dict[str, list[Json]] = {}
        self.names = {one["id"]: one["name"] for one in plan["triggers"]}

    def told(self, name: str) -> list[Json]:
        """Return what a trigger says, section by section, its quota applied, as verdict.json writes it."""
        if name not in self.known:
            trigger = next(one for one in self.plan["triggers"] if one["id"] == name)
            tested = [self._tested(trigger, one) for one in self.sections]
            meet = [one for one, told in zip(self.sections, tested, strict=True) if told["fires"]]
            if trigger["at_most"] is not None:
                kept, code = self._within(trigger, meet)
                for told in (told for told in tested if told["fires"]):
                    told["fires"] = told["section"] in kept
                    facts = {"quota": str(trigger["at_most"])}
                    told["quota"] = {"code": "quota.within" if told["fires"] else code, "facts": facts}
            self.known[name] = tested
        return self.known[name]

    def fired(self, name: str) -> set[str]:
        """Return the sections for which a trigger fires."""
        return {told["section"] for told in self.told(name) if told["fires"]}

    def _tested(self, trigger: Json, one: Section) -> Json:
        is_unranked = one.placement["reason"]["code"] == "place.unranked"
        if is_unranked or one.score is None:
            reason = {"code": "test.unranked" if is_unranked else "test.no_score", "facts": {}}
            tests = [{"kind": test["kind"], "holds": False, "reason": reason} for test in trigger["all_of"]]
        else:
            tests = [self._test(test, one) for test in trigger["all_of"]]
        fires = bool(tests) and all(test["holds"] for test in tests)
        return {"trigger": trigger["id"], "section": one.id, "fires": fires, "tests": tests, "quota": None}

    def _within(self, trigger: Json, meet: list[Section]) -> tuple[set[str], str]:
        follows = {one["kind"] for one in self.plan["consequences"] if one["id"] in trigger["consequences"]}
        is_honor = follows == {"honor"} or any(test["kind"] in {"top", "above"} for test in trigger["all_of"])
        kept: set[str] = set()
        for one in self.plan["subject"]["classes"]:
            groups = ordered(self.plan, [section for section in meet if section.section_class == one["id"]])
            mine: set[str] = set()
            for group in groups if is_honor else groups[::-1]:
                fits = len(mine) + len(group) <= trigger["at_most"]
                if len(mine) >= trigger["at_most"] or not (fits or self.plan["ranking"]["last_place"] == "all"):
                    break
                mine |= {section.id for section in group}
            kept |= mine
        return kept, "quota.beyond_top" if is_honor else "quota.beyond"

    def _test(self, test: Json, one: Section) -> Json:
        kind = test["kind"]
        if kind in {"last", "bottom", "top"} and one.rank is None:
            return {"kind": kind, "holds": False, "reason": {"code": "test.waits", "facts": {}}}
        holds, code, facts = getattr(self, f"_{'limited' if kind in LIMITED else kind.partition('_')[0]}")(test, one)
        if holds and self.is_strict and kind in {"last", "below"} and not self._is_proven(test, one):
            holds, code = False, f"{kind}_unproven"
        return {"kind": kind, "holds": holds, "reason": {"code": f"test.{code}", "facts": facts}}

    def _is_proven(self, test: Json, one: Section) -> bool:
        own = next((found for found in self.assessed if found["section_class"] == one.section_class), {})
        if one.is_put_last():
            return True
        if own.get("put_last") and test["kind"] == "last":
            return False
        told = [found for found in (own.get("certainty") or {"sections": []})["sections"] if found["section"] == one.id]
        if test["kind"] == "last":
            return any(found["last"] == "confirmed" for found in told)
        rows = (row for found in told for row in found["limits"] if number(row["limit"]) == number(test["score"] or 0))
        return any(row["standing"] == "confirmed" for row in rows)

    def _last(self, _test: Json, one: Section) -> Outcome:
        least, facts = self.plan["ranking"]["least_class_size"], one.place_facts()
        if one.is_last:
            return True, "last_tied" if one.tied else "last", facts
        if one.size < least:
            return False, "class_too_small", facts | {"least": str(least)}
        return False, "not_last" if one.worse else "last_shared", facts

    def _limited(self, test: Json, one: Section) -> Outcome:
        score, limit, rule = one.compared(), number(test["score"] or 0), self.plan["rounding"]
        (holds, code), is_rounded = held(test, score, limit), rule["comparison"] == "rounded"
        facts = {"score": fixed(score, rule["digits"]) if is_rounded else one.printed, "limit": shown(limit)}
        return holds, code + ("_rounded" if is_rounded else ""), facts

    def _rate(self, test: Json, one: Section) -> Outcome:
        item = next(each for each in self.plan["indicators"] if each["id"] == test["indicator"])
        line = next(each for each in one.lines if (each["kind"], each["indicator"]) == ("mark", item["id"]))
        value, many, asked = line["satisfaction_rate"], int(line["count"]), test["options"]
        value = line["mark"] if value is None else value
        boxes = {
            box["id"]: box for kind in self.plan["scales"] if kind["id"] == item["scale"] for box in kind["options"]
        }
        if asked:  # the share of some boxes: each answer is one, of those with a value and of these
            voted = [(row["value"], int(row["times"])) for row in one.piles[item["source"], item["id"]]]
            voted = [vote for vote in voted if vote[0] in asked or boxes[vote[0]]["value"] is not None]
            many, mine = sum(times for _, times in voted), sum(times for box, times in voted if box in asked)
            value = Fraction(100 * mine, many) if many else None
        limit, least = 100 * number(test["share"] or 0), max(item["minimum_count"], 1)
        what = "、".join([item["name"], *(boxes[each]["label"] for each in asked)])
        facts = {"what": what, "n": str(many), "limit": shown(limit)}
        if value is None or many < least:
            return False, "rate_too_few", facts | {"least": str(least)}
        return *held(test, value, limit), facts | {"rate": shown(value)}

    def _limit(self, test: Json, one: Section) -> tuple[int, Row]:
        limits = [] if test["count"] is None else [test["count"]]
        limits += [] if test["share"] is None else [int(number(test["share"]) * one.size)]
        return min(limits, default=0), one.place_facts() | {"limit": str(min(limits, default=0))}

    def _bottom(self, test: Json, one: Section) -> Outcome:
        rule, (limit, facts) = self.plan["ranking"], self._limit(test, one)
        if one.size < rule["least_class_size"]:
            return False, "class_too_small", facts | {"least": str(rule["least_class_size"])}
        holds = one.worse + 1 + (0 if rule["last_place"] == "all" else one.tied) <= limit
        return holds, "bottom" if holds else "not_bottom", facts

    def _top(self, test: Json, one: Section) -> Outcome:
        limit, facts = self._limit(test, one)
        holds = (one.rank or 0) <= limit
        return holds, "top" if holds else "not_top", facts

    def _veto(self, _test: Json, one: Section) -> Outcome:
        names = {event["id"]: event["name"] for event in self.plan["vetoes"]}
        facts = {"events": "、".join(str(names[event]) for event in one.vetoes)}
        return bool(one.vetoes), "veto" if one.vetoes else "no_veto", facts

    def _grade(self, test: Json, one: Section) -> Outcome:
        names: Row = {grade["id"]: grade["name"] for grade in self.plan["grades"]}
        asked = str(test["grade"])
        holds = bool(asked) and one.grade == asked
        facts = {"grade": str(names.get(one.grade, "—")), "asked": str(names.get(asked, asked))}
        return holds, "grade" if holds else "not_grade", facts

    def _times(self, test: Json, one: Section) -> Outcome:
        rows = (row for row in self.past if (row["section"], row["trigger"]) == (one.id, test["trigger"]))
        past, year = {int(row["year"]) for row in rows if int(row["year"]) < self.plan["year"]}, self.plan["year"]
        run = next(gap for gap in range(len(past) + 1) if year - gap - 1 not in past)
        many = (run if test["is_consecutive"] else len(past)) + 1 if one.id in self.fired(test["trigger"]) else 0
        asked, how = test["count"] or 1, "_in_a_row" if test["is_consecutive"] else ""
        facts = {"trigger": str(self.names.get(test["trigger"], test["trigger"]))}
        facts |= {"times": str(many), "asked": str(asked)}
        facts["years"] = "、".join(map(str, sorted(past))) or "—"
        code = ("times" if many >= asked else "not_times") + how if many else "times_not_now"
        return many >= asked and many > 0, code, facts


# 8 How sure the result is: a second computation from the published estimates (§5.2); no code in common with Pingyi's

CLOSE = 2e-9  # published numbers have ten digits after the point
INFINITE = float("inf")


def beta_share(x: float, a: float, b: float) -> float:
    """Return the regularized incomplete beta function I_x(a, b), by its continued fraction."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 5000):
        even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m))
        for term in (even, odd):
            d, c = 1 / (1 + term * d), 1 + term / c
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * value


def below(value: float, df: float) -> float:
    """Return P(T ≤ value) of Student's t; of the normal distribution where df is infinite."""
    if math.isinf(df) or math.isinf(value):
        return math.erfc(-value / math.sqrt(2)) / 2
    tail = beta_share(df / (df + value * value), df / 2, 0.5) / 2
    return 1 - tail if value > 0 else tail


@cache
def quantile(share: float, df: float) -> float:
    """Return the t below which this share (at least one half) lies, by halving."""
    low, high = 0.0, 1.0
    while below(high, df) < share:
        high *= 2
    while (middle := (low + high) / 2) not in {low, high}:
        low, high = (middle, high) if below(middle, df) < share else (low, middle)
    return middle


def beyond(value: float, across: int, within: float) -> float:
    """Return P(F > value) with these degrees of freedom; of chi-squared over `across` where the second is infinite."""
    if math.isinf(value):
        return 0.0
    if not math.isinf(within):
        return beta_share(within / (within + across * value), within / 2, across / 2)
    half, x = across / 2, across * value / 2
    term = total = 1 / half
    for step in range(1, 100_000):
        term *= x / (half + step)
        total += term
        if term < total * 1e-17:
            break
    return max(0.0, 1 - total * math.exp(-x + half * math.log(x) - math.lgamma(half))) if x else 1.0


def pooled(parts: list[tuple[float, float]]) -> float:
    """Return Satterthwaite's degrees of freedom of a sum of independent (variance, df)."""
    shares = sum(v * v / df for v, df in parts if v > 0)
    return sum(v for v, _ in parts) ** 2 / shares if shares else INFINITE


def about(found: float | None) -> Callable[[Any], bool]:
    """Return whether a published number is this one, up to its last digit; none where it is infinite."""
    if found is None or math.isinf(found):
        return lambda told: told is None
    return lambda told: abs(float(told) - found) <= max(CLOSE, 1e-7 * min(abs(found), 1))


def free(df: float) -> Callable[[Any], bool]:
    """Return whether published degrees of freedom, of six digits, are these."""
    return lambda told: told is None if math.isinf(df) else abs(float(told) - df) < 2e-6 * max(1, df)


# How sure each source is: computed again from counts, sheets, sample and steps, which are all that is told of people

READINGS = {"survey": "people", "assembly": "people", "opinions": "people", "inspection": "visits"}
READINGS |= {"file_review": "visits", "cases": "cases"}  # of every other kind: facts
Pile = tuple[str, str, str]  # section, indicator, elector group
Said = tuple[Pile, Fraction]  # an answer's pile and its mark
Moved = list[tuple[Fraction, int]]  # what an answer moves its mark by, and how many gave it
People = Counter[tuple[Fraction, Fraction]]  # weight and mark → how many persons


def answer_mark(one: Json, word: str, plan: Json) -> Fraction | None:
    """Return the mark of one answer, from 0 to 100; None for one without a value."""
    if one["measure"] == "mean":
        return number(word) * 100 / number(one["maximum"])
    scale = next(scale for scale in plan["scales"] if scale["id"] == one["scale"])
    box = next(option for option in scale["options"] if option["id"] == word)
    if box["value"] is None:
        return None
    if one["measure"] == "satisfaction_rate":
        return Fraction(100 if box["is_satisfied"] else 0)
    return 100 * number(box["value"]) / number(one["maximum"])


def flat(count: int) -> float:
    """Return the variance of a mark that all gave alike: two of each kind are added (Agresti, Coull)."""
    return share_spread(count, count)


def share_spread(good: int, count: int) -> float:
    """Return 10,000 p(1 − p)/(m + 4) with p = (good + 2)/(m + 4): never 0."""
    share = Fraction(good + 2, count + 4)
    return float(10_000 * share * (1 - share) / (count + 4))


class Source:
    """One source in the sections of a class: what every answer moves, and how far the marks may be off."""

    def __init__(self, source: Json, plan: Json, sections: list[Section], tables: dict[str, list[Row]]) -> None:
        """Sort the source's rows into piles and give each its mean and its pull."""
        self.id, self.plan, self.name, self.kind = source["id"], plan, source["name"], source["kind"]
        self.sections = {one.id: one for one in sections if number(source["weight"]) and source["id"] in one.marks}
        mine = [one for one in plan["indicators"] if one["source"] == self.id]
        self.asked = [one for one in mine if one["measure"] != "demerits"]
        self.is_grouped = bool(plan["assembly"] and plan["assembly"]["groups"] and source["kind"] == "assembly")
        self.rows: dict[Pile, list[tuple[Fraction | None, Row]]] = defaultdict(list)
        for one in self.sections.values():
            self._sort(one)
        self.piles = {pile: kept for pile, rows in self.rows.items() if (kept := [r for r in rows if r[0] is not None])}
        self.wholes = {pile: sum((amount(row) for _, row in rows), Fraction(0)) for pile, rows in self.piles.items()}
        self.means = {pile: self._mean(pile) for pile in self.piles}
        self.pulls = self._pulls()
        self.reading = reading_of(source) if self.piles else "facts"
        self.strata = {(r["group"], r["stratum"]): r for r in tables["sample"] if r["source"] == self.id and r["units"]}
        self.frames = {r["group"]: int(r["frame"]) for r in tables["sample"] if r["source"] == self.id and r["frame"]}
        self.sheets = [row for row in tables["sheets"] if row["source"] == self.id]
        self.columns: dict[tuple[str, tuple[str, str]], list[Fraction] | None] = {}
        self.heaviest: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for row in tables["evidence"]:
            if row["source"] == self.id:
                at = (row["group"], row["stratum"])
                self.heaviest[at] = max(self.heaviest[at], number(row["weight"]))
        self.steps = {(r["a"], r["b"]): int(r["steps"]) for r in tables["pairs"] if r["source"] == self.id}
        self.is_numbered = self.reading == "people" and bool(self.strata)
        self.is_clustered = any(row["units"] != row["persons"] for row in self.strata.values())

    def _sort(self, one: Section) -> None:
        for indicator in self.asked:
            if indicator["id"] not in one.within.get(self.id, {}):
                continue
            for row in one.piles[self.id, indicator["id"]]:
                group = row["group"] if self.is_grouped else ""
                limits = {each["id"]: each["minimum"] for each in self.plan["assembly"]["groups"]} if group else {}
                if amount(row) and (not group or one.voted[self.id, group] >= limits[group]):
                    mark = answer_mark(indicator, row["value"], self.plan)
                    self.rows[one.id, indicator["id"], group].append((mark, row))

    def _mean(self, pile: Pile) -> Fraction:
        return sum(((mark or 0) * amount(row) for mark, row in self.piles[pile]), Fraction(0)) / self.wholes[pile]

    def _pulls(self) -> dict[Pile, Fraction]:
        groups = self.plan["assembly"]["groups"] if self.is_grouped else []
        electors = {one["id"]: number(one["weight"]) for one in groups}
        whole: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for section, indicator, group in self.piles:
            whole[section, indicator] += electors.get(group, Fraction(1))
        return {
            (section, indicator, group): self.sections[section].within[self.id][indicator]
            * electors.get(group, Fraction(1))
            / whole[section, indicator]
            for section, indicator, group in self.piles
        }

    def count(self, pile: Pile) -> int:
        """Return how many answers with a mark a pile holds."""
        return sum(int(row["times"]) for _, row in self.piles[pile])

    def said(self, section: str, indicator: Json, group: str, word: str) -> Said | None:
        """Return an answer's pile and its mark; None for one without a mark."""
        pile = (section, indicator["id"], group if self.is_grouped else "")
        mark = None if word == "-" or pile not in self.pulls else answer_mark(indicator, word, self.plan)
        return None if mark is None else (pile, mark)

    def moves(self, said: Said, weight: str) -> Fraction:
        """Return what one answer moves its section's mark by."""
        pile, mark = said
        return self.pulls[pile] * number(weight) * (mark - self.means[pile]) / self.wholes[pile]

    def on_sheet(self, sheet: Row) -> list[Said]:
        """Return the marks that a sheet gives."""
        asked = zip(self.asked, sheet["answers"].split("|"), strict=True)
        return [given for one, word in asked if (given := self.said(sheet["section"], one, sheet["group"], word))]

    def persons(self, name: str, *, up: bool) -> People:
        """Return who marked a section. Without sheets the lowest single answers, or the highest, are one person's."""
        sheets = [one for one in self.sheets if one["section"] == name]
        told = {(one["group"], one["stratum"]) for one in sheets}
        found: Counter[tuple[str, Fraction, Fraction]] = Counter()
        for one in sheets:
            if given := self.on_sheet(one):
                found[self._person(given, one["weight"])] += int(one["times"])
        single: dict[tuple[str, str, str], dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
        for question in self.asked:
            for row in self.sections[name].piles[self.id, question["id"]]:
                said = self.said(name, question, row["group"], row["value"])
                if said and (row["group"], row["stratum"]) not in told:
                    at = (row["group"], row["stratum"], row["weight"])
                    single[at][question["id"]] += [said] * int(row["times"])
        for (_, _, weight), questions in single.items():
            columns = [sorted(one, key=lambda said: said[1], reverse=not up) for one in questions.values()]
            found.update(self._person([one for one in given if one], weight) for given in zip_longest(*columns))
        return self._sharing(name, found)

    def _person(self, given: list[Said], weight: str) -> tuple[str, Fraction, Fraction]:
        """Return elector group, weight and mark: the mean of the answers, each as heavy as its question."""
        whole = sum((self.pulls[pile] for pile, _ in given), Fraction(0))
        mark = sum((self.pulls[pile] * mark for pile, mark in given), Fraction(0)) / whole
        return given[0][0][2], number(weight), mark

    def _sharing(self, name: str, found: Counter[tuple[str, Fraction, Fraction]]) -> People:
        """Share what an elector group pulls out among its persons."""
        wholes: dict[str, Fraction] = defaultdict(Fraction)
        pulls: dict[str, Fraction] = defaultdict(Fraction)
        people: People = Counter()
        for (group, weight, _), times in found.items():
            wholes[group] += weight * times
        for (section, _, group), pull in self.pulls.items():
            pulls[group] += pull if section == name else 0
        for (group, weight, mark), times in found.items():
            if weight:
                people[pulls[group] * weight / wholes[group], mark] += times
        return people

    @property
    def method(self) -> str:
        """What the marks were read as."""
        return self.reading if self.reading != "people" else "ballots" if self.kind == "assembly" else "survey"

    @property
    def is_unsure(self) -> bool:
        """Whether nothing tells how far visits differ: of some question no section was seen twice."""
        seen = [[len(self._seen(name, one["id"])) for name in self.sections] for one in self.asked]
        return self.reading == "visits" and any(0 < sum(each) <= sum(map(bool, each)) for each in seen)

    def estimate(self, *, by_counts: bool = False) -> Json:
        """Return the source's covariance, degrees of freedom and counts, as `estimates.json` tells them."""
        names = list(self.sections)
        if self.is_numbered:
            own = [self._own(name, by_counts=by_counts) for name in names]
        elif self.reading == "visits":
            own = self._visits(names)
        else:
            own = [
                self._loose(name) if self.reading != "facts" else (0.0, INFINITE, self._rows(name)) for name in names
            ]
        variances = [variance for variance, _, _ in own]
        cells = [
            [self._cell(j, k, names, variances, by_counts=by_counts) for k in range(len(own))] for j in range(len(own))
        ]
        return {"cells": cells, "df": [df for _, df, _ in own], "counts": [count for _, _, count in own]}

    def _cell(self, j: int, k: int, names: list[str], own: list[float], *, by_counts: bool) -> float:
        if j == k or not self.is_numbered:
            return own[j] if j == k else 0.0
        widest, pair = -math.sqrt(own[j] * own[k]), tuple(sorted((names[j], names[k])))
        if by_counts or pair not in self.steps:
            return widest
        return max(widest, float(self.steps[pair[0], pair[1]] * self.step(*pair)))

    def step(self, a: str, b: str) -> Fraction:
        """Return κ s: s is the most that one person can move the pair by, κ is less where many were asked."""
        persons = sum(int(row["persons"]) for row in self.strata.values())
        kappa = Fraction(1) if persons < 60 else Fraction(1, 2) if persons < 200 else Fraction(1, 4)
        reaches = [self._factor(row) * self._reach(a, at) * self._reach(b, at) for at, row in self.strata.items()]
        return kappa * max(reaches, default=Fraction(0))

    def most(self, a: str, b: str, own: list[float]) -> float:
        """Return the most that the covariance of two sections can be, whatever was answered together."""
        bound, found = math.sqrt(own[0] * own[1]), Fraction(0)
        for at, row in self.strata.items():
            for name in (name for name in (a, b) if (name, at) not in self.columns):
                self.columns[name, at] = self._column(name, at, row)
            one, other = self.columns[a, at], self.columns[b, at]
            if one is None or other is None:
                return bound
            both = sum((x * y for x, y in zip(one, other, strict=True)), Fraction(0))
            found += self._factor(row) * (both - sum(one) * sum(other) / int(row["units"]))
        return min(bound, float(found))

    def _column(self, name: str, at: tuple[str, str], row: Row) -> list[Fraction] | None:
        """Return what each unit of a stratum moves the section by, sorted; None where single answers do not tell."""
        sheets = [one for one in self.sheets if one["section"] == name and (one["group"], one["stratum"]) == at]
        answers = self._questions(name, at)
        if self.is_clustered or (not sheets and len(answers) > 1):
            return None
        moved = [pair for pairs in answers.values() for pair in pairs]
        if sheets:
            moved = [(self._sheet_moves(one), int(one["times"])) for one in sheets]
        units = [u for u, times in moved for _ in range(times)]
        return sorted(units + [Fraction(0)] * (int(row["units"]) - len(units)))

    def _sheet_moves(self, sheet: Row) -> Fraction:
        return sum((self.moves(said, sheet["weight"]) for said in self.on_sheet(sheet)), Fraction(0))

    def _reach(self, section: str, at: tuple[str, str]) -> Fraction:
        found, heaviest = Fraction(0), self.heaviest[at]
        for pile, rows in self.piles.items():
            if pile[0] == section and pile[2] in {"", at[0]}:
                marks = [mark for mark, _ in rows if mark is not None]
                found += self.pulls[pile] * heaviest / self.wholes[pile] * (max(marks) - min(marks))
        return found

    @staticmethod
    def _factor(row: Row) -> Fraction:
        n = int(row["units"])
        if n < 2:
            return Fraction(0)
        if int(row["joined"]) > 1:
            return Fraction(int(row["least"]), int(row["least"]) - 1)
        return (1 - Fraction(n, int(row["frame"])) if row["frame"] else Fraction(1)) * Fraction(n, n - 1)

    def _own(self, name: str, *, by_counts: bool) -> tuple[float, float, int]:
        """Return a section's variance over the strata, its degrees of freedom, and how many gave it a mark."""
        variance, df, count, every = 0.0, 0, 0, list(self.strata.items())
        for at, row in every:
            sheets = [one for one in self.sheets if one["section"] == name and (one["group"], one["stratum"]) == at]
            answers = self._questions(name, at)
            if sheets and not by_counts:
                part, raters, persons = self._of_sheets(row, sheets)
            else:
                part = self._at_most([self._spread(moved, row) for moved in answers.values()])
                persons = max((sum(times for _, times in moved) for moved in answers.values()), default=0)
                raters = min(persons, 1) if self.is_clustered else persons
            variance, count = variance + part, count + persons
            df += raters - int(row["joined"]) if raters else 0
        if by_counts and (len(self.asked) > 1 or self.is_clustered):
            variance = math.fsum(self._any_pairing(name, group) for group in {group for group, _ in self.strata})
        return (variance, float(max(1, df)), count) if variance > 0 else (self._flat(name), INFINITE, count)

    def _any_pairing(self, name: str, group: str) -> float:
        parts: dict[str, float] = defaultdict(float)
        for at, row in self.strata.items():
            for question, moved in self._questions(name, at).items() if at[0] == group else ():
                parts[question] += self._spread(moved, row)
        return math.fsum(math.sqrt(part) for part in parts.values()) ** 2

    @staticmethod
    def _at_most(parts: list[float]) -> float:
        return math.fsum(math.sqrt(part) for part in parts) ** 2 if len(parts) > 1 else math.fsum(parts)

    def _questions(self, name: str, at: tuple[str, str]) -> dict[str, Moved]:
        found: dict[str, Moved] = defaultdict(list)
        for indicator in self.asked:
            for row in self.sections[name].piles[self.id, indicator["id"]]:
                said = self.said(name, indicator, row["group"], row["value"])
                if said and (row["group"], row["stratum"]) == at:
                    found[indicator["id"]].append((self.moves(said, row["weight"]), int(row["times"])))
        return found

    def _spread(self, moved: Moved, row: Row, *, is_whole: bool = False) -> float:
        if self.is_clustered and not is_whole:  # as if all stood in one cluster
            return float(self._factor(row) * sum((abs(u) * times for u, times in moved), Fraction(0)) ** 2)
        squares = sum((u * u * times for u, times in moved), Fraction(0))
        whole = sum((u * times for u, times in moved), Fraction(0))
        return float(self._factor(row) * (squares - whole * whole / int(row["units"])))

    def _of_sheets(self, row: Row, sheets: list[Row]) -> tuple[float, int, int]:
        """Return the part of the variance that sheets give, the units and the persons that gave a mark."""
        units: dict[object, tuple[Fraction, int]] = {}
        rated: set[str] = set()
        persons = 0
        for place, sheet in enumerate(sheets):
            is_rated, times, whole = bool(self.on_sheet(sheet)), int(sheet["times"]), self._sheet_moves(sheet)
            persons += times if is_rated else 0
            rated |= {sheet["cluster"]} if is_rated else set()
            if self.is_clustered:
                units[sheet["cluster"]] = (units.get(sheet["cluster"], (Fraction(0), 1))[0] + whole * times, 1)
            else:
                units[place] = (whole, times)
        part = self._spread(list(units.values()), row, is_whole=True)
        return part, len(rated) if self.is_clustered else persons, persons

    def _flat(self, name: str) -> float:
        mine = [pile for pile in self.piles if pile[0] == name]
        return math.fsum(float(self.pulls[pile]) ** 2 * flat(self.count(pile)) for pile in mine)

    def _loose(self, name: str) -> tuple[float, float, int]:
        """Return the same of answers that name no person: each pile's own s²/n."""
        parts, answered = [], Counter[str]()
        for pile in (one for one in self.piles if one[0] == name):
            answered[pile[1]] += self.count(pile)
            parts.append(self._pile(pile))
        variance, count = math.fsum(part for part, _ in parts), max(answered.values(), default=0)
        return (variance, pooled(parts), count) if variance > 0 else (self._flat(name), INFINITE, count)

    def _pile(self, pile: Pile) -> tuple[float, float]:
        rows, n, pull = self.piles[pile], self.count(pile), float(self.pulls[pile])
        if self.reading == "cases" and all(mark in {0, 100} for mark, _ in rows):
            return pull**2 * share_spread(round(self.means[pile] * n / 100), n), INFINITE
        if n < 2:
            return 0.0, INFINITE
        away = [(number(row["weight"]) * ((mark or 0) - self.means[pile]), int(row["times"])) for mark, row in rows]
        squares = sum((u * u * times for u, times in away), Fraction(0)) / self.wholes[pile] ** 2
        frame = self.frames.get(pile[2], 0)
        left = 1 - Fraction(n, frame) if frame >= n else Fraction(1)
        return pull**2 * float(left * squares * Fraction(n, n - 1)), float(n - 1)

    def _visits(self, names: list[str]) -> list[tuple[float, float, int]]:
        """Return the variances of visits, pooled over the sections question by question."""
        parts: dict[str, list[tuple[float, float]]] = defaultdict(list)
        counts: dict[str, int] = defaultdict(int)
        for indicator in self.asked:
            seen = {name: self._seen(name, indicator["id"]) for name in self.sections}
            seen = {name: visits for name, visits in seen.items() if visits}
            df, squares = sum(len(visits) for visits in seen.values()) - len(seen), Fraction(0)
            for visits in seen.values():
                mean = sum((mark for mark, _ in visits), Fraction(0)) / len(visits)
                squares += sum(((mark - mean) ** 2 for mark, _ in visits), Fraction(0))
            for name, visits in seen.items():
                pull = sum(
                    (w for (one, what, _), w in self.pulls.items() if (one, what) == (name, indicator["id"])),
                    Fraction(0),
                )
                shares = sum((w * w for _, w in visits), Fraction(0)) / sum((w for _, w in visits), Fraction(0)) ** 2
                parts[name].append((float(pull**2 * squares / df * shares), float(df)))
                counts[name] = max(counts[name], len(visits))
        return [(math.fsum(part for part, _ in parts[name]), pooled(parts[name]), counts[name]) for name in names]

    def _seen(self, name: str, indicator: str) -> list[tuple[Fraction, Fraction]]:
        rows = [one for pile, rows in self.piles.items() if pile[:2] == (name, indicator) for one in rows]
        return [
            (mark, number(row["weight"])) for mark, row in rows if mark is not None for _ in range(int(row["times"]))
        ]

    def _rows(self, name: str) -> int:
        mine = (rows for (source, _), rows in self.sections[name].piles.items() if source == self.id)
        return sum(int(row["times"]) for rows in mine for row in rows)

    def unknown(self, name: str) -> float | None:
        """Return the share of 不了解 among a section's answers: of people, not of weights."""
        scales = {one["scale"] for one in self.asked}
        boxes = [box for scale in self.plan["scales"] if scale["id"] in scales for box in scale["options"]]
        if all(box["value"] is not None for box in boxes):
            return None
        mine = [(mark, int(row["times"])) for pile, rows in self.rows.items() if pile[0] == name for mark, row in rows]
        whole = sum(times for _, times in mine)
        return sum(times for mark, times in mine if mark is None) / whole if whole else None


class Class:
    """The sections ranked together: composite, standard errors, degrees of freedom of each and of each pair."""

    is_coarse = False  # whether covariances are told in steps

    def __init__(self, told: Json, plan: Json, sections: list[Section]) -> None:
        """Compute Σ = Σ a_k² Σ_k from the published estimates and the weights of the plan."""
        known = {one.id: one for one in sections}
        self.told, self.rules = told, {**RULES, **(plan.get("statistics") or {})}
        self.confidence = 1 - float(self.rules["level"])
        self.names = [one.id for one in sections if one.score is not None and not one.is_put_last()]
        self.given = [name for name in self.names if known[name].is_given]
        self.size, self.scores = len(self.names), [known[name].score or Fraction(0) for name in self.names]
        self.weights = [self._row(one["source"], plan, known) for one in told["estimates"]]
        self.blocks = [self._block(one, row) for one, row in zip(told["estimates"], self.weights, strict=True)]
        self.free = [self._free(one) for one in told["estimates"]]
        whole = range(self.size)
        self.sigma = [[math.fsum(float(block[j][k]) for block in self.blocks) for k in whole] for j in whole]
        self.errors = [math.sqrt(max(0.0, self.sigma[j][j])) for j in whole]
        parts = list(zip(self.blocks, self.free, strict=True))
        self.df = [pooled([(float(block[j][j]), free[j]) for block, free in parts]) for j in whole]
        self.limits = sorted({number(test["score"]) for test in tests_of(plan, "below")})
        least = {"survey": self.rules["minimum_ratings"], "assembly": self.rules["minimum_ballots"]}
        kinds = {one["id"]: one["kind"] for one in plan["sources"]}
        bounded = [(one, least[kind]) for one in told["estimates"] if (kind := kinds[one["source"]]) in least]
        self.thin = [name for name in self.names if bounded and all(_count(one, name) < n for one, n in bounded)]

    def _row(self, source: str, plan: Json, known: dict[str, Section]) -> list[Fraction]:
        shares = {one["id"]: number(one["weight"]) for one in plan["sources"]}
        row = []
        for name in self.names:
            one = known[name]
            whole = sum((shares[kept] for kept in one.marks), Fraction(0))
            row.append(Fraction(0) if one.is_given or source not in one.marks else shares[source] / whole)
        return row

    def _block(self, one: Json, row: list[Fraction]) -> list[list[Fraction]]:
        places = {name: at for at, name in enumerate(one["sections"])}
        cells = [[number(cell) for cell in line] for line in one["covariance"]]
        pairs = list(zip(row, self.names, strict=True))

        def cell(a: Fraction, j: str, b: Fraction, k: str) -> Fraction:
            return a * b * cells[places[j]][places[k]] if j in places and k in places else Fraction(0)

        return [[cell(a, j, b, k) for b, k in pairs] for a, j in pairs]

    def _free(self, one: Json) -> list[float]:
        found = dict(zip(one["sections"], one["df"], strict=True))
        return [INFINITE if found.get(name) is None else float(found[name]) for name in self.names]

    def gap(self, j: int, k: int) -> tuple[float, float]:
        """Return the standard error and the degrees of freedom of the difference of two sections."""
        parts = []
        for block, free in zip(self.blocks, self.free, strict=True):
            smaller = min((free[at] for at in (j, k) if block[at][at]), default=INFINITE)
            parts.append((max(0.0, float(block[j][j] + block[k][k] - 2 * block[j][k])), smaller))
        return math.sqrt(max(0.0, self.sigma[j][j] + self.sigma[k][k] - 2 * self.sigma[j][k])), pooled(parts)

    def is_above(self, j: int, k: int, tail: float) -> bool:
        """Whether one section's score exceeds another's by more than chance allows."""
        lead = self.scores[j] - self.scores[k]
        if lead <= 0:
            return False
        error, df = self.gap(j, k)
        return float(lead) > quantile(1 - tail, df) * error

    def ranks(self, tail: float) -> list[tuple[int, int]]:
        """Return the rank intervals: one more than are above, to all less those below."""
        whole = range(self.size)
        over = [[self.is_above(j, k, tail) for k in whole] for j in whole]
        return [(1 + sum(over[k][j] for k in whole), self.size - sum(over[j])) for j in whole]

    def all_ranks(self) -> list[list[tuple[int, int]]]:
        """Return the rank intervals of each section by itself, and of all at once (R4)."""
        pairs = 2 * max(1, self.size - 1)
        return [self.ranks((1 - self.confidence) / many) for many in (pairs, self.size * pairs // 2 or 1)]

    def may_be_last(self, j: int) -> bool:
        """Whether a section may be the last: it is above no other (R3)."""
        return not any(self.is_above(j, k, (1 - self.confidence) / max(1, self.size - 1)) for k in range(self.size))

    def last_state(self, j: int) -> str:
        """Return what is shown of "this section is the last"."""
        if self.names[j] in self.thin or self.size < 2:
            return "insufficient" if self.names[j] in self.thin else "refuted"
        lasts, state = self.last()
        if j in lasts:
            return state
        return "refuted" if state == "confirmed" or not self.may_be_last(j) else "undetermined"

    def last(self) -> tuple[list[int], str]:
        """Return who share the lowest score, and what is shown of them (R2, R5)."""
        lowest = min(self.scores)
        lasts = [at for at, score in enumerate(self.scores) if score == lowest]
        if len(lasts) > 1:
            return lasts, "tie"
        others = [at for at in range(self.size) if at != lasts[0]]
        if not all(self.is_above(at, lasts[0], (1 - self.confidence) / 2) for at in others):
            return lasts, "undetermined"
        return lasts, "insufficient" if self.names[lasts[0]] in self.thin else "confirmed"

    def last_test(self, told: Json | None) -> Json | None:
        """Return what is told of the last and its closest competitor; none stands for one who is not the closest."""
        if told is None or self.size < 2:
            return None if self.size < 2 else {}
        (lasts, state), at = self.last(), self.names.index(told["rival"])
        error, df = self.gap(at, lasts[0])
        gap = float(self.scores[at] - self.scores[lasts[0]])
        t = gap / error if error else INFINITE if gap else 0.0
        others = (k for k in range(self.size) if k not in {lasts[0], at})
        is_closest = math.isinf(t) or all(
            float(self.scores[k] - self.scores[lasts[0]]) >= (t - 1e-9) * self.gap(k, lasts[0])[0] for k in others
        )
        said: Json = {"sections": [self.names[one] for one in lasts], "standing": state}
        said |= {"rival": told["rival"] if is_closest else None, "gap": about(gap), "standard_error": about(error)}
        return said | {"df": free(df), "t": about(t), "p": about(2 * below(-t, df) if gap else 1.0)}

    def ranking(self) -> Json | None:
        """Return what is told of whether the sections differ."""
        if self.size < 2:
            return None
        statistic, p, across, within = self.differ()
        said: Json = {"is_there": p < 1 - self.confidence, "p": about(p), "df": str(across), "df_within": free(within)}
        return {**said, "statistic": lambda told: math.isclose(float(told), statistic, rel_tol=1e-5)}

    def limit(self, limit: Fraction) -> list[tuple[str, float]]:
        """Return for each section whether it is shown to be below a limit, and the p-value of "not below" (R1)."""
        found = []
        for name, score, error, df in zip(self.names, self.scores, self.errors, self.df, strict=True):
            gap, half = score - limit, Fraction(quantile(self.confidence, df) * error)
            state = "confirmed" if gap + half < 0 else "refuted" if gap - half >= 0 else "undetermined"
            p = below(float(gap) / error, df) if error else float(score >= limit)
            found.append(("insufficient" if name in self.thin else state, p))
        return found

    def interval(self, j: int) -> Json:
        """Return a section's score with its interval."""
        score, error, df = float(self.scores[j]), self.errors[j], self.df[j]
        half = quantile((1 + self.confidence) / 2, df) * error
        ends = {"low": about(score - half), "high": about(score + half)}
        return {"score": about(score), "standard_error": about(error), "df": free(df), **ends}

    def shrunk(self) -> list[Json | None]:
        """Return the scores drawn towards their mean as far as they are unsure (DerSimonian and Laird)."""
        if self.size < 3 or not all(self.errors):
            return [None] * self.size
        own, scores = [error * error for error in self.errors], [float(score) for score in self.scores]

        def mean(weights: list[float]) -> float:
            return math.fsum(w * x for w, x in zip(weights, scores, strict=True)) / math.fsum(weights)

        weights = [1 / one for one in own]
        whole, center = math.fsum(weights), mean(weights)
        apart = math.fsum(w * (x - center) ** 2 for w, x in zip(weights, scores, strict=True))
        spread = max(0.0, (apart - self.size + 1) / (whole - math.fsum(w * w for w in weights) / whole))
        center, shares = mean([1 / (one + spread) for one in own]), [spread / (spread + one) for one in own]
        pairs = zip(shares, scores, strict=True)
        return [{"share": about(share), "score": about(center + share * (x - center))} for share, x in pairs]

    def findings(self) -> list[Json]:
        """Return what is found of each section; of limits with the p-value."""
        limits = [self.limit(limit) for limit in self.limits]
        ranks = [[(str(best), str(worst)) for best, worst in one] for one in self.all_ranks()]
        return [
            {"last": self.last_state(j), "may_be_last": self.may_be_last(j), "limits": [states[j] for states in limits]}
            | {"ranks": ranks[0][j], "ranks_together": ranks[1][j]}
            for j in range(self.size)
        ]

    def differ(self) -> tuple[float, float, int, float]:
        """Return the statistic of "all are alike", its p-value and its degrees of freedom (R7).

        F with q and ν degrees of freedom where sections are independent of one another, Hotelling's where covariances
        were estimated too, the surest of the pairs (Bonferroni) where ν is too small or covariances are told in steps.
        """
        many, free, whole = self.size - 1, min(self.df), range(self.size)
        alone = not any(self.sigma[j][k] for j in whole for k in range(j))
        if self.is_coarse or (not alone and free < 2 * many):
            return self._surest_pair()
        lost = 0 if alone or math.isinf(free) else many - 1
        scale, statistic = (free - lost) / free if lost else 1.0, self._wald()
        return statistic, beyond(scale * statistic / many, many, free - lost), many, free

    def _surest_pair(self) -> tuple[float, float, int, float]:
        found = []
        for j in range(self.size):
            for k in range(j):
                error, df = self.gap(j, k)
                lead = abs(float(self.scores[j] - self.scores[k]))
                t = lead / error if error else INFINITE if lead else 0.0
                found.append((2 * below(-t, df) if lead else 1.0, -lead, t, df))
        p, _, t, df = min(found)
        return t * t, min(1.0, len(found) * p), 1, df

    def _wald(self) -> float:
        """Return gapsᵀ Σ⁻¹ gaps, by exact elimination."""
        exact = [
            [sum((block[j][k] for block in self.blocks), Fraction(0)) for k in range(self.size)]
            for j in range(self.size)
        ]
        rest = range(1, self.size)
        matrix = [[exact[j][k] - exact[j][0] - exact[0][k] + exact[0][0] for k in rest] for j in rest]
        gaps, statistic = [self.scores[at] - self.scores[0] for at in rest], Fraction(0)
        while matrix:
            at = max(range(len(matrix)), key=lambda one: matrix[one][one])
            pivot, row, gap = matrix[at][at], matrix[at], gaps[at]
            if pivot <= 0:
                return INFINITE if any(gaps) else float(statistic)
            statistic += gap * gap / pivot
            kept = [one for one in range(len(matrix)) if one != at]
            gaps = [gaps[one] - gap * matrix[one][at] / pivot for one in kept]
            matrix = [[matrix[i][j] - matrix[i][at] * row[j] / pivot for j in kept] for i in kept]
        return float(statistic)


class Weighed:
    """The marks on which the sources' weights work, and the box in which the weights are moved."""

    def __init__(self, found: Class, plan: Json) -> None:
        """Fill a mark that is missing with the mean of the others; whatever is beside the marks is added unmoved."""
        told, weights = found.told["estimates"], {one["id"]: number(one["weight"]) for one in plan["sources"]}
        whole, moved = sum(weights[one["source"]] for one in told), number(found.rules["weight_range"])
        self.nominal = [weights[one["source"]] / whole for one in told]
        self.low, self.high = ([one * (1 + sign * moved) for one in self.nominal] for sign in (-1, 1))
        values = [dict(zip(one["sections"], map(number, one["values"]), strict=True)) for one in told]
        self.marks, self.added = list[list[Fraction]](), list[Fraction]()
        for name, score in zip(found.names, found.scores, strict=True):
            there = [(marks[name], a) for marks, a in zip(values, self.nominal, strict=True) if name in marks]
            share = sum(a for _, a in there)
            mean = sum(mark * a for mark, a in there) / share if share else Fraction(0)
            self.marks.append([marks.get(name, Fraction(mean)) for marks in values])
            self.added.append(score - dot(self.nominal, self.marks[-1]))

    def extreme(self, row: list[Fraction], *, largest: bool) -> Fraction:
        """Return the largest or smallest of weights × row over the box: filled up from below, the best first."""
        found, left = dot(self.low, row), sum(self.nominal, Fraction(0)) - sum(self.low, Fraction(0))
        for k in sorted(range(len(row)), key=lambda one: row[one], reverse=largest):
            step = min(left, self.high[k] - self.low[k])
            found, left = found + step * row[k], left - step
        return found

    def told(self, j: int, told: Json) -> Json:
        """Return what is told of other weights: a margin reached by weights of the box, that no weights pass.

        `at` gives every rival at least the margin above the section; the rivals mixed by `against` get no more by any.
        """
        own, rivals = self.marks[j], [k for k in range(len(self.marks)) if k != j]
        gaps = [[a - b for a, b in zip(self.marks[k], own, strict=True)] for k in rivals]
        added, at = [self.added[k] - self.added[j] for k in rivals], [number(one) for one in told["at"]]
        against = [number(one) for one in told["against"]]
        inside = all(a <= one <= b for a, one, b in zip(self.low, at, self.high, strict=True))
        inside = inside and sum(at) == sum(self.nominal)
        reached = min((dot(at, row) + a for row, a in zip(gaps, added, strict=True)), default=Fraction(0))
        mixed = [dot(against, list(column)) for column in zip(*gaps, strict=True)]
        bound = self.extreme(mixed, largest=True) + dot(against, added) if rivals else Fraction(0)
        shares = min(against, default=0) >= 0 and sum(against) == bool(rivals) and len(against) == len(rivals)
        low, high = (about(float(self.extreme(own, largest=most) + self.added[j])) for most in (False, True))
        said: Json = {"low": low, "high": high, "margin": about(float(reached)), "at": told["at"] if inside else None}
        said["against"] = told["against"] if shares and about(float(bound))(told["margin"]) else None
        return {**said, "can_be_last": number(told["margin"]) >= Fraction(-1, 10**9)}

    def dominance(self) -> Callable[[Any], bool]:
        """Return whether this is the share of pairs in which one is at least as good in every source."""
        rows = [[*row, added] for row, added in zip(self.marks, self.added, strict=True)]
        pairs = [list(zip(rows[j], rows[k], strict=True)) for j in range(len(rows)) for k in range(j)]
        held = [all(a >= b for a, b in pair) or all(a <= b for a, b in pair) for pair in pairs]
        return about(sum(held) / len(held) if held else None)


def dot(one: list[Fraction], other: list[Fraction]) -> Fraction:
    """Return the sum of the products."""
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


class Held:
    """One section's score and who of a source holds it: how many of them must go for it to move so far."""

    def __init__(self, source: Source, name: str, score: Fraction, share: Fraction) -> None:
        """Lay out the persons twice: for a score that rises, and for one that falls."""
        self.name, self.score, self.share = name, score, share
        self.people = {up: source.persons(name, up=up) if name in source.sections else People() for up in (True, False)}
        self.size, self.known = self.people[True].total(), dict[tuple[int, bool], Fraction]()

    def fewest(self, limit: Fraction) -> int | None:
        """Return how few must go for the score to cross a limit: who holds the mean back most from it goes first."""
        up = self.score < limit
        if not self.share or not self.size:
            return None
        bar = mean_of(self.people[up]) + (limit - self.score) / self.share
        held = [(w * (bar - mark if up else mark - bar), times) for (w, mark), times in self.people[up].items()]
        need, gone = sum(pull * times for pull, times in held), 0
        for pull, times in sorted(held, reverse=True):
            if pull <= 0:
                return None
            enough = gone + (math.ceil(need / pull) if up else math.floor(need / pull) + 1)
            if enough <= gone + times:
                return enough if enough < self.size else None
            need, gone = need - pull * times, gone + times
        return None

    def after(self, gone: int, *, up: bool) -> Fraction:
        """Return the highest score, or the lowest, that is left when so many go; one stays in any case."""
        if self.share and self.size and (gone, up) not in self.known:
            before = mean = mean_of(self.people[up])
            while (best := mean_of(self._staying(max(1, self.size - gone), mean, up=up))) != mean:
                mean = best
            self.known[gone, up] = self.score + self.share * (mean - before)
        return self.known.get((gone, up), self.score)

    def is_under(self, last: Held, gone: int) -> bool:
        """Whether so many persons less can put it under the last; who ties with that needs nobody's going."""
        return self.score <= last.score or self.after(gone, up=False) < last.after(gone, up=True)

    def _staying(self, stay: int, mean: Fraction, *, up: bool) -> People:
        sign, found = 1 if up else -1, People()
        order = sorted(self.people[up].items(), key=lambda one: sign * one[0][0] * (one[0][1] - mean), reverse=True)
        for person, times in order:
            found[person] = min(times, stay - found.total())
        return found


def mean_of(people: People) -> Fraction:
    """Return the weighted mean of some persons' marks."""
    whole = sum((weight * times for (weight, _), times in people.items()), Fraction(0))
    return sum((weight * mark * times for (weight, mark), times in people.items()), Fraction(0)) / whole


def flips(found: Class, sources: list[Source]) -> list[Json]:
    """Return how many persons of a source must go at least before a finding turns.

    For the last place, the lowest of the last and the highest of its rival go together: no fewer persons could do it.
    """
    rows: list[Json] = []
    for source, shares in zip(sources, found.weights, strict=True):
        if source.reading != "people":
            continue
        held = [Held(source, *one) for one in zip(found.names, found.scores, shares, strict=True)]
        last, persons = min(held, key=lambda one: one.score), sum(int(row["persons"]) for row in source.strata.values())
        few, rival = fewest_for(last, held)
        said = {"source": source.id, "claim": "last", "section": last.name, "rival": rival, "records": few}
        rows += [said | {"of": persons or max(one.size for one in held)}] if found.size > 1 else []
        for limit, one in ((limit, one) for limit in found.limits for one in held):
            said = {"source": source.id, "claim": shown(limit), "section": one.name, "rival": ""}
            rows.append(said | {"records": one.fewest(limit), "of": one.size})
    return [{**row, **{name: str(row[name]) for name in ("records", "of") if row[name] is not None}} for row in rows]


def fewest_for(last: Held, held: list[Held]) -> tuple[int | None, str]:
    """Return how few must go before another is under the last, and which one: of equals the first by name."""
    few, rival = max(one.size for one in held), ""
    for one in sorted((one for one in held if one is not last), key=lambda one: one.name):
        needed = bisect_left(range(few), 1, key=partial(one.is_under, last))
        few, rival = (needed, one.name) if needed < few else (few, rival)
    return few if rival else None, rival


RULES: Json = {
    "level": "0.05", "minimum_ratings": 30, "minimum_ballots": 15, "triggers": "plain", "weight_range": "0.25",
}  # fmt: skip


def _count(one: Json, name: str) -> int:
    return int(one["counts"][one["sections"].index(name)]) if name in one["sections"] else 0


def tests_of(plan: Json, kind: str) -> list[Json]:
    """Return the tests of this kind that have a limit."""
    tests = [test for trigger in plan["triggers"] for test in trigger["all_of"]]
    return [test for test in tests if test["kind"] == kind and test["score"] is not None]


def holm(values: list[float]) -> list[float]:
    """Return p-values adjusted for their number (Holm)."""
    order, found, worst = sorted(range(len(values)), key=lambda at: values[at]), list(values), 0.0
    for place, at in enumerate(order):
        worst = max(worst, (len(values) - place) * values[at])
        found[at] = min(1.0, worst)
    return found


def check_estimates(files: Files, report: Report) -> None:
    """Compute everything that is said of how sure the result is again, and compare every leaf (§5.2)."""
    plan, sections = json.loads(files["plan.json"]), computed(files)
    told, rules = json.loads(files["estimates.json"]), {**RULES, **(plan.get("statistics") or {})}
    ranked = {one["id"]: one["name"] for one in plan["subject"]["classes"] if one["is_ranked"]}
    head: Json = {"format": "pingyi-estimates/2"} | {name: str(rules[name]) for name in RULES if name != "triggers"}
    head |= {"classes": [name for name in ranked if any(one.section_class == name for one in sections)]}
    said = {**told, "classes": [one["section_class"] for one in told["classes"]]}
    compare(report, said, head, ("统计规则与方案一致", "the statistical rules are the plan's", ""))
    tables = {name: rows_of(files, name) for name in ("evidence", "sheets", "sample", "pairs")}
    wrong = " ".join(unlike(plan, tables))
    report.item(f"答卷与佐证、样本相符 {wrong}", f"sheets, evidence and sample agree {wrong}", passed=not wrong)
    for one in told["classes"]:
        mine = [section for section in sections if section.section_class == one["section_class"]]
        found = Class(one, plan, mine)
        compared = [section for section in mine if section.id in found.names]
        sources = [each for source in plan["sources"] if (each := Source(source, plan, compared, tables)).sections]
        _check_compared(found, ranked[one["section_class"]], mine, sources, report)
        sources = [each for each in sources if not each.is_unsure]
        found.is_coarse = any(each.is_numbered for each in sources)
        for each, estimate in zip(sources, one["estimates"], strict=True):
            _check_source(each, estimate, report)
        if one["certainty"] is not None:
            _check_certainty(found, plan, mine, sources, report)


def compare(report: Report, told: Json, found: Json, *parts: tuple[str, str, str]) -> None:
    """Report an object leaf by leaf, the named leaves together; a part that names none has all the others."""
    named = {name for _, _, names in parts for name in names.split()}
    for zh, en, names in parts:
        mine = set(names.split()) or {*told, *found} - named
        here, there = ({name: value for name, value in one.items() if name in mine} for one in (told, found))
        at = differs(here, there)
        report.item(f"{zh}{at}", f"{en}{at}", passed=not at)


def unlike(plan: Json, tables: dict[str, list[Row]]) -> Iterator[str]:
    """Yield where sheets are not the answers of the evidence, or where more answered than the sample has persons."""
    asked: dict[str, list[str]] = defaultdict(list)
    for one in plan["indicators"]:
        asked[one["source"]] += [one["id"]] if one["measure"] != "demerits" else []
    answers: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    laid: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for row in (row for row in tables["evidence"] if row["indicator"] in asked[row["source"]]):
        at = (row["source"], row["group"], row["stratum"], row["section"])
        answers[at][row["indicator"], row["value"], row["weight"]] += int(row["times"])
    for row in tables["sheets"]:
        at = (row["source"], row["group"], row["stratum"], row["section"])
        for what, word in zip(asked[row["source"]], row["answers"].split("|"), strict=True):
            laid[at][what, word, row["weight"]] += int(row["times"]) if word != "-" else 0
    yield from (f"sheets.csv {'/'.join(at)}" for at, found in laid.items() if +found != answers.get(at))
    sample = {(row["source"], row["group"], row["stratum"]): row["persons"] for row in tables["sample"]}
    for at, found in answers.items():
        most = max(sum(times for other, times in found.items() if other[0] == one[0]) for one in found)
        if (persons := sample.get(at[:3])) and most > int(persons):
            yield f"sample.csv {'/'.join(at)}"


def rows_of(files: Files, name: str) -> list[Row]:
    """Return the lines of one of the tables."""
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode(), newline="")))


def _check_compared(found: Class, title: str, mine: list[Section], sources: list[Source], report: Report) -> None:
    told, unsure = found.told, [each.id for each in sources if each.is_unsure]
    known = {"section_class": told["section_class"], "sections": found.names, "given": found.given}
    known["put_last"] = [one.id for one in mine if one.score is not None and one.is_put_last()]
    known["without_score"] = [one.id for one in mine if one.score is None]
    known["estimates"] = [each.id for each in sources if each.id not in unsure]
    known["unsure"] = [{"source": one, "code": "estimate.too_few_visits", "facts": {}} for one in unsure]
    known["weights"] = [[str(weight) for weight in row] for row in found.weights]
    known["certainty"] = bool(found.names) and not unsure
    said = {**told, "estimates": [one["source"] for one in told["estimates"]]}
    said["certainty"] = told["certainty"] is not None
    weights = f"各来源的权重：{title}", f"the sources' weights: {title}", "weights"
    compare(report, said, known, (f"参加比较的科室：{title}", f"the sections compared: {title}", ""), weights)


def _check_source(source: Source, told: Json, report: Report) -> None:
    names, again = list(source.sections), source.estimate()
    size, name = range(len(names)), source.name
    found: Json = {"source": source.id, "sections": names, "method": source.method, "df": [*map(free, again["df"])]}
    found["values"] = [about(float(source.sections[one].marks[source.id])) for one in names]
    found["covariance"] = [[about(cell) for cell in row] for row in again["cells"]]
    found["counts"] = [str(count) for count in again["counts"]]
    found["dont_know"] = [about(source.unknown(one)) for one in names]
    if not all(_is_possible(source, j, k, again["cells"]) for j in size for k in range(j)):
        found["covariance"] = "more than any pairing of the answers gives"
    said = f"估计：{name} 的方差由公布的计数重新算出", f"estimates: variances of {name} follow from the counts"
    counts = f"估计：{name} 的人数与不了解", f"estimates: persons and don't-know of {name}"
    marks = f"估计：{name} 的分数与佐证一致", f"estimates: marks of {name} follow from evidence"
    compare(report, told, found, (*marks, ""), (*said, "covariance df"), (*counts, "counts dont_know"))


def _is_possible(source: Source, j: int, k: int, cells: list[list[float]]) -> bool:
    """Whether some pairing of the answers gives this covariance: more than the most was made up."""
    names = list(source.sections)
    if not source.is_numbered or cells[j][k] <= 0:
        return True
    return cells[j][k] <= source.most(names[j], names[k], [cells[j][j], cells[k][k]]) + CLOSE


def _by_counts(found: Class, plan: Json, mine: list[Section], sources: list[Source]) -> Class:
    """Return the class once more, with nothing believed but the counts."""
    wide = []
    for one, source in zip(found.told["estimates"], sources, strict=True):
        again = source.estimate(by_counts=True)
        cells = [[f"{cell:.10f}" for cell in row] for row in again["cells"]]
        wide.append({**one, "covariance": cells, "df": [None if math.isinf(df) else df for df in again["df"]]})
    return Class({**found.told, "estimates": wide}, plan, mine)


def _check_certainty(found: Class, plan: Json, mine: list[Section], sources: list[Source], report: Report) -> None:
    told, weighed, other = found.told["certainty"], Weighed(found, plan), _by_counts(found, plan, mine, sources)
    known: Json = {"level": about(found.confidence), "sections": found.names, "insufficient": found.thin}
    known["covariance"] = [[about(cell) for cell in row] for row in found.sigma]
    known |= {"ranking": found.ranking(), "last": found.last_test(told["last"])}
    known |= {"dominance": weighed.dominance(), "flips": flips(found, sources)}
    said = {**told, "sections": [one["section"] for one in told["sections"]]}
    zh, en = "末位与差异的检验", "the tests of the last place and whether sections differ"
    notes = "占优与翻转余量", "dominance and flip margins"
    rest = "综合得分的协方差与样本不足的科室", "the composite's covariance, sections with too little evidence"
    compare(report, said, known, (*rest, ""), (zh, en, "ranking last"), (*notes, "dominance flips"))
    titles, ours, shrunk = {one.id: one.name for one in mine}, found.findings(), found.shrunk()
    holms = [holm([one["limits"][at][1] for one in ours]) for at in range(len(found.limits))]
    for j, (one, wide) in enumerate(zip(ours, other.findings(), strict=True)):
        row, name = told["sections"][j], titles[found.names[j]]
        known = {**_section(found, j, one, [each[j] for each in holms]), "alone": _alone(other, j, one, wide)}
        known |= {"weights": weighed.told(j, row["weights"]), "shrunk": shrunk[j]}
        ends = (fixed(rounded(number(row["interval"][end]), 2, "half_even"), 2) for end in ("low", "high"))
        score, ranks = f"{name} {'–'.join(ends)}", "–".join(one["ranks"])
        alone = [zh for zh, holds in (("末位", row["alone"]["last"]), ("分数线", all(row["alone"]["limits"]))) if holds]
        compare(
            report, row, known,
            (f"得分区间：{score}", f"interval: {score}", "section interval"),
            (f"名次区间：{name} {ranks}", f"ranks: {name} {ranks}", "rank ranks ranks_together"),
            (f"检验结论：{name}", f"standing: {name}", ""),
            (f"凭计数即成立：{name} {'、'.join(alone) or '—'}", f"holds by the counts alone: {name}", "alone"),
            (f"其他权重与收缩得分：{name}", f"other weights, shrunk score: {name}", "weights shrunk"),
        )  # fmt: skip


def _section(found: Class, j: int, one: Json, holms: list[float]) -> Json:
    """Return what is to stand of a section by what was found of it."""
    known: Json = {"section": found.names[j], "interval": found.interval(j), "last": one["last"]}
    known |= {"rank": str(1 + sum(other > found.scores[j] for other in found.scores))}
    known |= {name: {"best": one[name][0], "worst": one[name][1]} for name in ("ranks", "ranks_together")}
    rows = zip(found.limits, one["limits"], holms, strict=True)
    known["limits"] = [
        {"limit": about(float(limit)), "is_below": found.scores[j] < limit, "standing": state}
        | {"p": about(p), "p_holm": about(adjusted)}
        for limit, (state, p), adjusted in rows
    ]
    return {**known, "may_be_last": one["may_be_last"]}


def _alone(other: Class, j: int, one: Json, wide: Json) -> Json:
    """Return whether each finding is the same where nothing is believed but the counts."""
    same: Json = {name: one[name] == wide[name] for name in one}
    same["limits"] = [a == b for (a, _), (b, _) in zip(one["limits"], wide["limits"], strict=True)]
    return {**same, "standard_error": about(other.errors[j]), "df": free(other.df[j])}


# 7 The verdict compared


def evidence_of(files: Files) -> dict[str, list[Row]]:
    """Return the evidence, section by section."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(files["evidence.csv"].decode(), newline="")):
        rows[row["section"]].append(row)
    return rows


def computed(files: Files) -> list[Section]:
    """Return every section with its score computed a second time."""
    plan, rows = json.loads(files["plan.json"]), evidence_of(files)
    voted = ballots([row for mine in rows.values() for row in mine])
    return [Section(plan, facts, rows[facts["id"]], voted) for facts in json.loads(files["sections.json"])]


def check_verdict(files: Files, report: Report) -> None:
    """Compute sheets, ranks and triggers again and compare every leaf of the verdict."""
    plan, told = json.loads(files["plan.json"]), json.loads(files["verdict.json"])
    known = json.loads(files["sections.json"])
    strangers = sorted(evidence_of(files).keys() - {one["id"] for one in known})
    zh, en = f"佐证只涉及名单内科室 {strangers or ''}", f"evidence names known sections {strangers or ''}"
    report.item(zh, en, passed=not strangers)
    sections = computed(files)
    place(plan, sections)
    named = [
        {"id": sheet["section"], **{name: sheet[name] for name in known[0] if name != "id"}} for sheet in told["sheets"]
    ]
    zh, en = "得分表就是 sections.json 中各科室的", "the sheets are those of sections.json"
    report.item(zh, en, passed=named == known)
    sheets = {sheet["section"]: sheet for sheet in told["sheets"]}
    places = {one["section"]: one for one in told["placements"]}
    for one in sections:
        _check_section(one, sheets.get(one.id, {}), places.get(one.id, {}), told["grades"].get(one.id, ""), report)
    past = list(csv.DictReader(io.StringIO(files["past.csv"].decode(), newline="")))
    triggers = Triggers(plan, sections, past, json.loads(files["estimates.json"])["classes"])
    for trigger in plan["triggers"]:
        found, rows = triggers.told(trigger["id"]), [one for one in told["triggers"] if one["trigger"] == trigger["id"]]
        names = "、".join(one.name for one in sections if one.id in triggers.fired(trigger["id"])) or "—"
        at = differs(rows, found)
        zh, en = f"触发“{trigger['name']}”：{names}{at}", f"trigger “{trigger['name']}”: {names}{at}"
        report.item(zh, en, passed=not at)
    order = [(trigger["id"], one.id) for trigger in plan["triggers"] for one in sections]
    head = {"format": "pingyi-verdict/2", "title": plan["title"], "year": plan["year"]}
    head |= {"is_complete": not any(one.sheet()["gaps"] for one in sections)}
    head |= {"grades": {one.id: one.grade for one in sections if one.grade}}
    head |= {"triggers": [list(one) for one in order], "placements": [one.id for one in sections]}
    said = {**told, "triggers": [[one["trigger"], one["section"]] for one in told["triggers"]]}
    said["placements"] = [one["section"] for one in told["placements"]]
    at = differs({name: value for name, value in said.items() if name != "sheets"}, head)
    report.item(f"结果的其余各项{at}", f"the rest of the verdict{at}", passed=not at)


def differs(told: Any, found: Any, at: str = "") -> str:
    """Return the place of the first leaf that is not what was computed; nothing where all are."""
    if isinstance(told, dict) and isinstance(found, dict) and told.keys() == found.keys():
        return next((where for name in sorted(told) if (where := differs(told[name], found[name], f"{at}/{name}"))), "")
    if isinstance(told, list) and isinstance(found, list) and len(told) == len(found):
        pairs = enumerate(zip(told, found, strict=True))
        return next((where for place, pair in pairs if (where := differs(*pair, f"{at}/{place}"))), "")
    same = fits(found, told) if callable(found) else type(told) is type(found) and told == found
    return "" if same else f" ({at or '/'})"


def fits(test: Callable[[Any], bool], told: Any) -> bool:
    """Whether a leaf is the number that its test asks for; what is no number is not."""
    try:
        return test(told)
    except FAULTS:
        return False


def _check_section(one: Section, sheet: Json, told: Json, grade: str, report: Report) -> None:
    exact = None if one.score is None else str(one.score)
    right = (sheet.get("score"), sheet.get("printed"), sheet.get("vetoes")) == (exact, one.printed, one.vetoes)
    said = one.printed or "—"
    report.item(f"得分：{one.name} {said}", f"score: {one.name} {said}", passed=right)
    at = differs(sheet, one.sheet())
    report.item(f"得分表逐项：{one.name}{at}", f"sheet, every item: {one.name}{at}", passed=not at)
    at = differs(told, one.placement) or ("" if grade == one.grade else " (/grades)")
    report.item(f"排名：{one.name} {one.rank or '—'}{at}", f"rank: {one.name} {one.rank or '—'}{at}", passed=not at)


# 9 All checks in order

Check = tuple[str, int, str, str, Callable[[Bundle, Report], None]]
CHECKS: list[Check] = [
    ("files.list", 2, "文件齐全，一个不多", "the files are those of the list", check_list),
    ("files.manifest", 5, "文件与清单一致", "the files are those of the manifest", check_manifest),
    ("record.entries", 4, "存证的条目", "the record's entries", check_record),
    ("record.signatures", 4, "签名", "signatures", check_signatures),
    ("record.binding", 3, "文件就是存证所记的", "the files are those that the record tells of", check_binding),
    ("record.recount", 5, "复核重算", "the second count", check_recount),
    ("record.receipt", 5, "公布的回执", "the receipt of the publication", check_receipt),
    ("verdict", 9, "结果", "the verdict", lambda bundle, report: check_verdict(bundle.files, report)),
    ("estimates", 12, "可靠程度", "how sure it is", lambda bundle, report: check_estimates(bundle.files, report)),
]


def run(bundle: Bundle, report: Report) -> None:
    """Run all checks that this bundle allows; each reaches its end or is reported as unreadable."""
    if bundle.format == "pingyi-bundle/1":
        report.check = "files.manifest"
        zh = "这是旧格式（pingyi-bundle/1）：请用成果包里自带的 verify.py 核验"
        report.item(zh, "the former format pingyi-bundle/1: check it with the verify.py inside it", passed=False)
        return
    for name, _, zh, en, check in CHECKS:
        is_asked = bundle.asked.receipt if name == "record.receipt" else bundle.is_signed or name[:7] != "record."
        if not is_asked:
            continue
        report.check = name
        try:
            check(bundle, report)
        except FAULTS as fault:
            report.item(f"{zh}：缺失或无法读取（{fault!r}）", f"{en}: missing or unreadable ({fault!r})", passed=False)


def close(bundle: Bundle, report: Report) -> int:
    """Say how it ends; 2 where all is right in itself and nothing tells who signed it."""
    report.check, asked = "", bundle.asked
    if not bundle.is_signed and (asked.vkey or asked.held or asked.receipt):
        report.item("成果包里没有存证", "the bundle has no record", passed=False)
    report.item(f"总计：{report.failed} 项不通过", f"in all: {report.failed} failed", passed=not report.failed)
    if report.failed:
        return 1
    if not bundle.is_signed:
        report.note("无人签名，只作了复算", "not signed by anybody: it was only computed again")
        return 2
    if not asked.vkey:
        key = bundle.files["log/vkey"].decode().strip()
        zh = f"签名者未核实。请与公示的公钥核对，并用 --vkey 再核验：{key}"
        report.note(zh, f"signer not known: compare this key with the one made public, and give it as --vkey: {key}")
    return 0 if asked.vkey else 2


def listed(lang: str) -> str:
    """Return the checks, one a line: id, section of docs/reference/bundle.md, what is checked."""
    return "".join(f"{name:18} {number}  {zh if lang == 'zh' else en}\n" for name, number, zh, en, _ in CHECKS)


def parser() -> argparse.ArgumentParser:
    """Return the command's words."""
    words = argparse.ArgumentParser(description="核验评议成果包 · check a published verdict")
    words.add_argument("bundle", nargs="?", default=str(Path(__file__).parent), help="成果包 bundle.zip / folder")
    words.add_argument("--lang", choices=["zh", "en"], default="zh")
    words.add_argument("--vkey", default="", help="公示的存证公钥 · the public key that was made known")
    words.add_argument("--held", default="", help="您留存的检查点文件 · a checkpoint file that you kept")
    words.add_argument("--receipt", default="", help="公布的回执文件 · the receipt that is offered beside the download")
    words.add_argument("--bundle-digest", default="", help="公示的内容摘要 · contents_sha256 as the page shows it")
    words.add_argument("--chains", action="store_true", help="逐行核对大存证 · follow every row of a great record")
    words.add_argument("--list", action="store_true", help="列出各项核验 · list the checks")
    words.add_argument("--json", action="store_true", help="机读输出 · for programs")
    return words


def main(arguments: list[str] | None = None) -> int:
    """Check a bundle and say what passes; 0 when everything does."""
    asked = parser().parse_args(arguments)
    if asked.list:
        sys.stdout.write(listed(asked.lang))
        return 0
    report = Report(asked.lang, quiet=asked.json)
    code = 1
    try:
        for name in ("held", "receipt"):
            path = getattr(asked, name)
            setattr(asked, name, Path(path).read_text(encoding="utf-8") if path else "")
        bundle = Bundle(Path(asked.bundle), asked)
    except (OSError, zipfile.BadZipFile, zlib.error, *FAULTS) as fault:
        report.item(f"打不开：{fault}", f"cannot be opened: {fault}", passed=False)
    else:
        run(bundle, report)
        code = close(bundle, report)
    if asked.json:
        told = {"code": code, "passed": code == 0, "items": report.items}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
