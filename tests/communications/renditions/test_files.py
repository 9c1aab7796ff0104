"""The PDF of a letter or reply: redacted by one person, read by another, and not there for the public before that."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from communications.exceptions import StepRefused
from communications.models import Rendition
from communications.publication import services as publications
from communications.renditions import services
from communications.replies import services as replies
from iesogi.audit.models import Entry
from iesogi.vault.uploads import SealedUpload
from tests.vault.test_renditions import BOX, NAME, SEEN, pdf

pytestmark = pytest.mark.django_db
LETTER = "/communications/KAZ-2-2021/"


def upload(content=SEEN):
    data = pdf(content)
    return SealedUpload(io.BytesIO(data), "letter.pdf", size=len(data), content_type="application/pdf")


@pytest.fixture
def file(redacted, officer):
    return services.add(redacted, file=upload(), as_pictures=False, by=officer)


@pytest.fixture
def reply(sent, officer, at):
    at(2021, 7, 1)
    found = replies.record([sent], received_on=date(2021, 4, 12), channel="email", language="ru", by=officer)
    return replies.classify(found, reply_class="partial", publishable=True, by=officer)


def change_page(row):
    return f"/admin/communications/{row._meta.model_name}/{row.pk}/"


def public_address(file):
    return f"{LETTER}files/{file.uuid}/"


def taken(client, address):
    """Status and content; what is streamed is read to its end, which closes the file."""
    response = client.get(address)
    return response.status_code, b"".join(response)


def test_letter_and_reply_become_public_with_their_files_and_not_before(
    client, reply, redacted, file, officer, holder
):
    of_reply = services.add(reply, file=upload(NAME), as_pictures=True, by=officer)
    for each in (file, of_reply):
        assert client.get(public_address(each)).status_code == 404
    publications.confirm(redacted, by=holder)
    page = client.get(LETTER).content.decode()
    for each in (file, of_reply):
        assert public_address(each) in page
        response = client.get(public_address(each))
        content = b"".join(response)
        assert content.startswith(b"%PDF-")
        assert int(response["Content-Length"]) == len(content) == each.size
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith('attachment; filename="KAZ-2-2021-')
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]


def test_who_added_a_file_does_not_publish_it(redacted, file, holder, officer):
    Rendition.objects.update(added_by=holder)
    with pytest.raises(StepRefused, match="Two persons"):
        publications.confirm(redacted, by=holder)
    redacted.refresh_from_db()
    assert not redacted.is_public
    assert not Rendition.objects.get().is_public


def test_confirming_page_shows_what_a_machine_reads_and_asks_again_when_the_file_changed(
    as_user, redacted, file, officer, holder
):
    client, page = as_user(holder), f"{change_page(redacted)}confirm/"
    first = client.get(page)
    assert "It is alleged - so far." in first.content.decode()
    services.add(redacted, file=upload(f"{SEEN} {NAME}"), as_pictures=False, by=officer)
    refused = client.post(page, {"shown": first.context["shown"]})
    assert "has changed since you were shown it" in refused.content.decode()
    assert "Amina Nobody" in refused.content.decode()
    assert client.post(page, {"shown": refused.context["shown"]}).status_code == 302
    assert Rendition.objects.get().is_public


def test_pages_that_are_pictures_say_that_no_machine_reads_them(as_user, redacted, officer, holder):
    services.add(redacted, file=upload(), as_pictures=True, by=officer)
    content = as_user(holder).get(f"{change_page(redacted)}confirm/").content.decode()
    assert "A machine reads no word in it" in content


def test_file_is_added_on_the_page_and_what_is_wrong_with_it_is_a_sentence(as_user, redacted, officer, assistant):
    client, page = as_user(officer), f"{change_page(redacted)}file/"
    hidden = SimpleUploadedFile("letter.pdf", pdf(f"{SEEN} {NAME} {BOX}"))
    assert "under a box" in client.post(page, {"file": hidden}).content.decode()
    word = SimpleUploadedFile("letter.docx", b"not a PDF")
    assert "Save the redacted document as PDF" in client.post(page, {"file": word}).content.decode()
    assert client.post(page, {}).status_code == 200
    assert not Rendition.objects.exists()
    good = SimpleUploadedFile("letter.pdf", pdf(SEEN))
    assert client.post(page, {"file": good}, follow=True).status_code == 200
    assert "waits for a second person" in client.get(f"{change_page(redacted)}change/").content.decode()
    assert as_user(assistant).post(page, {"file": good}).status_code == 403


def test_newer_file_takes_the_place_of_one_not_public_yet(redacted, file, officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        newer = services.add(redacted, file=upload(NAME), as_pictures=False, by=officer)
    assert list(Rendition.objects.all()) == [newer]
    assert newer.uuid != file.uuid
    assert not default_storage.exists(file.stored)
    assert default_storage.exists(newer.stored)


def test_public_file_is_taken_back_at_once_and_only_then_replaced(
    client, redacted, file, officer, holder, django_capture_on_commit_callbacks
):
    publications.confirm(redacted, by=holder)
    with pytest.raises(StepRefused, match="Take it back first"):
        services.add(redacted, file=upload(), as_pictures=False, by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        services.take_back(redacted, by=officer)
    assert client.get(public_address(file)).status_code == 404
    assert not default_storage.exists(file.stored)
    with pytest.raises(StepRefused, match="no redacted file here"):
        services.take_back(redacted, by=officer)
    redacted.refresh_from_db()
    assert services.add(redacted, file=upload(NAME), as_pictures=False, by=officer).public_since is None


def test_file_that_comes_after_publication_is_confirmed_by_itself(client, as_user, redacted, officer, holder):
    publications.confirm(redacted, by=holder)
    redacted.refresh_from_db()
    file = services.add(redacted, file=upload(), as_pictures=False, by=officer)
    page = f"{change_page(redacted)}file-confirm/"
    assert client.get(public_address(file)).status_code == 404
    assert "Two persons" in as_user(officer).post(page, {"shown": file.sha256}).content.decode()
    assert "Another file was added" in as_user(holder).post(page, {"shown": "0" * 64}).content.decode()
    assert "It is alleged - so far." in as_user(holder).get(page).content.decode()
    assert as_user(holder).post(page, {"shown": file.sha256}).status_code == 302
    client.logout()
    assert taken(client, public_address(file))[0] == 200


def test_page_of_a_file_that_is_not_there_is_not_found(as_user, redacted, holder):
    assert as_user(holder).get(f"{change_page(redacted)}file-confirm/").status_code == 404


def test_late_reply_is_read_with_its_file_before_it_is_published(as_user, sent, redacted, officer, holder, client):
    publications.confirm(redacted, by=holder)
    late = replies.record([sent], received_on=date(2021, 8, 2), channel="email", language="fr", by=officer)
    late = replies.classify(late, reply_class="substantive", publishable=True, by=officer)
    file = services.add(late, file=upload(), as_pictures=False, by=officer)
    page = f"{change_page(late)}publish/"
    first = as_user(holder).get(page)
    for words in ("Substantive reply", "2 August 2021", "AL KAZ 2/2021", "It is alleged - so far."):
        assert words in first.content.decode()
    replies.classify(late, reply_class="partial", publishable=True, by=officer)
    refused = as_user(holder).post(page, {"shown": first.context["shown"]})
    assert "has changed since you were shown it" in refused.content.decode()
    assert as_user(holder).post(page, {"shown": refused.context["shown"]}).status_code == 302
    client.logout()
    assert taken(client, public_address(file))[0] == 200


def test_desk_reads_a_file_before_it_is_public_and_leaves_a_trace(as_user, redacted, file, holder, assistant, client):
    address = f"/admin/communications/publication/files/{file.uuid}.pdf"
    response = as_user(holder).get(address)
    assert b"".join(response).startswith(b"%PDF-")
    assert "no-store" in response["Cache-Control"]
    entry = Entry.objects.get(verb="rendition.read")
    assert "KAZ" not in f"{entry.target_label} {entry.data}"
    assert as_user(assistant).get(address).status_code == 403
    assert as_user(holder).get(address.replace(str(file.uuid), str(uuid4()))).status_code == 404


def test_address_of_a_file_leads_on_under_a_corrected_reference(client, redacted, file, holder, sent):
    publications.confirm(redacted, by=holder)
    sent.refresh_from_db()
    sent.number = 3
    sent.save(update_fields=["number"])
    response = client.get(public_address(file))
    assert (response.status_code, response["Location"]) == (301, public_address(file).replace("KAZ-2", "KAZ-3"))


def test_file_of_one_letter_is_not_found_under_another(client, redacted, file, holder, new_letter):
    publications.confirm(redacted, by=holder)
    new_letter(number=7, public=True)
    assert client.get(f"/communications/KAZ-7-2021/files/{file.uuid}/").status_code == 404


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"publication": None}, id="of nothing"),
        pytest.param({"public_since": date(2021, 8, 2)}, id="public without a second person"),
        pytest.param({"public_since": date(2021, 8, 2), "confirmed_by": "officer"}, id="confirmed by who added it"),
    ],
)
def test_database_keeps_the_rules_of_a_file(file, officer, broken):
    values = {name: officer if value == "officer" else value for name, value in broken.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.filter(pk=file.pk).update(**values)
