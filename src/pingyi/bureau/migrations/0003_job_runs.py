from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORMER = "django_tasks_database"  # the package that was to run jobs, and never ran one


def forget_tasks(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take away the tables of the task package that older versions installed; a fresh database has none."""
    schema_editor.execute("DROP TABLE IF EXISTS django_tasks_database_dbtaskresult")
    types = apps.get_model("contenttypes", "ContentType").objects.filter(app_label=FORMER)
    apps.get_model("auth", "Permission").objects.filter(content_type__in=types).delete()
    types.delete()
    schema_editor.execute("DELETE FROM django_migrations WHERE app = %s", [FORMER])


class Migration(migrations.Migration):
    dependencies = [
        ("bureau", "0002_posts_and_absences"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("holder", models.CharField(blank=True, max_length=120)),
                ("due", models.DateTimeField()),
                ("began", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("fails", models.PositiveIntegerField(default=0)),
                ("fault", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.RunPython(forget_tasks, migrations.RunPython.noop),
    ]
