from typing import Any

from django.db import migrations

from pingyi.record import earlier, marks
from pingyi.stations.cases.marks import marks_of

OF_A_CASE = ("complainant", "attachment", "callback", "rating", "message", "reopening", "identification")
BY_THEMSELVES = {
    "submission": "follow_code",
    "hotlinetable": "token",
    "setasiderow": "key_name",
}


def mark(rows: list[Any]) -> None:
    marks.mark({row.case.key_name: marks_of(row) for row in rows if row.erased_on is None})


def encrypt(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    for name in ("case", *BY_THEMSELVES):
        earlier.name_keys(connection, apps.get_model("cases", name))
    for name in OF_A_CASE:
        earlier.encrypt(
            connection,
            apps.get_model("cases", name),
            links=["case"],
            naming=lambda row, name=name: (row.case.key_name, f"{name}/{row.reference}"),
            follow=mark if name == "complainant" else lambda _: None,
        )
    earlier.encrypt(
        connection,
        apps.get_model("cases", "SourceRow"),
        links=["case"],
        naming=lambda row: (row.case.key_name, f"sourcerow/{row.case_id}"),
    )
    for name, called in BY_THEMSELVES.items():
        earlier.encrypt(
            connection,
            apps.get_model("cases", name),
            naming=lambda row, name=name, called=called: (row.key_name, f"{name}/{getattr(row, called)}"),
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_personal_fields")]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
