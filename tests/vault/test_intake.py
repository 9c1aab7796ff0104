"""From the form's token to the return by number, without any page."""

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from iesogi.audit.models import Entry
from iesogi.vault import intake, members, receipts, records, sealing, tokens
from iesogi.vault.enums import EpochState, Kind, Slug
from iesogi.vault.exceptions import Damaged, NotOpenYet, NumberRefused, TokenRefused, UnknownNumber
from iesogi.vault.models import ChannelEpoch, Compartment, CompartmentGrant, KeyBox, Receipt, SealedRecord
from iesogi.vault.records import Part
from tests.vault.conftest import AT, submit

NUMBER = "79462355190123456789012"
NUMBER += receipts.check_digit(NUMBER)


def contents(unlocked, place):
    opened = members.open_compartment(unlocked, place)
    return [records.read(row, opened).content for row in SealedRecord.objects.filter(compartment=place)]


# --- The token of the form ---


def test_token_brings_its_number_back():
    token = tokens.new_token(now=AT)
    number = tokens.read_token(token, now=AT + timedelta(minutes=30))
    assert receipts.read_number(number) == number
    assert number not in token
    assert tokens.read_token(token, now=AT + timedelta(hours=12)) == number


@pytest.mark.parametrize(
    ("age", "why"),
    [
        (timedelta(seconds=4), "faster than a person"),
        (timedelta(hours=12, seconds=1), "more than 12 hours"),
        (timedelta(days=-1), "faster than a person"),
    ],
)
def test_token_out_of_its_time_is_refused_with_the_reason(age, why):
    with pytest.raises(TokenRefused, match=why):
        tokens.read_token(tokens.new_token(now=AT), now=AT + age)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120))
def test_any_other_text_is_no_token(text):
    with pytest.raises(TokenRefused, match="this page"):
        tokens.read_token(text, now=AT)


def test_token_of_another_installation_is_refused(settings):
    token = tokens.new_token(now=AT)
    settings.INTAKE_SECRET = "44" * 32
    with pytest.raises(TokenRefused):
        tokens.read_token(token, now=AT + timedelta(minutes=1))


# --- Submit ---


@pytest.mark.django_db
def test_report_lies_sealed_in_two_compartments(amal, custodian, channels):
    sent = submit("They came at night.", "A. N.")
    assert (sent.is_new, sent.may_show_number) == (True, True)
    assert contents(amal, sent.content) == [{"story": "They came at night."}]
    assert contents(custodian, sent.identity) == [{"A": "A. N."}]
    stored = b"".join(bytes(row.body) + bytes(row.sealed_key) for row in SealedRecord.objects.all())
    assert b"night" not in stored


@pytest.mark.django_db
def test_same_number_makes_one_case(amal, channels):
    first = submit("first", number=NUMBER)
    again = submit("second", number=NUMBER)
    assert again == first._replace(is_new=False)
    assert Receipt.objects.count() == 1
    assert contents(amal, first.content) == [{"story": "first"}]


@pytest.mark.django_db
def test_rows_of_the_caller_are_made_once_and_with_the_case(channels):
    seen = []
    sent = submit(number=NUMBER, then=seen.append)
    submit(number=NUMBER, then=seen.append)
    assert seen == [sent]


@pytest.mark.django_db
def test_error_of_the_caller_leaves_nothing(channels):
    before = Compartment.objects.count()

    def fail(_submitted):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        submit(then=fail)
    assert Compartment.objects.count() == before
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_clash_that_is_no_repeat_is_not_swallowed(channels):
    tries = []

    def clash(submitted):
        tries.append(submitted)
        raise IntegrityError("something else")

    with pytest.raises(IntegrityError, match="something else"):
        submit(then=clash)
    assert len(tries) == intake.TRIES
    assert not SealedRecord.objects.filter(compartment__is_canary=False).exists()


@pytest.mark.django_db
def test_row_of_the_caller_that_clashes_is_made_again_with_the_same_report(amal, channels):
    seen = []

    def clash_once(submitted):
        seen.append(submitted)
        if len(seen) == 1:
            raise IntegrityError("this reference is taken")

    sent = submit("once", number=NUMBER, then=clash_once)
    assert seen == [sent, sent]
    assert sent.is_new
    assert contents(amal, sent.content) == [{"story": "once"}]
    assert intake.known(NUMBER).content == sent.content


