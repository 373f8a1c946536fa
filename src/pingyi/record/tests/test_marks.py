"""People are found again by digests of what they told, each kind by itself, and nobody is where no keyring lies."""

from __future__ import annotations

import pytest

from pingyi.record import keyring, keyring_file, marks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keyring")]
TELEPHONE = "13811112222"


def persons(count: int) -> list[str]:
    """Return the names of keys in the order in which they were made."""
    names = [keyring.new_name() for _ in range(count)]
    for name in names:
        keyring.ready([name])
    return names


def test_nobody_is_found_where_there_is_no_keyring_and_none_is_made_by_asking() -> None:
    assert marks.marked("contact", TELEPHONE, most=9) == []
    assert marks.marks_of([keyring.new_name()], "contact") == {}
    assert not keyring_file.store().exists()


def test_a_person_is_found_by_the_word_of_today_and_no_longer_by_that_of_before() -> None:
    [name] = persons(1)
    marks.mark({name: [("contact", TELEPHONE), ("name", "")]})
    marks.mark({name: [("contact", "13900000000")]})
    assert marks.marked("contact", TELEPHONE, most=9) == []
    assert marks.marked("contact", "13900000000", most=9) == [name]
    assert marks.marked("name", "", most=9) == [], "what was not told finds nobody"


def test_the_newest_come_first_and_no_more_than_were_asked_for() -> None:
    first, second, third = persons(3)
    marks.mark({name: [("contact", TELEPHONE)] for name in (first, second, third)})
    assert marks.marked("contact", TELEPHONE, most=2) == [third, second]
    mark = marks.marks_of([first], "contact")[first]
    assert marks.sharing([mark, mark], "contact", most=9) == [third, second, first], (
        "a mark that comes twice counts once"
    )
    assert marks.sharing([mark], "contact", most=2) == [third, second]
    assert marks.sharing([mark], "name", most=9) == []


def test_who_shares_a_mark_is_told_for_each_mark_by_itself() -> None:
    first, second, third = persons(3)
    marks.mark({first: [("contact", TELEPHONE)], second: [("contact", TELEPHONE)], third: [("contact", "2222-1111")]})
    told = marks.marks_of([first, third], "contact")
    assert set(told) == {first, third}
    shared = marks.shared([told[first], told[third], "unknown"], "contact")
    assert {mark: sorted(names) for mark, names in shared.items()} == {
        told[first]: sorted([first, second]), told[third]: [third], "unknown": [],
    }  # fmt: skip
    assert marks.shared([], "contact") == {}
