"""Two things at once, with real threads on a real database."""

import threading

import pytest
from django.db import connection

from iesogi.vault import intake, members, receipts, records, rotation
from iesogi.vault.enums import EpochState, Kind, Slug
from iesogi.vault.exceptions import VaultRefused, WrongPassphrase
from iesogi.vault.models import ChannelEpoch, Compartment, CompartmentGrant, Receipt, SealedRecord
from tests.vault.conftest import PASSPHRASE, admit, submit, with_vault

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run all of them from one starting shot; what each gave or raised, in their order."""
    start, found = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            start.wait(20)
            found[number] = job()
        except Exception as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_one_token_posted_many_times_at_once_makes_one_case(channels, monkeypatch):
    number, made = receipts.new_number(), []
    looked, real = threading.Barrier(4), intake._known

    def look_together(derived):
        """Nobody goes on before all have seen that the number is new."""
        known = real(derived)
        if known is None:
            looked.wait(20)
        return known

    monkeypatch.setattr(intake, "_known", look_together)
    found = at_once(*[lambda each=each: submit(f"text {each}", number=number, then=made.append) for each in range(4)])
    assert sorted(each.is_new for each in found) == [False, False, False, True]
    assert len({each.content for each in found}) == 1
    assert Receipt.objects.count() == 1
    assert Compartment.objects.filter(is_canary=False).count() == 2
    assert SealedRecord.objects.filter(kind=Kind.REPORT).count() == 1


def test_reports_during_rotations_are_never_left_behind(amal, channels):
    def send():
        return [submit(f"story {each}") for each in range(6)]

    def turn():
        return [rotation.rotate(Slug.CASES, unlocked=amal, batch=2).is_finished for _each in range(3)]

    one, two, turned = at_once(send, send, turn)
    assert turned == [True] * 3
    current = ChannelEpoch.objects.current().get(channel__slug="cases")
    epochs = set(CompartmentGrant.objects.filter(compartment__channel__slug="cases").values_list("epoch", flat=True))
    assert epochs == {current.pk}
    for sent in [*one, *two]:
        opened = members.open_compartment(amal, sent.content)
        [row] = SealedRecord.objects.filter(compartment=sent.content)
        assert records.read(row, opened).content["story"].startswith("story")


def test_submit_held_open_across_a_rotation_ends_in_the_new_epoch(amal, channels):
    """The rotation begins while rows of the report are written, before the lock of its last act."""
    inside, rotated = threading.Event(), threading.Event()

    def hold(_submitted):
        inside.set()
        # An SQLite write transaction keeps the rotation out until it ends; PostgreSQL lets it pass.
        rotated.wait(3 if connection.vendor == "sqlite" else 20)

    def turn():
        inside.wait(20)
        rotation.rotate(Slug.CASES, unlocked=amal)
        rotated.set()

    sent, failure = at_once(lambda: submit("held", then=hold), turn)
    assert failure is None
    grant = CompartmentGrant.objects.select_related("epoch").get(compartment=sent.content)
    assert (grant.epoch.number, grant.epoch.state) == (2, EpochState.CURRENT)
    assert members.open_compartment(amal, sent.content)


def test_admission_against_rotation_leaves_no_half_member(amal, channels):
    admit(Slug.CASES, with_vault("bela"), amal)
    newcomer = with_vault("chen")
    sent = submit()
    admitted, turned = at_once(
        lambda: admit(Slug.CASES, newcomer, amal), lambda: rotation.rotate(Slug.CASES, unlocked=amal)
    )
    assert turned.is_finished
    if isinstance(admitted, VaultRefused):
        admit(Slug.CASES, newcomer, amal)
    assert members.open_compartment(newcomer, sent.content)


def test_two_rotations_at_once_end_in_one_new_epoch(amal, channels):
    bela = with_vault("bela")
    admit(Slug.CASES, bela, amal)
    cases = [submit() for _each in range(4)]
    at_once(*[lambda who=who: rotation.rotate(Slug.CASES, unlocked=who, batch=1) for who in (amal, bela)])
    rotation.rotate(Slug.CASES, unlocked=bela)
    assert not ChannelEpoch.objects.filter(channel__slug="cases", state=EpochState.LEAVING).exists()
    assert all(members.open_compartment(amal, case.content) for case in cases)


def test_guesses_sent_side_by_side_wait_for_each_other(amal):
    found = at_once(*[lambda: members.unlock(amal.user, "wrong guess")] * 4)
    assert all(isinstance(each, WrongPassphrase) for each in found)
    assert sorted("wait" in str(each) for each in found) == [False, True, True, True]


def test_two_first_vaults_of_one_person_leave_one(db):
    from iesogi.vault.models import Vault
    from tests.vault.conftest import person

    user = person("amal")
    at_once(*[lambda: members.create_vault(user, PASSPHRASE)] * 2)
    assert Vault.objects.filter(user=user).count() == 1
    assert members.unlock(user, PASSPHRASE)
