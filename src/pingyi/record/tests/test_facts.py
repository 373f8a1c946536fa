"""What an entry says of a value is the same before it is saved and after it is read, whatever its kind."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import models

from pingyi.record import facts
from pingyi.record.ciphertext import Sealed
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField
from pingyi.rules.refused import Refused

BEIJING = timezone(timedelta(hours=8))


class Paper(Recorded):
    """One column of each kind; it has no table."""

    shown: ClassVar = ("title", "count", "share", "on", "at", "mark", "file", "octets", "is_good")
    sealed: ClassVar = ("phone", "story")

    title = models.CharField(max_length=20)
    count = models.IntegerField()
    share = models.DecimalField(max_digits=6, decimal_places=2)
    on = models.DateField()
    at = models.DateTimeField()
    mark = models.UUIDField()
    file = models.FileField()
    octets = models.BinaryField()
    is_good = models.BooleanField()
    phone = PersonalField()
    story = models.TextField(null=True)

    class Meta:
        app_label = "matters"


class Level(StrEnum):
    GOOD = "good"


class Number(Enum):
    ONE = 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", 5, "5"),
        ("title", Level.GOOD, "good"),
        ("count", "7", 7),
        ("count", Number.ONE.value, 1),
        ("share", "1.5", "1.50"),
        ("share", Decimal(2), "2.00"),
        ("on", date(2026, 5, 21), "2026-05-21"),
        ("on", "2026-05-21", "2026-05-21"),
        ("at", datetime(2026, 5, 21, 14, 30, tzinfo=BEIJING), "2026-05-21T06:30:00.000000Z"),
        ("at", datetime(2026, 5, 21, 6, 30, 0, 7, tzinfo=UTC), "2026-05-21T06:30:00.000007Z"),
        ("mark", UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        ("mark", "00000000000000000000000000000007", "00000000-0000-0000-0000-000000000007"),
        ("file", "表.xlsx", "表.xlsx"),
        ("file", "", ""),
        ("octets", b"\xff\xfe\xfd", "__79"),
        ("octets", memoryview(b"\xff\xfe\xfd"), "__79"),
        ("octets", bytearray(b"\x00"), "AA"),
        ("is_good", "1", True),
        ("story", None, None),
    ],
)
def test_each_kind_of_value_has_one_writing(name: str, value: Any, said: object) -> None:
    row = Paper()
    setattr(row, name, value)
    found = facts.value_of(row, name)
    assert (type(found), found) == (type(said), said)


def test_an_enum_is_written_as_its_value_wherever_it_stands() -> None:
    assert facts.plain({Number.ONE: [Level.GOOD, (Number.ONE,)]}) == {"Number.ONE": ["good", [1]]}


@pytest.mark.parametrize("value", [1.5, object(), {1, 2}])
def test_what_has_no_exact_writing_is_refused_rather_than_recorded(value: object) -> None:
    with pytest.raises(TypeError, match="an entry cannot hold"):
        facts.plain(value)


def test_what_is_computed_by_the_database_is_refused() -> None:
    with pytest.raises(TypeError, match="expression"):
        facts.value_of(Paper(count=models.F("count") + 1), "count")


def test_a_value_whose_key_is_not_here_is_held_as_nothing_and_told_to_nobody() -> None:
    row = Paper(story="夜间异味", title="x")
    row.__dict__["phone"] = Sealed("no-such-key", b"x" * 40)
    row.__dict__["reference"] = "P1"
    assert facts.held(row) == {"phone": None, "story": "夜间异味"}
    with pytest.raises(Refused) as refused:
        facts.value_of(row, "phone")
    assert (refused.value.code, refused.value.facts) == ("key.lost", {"subject": "paper/P1"})


@pytest.mark.parametrize("width", [16, 17, 18, 32])
def test_a_salt_is_read_as_it_was_kept(width: int) -> None:
    octets = bytes(range(width))
    kept = base64.urlsafe_b64encode(octets).decode().rstrip("=")
    row = Paper(salts={"phone": kept, "story": kept})
    drawn = facts.salted(row, renew=frozenset({"story"}), draw=lambda count: b"n" * count)
    assert drawn == {"phone": octets, "story": b"n" * facts.SALT}
