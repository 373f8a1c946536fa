"""What can be asked of the reader: a name, and the function that does it in a sealed child."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pingyi.reader import table_work, wire
from pingyi.reader.document import document
from pingyi.reader.kinds import handed_in

Work = Callable[..., Iterator[tuple[wire.Head, bytes]]]

WORK: dict[str, Work] = {
    "handed_in": handed_in,
    "document": document,
    "sheets": table_work.names,
    "rows": table_work.rows,
    "import": table_work.long_rows,
}
