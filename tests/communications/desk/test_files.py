"""Files at the desk: who downloads which of them, and what a custodian does with an original."""

import pytest
from django.utils import timezone

from communications.cases import services
from communications.cases.enums import Matter
from communications.cases.models import Case, DisclosureRequest
from iesogi.audit.models import Entry
from iesogi.vault.enums import Kind
from iesogi.vault.models import SealedRecord
from iesogi.vault.records import Part
from tests.communications.desk.conftest import AT, url
from tests.vault.conftest import fingerprint_of, submit
from tests.vault.test_files import SECRET, incoming, photo, storage  # noqa: F401

pytestmark = pytest.mark.django_db
UNCLEANABLE = b"\x00\x01\x02"


@pytest.fixture
def with_file(desk):
    """`with_file(data, name)`: a case with one file, and the records of that file by kind."""

    def make(data, name):
        made = []
        submit(
            content=[Part(Kind.REPORT, {"victims": []})],
            files=[incoming(data, name)],
            then=lambda sealed: made.append(services.receive(sealed, services.Clear(Matter.INDIVIDUAL), at=AT)),
        )
        places = [made[0].content_id, made[0].identity_id]
        rows = SealedRecord.objects.filter(compartment__in=places)
        return made[0], {row.kind: row.uuid for row in rows}

    return make


@pytest.fixture
def picture(with_file):
    return with_file(photo(), "the door.jpg")


@pytest.fixture
def blob(with_file):
    return with_file(UNCLEANABLE, "call.bin")


def body(response):
    return b"".join(response.streaming_content)


def text(response):
    return response.content.decode()


def act(client, case, original, name):
    return client.post(url("file_act", case.pk, original, name), {"really": "yes"}, follow=True)


# --- Out ------------------------------------------------------------------------------------------


def test_team_downloads_the_cleaned_copy_and_never_sees_it_in_the_page(enter, desk, picture):
    case, rows = picture
    response = enter(desk).get(url("file", case.pk, rows[Kind.FILE_CLEANED]))
    data = body(response)
    assert data.startswith(b"\xff\xd8")
    assert SECRET not in data
    assert response["Content-Disposition"] == 'attachment; filename="the door.jpg"'
    assert "no-store" in response["Cache-Control"]
    entry = Entry.objects.get(verb="case.downloaded")
    assert (entry.by, entry.target_label, entry.data["kind"]) == (desk.user, case.ref, Kind.FILE_CLEANED)
    assert "door" not in str(list(Entry.objects.values()))


def test_original_is_for_the_custodian_alone(enter, desk, custodian, picture):
    case, rows = picture
    refused = enter(desk).get(url("file", case.pk, rows[Kind.FILE_ORIGINAL]))
    assert refused.status_code == 403
    assert not Entry.objects.filter(verb="case.downloaded").exists()
    assert body(enter(custodian).get(url("file", case.pk, rows[Kind.FILE_ORIGINAL]))) == photo()


def test_original_reaches_an_officer_by_disclosure(enter, desk, custodian, picture):
    case, rows = picture
    original = rows[Kind.FILE_ORIGINAL]
    enter(desk).post(url("ask", case.pk), {"wanted": [str(original)], "reason": "An expert looks at it."})
    asked = DisclosureRequest.objects.get()
    given = {"until": timezone.localdate(), "compared": "on", "fingerprint": fingerprint_of(desk), "give": "yes"}
    enter(custodian).post(url("decide", asked.pk), given)
    client = enter(desk)
    address = url("file", case.pk, original)
    assert address in text(client.get(url("disclosed", asked.pk)))
    assert body(client.get(address)) == photo()


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.PEOPLE, Kind.FILE_ABOUT])
def test_only_files_are_downloaded(enter, desk, picture, kind):
    case, rows = picture
    assert enter(desk).get(url("file", case.pk, rows[kind])).status_code == 404


def test_file_of_another_case_is_no_page(enter, desk, picture, blob):
    case, _rows = picture
    _other, rows = blob
    assert enter(desk).get(url("file", case.pk, rows[Kind.FILE_ORIGINAL])).status_code == 404


def test_damaged_file_is_a_page_and_not_a_byte(enter, desk, picture, blob):
    case, rows = picture
    SealedRecord.objects.filter(uuid=rows[Kind.FILE_CLEANED]).update(blob="ab/gone")
    response = enter(desk).get(url("file", case.pk, rows[Kind.FILE_CLEANED]))
    assert "damaged" in text(response)


def test_page_says_why_there_is_no_cleaned_copy(enter, desk, blob):
    case, _rows = blob
    page = text(enter(desk).get(url("open", case.pk)))
    assert "call.bin" in page
    assert "This kind of file cannot be cleaned" in page
    assert "The original is with the custodians" in page


