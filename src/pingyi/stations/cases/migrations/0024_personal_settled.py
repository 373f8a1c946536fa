from typing import Any

from django.db import migrations, models

import pingyi.record.keyring
from pingyi.record import earlier

KEYED = ("case", "hotlinetable", "setasiderow", "submission")
TABLES = (
    "cases_complainant",
    "cases_attachment",
    "cases_callback",
    "cases_rating",
    "cases_message",
    "cases_reopening",
    "cases_identification",
    "cases_hotlinetable",
    "cases_setasiderow",
    "cases_submission",
    "cases_sourcerow",
)


def clear_old_pages(apps: Any, schema_editor: Any) -> None:
    earlier.clear_old_pages(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    atomic = False  # old pages are written anew outside a transaction
    dependencies = [("cases", "0023_personal_keys")]

    operations = [
        migrations.RemoveField("complainant", "contact_key"),
        *(
            migrations.AlterField(
                model, "key_name", models.CharField(default=pingyi.record.keyring.new_name, max_length=32)
            )
            for model in KEYED
        ),
        migrations.AddIndex("case", models.Index(fields=["key_name"], name="cases_by_key")),
        migrations.RunPython(clear_old_pages, migrations.RunPython.noop),
    ]
