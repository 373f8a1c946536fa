"""What other systems send by Open311: a request handed in, and a question after requests, as typed values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from pingyi.bureau import shelf
from pingyi.documents import handed_in
from pingyi.rules.day import BUREAU_TIME
from pingyi.rules.refused import Refused
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.queries import georeport
from pingyi.stations.cases.queries.georeport import Asked
from pingyi.words import refusal

TITLE = 60  # characters of the description that stand for a title where none is given
STATUSES = ("open", "closed")
LONG = 20_000


class WrongError(Exception):
    """Everything that is wrong with what was sent, one sentence a fault."""

    def __init__(self, *sentences: str) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def submission(told: QueryDict, files: Iterable[UploadedFile[Any]], *, sections: Mapping[str, str]) -> dict[str, Any]:
    """Return what `inbox.submit` needs; raise `WrongError` with all faults at once."""
    faults = [*_unreadable(told), *_service_faults(told), *_text_faults(told)]
    section = told.get("attribute[section]", "")
    if section and section not in sections:
        faults.append(_("attribute[section]: there is no section “%(section)s”.") % {"section": section})
    kept, refused = _media(files)
    faults += refused
    if faults:
        raise WrongError(*faults)
    description = told.get("description", "").strip()
    return {
        "kind": told["service_code"],
        "title": told.get("attribute[title]", "").strip()[:200] or _first_line(description),
        "text": "\n".join(part for part in (description, *_besides(told, sections.get(section, ""))) if part),
        "place": _place(told),
        "contact": _contact(told),
        "external_number": told.get("attribute[number]", "").strip(),
        "files": kept,
    }


def _unreadable(told: QueryDict) -> list[str]:
    """Name the fields with the character NUL, which no database takes."""
    found = [name for name, words in told.lists() if any("\0" in word for word in words)]
    return [f"{name}: {_('holds a character that cannot be kept. Take it out.')}" for name in found]


def asked(told: QueryDict) -> Asked:
    """Return which requests are wanted; raise `WrongError` with all faults at once."""
    faults: list[str] = []
    statuses = _listed(told, "status")
    faults += [
        _("status: “%(status)s” is neither open nor closed.") % {"status": one}
        for one in statuses
        if one not in STATUSES
    ]
    found = Asked(
        ids=_listed(told, "service_request_id"),
        services=_listed(told, "service_code"),
        statuses=statuses,
        begins_at=_parsed(told, "start_date", _moment, faults),
        ends_at=_parsed(told, "end_date", _moment, faults),
        page=_parsed(told, "page", int, faults) or 1,
        page_size=_parsed(told, "page_size", int, faults) or georeport.A_PAGE,
    )
    if faults:
        raise WrongError(*faults)
    return found


def _service_faults(told: QueryDict) -> list[str]:
    code = told.get("service_code", "")
    if not code:
        return [_("service_code was not provided.")]
    if code not in dict(georeport.services()):
        return [_("service_code: there is no service “%(code)s”.") % {"code": code[:40]}]
    return []


def _text_faults(told: QueryDict) -> list[str]:
    description = told.get("description", "")
    if not description.strip():
        return [_("description was not provided: say what the matter is.")]
    if len(description) > LONG:
        return [_("description is longer than %(most)s characters.") % {"most": LONG}]
    return []


def _media(files: Iterable[UploadedFile[Any]]) -> tuple[list[shelf.Kept], list[str]]:
    kept, faults = [], []
    for file in files:
        try:
            kept.append(shelf.put(handed_in.accept(file.read(), name=file.name or "media")))
        except Refused as refused:
            faults.append(refusal(refused))
    return kept, faults


def _besides(told: QueryDict, section: str) -> list[str]:
    """What the standard lets people say beside the description, in words for those who handle the case."""
    said = []
    if section:
        said.append(_("About: %(section)s") % {"section": section})
    if told.get("media_url"):
        said.append(_("Picture: %(address)s") % {"address": told["media_url"][:500]})
    return said


def _place(told: QueryDict) -> str:
    spot = ", ".join(told.get(name, "").strip() for name in ("lat", "long") if told.get(name, "").strip())
    named = told.get("address_string", "").strip()
    return (f"{named} ({spot})" if named and spot else named or spot)[:200]


def _contact(told: QueryDict) -> Contact:
    last, first = told.get("last_name", "").strip(), told.get("first_name", "").strip()
    name = f"{last}{first}" if _is_chinese(last + first) else f"{first} {last}".strip()
    return Contact(name=name[:60], phone=told.get("phone", "").strip()[:40], email=told.get("email", "").strip()[:120])


def _first_line(description: str) -> str:
    line = description.splitlines()[0].strip()
    return line if len(line) <= TITLE else line[: TITLE - 1] + "…"


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _listed(told: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in told.get(name, "").split(",") if one.strip())


def _parsed(told: QueryDict, name: str, parse: Callable[[str], Any], faults: list[str]) -> Any:
    text = told.get(name, "").strip()
    if not text:
        return None
    try:
        return parse(text)
    except ValueError:
        faults.append(_("%(name)s: “%(text)s” cannot be read.") % {"name": name, "text": text[:40]})
        return None


def _moment(text: str) -> datetime:
    # A plus sign that a client did not escape arrives as a space.
    moment = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    if moment is None and (day := parse_date(text)) is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=BUREAU_TIME)
    if moment is None:
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=BUREAU_TIME)
