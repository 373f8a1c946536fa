from typing import Any

from django.db import migrations, models

import pingyi.record.keyring
import pingyi.record.personal
from pingyi.record import earlier


def clear_old_pages(apps: Any, schema_editor: Any) -> None:
    earlier.clear_old_pages(schema_editor.connection, ["bureau_member", "bureau_motion", "bureau_upload"])


class Migration(migrations.Migration):
    atomic = False  # old pages are written anew outside a transaction
    dependencies = [("bureau", "0006_personal_keys")]

    operations = [
        migrations.RemoveField("upload", "content_in_clear"),
        *(
            migrations.AlterField(
                model, "key_name", models.CharField(default=pingyi.record.keyring.new_name, max_length=32)
            )
            for model in ("member", "motion", "upload")
        ),
        migrations.AlterField("upload", "content", pingyi.record.personal.PersonalOctets()),
        migrations.RunPython(clear_old_pages, migrations.RunPython.noop),
    ]
