"""The life of a case with a mark in all that is typed, looked for in the bytes of everything that keeps anything.

In one database that commits, so that files, logs and dumps hold what they would hold in earnest. The form itself is
tried field by field in intake/test_canary.py.
"""
# ruff: noqa: F811

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings as project
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from communications.cases.models import Case, DisclosureRequest
from communications.desk import disclosing
from communications.models import Letter, LetterTemplate
from communications.thread import views
from iesogi.accounts.services import sync_roles
from iesogi.audit.models import Entry
from iesogi.site.tasks import tick
from iesogi.vault import guard
from tests.communications.desk.conftest import url
from tests.communications.intake.conftest import Sender, opened
from tests.communications.intake.test_canary import files_with, picture, quiet_folders, rows_with  # noqa: F401
from tests.vault.conftest import AT, PASSPHRASE, amal, channels, custodian, keys  # noqa: F401

MARK = "Zq7canaryK4"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(AT, tick=False)
    return time_machine


def test_life_of_a_case_leaves_no_word_in_clear(
    transactional_db,
    roles,
    client,
    clock,
    amal,
    custodian,
    channels,
    quiet_folders,
    caplog,
    settings,
    monkeypatch,
):
    settings.DIGEST_MAIL, settings.VAULT_COOKIE_SECURE = True, False
    sync_roles()
    monkeypatch.setattr(views.pages, "tries", guard.Buckets(burst=9, per_minute=9))
    image = picture()
    caplog.set_level("DEBUG")
    number = sent_by_form(Sender(client, clock).open(), image)
    come_back(client, number)
    place = Case.objects.get()
    worked_on(amal, custodian)
    client.get("/return/thread/")
    tick(now=timezone.now(), enqueue=False)

    assert str(opened(amal, place.content_id)).count(MARK) >= 8
    assert str(opened(custodian, place.identity_id)).count(MARK) >= 1
    for word in (MARK, number):
        assert where_found(word, quiet_folders, caplog) == []
    assert not LogEntry.objects.exists()


def sent_by_form(sender, image):
    sender.fill("facts", account=f"{MARK} came at night and took the phones away from all of us.")
    sender.fill("identity", your_name=f"{MARK} N.", email=f"{MARK}@example.org")
    sender.send(files={"files": [image]}, description=f"{MARK} picture")
    return sender.number


def come_back(client, number):
    assert client.post("/return/", {"number": number}).status_code == 303
    file = SimpleUploadedFile(f"{MARK}.bin", bytes(range(9)) + MARK.encode())
    posts = {
        "add": {"add-text": f"{MARK} more", "add-files": [file]},
        "reprisal": {"reprisal-text": f"{MARK} threatened us"},
        "consent": {"consent-whose": "everybody", "consent-in_press": "no", "consent-words": f"{MARK} says no"},
        "withdraw": {"withdraw-whose": "everybody", "withdraw-words": f"{MARK} takes it back"},
    }
    for name, fields in posts.items():
        fields |= {f"{name}-once": name.encode().hex().ljust(32, "0")}
        assert client.post(f"/return/thread/{name}/", fields).status_code == 200
    late = client.post("/return/thread/add/", {"add-text": MARK * 3000})
    assert MARK in late.content.decode()  # a complaint keeps the text on the page, and nowhere else


