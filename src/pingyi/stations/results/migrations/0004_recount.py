"""A second count of a settlement, and beside what was frozen the digest of each file published of it."""

import django.db.models.deletion
from django.db import migrations, models

import pingyi.record.references


class Migration(migrations.Migration):
    dependencies = [
        ("bureau", "0008_interests"),
        ("results", "0003_published_digest"),
    ]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="files",
            field=models.JSONField(default=None, null=True),
        ),
        migrations.CreateModel(
            name="Recount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=pingyi.record.references.new_reference, editable=False, max_length=64, unique=True
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("entry_hash", models.CharField(default="", editable=False, max_length=64)),
                ("salts", models.JSONField(default=dict, editable=False)),
                ("published_sha256", models.CharField(blank=True, max_length=64)),
                ("is_equal", models.BooleanField()),
                ("differs", models.JSONField(default=list)),
                ("recounted_on", models.DateField()),
                (
                    "recounted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bureau.member"
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recounts", to="results.verdict"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
