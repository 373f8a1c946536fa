"""`pingyi verify` on a real database file, changed by real SQL; and a process killed in the middle of an act."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pingyi.cli.tests.patience import PATIENCE

SET_UP = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "pingyi.config.settings"
import django
django.setup()
from datetime import UTC, datetime
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError
from pingyi.record import guards, sequence
from pingyi.record.acts import act
from pingyi.record.models import Apart, Entry, Leaf, Node, Checkpoint, Cosignature, SealedReason
from pingyi.record.tests.conftest import AT, VERBS, ZHOU
from pingyi.record.tests.matters import KINDS, Matter
from pingyi.rules import permissions
permissions.PERMISSIONS = {verb: permissions.Permission(reach=reach) for verb, reach in VERBS.items()}
tables = connection.introspection.table_names()
with connection.schema_editor() as editor:
    for model in (Entry, Leaf, Node, Checkpoint, Cosignature, Apart, SealedReason, *KINDS):
        if model._meta.db_table not in tables:
            editor.create_model(model)
guards.install(connection)
from pingyi.record import audit, bindings, models, uncovered
audit._checks.clear()  # of rooms that this house has no tables for
audit._lists.clear()
bindings._covered.clear()
uncovered.apps = models.apps = type("Rooms", (), {"get_models": staticmethod(lambda: KINDS)})
"""
FILL = """
with act("matter.open", by=ZHOU, at=AT) as change:
    change.save_all([Matter(title=f"第{n}件", reference=f"M{n}") for n in range(5)])
sequence.sequence(at=AT)
"""
KILLED = """
with act("matter.open", by=ZHOU, at=AT) as change:
    change.save(Matter(title="半件", reference="HALF"))
    os.kill(os.getpid(), signal.SIGKILL)
"""
VERIFY = """
import json
from typer.testing import CliRunner
from pingyi.cli import app
for words in json.loads(sys.argv[1]):
    connection.close()
    result = CliRunner().invoke(app, ["verify", *words])
    print(json.dumps([result.exit_code, result.output]))
"""
STRANGER = "pingyi.example+5c4854b4+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
CHANGES = {
    "row edited": (
        ["UPDATE matters_matter SET title = '改过' WHERE reference = 'M3'"],
        ["matter/M3", "title", "第3件", "改过"],
    ),
    "row deleted": (["DELETE FROM matters_matter WHERE reference = 'M2'"], ["matter/M2", "不见了"]),
    "entry deleted": (
        ["DELETE FROM record_leaf WHERE position = 1", "DELETE FROM record_entry WHERE subject = 'matter/M1'"],
        ["matter/M1", "第 1 位"],
    ),
    "entry altered": (["UPDATE record_entry SET body = REPLACE(body, '第4件', '第四件')"], ["matter/M4", "篡改"]),
    "checkpoint altered": (["UPDATE record_checkpoint SET note = REPLACE(note, '5', '6')"], ["检查点 5", "签名"]),
}


