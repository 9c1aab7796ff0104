"""A mark in all that a confidential contribution brings, looked for in the bytes of everything that keeps anything.

In one database that commits, so that dump, cache, files and logs hold what they would hold in earnest.
"""
# ruff: noqa: F811

from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from iesogi.accounts.services import sync_roles
from iesogi.site.tasks import tick
from reports.calls.models import Call
from reports.contributions.models import Contribution
from tests.communications.intake.test_canary import picture, quiet_folders  # noqa: F401, a fixture
from tests.communications.test_canary import MARK, at_the_desk, where_found
from tests.reports.calls.conftest import opened


def test_confidential_contribution_leaves_no_word_in_clear(
    transactional_db, roles, clock, channels, amal, sender, client, quiet_folders, caplog, settings
):
    settings.VAULT_COOKIE_SECURE = False
    sync_roles()
    Call.objects.update(only_documents=False)
    image = picture()  # made before: the library that makes it logs what it writes
    caplog.set_level("DEBUG")
    number = sent(sender, image)
    come_back(client, number)
    row = Contribution.objects.get()
    judged_with(amal, row)
    tick(now=timezone.now(), enqueue=False)

    found = opened(amal, row)
    assert str(found).count(MARK) >= 9
    for word in (MARK, number):
        assert where_found(word, quiet_folders, caplog) == []
    assert not LogEntry.objects.exists()


def test_unfinished_contribution_leaves_no_word_in_clear_and_nobody_of_the_team_opens_it(
    transactional_db, roles, clock, channels, amal, sender, client, quiet_folders, caplog, settings
):
    sync_roles()
    Call.objects.update(only_documents=False)
    image = picture()
    caplog.set_level("DEBUG")
    text = SimpleUploadedFile(f"{MARK}.txt", MARK.encode())
    names = ("name", "cosigners", "q1", "email", "late")
    sender.send(save="1", **{name: f"{MARK} {name}" for name in names}, q3=[image, text])
    number = sender.number
    assert number, sender.problems
    desk: Client = at_the_desk(amal)
    call = f"/admin/reports/call/{Call.objects.get().pk}/"
    for page in (f"{call}change/", f"{call}statistics/", "/admin/reports/contribution/", f"{call}all.zip"):
        response = desk.get(page, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert MARK.encode() not in body
    tick(now=timezone.now(), enqueue=False)
    for word in (MARK, number):
        assert where_found(word, quiet_folders, caplog) == []

    back = client.post("/calls/return/", {"number": number}).content.decode()
    assert back.count(MARK) >= len(names) + 1
    for word in (MARK, number):
        assert where_found(word, quiet_folders, caplog) == []


def sent(sender, image):
    text = SimpleUploadedFile(f"{MARK}.txt", MARK.encode())
    typed = {
        "name": f"{MARK} N.",
        "cosigners": f"{MARK} one\n{MARK} two",
        "email": f"{MARK}@example.org",
        "q1": f"{MARK} changed",
        "q3": [image, text],
    }
    # Complained of first, so that the page of a complaint is tried as well: it holds the words, and nothing else does.
    sender.send(category="individual", **(typed | {"q1": f"{MARK} " * 11}))
    assert MARK in sender.text
    for each in typed["q3"]:
        each.seek(0)
    sender.send(category="individual", **typed)
    assert sender.number, sender.problems
    return sender.number


def come_back(client, number):
    assert client.post("/calls/return/", {"number": number}).status_code == 303
    file = SimpleUploadedFile(f"{MARK}-more.txt", f"{MARK} more".encode())
    given = {"add-text": f"{MARK} more", "add-files": [file], "add-once": "ab" * 16}
    answer = client.post("/calls/return/page/add/", given)
    assert "has arrived and is sealed" in answer.content.decode()


def judged_with(member, row):
    """What the team reads and types about it, and the copy it makes of a file."""
    desk: Client = at_the_desk(member)
    page = f"/admin/reports/contribution/{row.pk}/"
    assert MARK in desk.get(f"{page}open/").content.decode()
    for button in ("ask", "tell"):
        assert desk.post(f"{page}tell/", {"text": f"{MARK} which one?", button: "1"}).status_code == 302
    original = row.files.exclude(original=None).first().original_id
    assert desk.post(f"{page}files/{original}/copy/", {}).status_code == 302
    assert b"".join(desk.get(f"{page}files/{original}/").streaming_content)
    assert b"".join(desk.get(f"/admin/reports/call/{row.call_id}/all.zip").streaming_content).startswith(b"PK")
