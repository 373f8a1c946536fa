"""Files on the shelf are encrypted, each under a key that goes with it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pingyi.bureau import shelf
from pingyi.documents.handed_in import HandedIn
from pingyi.rules.refused import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_shelf")]
CONTENT = "欧阳冰清 13811112222".encode()


def put(content: bytes = CONTENT) -> shelf.Kept:
    return shelf.put(HandedIn(name="证据.txt", mime="text/plain", content=content))


def octets(kept: shelf.Kept) -> bytes:
    return Path(default_storage.path(f"proofs/{kept.sha256[:2]}/{kept.sha256}")).read_bytes()


def test_a_file_lies_encrypted_and_is_handed_out_as_it_came() -> None:
    kept = put()
    assert CONTENT not in octets(kept)
    assert shelf.take(kept.sha256) == CONTENT


def test_a_copy_of_a_discarded_file_opens_for_nobody_and_the_same_content_comes_again() -> None:
    kept = put()
    copy = octets(kept)
    assert shelf.discard(kept.sha256)
    place = f"proofs/{kept.sha256[:2]}/{kept.sha256}"
    default_storage.save(place, ContentFile(copy))
    with pytest.raises(Refused) as refused:
        shelf.take(kept.sha256)
    assert refused.value.code == "key.destroyed"
    default_storage.delete(place)
    assert shelf.take(put().sha256) == CONTENT


def test_a_file_that_is_swept_away_loses_its_key() -> None:
    kept = put()
    copy = octets(kept)
    assert shelf.sweep(at=datetime(2099, 1, 1, tzinfo=UTC)) == 1
    default_storage.save(f"proofs/{kept.sha256[:2]}/{kept.sha256}", ContentFile(copy))
    with pytest.raises(Refused):
        shelf.take(kept.sha256)


def test_an_altered_file_is_refused() -> None:
    kept = put()
    place = Path(default_storage.path(f"proofs/{kept.sha256[:2]}/{kept.sha256}"))
    place.write_bytes(octets(kept)[:-1] + b"x")
    with pytest.raises(Refused) as refused:
        shelf.take(kept.sha256)
    assert refused.value.code == "key.altered"


def test_files_of_before_are_read_and_encrypted_with_their_day() -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    place = f"proofs/{digest[:2]}/{digest}"
    default_storage.save(place, ContentFile(CONTENT))
    default_storage.save("proofs/aa/altered", ContentFile(b"not what its name says"))
    before = default_storage.get_modified_time(place)
    assert shelf.take(digest) == CONTENT
    assert shelf.encrypt_earlier() == 1
    assert CONTENT not in Path(default_storage.path(place)).read_bytes()
    assert shelf.take(digest) == CONTENT
    assert abs(default_storage.get_modified_time(place) - before) < timedelta(milliseconds=1)
    assert shelf.encrypt_earlier() == 0
