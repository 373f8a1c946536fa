"""A plan printed in each format, and prints that carry another plan than they show."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.importing import Imported, take_in
from pingyi.authoring.printed import Printed, judge
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.printing.render import to_html
from pingyi.authoring.reading import read_document
from pingyi.documents.official_docx import compose
from pingyi.documents.plan_docx import to_docx
from pingyi.documents.plan_pdf import to_pdf, typeset
from pingyi.rules.plan import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """One of the formats in which a plan is printed: as it is, and carrying another plan than it shows."""

    name: str
    printed: Callable[[Plan, str], bytes]
    forged: Callable[[Plan, bytes], bytes]


def brought(content: bytes) -> Imported:
    """Return what an import makes of a file."""
    return take_in(read_document(content, name="print"), content=content, name="print", year=2026)


def judged(content: bytes) -> Printed:
    """Return what is said of the plan that a file carries."""
    return judge(read_document(content, name="print"), content=content)


def docx_with(plan: Plan, carried: bytes, *, language: str = "zh") -> bytes:
    """Return the print of a plan as a DOCX that carries something else."""
    return compose(
        outline(plan, language=language), title=plan.title, author=plan.issuer, on=date(2026, 1, 1), carried=carried
    )


def _html_with(plan: Plan, carried: bytes) -> bytes:
    own = to_html(plan)
    return own.replace(_encoded(to_yaml(plan).encode()), _encoded(carried)).encode()


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


FORMATS = (
    Format(name="docx", printed=lambda plan, tongue: to_docx(plan, language=tongue), forged=docx_with),
    Format(name="html", printed=lambda plan, tongue: to_html(plan, language=tongue).encode(), forged=_html_with),
    Format(
        name="pdf",
        printed=lambda plan, tongue: to_pdf(plan, language=tongue),
        forged=lambda plan, carried: typeset(plan, carried=carried),
    ),
)
# A print that lost what it carries.
STRIPPED: dict[str, Callable[[Plan, str], bytes]] = {
    "docx": lambda plan, tongue: docx_with(plan, b"", language=tongue),
    "html": lambda plan, tongue: re.sub("<script.*?</script>", "", to_html(plan, language=tongue)).encode(),
    "pdf": lambda plan, tongue: typeset(plan, carried=b"", language=tongue),
}
