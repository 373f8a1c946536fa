"""Who raised a case, masked: what a handling section sees without an act of opening (§5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from pingyi.record import personal
from pingyi.rules.case import masking
from pingyi.stations.cases.models import Complainant


@dataclass(frozen=True, kw_only=True, slots=True)
class Masked:
    """Enough to tell two people apart."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    is_withheld: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nobody is known."""
        return not (self.name or self.phone or self.email or self.address)


def masked(row: Complainant | None) -> Masked:
    """Return a complainant's data with most of it hidden; of one who wished so, all of it."""
    if row is None or row.erased_on is not None:
        return Masked()
    if personal.is_closed(row):
        return Masked(name=row.name)  # a sentence that says so
    if row.is_withheld:
        return Masked(name="**", is_withheld=True)
    return Masked(
        name=masking.masked_name(row.name),
        phone=masking.masked_phone(row.phone),
        email=masking.masked_email(row.email),
        address=masking.masked_address(row.address),
    )
