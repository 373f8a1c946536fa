"""Signing in, from the side of somebody who guesses: the right password is refused too while it is locked."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from pingyi import clock
from pingyi.bureau import attempts, passwords
from pingyi.bureau.actions import invitation, lock, motion
from pingyi.bureau.attempts import LockedError
from pingyi.bureau.models import Invitation, Login
from pingyi.bureau.tests.cast import PASSWORD, Cast
from pingyi.record.models import Entry
from pingyi.rules.actor import machine
from pingyi.rules.refused import Refused

DOOR = "/accounts/login/"
OFFICE = "192.0.2.7"  # one address for a whole office
WRONG_WORD = "not-this-one"
WRONG = 8  # typing errors in a quarter of an hour, after which a name is locked at an address


def at(address: str = OFFICE) -> Client:
    """A browser that was never here."""
    return Client(REMOTE_ADDR=address, headers={"accept-language": "en"})


def try_in(client: Client, name: str, password: str = WRONG_WORD) -> Any:
    client.cookies.pop("sessionid", None)
    return client.post(DOOR, {"login": name, "password": password})


def is_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer.url == "/desk/")


def test_the_right_password_is_refused_during_the_lock(cast: Cast) -> None:
    stranger = at()
    answers = [try_in(stranger, "zhao").status_code for _ in range(WRONG + 4)]
    assert answers == [200] * (WRONG - 1) + [429] * 5
    assert try_in(stranger, "zhao", PASSWORD).status_code == 429
    assert try_in(stranger, " ZHAO ", PASSWORD).status_code == 429, "another spelling is the same name"


def test_the_lock_ends_after_a_quarter_of_an_hour(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00", tick=False)
    for _ in range(WRONG):
        locked = try_in(at(), "zhao")
    assert "15 minutes" in locked.content.decode()
    time_machine.move_to("2026-03-16 09:14:30", tick=False)
    assert "1 minute" in try_in(at(), "zhao", PASSWORD).content.decode()
    time_machine.move_to("2026-03-16 09:15", tick=False)
    assert is_in(try_in(at(), "zhao", PASSWORD))


def test_a_neighbours_typing_errors_lock_nobody_else(cast: Cast) -> None:
    for _ in range(WRONG + 1):
        try_in(at(), "zhao")
    assert try_in(at(), "wang").status_code == 200, "the neighbour's first error is an error, not a lock"
    assert is_in(try_in(at(), "wang", PASSWORD))
    assert is_in(try_in(at("198.51.100.9"), "zhao", PASSWORD)), "elsewhere the name is not locked"


def test_a_success_forgets_the_errors_before_it(cast: Cast) -> None:
    for _ in range(3):
        for _ in range(WRONG - 1):
            assert try_in(at(), "zhao").status_code == 200
        assert is_in(try_in(at(), "zhao", PASSWORD))


def _try_in_a_process(path: str) -> None:
    settings.LIMITS_FILE = path
    with contextlib.suppress(LockedError):
        attempts.begin(RequestFactory(REMOTE_ADDR=OFFICE).post(DOOR), "zhao").failed()


def test_all_processes_count_together(cast: Cast) -> None:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(_try_in_a_process, [settings.LIMITS_FILE] * WRONG, chunksize=1)
    assert try_in(at(), "zhao", PASSWORD).status_code == 429


def test_of_many_guesses_at_the_same_moment_the_right_one_comes_too_late(cast: Cast) -> None:
    request = RequestFactory(REMOTE_ADDR=OFFICE).post(DOOR)
    begun = [attempts.begin(request, "zhao") for _ in range(64)]  # all looked before any was counted
    for one in begun[:WRONG]:
        with contextlib.suppress(LockedError):
            one.failed()
    with pytest.raises(LockedError):
        begun[-1].succeeded()
    assert try_in(at(), "zhao", PASSWORD).status_code == 429, "what came too late has forgotten nothing"


def test_many_right_ones_at_the_same_moment_all_come_in(cast: Cast) -> None:
    request = RequestFactory(REMOTE_ADDR=OFFICE).post(DOOR)
    begun = [attempts.begin(request, "zhao") for _ in range(100)]
    for one in begun:
        one.succeeded()


def test_a_name_is_locked_everywhere_after_a_hundred_guesses_in_a_day(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to("2026-03-16 09:00", tick=False)
    guesses = [try_in(at(f"198.51.100.{number % 25}"), "zhao").status_code for number in range(100)]
    assert guesses == [200] * 99 + [429]
    refused = try_in(at("203.0.113.1"), "zhao", PASSWORD)
    assert refused.status_code == 429
    assert "24 hours" in refused.content.decode()
    time_machine.move_to("2026-03-17 09:00", tick=False)
    assert is_in(try_in(at("203.0.113.1"), "zhao", PASSWORD))


def test_a_stranger_cannot_lock_an_officer_out_of_the_own_device(cast: Cast) -> None:
    own = at("203.0.113.1")
    assert is_in(try_in(own, "li", PASSWORD))
    for number in range(110):
        try_in(at(f"198.51.100.{number % 25}"), "li")
    for _ in range(WRONG + 1):
        try_in(at("203.0.113.1"), "li")  # beside the officer, without the officer's device
    assert is_in(try_in(own, "li", PASSWORD))
    assert try_in(at("203.0.113.1"), "li", PASSWORD).status_code == 429


def test_a_device_that_was_here_is_locked_like_any_other_and_opens_one_name_alone(cast: Cast) -> None:
    own = at()
    assert is_in(try_in(own, "li", PASSWORD))
    for _ in range(WRONG):
        try_in(own, "li")
    assert try_in(own, "li", PASSWORD).status_code == 429
    for _ in range(WRONG):
        try_in(at(), "zhao")
    assert try_in(own, "zhao", PASSWORD).status_code == 429, "here as li is not here as zhao"


def test_a_forged_word_about_the_device_is_none(cast: Cast) -> None:
    own = at()
    assert is_in(try_in(own, "li", PASSWORD))
    name, kept = next((name, one.value) for name, one in own.cookies.items() if "here" in name)
    stranger = at("203.0.113.1")
    stranger.cookies[name] = kept[:-1] + ("A" if kept[-1] != "A" else "B")
    for number in range(100):
        try_in(at(f"198.51.100.{number % 25}"), "li")
    assert try_in(stranger, "li", PASSWORD).status_code == 429


def test_one_address_tries_sixty_names_an_hour_and_no_more(cast: Cast) -> None:
    known = at()
    assert is_in(try_in(known, "wang", PASSWORD))
    assert {try_in(at(), f"name{number}").status_code for number in range(59)} == {200}
    assert try_in(at(), "name59").status_code == 429
    assert try_in(at(), "zhao", PASSWORD).status_code == 429
    assert is_in(try_in(known, "wang", PASSWORD)), "who signed in here before is let in"
    assert is_in(try_in(at("203.0.113.1"), "zhao", PASSWORD))


def test_a_name_that_came_in_after_all_is_not_counted_among_the_tried(cast: Cast) -> None:
    for name in ("zhao", "wang", "li"):
        try_in(at(), name)
        assert is_in(try_in(at(), name, PASSWORD))
    for number in range(59):
        try_in(at(), f"name{number}")
    assert is_in(try_in(at(), "chen", PASSWORD))


def test_a_hundred_sign_in_from_one_address_on_the_morning_of_the_assembly(cast: Cast) -> None:
    assert all(is_in(try_in(at(), name, PASSWORD)) for _ in range(25) for name in ("zhao", "wang", "li", "chen"))


def test_errors_that_are_not_tried_against_the_password_are_not_counted(cast: Cast) -> None:
    for _ in range(2 * WRONG):
        try_in(at(), "zhao", "")
    assert is_in(try_in(at(), "zhao", PASSWORD))


def test_the_second_word_of_an_invitation_is_counted(cast: Cast) -> None:
    made = motion.appoint(name="孙立", role="bureau_leader", by=cast.actor("zhou"), at=clock.now())
    leader = motion.confirm(made.reference, by=cast.actor("li"), at=clock.now()).member
    assert leader is not None
    issued = invitation.issue([leader.reference], by=cast.actor("zhou"), at=clock.now())[0]
    word = invitation.give_word(issued.invitation.reference, by=cast.actor("li"), at=clock.now())
    kept = Invitation.objects.get(pk=issued.invitation.pk).word_sha256
    assert kept != hashlib.sha256(word.encode()).hexdigest(), (
        "the record is public: who has the link could try all words"
    )
    told = {"username": "sunli", "password": PASSWORD, "again": PASSWORD}
    link = f"/invitation/{issued.token}/"
    guesses = [at(f"192.0.2.{number}").post(link, {**told, "word": f"GUESS{number:03}"}) for number in range(WRONG)]
    assert {one.status_code for one in guesses} == {422}
    refused = at("203.0.113.1").post(link, {**told, "word": word})
    assert refused.status_code == 429
    assert "second word was wrong too often" in refused.content.decode()
    assert not Login.objects.filter(username="sunli").exists()


class Counting(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    count = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return super().encode(password, salt)


def cost(name: str) -> tuple[int, int, int]:
    Counting.count = 0
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = try_in(at(), name)
    return answer.status_code, Counting.count, len(asked)


def test_known_and_unknown_names_cost_the_same(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    withdrawn = cast.chen.login
    assert withdrawn is not None
    withdrawn.is_active = False
    withdrawn.save()
    try_in(at(), "warm")
    costs = {name: cost(name) for name in ("zhao", "nobody", "chen")}
    assert len(set(costs.values())) == 1, costs
    assert costs["zhao"][1] == 1, "one password, one hash"
    for name in ("zhao", "nobody"):
        for _ in range(WRONG):
            try_in(at(), name)
    costs = {name: cost(name) for name in ("zhao", "nobody")}
    assert len(set(costs.values())) == 1, costs
    assert costs["zhao"] == (429, 0, costs["zhao"][2]), "while it is locked nothing is hashed"


def test_a_hash_that_was_not_renewed_costs_what_all_names_cost(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = ["pingyi.bureau.passwords.Argon2"]
    old, today = Argon2PasswordHasher(), passwords.Argon2()
    for member, hasher in ((cast.zhao, old), (cast.chen, today)):
        Login.objects.filter(pk=member.login_id).update(password=hasher.encode(PASSWORD, hasher.salt()))
    hashed: list[int] = []
    real = passwords._Place.taken

    def taken(place: passwords._Place, wanted: int) -> contextlib.AbstractContextManager[None]:
        hashed.append(wanted)
        return real(place, wanted)

    monkeypatch.setattr(passwords._Place, "taken", taken)
    costs = {}
    for name in ("zhao", "ZHAO ", "chen", "nobody"):
        hashed.clear()
        assert try_in(at(), name).status_code == 200
        costs[name] = sorted(hashed)
    assert len({tuple(one) for one in costs.values()}) == 1, costs
    assert costs["nobody"] == [passwords.MEMORY, old.memory_cost]


def test_the_operator_unlocks_a_name_everywhere_and_the_record_says_so(cast: Cast) -> None:
    for _ in range(WRONG):
        try_in(at(), "zhao")
    assert try_in(at(), "zhao", PASSWORD).status_code == 429
    lock.unlock(" ZHAO", by=machine("operator"), at=clock.now())
    assert is_in(try_in(at(), "zhao", PASSWORD))
    assert Entry.objects.filter(verb="login.unlock", subject=cast.zhao.subject).count() == 1
    for _ in range(WRONG):
        try_in(at(), "zhao")
    assert try_in(at(), "zhao", PASSWORD).status_code == 429, "it is locked again as ever"
    with pytest.raises(Refused, match=r"^missing$"):
        lock.unlock("nobody", by=machine("operator"), at=clock.now())


def test_the_password_asked_before_a_change_is_counted_as_well(cast: Cast) -> None:
    thief = at()
    assert is_in(try_in(thief, "zhao", PASSWORD))
    new = {"password1": "another-sentence-2026", "password2": "another-sentence-2026"}
    address = "/accounts/password/change/"
    answers = [thief.post(address, {"oldpassword": WRONG_WORD, **new}).status_code for _ in range(WRONG)]
    assert set(answers) == {200}
    assert thief.post(address, {"oldpassword": PASSWORD, **new}).status_code == 429
    assert cast.zhao.login is not None
    assert Login.objects.get(pk=cast.zhao.login.pk).check_password(PASSWORD)


def test_the_password_asked_once_more_is_counted_as_well(cast: Cast) -> None:
    thief = at()
    assert is_in(try_in(thief, "zhao", PASSWORD))
    address = "/accounts/reauthenticate/"
    answers = [thief.post(address, {"password": WRONG_WORD}).status_code for _ in range(WRONG)]
    assert answers[-1] == 429
    assert thief.post(address, {"password": PASSWORD}).status_code == 429
