"""What will be published has a digest of its own; that of the rows that stay in the house is called so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0002_assessment"),
    ]

    operations = [
        migrations.RenameField(model_name="verdict", old_name="evidence_sha256", new_name="held_sha256"),
        migrations.AddField(
            model_name="verdict", name="published_sha256", field=models.CharField(max_length=64, null=True)
        ),
    ]