@pytest.mark.django_db
def test_number_is_shown_until_it_was_written_down(channels):
    submit(number=NUMBER)
    assert not intake.confirm(NUMBER, "0000" if NUMBER[-4:] != "0000" else "1111")
    assert submit(number=NUMBER).may_show_number
    assert intake.confirm(NUMBER, NUMBER[-4:])
    assert not submit(number=NUMBER).may_show_number


@pytest.mark.django_db
def test_number_that_was_never_sent_cannot_be_confirmed(channels):
    assert not intake.confirm(NUMBER, NUMBER[-4:])


@pytest.mark.django_db
def test_staff_enter_a_report_without_a_number(amal, channels):
    sent = submit("by mail", number=None)
    assert not Receipt.objects.exists()
    assert contents(amal, sent.content) == [{"story": "by mail"}]


@pytest.mark.django_db
def test_contribution_has_one_compartment(amal, channels):
    sent = intake.submit_sealed(
        number=NUMBER,
        content=[Part(Kind.REPORT, "our view")],
        channel=Slug.INPUTS,
        identity_channel=None,
        at=AT,
    )
    assert sent.identity is None
    assert contents(amal, sent.content) == ["our view"]
    thread = intake.open_by_number(NUMBER)
    assert thread.identity is None
    intake.add(thread, content=[Part(Kind.MESSAGE_IN, "and this")], at=AT)
    assert sorted(contents(amal, sent.content)) == ["and this", "our view"]


@pytest.mark.django_db
def test_without_channels_the_form_is_not_open():
    with pytest.raises(NotOpenYet, match="not open yet"):
        submit()


@pytest.mark.django_db
def test_swapped_channel_key_catches_nothing_and_is_logged(channels, cases_epoch, caplog):
    ChannelEpoch.objects.filter(pk=cases_epoch.pk).update(public=sealing.new_pair().public)
    with caplog.at_level(logging.CRITICAL), pytest.raises(NotOpenYet):
        submit()
    assert "not the one it was made with" in caplog.text
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_report_taken_during_a_rotation_goes_to_the_new_epoch(amal, channels, cases_epoch, monkeypatch):
    """The epoch was current when the keys were made, and retired when they were written."""
    from iesogi.vault import rotation

    real, calls = records.write_all, []

    def rotate_meanwhile(*args, **kwargs):
        if not calls:
            calls.append(rotation.rotate(Slug.CASES, unlocked=amal))
        return real(*args, **kwargs)

    monkeypatch.setattr(records, "write_all", rotate_meanwhile)
    sent = submit("in between")
    monkeypatch.undo()
    grant = CompartmentGrant.objects.select_related("epoch").get(compartment=sent.content)
    assert (grant.epoch.number, grant.epoch.state) == (2, EpochState.CURRENT)
    assert contents(amal, sent.content) == [{"story": "in between"}]


@pytest.mark.django_db
def test_request_of_a_reporter_leaves_no_audit_entry_and_no_session(channels):
    before = Entry.objects.count()
    submit(number=NUMBER)
    thread = intake.open_by_number(NUMBER)
    intake.add(thread, content=[Part(Kind.MESSAGE_IN, "more")], at=AT)
    intake.confirm(NUMBER, NUMBER[-4:])
    assert Entry.objects.count() == before
    assert not KeyBox.objects.exists()


@pytest.mark.django_db
def test_number_is_not_in_the_database(channels):
    submit(number=NUMBER)
    receipt = Receipt.objects.get()
    assert NUMBER.encode() not in receipt.lookup_id + receipt.box


# --- Return ---


@pytest.fixture
def sent(channels):
    return submit(number=NUMBER)


@pytest.mark.django_db
def test_number_opens_our_answers_and_nothing_they_sent(sent, amal):
    opened = members.open_compartment(amal, sent.content)
    for words in ("We received it.", "Please tell us more."):
        part = Part(Kind.MESSAGE_OUT, words)
        records.write(opened.place, [part], mark_key=opened.mark_key, thread=opened.thread, at=AT)
    thread = intake.open_by_number(receipts.grouped(NUMBER))
    assert {each.content for each in intake.answers(thread)} == {"We received it.", "Please tell us more."}
    report = SealedRecord.objects.get(compartment=sent.content, kind=Kind.REPORT)
    with pytest.raises(Damaged):
        records.read_answer(report, thread.content, thread.key)


