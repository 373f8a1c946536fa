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
from pingyi.record.models import Entry, Leaf, Node, Checkpoint, Cosignature
from pingyi.record.tests.conftest import AT, VERBS, ZHOU
from pingyi.record.tests.matters import KINDS, Matter
from pingyi.rules import permissions
permissions.PERMISSIONS = {verb: permissions.Permission(reach=reach) for verb, reach in VERBS.items()}
tables = connection.introspection.table_names()
with connection.schema_editor() as editor:
    for model in (Entry, Leaf, Node, Checkpoint, Cosignature, *KINDS):
        if model._meta.db_table not in tables:
            editor.create_model(model)
guards.install(connection)
from pingyi.record import models
models.apps = type("Rooms", (), {"get_models": staticmethod(lambda: KINDS)})
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
from typer.testing import CliRunner
from pingyi.cli import app
result = CliRunner().invoke(app, ["verify", *sys.argv[1:]])
print(result.output)
sys.exit(result.exit_code)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house on SQLite with five matters and a checkpoint."""
    folder = tmp_path_factory.mktemp("built")
    made = run(folder, FILL)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """The same house, to be spoiled."""
    return shutil.copytree(built, tmp_path / "home")


def run(home: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PINGYI_HOME": str(home), "PINGYI_DATABASE_URL": ""}
    command = [sys.executable, "-W", "ignore", "-c", SET_UP + program, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def change(home: Path, *statements: str) -> None:
    database = sqlite3.connect(home / "pingyi.sqlite3")
    for table in ("record_entry", "record_leaf", "record_checkpoint"):
        for word in ("update", "delete"):
            database.execute(f"DROP TRIGGER {table}_no_{word}")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def test_an_untouched_database_passes_in_both_languages(home: Path) -> None:
    chinese, english = run(home, VERIFY), run(home, VERIFY, "--lang", "en")
    assert (chinese.returncode, english.returncode) == (0, 0), chinese.stdout + chinese.stderr
    assert "通过" in chinese.stdout
    assert "Passed." in english.stdout


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["UPDATE matters_matter SET title = '改过' WHERE reference = 'M3'"], ["matter/M3", "title", "第3件", "改过"]),
        (["DELETE FROM matters_matter WHERE reference = 'M2'"], ["matter/M2", "不见了"]),
        (
            [
                "DELETE FROM record_leaf WHERE position = 1",
                "DELETE FROM record_entry WHERE subject = 'matter/M1'",
            ],
            ["matter/M1", "第 1 位"],
        ),
        (["UPDATE record_entry SET body = REPLACE(body, '第4件', '第四件')"], ["matter/M4", "篡改"]),
        (["UPDATE record_checkpoint SET note = REPLACE(note, '5', '6')"], ["检查点 5", "签名"]),
    ],
    ids=["row edited", "row deleted", "entry deleted", "entry altered", "checkpoint altered"],
)
def test_what_sql_changed_is_named_and_the_exit_code_is_1(home: Path, statements: list[str], words: list[str]) -> None:
    change(home, *statements)
    result = run(home, VERIFY)
    assert result.returncode == 1
    assert [word for word in words if word not in result.stdout] == []


def test_programs_get_codes_and_facts(home: Path) -> None:
    change(home, "UPDATE matters_matter SET title = '改过' WHERE reference = 'M3'")
    result = json.loads(run(home, VERIFY, "--json", "--lang", "en").stdout)
    assert (result["passed"], result["entries"]) == (False, 5)
    assert {"code": "row.changed", "subject": "matter/M3", "field": "title"}.items() <= result["faults"][0].items()


def test_the_guards_refuse_sql_that_did_not_take_them_away(home: Path) -> None:
    database = sqlite3.connect(home / "pingyi.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        database.execute("DELETE FROM record_entry")
    database.close()


def test_a_process_killed_in_the_middle_of_an_act_leaves_neither_row_nor_entry(home: Path) -> None:
    assert run(home, KILLED).returncode == -9
    database = sqlite3.connect(home / "pingyi.sqlite3")
    assert database.execute("SELECT count(*) FROM matters_matter WHERE reference = 'HALF'").fetchone() == (0,)
    assert database.execute("SELECT count(*) FROM record_entry").fetchone() == (5,)
    database.close()
    assert run(home, VERIFY).returncode == 0


def test_a_kept_checkpoint_shows_that_a_backup_was_put_back(home: Path, tmp_path: Path) -> None:
    backup = (home / "pingyi.sqlite3").read_bytes()
    assert run(home, FILL.replace("M{n}", "N{n}")).returncode == 0
    held = tmp_path / "held.txt"
    database = sqlite3.connect(home / "pingyi.sqlite3")
    held.write_text(database.execute("SELECT note FROM record_checkpoint ORDER BY size DESC").fetchone()[0], "utf-8")
    database.close()
    assert run(home, VERIFY, "--held", str(held)).returncode == 0
    (home / "pingyi.sqlite3").write_bytes(backup)
    for rest in ("-wal", "-shm"):
        (home / f"pingyi.sqlite3{rest}").unlink(missing_ok=True)
    result = run(home, VERIFY, "--held", str(held))
    assert (result.returncode, "倒退" in result.stdout) == (1, True)


def test_another_database_and_its_key_can_be_named(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    file = str(home / "pingyi.sqlite3")
    wrong = run(elsewhere, VERIFY, "--database", file)
    assert wrong.returncode == 1
    key = run(home, "from pingyi.record import keys\nprint(keys.verifier())").stdout.strip()
    assert run(elsewhere, VERIFY, "--database", file, "--vkey", key).returncode == 0
    assert run(elsewhere, VERIFY, "--vkey", "nonsense").returncode == 2
    assert run(elsewhere, VERIFY, "--database", str(tmp_path / "none")).returncode == 2
    (tmp_path / "text").write_text("not a database", encoding="utf-8")
    assert run(elsewhere, VERIFY, "--database", str(tmp_path / "text")).returncode == 2


def test_two_processes_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    environment = {**os.environ, "PINGYI_HOME": str(tmp_path)}
    program = (
        "from pathlib import Path; from pingyi.record import keys; import sys;"
        "print(keys.public_of(keys.private(Path(sys.argv[1]), name='a'), name='a'))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "key")]
    environment["DJANGO_SETTINGS_MODULE"] = "pingyi.config.settings"
    started = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({one.communicate(timeout=60)[0] for one in started}) == 1
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("key")] == ["key"]
