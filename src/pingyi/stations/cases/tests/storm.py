"""Five hundred submissions at once, for tests on a server and, run as a program, on a file of SQLite."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime

AT = datetime(2026, 3, 16, 4, tzinfo=UTC)


def blow() -> list[str]:
    """Hand in from ten threads while two workers drain; return the codes that were promised."""
    from pingyi.stations.cases.actions import inbox
    from pingyi.stations.cases.contact import Contact

    codes: list[str] = []

    def hand_in(number: int) -> None:
        for turn in range(50):
            contact = Contact(name=f"第{number}人", phone=f"1380000{turn:04}")
            row = inbox.submit(kind="complaint", channel="web", title=f"{number}-{turn}", contact=contact, at=AT)
            codes.append(row.follow_code)

    def work(_: int) -> None:
        for _ in range(10):
            inbox.drain(at=AT)

    _together([*((hand_in, number) for number in range(10)), *((work, number) for number in range(2))])
    while inbox.drain(at=AT.replace(hour=14)):
        continue
    return codes


def check(codes: list[str]) -> None:
    """Nothing is lost, nothing is doubled, and the numbers have no gap."""
    from pingyi.record.models import Entry
    from pingyi.stations.cases.models import Case, Submission

    assert len(set(codes)) == 500, len(set(codes))
    assert set(Case.objects.values_list("follow_code", flat=True)) == set(codes)
    numbers = sorted(Case.objects.values_list("reference", flat=True))
    assert numbers == [f"2026-{number:06}" for number in range(1, 501)]
    assert not Submission.objects.filter(case=None).exists()
    assert set(Submission.objects.values_list("fault", flat=True)) == {""}
    assert Entry.objects.filter(verb="case.receive", subject__startswith="case/").count() == 500


def _together(works: list[tuple[Callable[[int], None], int]]) -> None:
    from django.db import connections

    faults: list[Exception] = []

    def run(work: Callable[[int], None], number: int) -> None:
        try:
            work(number)
        except Exception as fault:  # noqa: BLE001 - raised below
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def main() -> None:
    """Run the storm in a fresh home, on whatever database the environment names."""
    assert os.environ.get("PINGYI_HOME"), "name a fresh folder in PINGYI_HOME"
    from pingyi.cli.site import prepare

    prepare()
    from pingyi.bureau.tests.cast import assemble

    assemble()
    check(blow())


if __name__ == "__main__":
    main()
