"""`manage second_person`: where nobody is left to confirm, the operator founds somebody (ADR 0013)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from pingyi import clock
from pingyi.bureau.actions import organization
from pingyi.rules.actor import machine
from pingyi.rules.refused import Refused
from pingyi.words import refusal


class Command(BaseCommand):
    """Founds a second person and prints the link; the record says that the server's operator did it."""

    help = "Found another second person, where nobody is left who can confirm · 无人可确认时由运维人员设立第二人"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the name and the role."""
        parser.add_argument("name", help="Full name · 姓名")
        parser.add_argument("--role", default="bureau_leader", help="bureau_leader or supervision_office · 角色")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Found the person; the link is printed this once."""
        try:
            issued = organization.found_second(
                name=given["name"], role=given["role"], by=machine("operator"), at=clock.now()
            )
        except Refused as refused:
            raise CommandError(refusal(refused)) from refused
        self.stdout.write(reverse("bureau:accept", args=[issued.token]))