def worked_on(officer, custodian):
    """All that staff type, through the pages where they type it, the search among them."""
    case = Case.objects.get()
    pages, words = at_the_desk(officer), {"text": f"{MARK} words", "reason": f"{MARK} why"}
    for name in ("note", "title", "answer"):
        assert pages.post(url("act", case.pk, name), words).status_code == 302, name
    assert pages.post(url("step", case.pk, "under_review"), words).status_code == 302
    later = timezone.localdate() + timezone.timedelta(days=900)
    assert pages.post(url("act", case.pk, "postpone"), {"to": later, **words}).status_code == 302
    found = pages.post(url("search"), {"words": MARK})
    assert found.content.decode().count(f"<mark>{MARK}</mark>") >= 4
    wanted = [str(row.uuid) for row in disclosing.records_of(case)]
    assert pages.post(url("ask", case.pk), {"wanted": wanted, **words}).status_code == 302
    decision = url("decide", DisclosureRequest.objects.get().pk)
    keeper = at_the_desk(custodian)
    assert MARK in keeper.get(decision).content.decode()
    assert keeper.post(decision, {"refuse": "yes", **words}).status_code == 302
    assert f"{MARK} why" in pages.get(url("open", case.pk)).content.decode()
    given = {"matter": "individual", "timing": "happened", "account": f"{MARK} wrote", "victims": f"{MARK} P."}
    assert pages.post(url("enter"), given).status_code == 302
    letter_on(case, pages)
    too_long = pages.post(url("act", case.pk, "note"), {"text": MARK * 9000})
    assert MARK in too_long.content.decode()


def letter_on(case, pages):
    """A letter from its begin to Word and PDF, with the mark in its text and its reasons."""
    LetterTemplate.objects.create(kind="AL", language="en", body="$allegations")
    met = {f"meets_c{number}": True for number in (1, 2, 3, 4)}
    Case.objects.filter(pk=case.pk).update(state="taken_up", consent_withdrawn=False, **met)
    given = {"cases": [case.pk], "kind": "AL", "language": "en"}
    assert pages.post("/admin/communications/letter/begin/", given).status_code == 302
    text = f"/admin/communications/letter/{Letter.objects.get().pk}/text/"
    assert MARK in pages.get(text).content.decode()
    written = {"base": 1, "text": f"{MARK} wrote this, and more."}
    assert pages.post(text, written).status_code == 302
    assert MARK in pages.post(text, written).content.decode()  # overtaken: what was typed stays on the page alone
    assert MARK in pages.get(f"{text}changes/").content.decode()
    assert pages.post(f"{text}naming/", {"reason": f"{MARK} why"}).status_code == 302
    for name, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert pages.get(f"{text}letter.{name}").content.startswith(start)
    answer = {"question": "past", "answer": "yes", "why": f"{MARK} said so"}
    assert pages.post(url("assess", case.pk), answer).status_code == 302


def at_the_desk(who):
    client = Client()
    client.force_login(who.user)
    client.post("/admin/vault/unlock/", {"passphrase": PASSPHRASE})
    return client


def where_found(word, folder, caplog):
    """Names of the places; empty when there is none."""
    places = {
        "rows": rows_with(word),
        "folders": [*files_with(word.encode(), folder), *files_with(word.encode(), Path(project.VAR_DIR))],
        "dump": word.encode() in dump() or word.encode().hex().encode() in dump(),
        "log": word in caplog.text,
        "mail": word in str([(each.to, each.subject, each.body, each.alternatives) for each in mail.outbox]),
        "audit": word in str(list(Entry.objects.values_list())),
        "redis": any(word.encode() in value for value in in_redis()),
    }
    return [name for name, found in places.items() if found]


def dump():
    """On SQLite the file and its log lie under VAR_DIR, and are read here once more by name."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return b"".join(path.read_bytes() for path in Path(known["NAME"]).parent.glob(f"{Path(known['NAME']).name}*"))
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed, so the dump cannot be searched.")
    command = ["pg_dump", "-h", known["HOST"], "-p", str(known["PORT"] or 5432), "-U", known["USER"], known["NAME"]]
    return subprocess.run(
        command, check=True, capture_output=True, env=os.environ | {"PGPASSWORD": known["PASSWORD"]}
    ).stdout


def in_redis():
    """What broker and cache hold, where they are servers."""
    if not project.CELERY_BROKER_URL.startswith("redis"):
        return []
    with current_app.connection_for_read() as broker:
        broker_side = broker.default_channel.client
        servers = [broker_side, cache._cache.get_client(None)]
        return [
            value for server in servers for key in server.scan_iter("*") for value in [key, server.dump(key) or b""]
        ]
