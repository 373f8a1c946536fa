"""`pingyi serve` and `pingyi manage`: the site and Django's own commands."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer


def set_up_django() -> None:
    """Load Django's settings and apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings")
    import django  # noqa: PLC0415 - Django is slow to load and most commands do without

    django.setup()


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Serve the site · 启动网站."""
    set_up_django()
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian("pingyi.config.asgi:application", address=host, port=port, interface=Interfaces.ASGINL).serve()


def manage(
    arguments: Annotated[list[str] | None, typer.Argument(help="Django's command and its words.")] = None,
) -> None:
    """Run one of Django's management commands · 运行管理命令."""
    set_up_django()
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line([sys.argv[0], *(arguments or [])])