# --- The custodian --------------------------------------------------------------------------------


@pytest.fixture
def not_cleaned(with_file, settings):
    """A picture for which the cleaner had no time."""
    settings.CLEANING_SECONDS = 0
    case, rows = with_file(photo(), "late.jpg")
    assert Kind.FILE_CLEANED not in rows
    settings.CLEANING_SECONDS = 60
    return case, rows[Kind.FILE_ORIGINAL]


def test_custodian_cleans_again_and_the_team_downloads_the_copy(enter, desk, custodian, not_cleaned):
    case, original = not_cleaned
    client = enter(custodian)
    assert url("file_act", case.pk, original, "clean") in text(client.get(url("identity", case.pk)))
    assert "by the cleaner as it is today" in text(client.get(url("file_act", case.pk, original, "clean")))
    assert "finds the new cleaned copy" in text(act(client, case, original, "clean"))
    cleaned = SealedRecord.objects.get(kind=Kind.FILE_CLEANED)
    assert case.files.get().cleaned == cleaned
    entry = Entry.objects.get(verb="case.file_cleaned_again")
    assert (entry.by, entry.target_label, entry.data) == (custodian.user, case.ref, {"record": str(original)})
    client, address = enter(desk), url("file", case.pk, cleaned.uuid)
    assert address in text(client.get(url("open", case.pk)))
    assert SECRET not in body(client.get(address))


def test_custodian_releases_and_the_team_downloads_it_untouched(enter, desk, custodian, blob):
    case, rows = blob
    client, original = enter(custodian), rows[Kind.FILE_ORIGINAL]
    page = client.get(url("file_act", case.pk, original, "release"))
    assert "This cannot be taken back" in text(page)
    assert "call.bin" not in text(page)  # its name is of the content, which this vault does not open
    assert "Released" in text(act(client, case, original, "release"))
    assert Entry.objects.get(verb="case.file_released").target_label == case.ref
    released = SealedRecord.objects.get(compartment=case.content_id, kind=Kind.FILE_ORIGINAL)
    client, address = enter(desk), url("file", case.pk, released.uuid)
    assert address in text(client.get(url("open", case.pk)))
    response = client.get(address)
    assert body(response) == UNCLEANABLE
    assert 'filename="call.bin"' in response["Content-Disposition"]


def test_released_file_stands_beside_its_cleaned_copy(enter, desk, custodian, picture):
    case, rows = picture
    act(enter(custodian), case, rows[Kind.FILE_ORIGINAL], "release")
    page = text(enter(desk).get(url("open", case.pk)))
    assert url("file", case.pk, rows[Kind.FILE_CLEANED]) in page
    assert "Download as it was sent" in page


def test_released_file_is_had_though_what_was_said_of_it_is_damaged(enter, desk, custodian, blob):
    case, rows = blob
    act(enter(custodian), case, rows[Kind.FILE_ORIGINAL], "release")
    SealedRecord.objects.filter(uuid=rows[Kind.FILE_ABOUT]).update(mark=bytes(32))
    released = SealedRecord.objects.get(compartment=case.content_id, kind=Kind.FILE_ORIGINAL)
    client = enter(desk)
    assert client.get(url("open", case.pk)).status_code == 200
    response = client.get(url("file", case.pk, released.uuid))
    assert case.ref in response["Content-Disposition"]
    assert body(response) == UNCLEANABLE


def test_what_still_cannot_be_cleaned_is_told_on_the_page(enter, custodian, blob):
    case, rows = blob
    page = text(act(enter(custodian), case, rows[Kind.FILE_ORIGINAL], "clean"))
    assert "This kind of file cannot be cleaned" in page
    assert not Entry.objects.filter(verb="case.file_cleaned_again").exists()


@pytest.mark.parametrize("name", ["clean", "release"])
def test_nobody_but_a_custodian_gets_the_buttons(enter, desk, blob, name):
    case, rows = blob
    client, address = enter(desk), url("file_act", case.pk, rows[Kind.FILE_ORIGINAL], name)
    assert client.get(address).status_code == 403
    assert client.post(address, {"really": "yes"}).status_code == 403
    assert SealedRecord.objects.filter(kind__startswith="file", compartment=case.content_id).count() == 1


def test_erased_case_and_unknown_acts_are_no_pages(enter, custodian, blob):
    case, rows = blob
    client, original = enter(custodian), rows[Kind.FILE_ORIGINAL]
    assert client.get(url("file_act", case.pk, original, "burn")).status_code == 404
    assert client.get(url("file_act", case.pk, rows[Kind.REPORT], "clean")).status_code == 404
    Case.objects.update(identity=None)
    assert client.get(url("file_act", case.pk, original, "clean")).status_code == 404
