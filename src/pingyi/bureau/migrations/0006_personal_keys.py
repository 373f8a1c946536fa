from typing import Any

from django.db import migrations

from pingyi.record import earlier


def encrypt(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    member, upload = apps.get_model("bureau", "Member"), apps.get_model("bureau", "Upload")
    earlier.name_keys(connection, member)
    earlier.encrypt(connection, member, naming=lambda row: (row.key_name, f"member/{row.reference}"))
    motion = apps.get_model("bureau", "Motion")
    earlier.name_keys(connection, motion)
    earlier.encrypt(connection, motion, naming=lambda row: (row.key_name, f"motion/{row.reference}"))
    earlier.name_keys(connection, upload)
    for row in upload.objects.all():
        row.subject, row.content = f"upload/{row.key_name}", bytes(row.content_in_clear)
        row.save()


class Migration(migrations.Migration):
    dependencies = [("bureau", "0005_personal_fields")]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
