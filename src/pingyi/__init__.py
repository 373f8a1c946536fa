"""Pingyi: the yearly democratic evaluation of government conduct, from plan to verdict."""

VERSION = "0.1.0"  # as in pyproject.toml; a backup names it
