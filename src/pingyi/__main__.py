"""`python -m pingyi` is the `pingyi` command."""

from pingyi.cli import app

app()
