"""An update encrypts what a database of before holds in clear, and leaves none of it in the file's old pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PHONE, NAME, WORDS, OFFICE = "13811112222", "欧阳冰清", "请打我女儿的电话", "2222-1111"
PLANTED = (PHONE, NAME, WORDS, OFFICE, "13566667777", "翠微巷77号")

# The rows are made as the models stood before the fields were encrypted.
BEFORE = """
import sys
from datetime import UTC, date, datetime
from pingyi.cli.site import set_up_django
set_up_django()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", "bureau", "0004_persons", verbosity=0)
call_command("migrate", "cases", "0021_comparisons_kept", verbosity=0)
loader = MigrationExecutor(connection).loader
apps = loader.project_state([("bureau", "0004_persons"), ("cases", "0021_comparisons_kept")]).apps
phone, name, words, office = sys.argv[1:5]
at, day = datetime(2026, 4, 1, 4, tzinfo=UTC), date(2026, 4, 1)
login = apps.get_model("bureau", "Login").objects.create(username="wang")
member = apps.get_model("bureau", "Member").objects.create(
    reference="wang", name="王强", role="section_head", phone=office, active_from=day
)
apps.get_model("bureau", "Upload").objects.create(
    login=login, name="p.csv", content=f"{name},{phone}".encode(), sha256="x", kept_at=at
)
case = apps.get_model("cases", "Case").objects.create(
    reference="2026-000001", kind_id="complaint", channel_id="web", title="夜间施工噪声", received_on=day,
    received_at=at, received_by=member, holder=member, held_since=at, due_on=day, began_on=day, limit_days=9,
)
whose = {"salts": {"phone": "salt-of-before"}, "reference": "R1"}
apps.get_model("cases", "Complainant").objects.create(
    case=case, name=name, phone=phone, address="翠微巷77号", contact_key="k", **whose
)
apps.get_model("cases", "Rating").objects.create(
    case=case, level=1, given_on=day, means="link", words=words, reference="R2"
)
apps.get_model("cases", "Message").objects.create(
    case=case, is_from_reporter=True, written_on=day, text=words, reference="R3"
)
apps.get_model("cases", "Attachment").objects.create(
    case=case, name=f"{name}.jpg", sha256="y", mime="image/jpeg", size=1, added_on=day, reference="R4"
)
apps.get_model("cases", "Submission").objects.create(
    kind_id="complaint", channel_id="web", payload={"contact": {"phone": phone}}, received_at=at, digest="d"
)
apps.get_model("cases", "SourceRow").objects.create(case=case, fingerprint="f" * 32, version=1)
table = apps.get_model("cases", "HotlineTable").objects.create(
    member=member, channel_id="h", file_name="三月.csv", sha256="z", kept_at=at, moved_at=at,
    read=[{"samples": [phone]}], preview={"first": [name]},
)
rows = apps.get_model("cases", "SetAsideRow").objects
rows.create(table=table, row=2, cells=["13566667777"], problems=[])
rows.create(table=table, row=3, cells=[], problems=[])
"""
AFTER = """
import sys
from pingyi.cli.site import prepare
prepare()
from pingyi.bureau.models import Member, Upload
from pingyi.stations.cases import marks
from pingyi.stations.cases.models import *
phone, name, words, office = sys.argv[1:5]
person = Complainant.objects.get()
assert (person.name, person.phone, person.email, person.address) == (name, phone, "", "翠微巷77号")
assert person.salts == {"phone": "salt-of-before"}
assert (Rating.objects.get().words, Message.objects.get().text) == (words, words)
assert (Attachment.objects.get().name, Member.objects.get().phone) == (f"{name}.jpg", office)
assert Submission.objects.get().payload == {"contact": {"phone": phone}}
assert (Submission.objects.get().digest, SourceRow.objects.get().fingerprint) == ("d", "f" * 32)
table = HotlineTable.objects.get()
assert (table.read, table.preview) == ([{"samples": [phone]}], {"first": [name]})
assert [one.cells for one in SetAsideRow.objects.order_by("row")] == [["13566667777"], []]
assert SetAsideRow.objects.filter(cells="").count() == 1
assert bytes(Upload.objects.get().content) == f"{name},{phone}".encode()
assert marks.same_person(person.case.key_name, most=9) == [person.case.key_name]
"""


def test_an_update_encrypts_what_is_there_and_clears_the_old_pages(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = {**os.environ, "PINGYI_HOME": str(home), "PINGYI_DATABASE_URL": "", "PYTHONUTF8": "1"}
    words = [PHONE, NAME, WORDS, OFFICE]
    subprocess.run([sys.executable, "-c", BEFORE, *words], env=told, check=True)
    assert set(found(home)) == set(PLANTED), "all of it lies in clear before"
    subprocess.run([sys.executable, "-c", AFTER, *words], env=told, check=True)
    assert found(home) == []


def found(home: Path) -> list[str]:
    """What is found in the bytes of the database's files."""
    octets = b"".join(path.read_bytes() for path in home.glob("pingyi.sqlite3*"))
    return [one for one in PLANTED if one.encode() in octets or one.encode("unicode_escape") in octets]
