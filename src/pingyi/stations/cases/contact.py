"""How the one who raised a case can be reached, kept apart from the matter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """How the one who raised a case can be reached; all of it may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    is_withheld: bool = False  # the section that handles the case is not to learn who it is

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not (self.name or self.phone or self.email or self.address)


NOBODY = Contact()
