"""What the columns of tables of estimates are: as they were taken, and as a person says it after `--column`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import typer

from pingyi.authoring.estimate_tables import Column, EstimateTable
from pingyi.authoring.estimate_tables.heads import KNOWN, MARKS_OF_SECTION, NAMES
from pingyi.authoring.tables.cells import key
from pingyi.cli.estimate_words import both

MARKS = ("该科室的分数", "marks of this section")


def chosen(words: Sequence[str]) -> dict[str, Column]:
    """Return `head=kind` of each as heads that are compared and kinds, by any of the kind's names."""
    found: dict[str, Column] = {}
    for word in words:
        head, equals, kind = word.rpartition("=")
        column = _kind(kind.strip())
        if not equals or not head.strip() or column is None:
            raise ValueError(both("column", word=word, kinds="、".join(one.value for one in Column)))
        found[key(head)] = column
    return found


def twice(said: Mapping[str, Column], tables: Iterable[EstimateTable]) -> list[str]:
    """Return the heads that a person called the same although they stand in one table, which has one such column."""
    found: list[str] = []
    for table in tables:
        heads = [(one.label, said[key(one.label)]) for one in table.columns if key(one.label) in said]
        kinds = Counter[Column](column for _, column in heads if column is not Column.UNREAD)
        found += [label for label, column in heads if kinds[column] > 1]
    return list(dict.fromkeys(found))


def missing(words: Iterable[str], tables: Iterable[EstimateTable]) -> list[str]:
    """Return which of the heads that a person named stand in no table."""
    there = {key(column.label) for table in tables for column in table.columns}
    return [word.rpartition("=")[0].strip() for word in words if key(word.rpartition("=")[0]) not in there]


def show(tables: Iterable[EstimateTable], *, language: str) -> None:
    """Print what each column was taken for, table by table, with some of its cells."""
    place = 0 if language == "zh" else 1
    for table in tables:
        typer.echo(table.name)
        for one in table.columns:
            name = MARKS[place] if one.kind == MARKS_OF_SECTION else NAMES[Column(one.kind or Column.UNREAD)][place]
            typer.echo(f"  {one.label} → {name}" + (f"  ({' · '.join(one.samples)})" if one.samples else ""))


def _kind(word: str) -> Column | None:
    if word in set(Column):
        return Column(word)
    named = {key(name): column for column, names in NAMES.items() for name in names}
    return named.get(key(word)) or KNOWN.get(key(word))
