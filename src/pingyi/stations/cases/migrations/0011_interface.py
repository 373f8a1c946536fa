from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_oversight"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        # Cases of before count as changed now: who asks what changed hears of each once.
        migrations.RunSQL("UPDATE cases_case SET changed_at = CURRENT_TIMESTAMP", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["channel_id", "changed_at", "id"], name="cases_by_change"),
        ),
    ]
