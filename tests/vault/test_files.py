"""Files on their way in and out of a case: cleaned copy, original, and what is said of both."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from iesogi.audit.models import Entry
from iesogi.vault import blobs, custody, disclosure, files, intake, members, receipts, records
from iesogi.vault.enums import FileOutcome, IfUncleanable, Kind, Reason
from iesogi.vault.exceptions import Damaged, NotAMember, UnknownNumber, VaultRefused
from iesogi.vault.files import Incoming
from iesogi.vault.models import SealedRecord
from tests.vault.conftest import AT, fingerprint_of, submit, vault_of
from tests.vault.test_scanning import EICAR, serving
from tests.vault.uploading import upload

SECRET = b"taken by A. N."


def photo():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", comment=SECRET)
    return out.getvalue()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }


def incoming(data, name="evidence.jpg", wish=IfUncleanable.KEEP_ORIGINAL, **kwargs):
    return Incoming(upload(data, name), wish, **kwargs)


def opened(unlocked, uuid):
    return members.open_compartment(unlocked, SealedRecord.objects.get(uuid=uuid).compartment_id)


def downloaded(unlocked, uuid):
    record = SealedRecord.objects.get(uuid=uuid)
    return b"".join(files.download(record, members.open_compartment(unlocked, record.compartment_id)))


def test_picture_reaches_the_team_cleaned_and_the_custodian_untouched(channels, amal, custodian):
    [stored] = submit(files=[incoming(photo())]).files
    assert stored.outcome == FileOutcome.CLEANED
    assert SECRET not in downloaded(amal, stored.cleaned)
    assert downloaded(custodian, stored.original) == photo()


def test_original_is_kept_as_it_was_sealed_while_it_arrived(channels, custodian):
    sent = incoming(photo())
    sent.upload.sealed.file.seek(0)
    on_disk = sent.upload.sealed.file.read()
    [stored] = submit(files=[sent]).files
    record = SealedRecord.objects.get(uuid=stored.original)
    with default_storage.open(record.blob) as blob:
        assert blob.read() == on_disk
    assert record.uuid == sent.upload.sealed.record


def test_blobs_of_two_files_in_each_others_place_do_not_open(channels, custodian):
    one, two = submit(files=[incoming(photo()), incoming(photo())]).files
    first, second = (SealedRecord.objects.get(uuid=each.original) for each in (one, two))
    with default_storage.open(first.blob) as blob, default_storage.open(second.blob) as other:
        left, right = blob.read(), other.read()
    Path(default_storage.path(first.blob)).write_bytes(right)
    Path(default_storage.path(second.blob)).write_bytes(left)
    for each in (one, two):
        with pytest.raises(Damaged):
            downloaded(custodian, each.original)


def test_what_is_said_of_a_file_is_for_the_team(channels, amal):
    [stored] = submit(files=[incoming(photo(), description="the door")]).files
    record = SealedRecord.objects.get(uuid=stored.about)
    about = records.read(record, opened(amal, stored.about)).content
    assert about == {
        "name": "evidence.jpg",
        "size": len(photo()),
        "description": "the door",
        "outcome": "cleaned",
        "type": "jpeg",
        "reason": "",
        "notes": [],
        "scan": "unscanned",
        "sha256": hashlib.sha256(photo()).hexdigest(),
        "cleaned": str(stored.cleaned),
        "original": str(stored.original),
    }


@pytest.mark.parametrize(
    ("wish", "outcome", "kinds"),
    [
        (IfUncleanable.KEEP_ORIGINAL, FileOutcome.ORIGINAL_ONLY, {Kind.FILE_ABOUT, Kind.FILE_ORIGINAL}),
        (IfUncleanable.LEAVE_OUT, FileOutcome.LEFT_OUT, {Kind.FILE_ABOUT}),
    ],
)
def test_what_cannot_be_cleaned_follows_the_choice_of_the_sender(channels, wish, outcome, kinds):
    sent = submit(files=[incoming(b"\x00\x01\x02", wish=wish)])
    [stored] = sent.files
    assert (stored.outcome, stored.reason, stored.cleaned) == (outcome, Reason.UNKNOWN, None)
    found = SealedRecord.objects.filter(kind__startswith="file").values_list("kind", "compartment_id")
    assert {kind for kind, _place in found} == kinds
    assert (Kind.FILE_ORIGINAL, sent.content) not in set(found)
    assert len(blobs_stored()) == len(kinds) - 1


def test_original_lies_in_the_content_where_nobody_holds_identities(channels, amal):
    sent = submit(identity=(), identity_channel=None, channel="inputs", files=[incoming(photo())])
    assert SealedRecord.objects.get(uuid=sent.files[0].original).compartment_id == sent.content


def blobs_stored():
    try:
        return default_storage.listdir("sealed")[1]
    except FileNotFoundError:
        return []


def test_file_of_a_known_number_is_not_stored_again(channels):
    number = receipts.new_number()
    first = submit(number=number, files=[incoming(photo())])
    again = submit(number=number, files=[incoming(photo())])
    assert (first.is_new, again.is_new, again.files) == (True, False, ())
    assert len(blobs_stored()) == 2


def test_nothing_stays_in_the_storage_when_the_case_is_not_written(channels):
    def fail(submitted):
        assert len(submitted.files) == 1
        raise RuntimeError("the caller's own rows")

    with pytest.raises(RuntimeError):
        submit(files=[incoming(photo())], then=fail)
    assert blobs_stored() == []


def test_file_that_is_refused_stops_the_whole_report_in_a_sentence(channels, settings):
    settings.UPLOAD_FILE_BYTES = 10
    with pytest.raises(VaultRefused, match="is larger than"):
        submit(files=[incoming(photo())])
    assert not SealedRecord.objects.filter(kind=Kind.REPORT).exists()


def test_file_added_later_reaches_both_compartments(channels, amal, custodian):
    number = receipts.new_number()
    submit(number=number)
    thread = intake.open_by_number(number)
    [stored] = intake.add(thread, files=[incoming(photo())], at=AT)
    assert SECRET not in downloaded(amal, stored.cleaned)
    assert downloaded(custodian, stored.original) == photo()
    assert intake.sent(thread)[Kind.FILE_ABOUT] == 1


def test_nothing_can_be_added_to_an_erased_case(channels):
    number = receipts.new_number()
    sent = submit(number=number)
    thread = intake.open_by_number(number)
    files.erase([sent.content, sent.identity])
    with pytest.raises(UnknownNumber):
        intake.add(thread, files=[incoming(photo())], at=AT)
    assert blobs_stored() == []


def test_stored_file_says_only_its_week(channels, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit(files=[incoming(photo())])
    times = {default_storage.get_modified_time(f"sealed/{name}") for name in blobs_stored()}
    assert times == {blobs.monday(AT)}


def test_erased_case_leaves_no_record_and_no_file(channels, django_capture_on_commit_callbacks):
    kept = submit(files=[incoming(photo())])
    gone = submit(files=[incoming(photo())])
    with django_capture_on_commit_callbacks(execute=True):
        assert files.erase([gone.content, gone.identity]) == 5
    assert not SealedRecord.objects.filter(compartment__in=[gone.content, gone.identity]).exists()
    named = set(SealedRecord.objects.exclude(blob="").values_list("blob", flat=True))
    assert {f"sealed/{name}" for name in blobs_stored()} == named
    assert len(named) == len(kept.files) * 2


@pytest.mark.parametrize("harm", ["cut", "flipped", "swapped", "missing"])
def test_file_that_was_tampered_with_gives_not_a_byte(channels, custodian, harm):
    one, two = (SealedRecord.objects.get(uuid=submit(files=[incoming(photo())]).files[0].original) for _ in range(2))
    path, other = (Path(default_storage.path(record.blob)) for record in (one, two))
    data = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.chmod(0o600)
        flipped = data[:-30] + bytes([data[-30] ^ 1]) + data[-29:]
        path.write_bytes({"cut": data[:-40], "flipped": flipped, "swapped": other.read_bytes()}[harm])
    with pytest.raises(Damaged):
        files.download(one, opened(custodian, one.uuid))


# --- Custodians ------------------------------------------------------------------------------------


def test_custodian_gives_the_team_a_cleaned_copy_that_was_not_made_at_first(channels, amal, custodian, settings):
    settings.CLEANING_SECONDS = 0
    sent = submit(files=[incoming(photo())])
    assert sent.files[0].reason == Reason.TIME
    settings.CLEANING_SECONDS = 60
    original = SealedRecord.objects.get(uuid=sent.files[0].original)
    new = custody.clean_again(original, content=sent.content, unlocked=custodian, at=AT)
    assert SECRET not in downloaded(amal, new.cleaned)
    [about] = custody.latest(abouts(amal, sent.content))
    assert (about["name"], about["outcome"], about["cleaned"]) == ("evidence.jpg", "cleaned", str(new.cleaned))


def abouts(unlocked, place):
    rows = SealedRecord.objects.filter(compartment=place, kind=Kind.FILE_ABOUT)
    opened = members.open_compartment(unlocked, place)
    return [each.content for each in sorted((records.read(row, opened) for row in rows), key=lambda each: each.at)]


def test_custodian_releases_an_original_to_the_team(channels, amal, custodian):
    sent = submit(files=[incoming(b"\x00\x01\x02", "call.bin")])
    original = SealedRecord.objects.get(uuid=sent.files[0].original)
    custody.release_to_team(original, content=sent.content, unlocked=custodian, at=AT + timedelta(days=1))
    [about] = custody.latest(abouts(amal, sent.content))
    assert downloaded(amal, about["released"]) == b"\x00\x01\x02"
    assert Entry.objects.filter(verb="file.released", by=custodian.user).count() == 1


def test_what_still_cannot_be_cleaned_is_refused_with_the_reason(channels, custodian):
    sent = submit(files=[incoming(b"\x00\x01\x02")])
    original = SealedRecord.objects.get(uuid=sent.files[0].original)
    with pytest.raises(VaultRefused, match="This kind of file cannot be cleaned"):
        custody.clean_again(original, content=sent.content, unlocked=custodian, at=AT)
    assert len(blobs_stored()) == 1


def test_only_originals_are_released_and_only_by_custodians(channels, amal, custodian):
    sent = submit(files=[incoming(photo())])
    cleaned, original = (
        SealedRecord.objects.get(uuid=uuid) for uuid in (sent.files[0].cleaned, sent.files[0].original)
    )
    with pytest.raises(VaultRefused):
        custody.release_to_team(cleaned, content=sent.content, unlocked=amal, at=AT)
    with pytest.raises(NotAMember):
        custody.release_to_team(original, content=sent.content, unlocked=amal, at=AT)


def test_disclosed_original_comes_whole_to_one_person(channels, amal, custodian):
    sent = submit(files=[incoming(photo())])
    record = SealedRecord.objects.get(uuid=sent.files[0].original)
    today = timezone.localdate()
    with pytest.raises(NotAMember):
        disclosure.download(record, unlocked=amal, on=today)
    disclosure.disclose(record, vault_of(amal), fingerprint=fingerprint_of(amal), until=today, unlocked=custodian)
    assert b"".join(disclosure.download(record, unlocked=amal, on=today)) == photo()


# --- What lies about ------------------------------------------------------------------------------


def test_sweep_deletes_only_what_no_record_names_for_a_day(channels):
    submit(files=[incoming(photo())])
    orphan = blobs.save([b"sealed"])
    now = timezone.now()
    assert blobs.sweep(now=now) == 0
    assert blobs.sweep(now=now + timedelta(hours=25)) == 1
    assert not default_storage.exists(orphan)
    assert len(blobs_stored()) == 2


def test_sweep_blurs_what_a_killed_process_left_sharp(channels):
    submit(files=[incoming(photo())])  # the test's own transaction never commits
    now = timezone.now()
    blobs.sweep(now=now + timedelta(hours=25))
    assert {default_storage.get_modified_time(f"sealed/{name}") for name in blobs_stored()} == {blobs.monday(now)}


def test_download_is_never_shown_and_never_kept(client):
    answer = files.response(iter([b"one", b"two"]), 'a\u202eb/"c".exe\r\nX: 1')
    assert b"".join(answer.streaming_content) == b"onetwo"
    assert dict(answer.headers) == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": 'attachment; filename="ab_c_.exeX_ 1"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
    }


@pytest.mark.parametrize("name", ["", "...", "\u202e", "/", "\x00"])
def test_download_always_has_a_name(name):
    assert files.safe_name(name) not in {"", "."}


def test_file_with_malware_is_kept_with_a_mark_whatever_was_wished(channels, amal, settings, tmp_path):
    with serving(tmp_path / "clamd"):
        settings.CLAMAV_URL = f"unix://{tmp_path}/clamd"
        sent = submit(files=[incoming(photo() + EICAR, wish=IfUncleanable.LEAVE_OUT)])
    [stored] = sent.files
    assert (stored.outcome, stored.reason, stored.cleaned) == (FileOutcome.ORIGINAL_ONLY, Reason.INFECTED, None)
    [about] = abouts(amal, sent.content)
    assert about["scan"] == "infected"


def test_staff_read_what_cleaning_met():
    about = {"reason": "", "notes": [{"code": "changes", "count": 3}]}
    assert files.explained(about) == ["Tracked changes are in it; they may still name people. (3)"]
    assert files.explained({"reason": "media", "notes": []}) == ["Sound and video cannot be cleaned."]