@pytest.mark.django_db
def test_answers_stand_in_the_order_they_were_written(sent, amal):
    opened = members.open_compartment(amal, sent.content)
    for days in (3, 1, 2):
        part = Part(Kind.MESSAGE_OUT, days)
        records.write(
            opened.place, [part], mark_key=opened.mark_key, thread=opened.thread, at=AT + timedelta(days=days)
        )
    assert [each.content for each in intake.answers(intake.open_by_number(NUMBER))] == [1, 2, 3]


@pytest.mark.django_db
def test_forged_answer_is_not_shown(sent):
    thread = intake.open_by_number(NUMBER)
    part = Part(Kind.MESSAGE_OUT, "Send us your address.")
    forged = records.seal_part(thread.content, part, mark_key=sealing.new_key(), thread=sealing.new_key(), at=AT)
    forged.save()
    assert intake.answers(thread) == []


@pytest.mark.django_db
def test_more_information_reaches_each_compartment(sent, amal, custodian):
    thread = intake.open_by_number(NUMBER)
    intake.add(
        thread,
        content=[Part(Kind.MESSAGE_IN, "They came again.")],
        identity=[Part(Kind.CONTACT, "a safe number")],
        at=AT,
    )
    assert "They came again." in contents(amal, sent.content)
    assert "a safe number" in contents(custodian, sent.identity)
    assert intake.sent(thread) == {Kind.REPORT: 1, Kind.PEOPLE: 1, Kind.MESSAGE_IN: 1, Kind.CONTACT: 1}


@pytest.mark.django_db
def test_message_for_an_erased_case_is_refused_with_a_sentence(sent):
    thread = intake.open_by_number(NUMBER)
    Compartment.objects.filter(pk=sent.identity).delete()
    with pytest.raises(UnknownNumber, match="was closed"):
        intake.add(thread, content=[Part(Kind.MESSAGE_IN, "more")], at=AT)
    assert not SealedRecord.objects.filter(kind=Kind.MESSAGE_IN).exists()


@pytest.mark.django_db
def test_public_halves_swapped_in_the_database_catch_no_message(sent):
    thief = sealing.new_pair()
    Compartment.objects.filter(pk=sent.content).update(public=thief.public)
    intake.add(intake.open_by_number(NUMBER), content=[Part(Kind.MESSAGE_IN, "more")], at=AT)
    row = SealedRecord.objects.get(kind=Kind.MESSAGE_IN)
    where = records.record_context(sent.content, row.kind, row.uuid)
    with pytest.raises(Damaged):
        sealing.open_grant(thief.private, where, row.sealed_key)


@pytest.mark.django_db
def test_unknown_number_and_damaged_receipt_get_the_same_words(sent):
    with pytest.raises(UnknownNumber) as unknown:
        intake.open_by_number(receipts.new_number())
    Receipt.objects.update(box=b"x" * 200)
    with pytest.raises(UnknownNumber) as damaged:
        intake.open_by_number(NUMBER)
    assert str(unknown.value) == str(damaged.value)


@pytest.mark.django_db
def test_receipt_moved_to_another_case_opens_nothing(sent):
    other = submit("other")
    Receipt.objects.filter(compartment=other.content).delete()
    Receipt.objects.filter(compartment=sent.content).update(compartment=other.content)
    with pytest.raises(UnknownNumber):
        intake.open_by_number(NUMBER)


def test_mistyped_number_is_told_before_any_work(monkeypatch):
    monkeypatch.setattr(intake, "derive", None)
    with pytest.raises(NumberRefused, match="mistyped"):
        intake.open_by_number(NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10))


@pytest.mark.django_db
def test_new_intake_secret_makes_all_numbers_open_nothing(sent, settings):
    settings.INTAKE_SECRET = "55" * 32
    with pytest.raises(UnknownNumber):
        intake.open_by_number(NUMBER)


def test_number_at_its_real_cost_takes_the_time_that_guessing_must_take(settings):
    """Measured 105-130 ms on two idle cores."""
    import time

    from iesogi import settings as real

    settings.RECEIPT_KDF = real.RECEIPT_KDF
    start = time.perf_counter()
    intake.derive(NUMBER)
    assert time.perf_counter() - start > 0.03


@pytest.mark.django_db
def test_secrets_and_texts_stay_out_of_error_reports(sent, amal):
    thread = intake.open_by_number(NUMBER)
    opened = members.open_compartment(amal, sent.content)
    shown = repr([thread, opened, amal, intake.derive(NUMBER), sealing.new_pair(), Part(Kind.NOTE, "night")])
    for secret in (thread.key, opened.private, opened.mark_key, amal.private):
        assert repr(secret) not in shown
    assert "night" not in shown
