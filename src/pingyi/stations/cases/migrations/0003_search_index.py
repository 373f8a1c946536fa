from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE cases_found USING fts5(
        words, content='cases_casewords', content_rowid='case_id', detail='none', columnsize=0,
        tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER cases_found_added AFTER INSERT ON cases_casewords BEGIN
        INSERT INTO cases_found (rowid, words) VALUES (new.case_id, new.words); END""",
    """CREATE TRIGGER cases_found_removed AFTER DELETE ON cases_casewords BEGIN
        INSERT INTO cases_found (cases_found, rowid, words) VALUES ('delete', old.case_id, old.words); END""",
    """CREATE TRIGGER cases_found_changed AFTER UPDATE ON cases_casewords BEGIN
        INSERT INTO cases_found (cases_found, rowid, words) VALUES ('delete', old.case_id, old.words);
        INSERT INTO cases_found (rowid, words) VALUES (new.case_id, new.words); END""",
]
POSTGRES = [
    "CREATE INDEX cases_found ON cases_casewords USING gin (array_to_tsvector(string_to_array(words, ' ')))",
]
GONE = {"sqlite": ["DROP TABLE cases_found"], "postgresql": ["DROP INDEX cases_found"]}


def make(apps: Any, schema_editor: Any) -> None:
    made = {"sqlite": SQLITE, "postgresql": POSTGRES}
    for statement in made[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps: Any, schema_editor: Any) -> None:
    for statement in GONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_seeing")]
    operations = [migrations.RunPython(make, unmake)]
