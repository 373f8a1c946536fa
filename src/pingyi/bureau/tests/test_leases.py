"""Whether a worker lives is read from the leases alone."""

from __future__ import annotations

import os
import subprocess

import pytest

from pingyi.bureau import leases
from pingyi.bureau.models import JobRun
from pingyi.bureau.tests.test_scheduler import BEGUN
from pingyi.jobs import HOUR

pytestmark = pytest.mark.django_db


def test_somebody_is_at_work_while_a_living_process_holds_a_lease() -> None:
    assert not leases.is_anybody_at_work(at=BEGUN)
    JobRun.objects.create(name="x.often", due=BEGUN, holder="")
    assert not leases.is_anybody_at_work(at=BEGUN)
    JobRun.objects.update(holder=leases.holder())
    assert leases.is_anybody_at_work(at=BEGUN)
    assert not leases.is_anybody_at_work(at=BEGUN + HOUR), "the lease has run out"
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    JobRun.objects.update(holder=leases.holder().replace(f":{os.getpid()}", f":{ended.pid}"))
    assert not leases.is_anybody_at_work(at=BEGUN), "its process is gone"
