from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0002_fewer_indexes")]

    operations = [
        migrations.CreateModel(
            name="ErasedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32, unique=True)),
            ],
        ),
    ]
