"""Counts of tables, the choice between tables and this house, and what a verdict rests on of both."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import pingyi.record.references


def count(apps: Any, schema_editor: Any) -> None:
    """Count the rows of tables that were brought in before."""
    pages, counts = apps.get_model("results", "EvidencePage"), apps.get_model("results", "EvidenceCount")
    found: dict[tuple[int, str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for batch, content in pages.objects.values_list("batch_id", "content").iterator(chunk_size=100):
        for line in content.splitlines():
            said = json.loads(line)
            sums = found[batch, said["source"], said["indicator"], said["section"], said["on"]]
            sums[0] += 1
            sums[1] += _times(said)
    counts.objects.bulk_create(
        [
            counts(
                batch_id=batch,
                source=source,
                indicator=indicator,
                section=section,
                happened_on=on,
                rows=rows,
                answers=answers,
            )
            for (batch, source, indicator, section, on), (rows, answers) in found.items()
        ],
        batch_size=1_000,
    )


def _times(said: dict[str, str]) -> int:
    """Return how many answers a line holds; once one number said it, where it was whole."""
    if "times" in said:
        return int(said["times"])
    weight = Decimal(said["weight"])
    return int(weight) if weight == int(weight) else 1


class Migration(migrations.Migration):
    dependencies = [
        ("bureau", "0008_interests"),
        ("plans", "0001_initial"),
        ("results", "0005_rulings"),
    ]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="alone",
            field=models.JSONField(default=None, null=True),
        ),
        migrations.AddField(
            model_name="verdict",
            name="choices",
            field=models.JSONField(default=None, null=True),
        ),
        migrations.CreateModel(
            name="EvidenceCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=80)),
                ("indicator", models.CharField(max_length=80)),
                ("section", models.CharField(max_length=80)),
                ("happened_on", models.DateField()),
                ("rows", models.PositiveIntegerField()),
                ("answers", models.PositiveIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="results.evidencebatch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourceChoice",
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
                ("source", models.CharField(max_length=80)),
                ("counts", models.CharField(max_length=8)),
                ("since", models.DateField(blank=True, null=True)),
                ("chosen_on", models.DateField()),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bureau.member"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="plans.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "source"), name="results_one_choice_a_source")
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
