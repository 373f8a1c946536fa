"""Figures as everybody may read them, kept so that no visitor waits for a count (§3.2.2)."""

from __future__ import annotations

from django.db import models


class OpenFigures(models.Model):
    """One day's figures for everybody; a plain row that names no case."""

    day = models.DateField(primary_key=True)
    drawn_at = models.DateTimeField()
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Return the day."""
        return self.day.isoformat()


class WeeklyBulletin(models.Model):
    """One week's bulletin as it was drawn once the week was over; a plain row that names no case."""

    week = models.CharField(primary_key=True, max_length=8)  # such as 2026-W12
    drawn_at = models.DateTimeField()
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Return the week."""
        return self.week
