from django.db import migrations, models

from pingyi.record.personal import PersonalField, PersonalJSON

SALTED = ("attachment", "callback", "complainant", "identification", "message", "rating", "reopening")
KEYED = ("case", "hotlinetable", "setasiderow", "submission")


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_comparisons_kept"), ("record", "0003_erased_keys")]

    operations = [
        *(migrations.AddField(model, "key_name", models.CharField(default="", max_length=32)) for model in KEYED),
        *(
            migrations.AlterField("complainant", name, PersonalField(blank=True))
            for name in ("name", "phone", "email", "address")
        ),
        migrations.AlterField("attachment", "name", PersonalField()),
        migrations.AlterField("callback", "words", PersonalField(blank=True)),
        migrations.AlterField("rating", "words", PersonalField(blank=True)),
        migrations.AlterField("message", "text", PersonalField()),
        migrations.AlterField("reopening", "reason", PersonalField(blank=True)),
        migrations.AlterField("identification", "reason", PersonalField(blank=True)),
        migrations.AlterField("hotlinetable", "preview", PersonalJSON(default=dict)),
        migrations.AlterField("hotlinetable", "read", PersonalJSON(default=list)),
        migrations.AlterField("setasiderow", "cells", PersonalJSON(default=list)),
        migrations.AlterField("setasiderow", "problems", PersonalJSON(default=list)),
        migrations.AlterField("submission", "payload", PersonalJSON(default=dict)),
        migrations.AlterField("submission", "digest", PersonalField(blank=True)),
        migrations.AlterField("sourcerow", "fingerprint", PersonalField()),
        *(migrations.AlterField(model, "salts", PersonalJSON(default=dict, editable=False)) for model in SALTED),
    ]
