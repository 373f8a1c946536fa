"""Sections, members and their logins."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class Login(AbstractUser):
    """A way to sign in; a plain row, for Django itself saves it at every login."""
