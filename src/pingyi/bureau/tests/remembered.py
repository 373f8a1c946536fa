"""A scene that many tests begin with is played once; afterwards its rows are laid out again, byte for byte.

Playing a scene through the actions costs far more than the test that follows it. So the rows that it added or changed
are kept, under the scene's name and every row of the database it began from: who begins elsewhere plays it anew. The
keys that the scene made are kept too, for a test may destroy them. What else a scene depends on, such as what a test
has patched, its name has to say; or the scene is not remembered.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.apps import apps
from django.db import connection, transaction

from pingyi.record import keyring_file

Row = tuple[object, ...]
Rows = dict[str, dict[object, Row]]  # table → key → row
State = bytes
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What playing a scene gave back, and what it did to the tables."""

    result: object
    added: dict[str, list[Row]]
    changed: dict[str, list[Row]]
    keys: list[Row]
    marks: list[Row]


_scenes: dict[tuple[str, bytes, State], Scene] = {}


def remembered(name: str, *, play: Callable[[], Result]) -> Result:
    """Play a scene, or lay out its rows where it was played from this very state before."""
    if not keyring_file.master_file().exists():
        keyring_file.begin()  # a home that a test made by itself
    key = (name, keyring_file.master(), _state())
    if key not in _scenes:
        before, last = _rows(), _last_key()
        result = play()
        _scenes[key] = _scene(copy.deepcopy(result), before, _rows(), last_key=last)
        return result
    with transaction.atomic():
        _lay_out(_scenes[key])
    return copy.deepcopy(_scenes[key].result)  # type: ignore[return-value]


def _scene(result: object, before: Rows, after: Rows, *, last_key: int) -> Scene:
    gone = [table for table, rows in before.items() if rows.keys() - after[table].keys()]
    assert not gone, f"a remembered scene deletes no rows: {gone}"
    added = {table: [row for key, row in rows.items() if key not in before[table]] for table, rows in after.items()}
    changed = {
        table: [row for key, row in rows.items() if before[table].get(key, row) != row] for table, rows in after.items()
    }
    return Scene(
        result=result,
        added={table: rows for table, rows in added.items() if rows},
        changed={table: rows for table, rows in changed.items() if rows},
        keys=_of_keyring("SELECT name, wrapped FROM keys WHERE id > ?", last_key),
        marks=_of_keyring(
            "SELECT name, kind, digest FROM marks JOIN keys ON keys.id = marks.key WHERE key > ?", last_key
        ),
    )


def _state() -> State:
    """Say where the database stands: whatever is written in any row of it."""
    return hashlib.sha256(repr(_rows()).encode()).digest()


def _rows() -> Rows:
    with connection.cursor() as cursor:
        found: Rows = {}
        for table, columns in _tables().items():
            names = ", ".join(map(_quoted, columns))
            # A server gives rows in the order in which it happened to find room for them.
            cursor.execute(f"SELECT {names} FROM {_quoted(table)} ORDER BY 1")  # noqa: S608
            found[table] = {row[0]: tuple(row) for row in cursor.fetchall()}
    return found


def _lay_out(scene: Scene) -> None:
    with connection.cursor() as cursor:
        for table, rows in scene.added.items():
            columns = _tables()[table]
            names, places = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})", rows)  # noqa: S608
        for table, rows in scene.changed.items():
            key, *others = _tables()[table]
            setting = ", ".join(f"{_quoted(name)} = %s" for name in others)
            statement = f"UPDATE {_quoted(table)} SET {setting} WHERE {_quoted(key)} = %s"  # noqa: S608
            cursor.executemany(statement, [(*row[1:], row[0]) for row in rows])
        if connection.vendor == "postgresql":
            _count_on(scene)
    if scene.keys:
        _lay_out_keys(scene)


def _lay_out_keys(scene: Scene) -> None:
    """Make the keys anew, not renew them: the keyring's newest are those of the newest rows."""
    names = [row[:1] for row in scene.keys]
    with keyring_file.writing() as ring:
        ring.executemany("DELETE FROM marks WHERE key = (SELECT id FROM keys WHERE name = ?)", names)
        ring.executemany("DELETE FROM keys WHERE name = ?", names)
        ring.executemany("INSERT INTO keys (name, wrapped) VALUES (?, ?)", scene.keys)
        ring.executemany("INSERT INTO marks SELECT id, ?2, ?3 FROM keys WHERE name = ?1", scene.marks)


def _last_key() -> int:
    return int(str(_of_keyring("SELECT COALESCE(MAX(id), ?) FROM keys", 0)[0][0]))


def _of_keyring(asked: str, last: int) -> list[Row]:
    return [tuple(row) for row in keyring_file.connection().execute(asked, [last])]


def _count_on(scene: Scene) -> None:
    """Let PostgreSQL's sequences go on behind the keys that were laid out."""
    with connection.cursor() as cursor:
        for table, rows in scene.added.items():
            key = _tables()[table][0]
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(table), key])
            if sequence := cursor.fetchone()[0]:
                highest = max(int(str(row[0])) for row in rows)
                last = f"GREATEST(%s, (SELECT last_value FROM {sequence}))"  # noqa: S608
                cursor.execute(f"SELECT setval(%s, {last})", [sequence, highest])


_columns: dict[str, list[str]] = {}


def _tables() -> dict[str, list[str]]:
    """Return the columns of every table, its key first."""
    if not _columns:
        for model in apps.get_models(include_auto_created=True):
            fields = model._meta.concrete_fields
            ordered = [one for one in fields if one.primary_key] + [one for one in fields if not one.primary_key]
            _columns[model._meta.db_table] = [one.column for one in ordered]
    return _columns


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
