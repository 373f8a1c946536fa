"""What the commands that read tables share: a file's bytes, a refusal's sentence, and the end with all faults told."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import typer

from pingyi.rules.reasons import sentence

MOST_SENTENCES = 50


def bytes_of(path: Path, lang: str) -> bytes:
    """Return a file's bytes; the command ends with a sentence where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as fault:
        fail([f"{path}: {'打不开这个文件' if lang == 'zh' else 'cannot be opened'} ({fault.strerror})"])


def told(refused: Exception, lang: str) -> str:
    """Return the sentence of a refusal."""
    return sentence(getattr(refused, "code", ""), getattr(refused, "facts", {}), language=lang)


def fail(sentences: list[str]) -> NoReturn:
    """End the command with status 2 after telling what is wrong, the first fifty of it."""
    for one in sentences[:MOST_SENTENCES]:
        typer.echo(one, err=True)
    if len(sentences) > MOST_SENTENCES:
        typer.echo(f"… {len(sentences) - MOST_SENTENCES} +", err=True)
    raise typer.Exit(2)
