from django.db import migrations, models

import pingyi.record.keyring
import pingyi.record.personal


class Migration(migrations.Migration):
    dependencies = [("bureau", "0004_persons")]

    operations = [
        migrations.AddField("member", "key_name", models.CharField(default="", max_length=32)),
        migrations.AlterField("member", "phone", pingyi.record.personal.PersonalField(blank=True)),
        migrations.AlterField("member", "mail", pingyi.record.personal.PersonalField(blank=True, default="")),
        migrations.AddField("motion", "key_name", models.CharField(default="", max_length=32)),
        migrations.AlterField("motion", "particulars", pingyi.record.personal.PersonalJSON(default=dict)),
        migrations.AlterField("motion", "salts", pingyi.record.personal.PersonalJSON(default=dict, editable=False)),
        migrations.AddField("upload", "key_name", models.CharField(default="", max_length=32)),
        migrations.RenameField("upload", "content", "content_in_clear"),
        migrations.AddField("upload", "content", pingyi.record.personal.PersonalOctets(default=b"")),
    ]
