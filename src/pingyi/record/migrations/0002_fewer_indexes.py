from typing import Any

from django.db import migrations

# Django gives every indexed text a second index for LIKE 'x%'; nobody asks for a part of these, and each entry pays.
UNASKED = ["record_entry_leaf_841a0a3b_like", "record_entry_verb_c9e52aba_like"]


def lighten(apps: Any, schema_editor: Any) -> None:
    for name in UNASKED if schema_editor.connection.vendor == "postgresql" else []:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunPython(lighten, migrations.RunPython.noop)]