def run(home: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PINGYI_HOME": str(home), "PINGYI_DATABASE_URL": ""}
    command = [sys.executable, "-W", "ignore", "-c", SET_UP + program, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)


def verify(home: Path, *cases: list[str]) -> list[tuple[int, str]]:
    """Run the command once for each list of words, in one process, for Django takes seconds to start."""
    done = run(home, VERIFY, json.dumps(cases))
    assert done.returncode == 0, done.stderr
    return [(code, output) for code, output in map(json.loads, done.stdout.splitlines())]


def change(file: Path, *statements: str) -> None:
    database = sqlite3.connect(file)
    for table in ("record_entry", "record_leaf", "record_checkpoint"):
        for word in ("update", "delete"):
            database.execute(f"DROP TRIGGER {table}_no_{word}")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house on SQLite with five matters and a checkpoint."""
    folder = tmp_path_factory.mktemp("built")
    made = run(folder, FILL)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def judged(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What the command says of the untouched house, of each spoiled copy, and to each odd question."""
    folder = tmp_path_factory.mktemp("spoiled")
    (folder / "text").write_text("not a database", encoding="utf-8")
    cases: dict[str, list[str]] = {"zh": [], "en": ["--lang", "en"], "another key": ["--vkey", STRANGER]}
    cases |= {"no key": ["--vkey", "nonsense"], "no database": ["--database", str(folder / "text")]}
    cases |= {"no file": ["--database", str(folder / "none")]}
    cases |= {"no bundle": [str(folder / "text")], "no bundle json": [str(folder / "text"), "--json"]}
    for number, (name, (statements, _)) in enumerate(CHANGES.items()):
        file = shutil.copy(built / "pingyi.sqlite3", folder / f"{number}.sqlite3")
        change(file, *statements)
        cases[name] = ["--database", str(file)]
        cases[f"{name} json"] = [*cases[name], "--json", "--lang", "en"]
    return dict(zip(cases, verify(built, *cases.values()), strict=True))


def test_an_untouched_database_passes_in_both_languages(judged: dict[str, tuple[int, str]]) -> None:
    assert judged["zh"] == (
        0,
        "条目 5 条，已排定 5 条，检查点 1 个。\n有 1 列不在任何条目的覆盖之内：matter.draft。\n"
        "没有见证方签过名：这只说明存证自身前后一致。\n通过。\n",
    )
    assert judged["en"] == (
        0,
        "5 entries, 5 in the tree, 1 checkpoints.\n1 columns are not covered by any entry: matter.draft.\n"
        "No witness has signed: this shows only that the record is consistent with itself.\nPassed.\n",
    )


@pytest.mark.parametrize("name", CHANGES)
def test_what_sql_changed_is_named_and_the_exit_code_is_1(judged: dict[str, tuple[int, str]], name: str) -> None:
    code, said = judged[name]
    assert code == 1
    assert [word for word in CHANGES[name][1] if word not in said] == []


def test_programs_get_codes_and_facts(judged: dict[str, tuple[int, str]]) -> None:
    result = json.loads(judged["row edited json"][1])
    assert (result["passed"], result["entries"]) == (False, 5)
    assert {"code": "row.changed", "subject": "matter/M3", "field": "title"}.items() <= result["faults"][0].items()


def test_another_key_fails_and_what_cannot_be_read_is_said_plainly(judged: dict[str, tuple[int, str]]) -> None:
    assert judged["another key"][0] == 1
    assert [judged[name][0] for name in ("no key", "no database", "no file")] == [2, 2, 2]
    assert (judged["no bundle"][0], "打不开" in judged["no bundle"][1]) == (1, True)
    assert json.loads(judged["no bundle json"][1])["passed"] is False


def test_the_guards_refuse_sql_that_did_not_take_them_away(built: Path) -> None:
    database = sqlite3.connect(built / "pingyi.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        database.execute("DELETE FROM record_entry")
    database.close()


def test_a_process_killed_in_the_middle_of_an_act_leaves_neither_row_nor_entry(built: Path, tmp_path: Path) -> None:
    home = shutil.copytree(built, tmp_path / "home")
    assert run(home, KILLED).returncode == -9
    database = sqlite3.connect(home / "pingyi.sqlite3")
    assert database.execute("SELECT count(*) FROM matters_matter WHERE reference = 'HALF'").fetchone() == (0,)
    assert database.execute("SELECT count(*) FROM record_entry").fetchone() == (5,)
    database.close()
    assert verify(home, [])[0][0] == 0


def test_a_kept_checkpoint_shows_that_a_backup_was_put_back(built: Path, tmp_path: Path) -> None:
    home = shutil.copytree(built, tmp_path / "home")
    assert run(home, FILL.replace("M{n}", "N{n}")).returncode == 0
    held = tmp_path / "held.txt"
    database = sqlite3.connect(home / "pingyi.sqlite3")
    held.write_text(database.execute("SELECT note FROM record_checkpoint ORDER BY size DESC").fetchone()[0], "utf-8")
    database.close()
    backup = ["--database", str(built / "pingyi.sqlite3"), "--held", str(held)]
    (now, _), (then, said) = verify(home, ["--held", str(held)], backup)
    assert (now, then, "倒退" in said) == (0, 1, True)


def test_two_processes_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    environment = {**os.environ, "PINGYI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "pingyi.config.settings"}
    program = (
        "from pathlib import Path; from pingyi.record import keys; import sys;"
        "print(keys.public_of(keys.private(Path(sys.argv[1]), name='a'), name='a'))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "key")]
    started = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert len({one.communicate(timeout=PATIENCE)[0] for one in started}) == 1
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("key")] == ["key"]
