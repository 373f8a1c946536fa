"""The verdict is published in the browser, and a stranger checks it with Python alone (§4.4b, §5.4)."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from pingyi import clock
from pingyi.bureau.tests.cast import Cast
from pingyi.record import keys
from pingyi.record.tests import office as witness
from pingyi.stations.results.tests import stage

LATER = stage.AFTER + timedelta(days=1)


@pytest.fixture
def bundle(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What anybody downloads after the office has published the confirmed verdict, unpacked."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(clock, "today", LATER.date)
    stage.confirmed(cast)
    office = cast.client("zhou")
    assert "/publications/verdict/2026/publish/" in office.get("/desk/").content.decode()
    assert office.post("/publications/verdict/2026/publish/").status_code == 422  # laid down; the witness is missing
    witness.sign(at=LATER)
    assert office.post("/publications/verdict/2026/publish/").status_code == 302
    visitor = Client()
    page = visitor.get("/public/2026/verdict/").content.decode()
    assert "/public/2026/bundle.zip" in page
    answer = visitor.get("/public/2026/bundle.zip")
    assert answer.headers["ETag"].strip('"') in page  # the page shows the digest of the very file
    folder = tmp_path / "bundle"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(folder)
    return folder


def checked(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", "verify.py", ".", "--vkey", str(keys.verifier())]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_a_stranger_checks_the_published_verdict_and_finds_every_changed_byte(bundle: Path) -> None:
    code, said = checked(bundle)
    assert code == 0, said
    assert "[不通过]" not in said
    assert "得分：环境监察大队" in said
    assert "存证：检查点的签名" in said
    names = sorted(path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file())
    assert {"plan.json", "evidence.csv", "verdict.json", "log/checkpoint", "verify.py", "manifest.json"} <= set(names)
    for name in names:
        path = bundle / name
        whole = path.read_bytes()
        if not whole:  # an empty table has no byte to change
            continue
        changed = bytearray(whole)
        changed[len(changed) // 2] ^= 1
        path.write_bytes(changed)
        code, said = checked(bundle)
        path.write_bytes(whole)
        assert code != 0, f"{name}: {said}"
        assert name == "verify.py" or name in said, f"{name} is not named: {said}"
    assert checked(bundle)[0] == 0
