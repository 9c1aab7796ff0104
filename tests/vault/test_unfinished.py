"""What is kept under a number alone: bound to its place, new keys at each save, nothing left after the end."""
# ruff: noqa: F811

import gc
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from iesogi.vault import blobs, erasing, intake, receipts, tokens, unfinished
from iesogi.vault.editions import seen_on
from iesogi.vault.exceptions import Damaged, NumberNeeded, SavedMeanwhile, SentAlready, TooFast, VaultRefused
from iesogi.vault.models import Receipt, SealedRecord, Unfinished, UnfinishedPart
from iesogi.vault.unfinished import NewFile
from tests.communications.intake.test_canary import quiet_folders  # noqa: F401, a fixture
from tests.vault.conftest import AT, submit
from tests.vault.uploading import upload

HALF = {"q1": "Three laws and a half"}
SECOND = timedelta(seconds=1)


@pytest.fixture
def number():
    return receipts.new_number()


@pytest.fixture
def derived(number):
    return intake.derive(number)


@pytest.fixture
def kept(db, derived):
    return unfinished.keep(derived, HALF, new=[NewFile("q3", upload(b"A law.", "law.txt"))], at=AT)


def other():
    return intake.derive(receipts.new_number())


def test_opens_by_its_number_and_by_no_other(kept, derived):
    found = unfinished.find(derived)
    assert (found.content, [b"".join(each.as_upload().chunks()) for each in found.files]) == (HALF, [b"A law."])
    assert unfinished.find(other()) is None


def test_each_save_has_a_new_key_and_the_old_box_opens_nothing(kept, derived):
    before = Unfinished.objects.get()
    unfinished.keep(derived, HALF, staying=[kept.files[0].uuid], at=AT)
    after = Unfinished.objects.get()
    assert (before.pk, before.box != after.box) == (after.pk, True)
    Unfinished.objects.update(box=before.box)
    assert unfinished.find(derived) is None


def test_moved_to_another_number_it_opens_nothing(kept, derived):
    stranger = other()
    unfinished.keep(stranger, {"q1": "Other"}, at=AT)
    mine, theirs = UnfinishedPart.objects.exclude(body=None).order_by("unfinished_id")
    mine.body, theirs.body = theirs.body, mine.body
    UnfinishedPart.objects.bulk_update([mine, theirs], ["body"])
    assert (unfinished.find(derived), unfinished.find(stranger)) == (None, None)
    again = unfinished.keep(derived, HALF, staying=[kept.files[0].uuid], at=AT)
    assert again.files == (), "What does not open is not carried on."
    assert unfinished.find(derived).content == HALF


def test_receipt_of_the_same_number_does_not_lead_to_it(channels, kept, derived, number):
    assert Unfinished.objects.get().lookup_id not in {derived.lookup_id, derived.wrap_key}
    submit(number=number)
    assert Receipt.objects.get().lookup_id == derived.lookup_id
    with pytest.raises(SentAlready):
        unfinished.keep(derived, HALF, at=AT)


@pytest.mark.django_db
def test_files_of_it_outlive_the_sweep_and_go_with_it(quiet_folders, derived, django_capture_on_commit_callbacks):
    [file] = unfinished.keep(derived, HALF, new=[NewFile("q3", upload(b"A law.", "law.txt"))], at=AT).files
    assert blobs.sweep(now=AT + timedelta(days=9999)) == 0
    assert default_storage.exists(file.blob)
    with django_capture_on_commit_callbacks(execute=True):
        assert unfinished.end(derived) == 1
    assert not default_storage.exists(file.blob)
    assert (Unfinished.objects.count(), UnfinishedPart.objects.count()) == (0, 0)
    with pytest.raises(Damaged):
        b"".join(file.as_upload().chunks())


def test_file_that_nobody_sent_is_closed_with_what_held_it(kept):
    ring = [kept.files[0].as_upload()]
    blob = ring[0].sealed.file
    ring.append(ring)  # as a refusal does, whose traceback holds the page that it stopped
    del ring
    gc.collect()
    assert blob.closed


def test_file_that_is_left_out_goes_from_the_storage(kept, derived, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        unfinished.keep(derived, HALF, at=AT)
    assert not default_storage.exists(kept.files[0].blob)


def test_text_that_cannot_be_kept_leaves_no_file_behind(db, derived):
    before = set(default_storage.listdir("sealed")[1]) if default_storage.exists("sealed") else set()
    with pytest.raises(VaultRefused):
        unfinished.keep(derived, {"q1": "half of an emoji \ud83d"}, new=[NewFile("q3", upload(b"A law."))], at=AT)
    after = set(default_storage.listdir("sealed")[1]) if default_storage.exists("sealed") else set()
    assert (after - before, Unfinished.objects.count()) == (set(), 0)


def test_no_key_and_no_text_is_in_a_repr(kept, derived):
    shown = repr(kept) + repr(kept.files) + repr(derived)
    assert not any(
        word in shown for word in ("Three laws", "law.txt", kept.files[0].key.hex(), str(kept.files[0].key))
    )


def test_its_key_is_among_the_rows_that_are_written_anew():
    assert Unfinished in erasing.HOLD_KEYS


def test_nothing_of_it_lies_in_a_compartment(kept):
    assert not SealedRecord.objects.exists()


def test_token_of_who_came_back_keeps_when_it_was_begun_and_asks_for_the_number_when_it_is_old(number):
    token = tokens.new_token(now=AT, number=number, begun=AT - timedelta(days=3))
    assert tokens.read_ticket(token, now=AT + 5 * SECOND) == (number, AT - timedelta(days=3), True)
    with pytest.raises(TooFast):
        tokens.read_ticket(token, now=AT)
    assert tokens.read_ticket(token, now=AT, at_least=timedelta(0)).number == number
    with pytest.raises(NumberNeeded):
        tokens.read_ticket(token, now=AT + timedelta(hours=12) + SECOND)
    first = tokens.new_token(now=AT)
    assert tokens.read_ticket(first, now=AT + 5 * SECOND)[1:] == (AT, False)


def test_edition_says_which_save_and_nothing_else(kept, derived):
    found = unfinished.find(derived)
    assert found.edition == kept.edition
    again = unfinished.keep(derived, HALF, at=AT)
    assert (len(again.edition), again.edition != kept.edition) == (len(kept.edition), True)
    assert bytes.fromhex(kept.edition) not in Unfinished.objects.get().box


def test_save_over_what_was_not_seen_is_refused_and_leaves_no_file_behind(kept, derived):
    mine, theirs = seen_on("mine", kept.edition), seen_on("theirs", kept.edition)
    files = set(default_storage.listdir("sealed")[1])
    unfinished.keep(derived, {"q1": "Theirs"}, staying=[kept.files[0].uuid], seen=theirs, at=AT)
    with pytest.raises(SavedMeanwhile):
        unfinished.keep(derived, {"q1": "Mine"}, new=[NewFile("q3", upload(b"A law."))], seen=mine, at=AT)
    assert unfinished.find(derived).content == {"q1": "Theirs"}
    assert set(default_storage.listdir("sealed")[1]) == files
