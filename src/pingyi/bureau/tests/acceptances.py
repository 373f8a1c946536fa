"""What is not in order before a step accepted with a reason: through the pages, as the office does it, or at once."""

from __future__ import annotations

import re
from datetime import datetime

from django.test import Client

from pingyi import ready
from pingyi.bureau import readiness
from pingyi.bureau.actions import ready as actions
from pingyi.rules.actor import Actor


def accept_warnings(step: str, about: str, *, by: Actor, at: datetime) -> None:
    """Accept at once what warns before a step, where anything does."""
    occasion = ready.occasion(step, about, at=at)
    lines = readiness.look(occasion).acceptable if occasion else []
    if lines:
        actions.accept_all(step, about, seen=ready.together(lines), reason="本年照此办理", ground="known", by=by, at=at)


def accept_together(client: Client, step: str, about: str) -> str:
    """Accept with one reason what warns before a step, through the page, and return where that leads."""
    way = f"/ready/{step}/{about}/accept/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(way).content.decode())
    assert seen is not None
    answer = client.post(way, {"seen": seen[1], "ground": "known", "reason": "本年照此办理"})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def accept_all(client: Client, step: str, about: str) -> list[str]:
    """Accept every line of a step's page that can be, and return the checks' names."""
    at = f"/ready/{step}/{about}/"
    ways = re.findall(rf'href="({at}([\w.]+)/accept/)"', client.get(at).content.decode())
    for way, _ in ways:
        seen = re.search(r'name="seen" value="(\w+)"', client.get(way).content.decode())
        assert seen is not None
        given = {"seen": seen[1], "ground": "known", "reason": "本年照此办理"}
        assert client.post(way, given).status_code == 302
    return [name for _, name in ways]
