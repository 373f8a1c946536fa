"""What the house does without, in force; and each rule is shown a tree that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import habits

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "src" / "pingyi"
RULES = [
    habits.absent,
    habits.expression_writes,
    habits.bulk_writes,
    habits.sorted_models,
    habits.forced_doors,
    habits.decoders_outside_the_reader,
    habits.loose_templates,
]
BROKEN = [
    (habits.absent, "x.py", "from django.forms import ModelForm\n"),
    (habits.absent, "x.py", "from django.contrib.contenttypes.fields import GenericForeignKey\n"),
    (habits.absent, "x.py", "from django.db.models.signals import post_save\n"),
    (habits.absent, "x.py", "from django.contrib.admin import site\n"),
    (habits.absent, "x.py", "from django.views.decorators.csrf import csrf_exempt\n"),
    (habits.expression_writes, "x.py", "def f(rows, F):\n    rows.update(number=F('number') + 1)\n"),
    (habits.expression_writes, "x.py", "def f(row, F):\n    row.number = F('number') + 1\n"),
    (habits.bulk_writes, "x.py", "Task.objects.update(title='x')\n"),
    (habits.bulk_writes, "x.py", "Task.objects.filter(pk=1).delete()\n"),
    (habits.decoders_outside_the_reader, "x.py", "def f():\n    from PIL import Image\n"),
    (habits.decoders_outside_the_reader, "x.py", "import lxml.etree\n"),
    (habits.sorted_models, "models.py", "class A:\n    class Meta:\n        ordering = ['pk']\n"),
    (habits.loose_templates, "x.html", '<p style="color: red">'),
    (habits.loose_templates, "x.html", '<button onclick="go()">'),
    (habits.loose_templates, "x.html", "<script>go()</script>"),
    (habits.loose_templates, "x.html", "{{ text|safe }}"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Callable[[Path], list[str]]) -> None:
    faults = rule(TREE)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("rule", "name", "text"), BROKEN)
def test_a_broken_tree_is_found(tmp_path: Path, rule: Callable[[Path], list[str]], name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert rule(tmp_path), f"{rule.__name__} did not see the fault"


def test_an_import_of_another_rooms_views_is_found(tmp_path: Path) -> None:
    for room in ("plans", "results"):
        (tmp_path / "stations" / room).mkdir(parents=True)
    text = "from pingyi.stations.plans.views import board\n"
    (tmp_path / "stations" / "results" / "x.py").write_text(text, encoding="utf-8")
    assert habits.forced_doors(tmp_path)


def test_every_room_stands_in_the_contracts() -> None:
    faults = habits.rooms_outside_the_contracts(ROOT)
    assert not faults, "\n".join(faults)


def test_a_room_that_no_contract_names_is_found(tmp_path: Path) -> None:
    room = tmp_path / "src" / "pingyi" / "stations" / "secrets"
    room.mkdir(parents=True)
    (room / "apps.py").touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert habits.rooms_outside_the_contracts(tmp_path)
