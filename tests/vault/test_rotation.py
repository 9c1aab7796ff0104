import pytest

from iesogi.accounts.enums import PaidBy
from iesogi.audit.models import Entry
from iesogi.vault import members, records, rotation, sealing
from iesogi.vault.enums import EpochState, Slug
from iesogi.vault.exceptions import ChangedKey, Damaged, NotAMember, VaultRefused
from iesogi.vault.models import ChannelEpoch, ChannelGrant, Compartment, CompartmentGrant, SealedRecord, Vault
from tests.vault.conftest import RECOVERY, admit, submit, vault_of, with_vault

pytestmark = pytest.mark.django_db


def epochs():
    return [(epoch.number, epoch.state) for epoch in ChannelEpoch.objects.filter(channel__slug="cases")]


def reads(unlocked, case):
    opened = members.open_compartment(unlocked, case.content)
    return [records.read(row, opened).content for row in SealedRecord.objects.filter(compartment=case.content)]


def test_rotation_seals_every_case_to_a_new_epoch(amal, bela, channels):
    admit(Slug.CASES, bela, amal)
    cases = [submit(f"story {each}") for each in range(5)]
    done = rotation.rotate(Slug.CASES, unlocked=amal, batch=2)
    assert done == (2, 6, 0, True)  # five cases and the text for drills
    assert epochs() == [(1, EpochState.RETIRED), (2, EpochState.CURRENT)]
    assert not ChannelGrant.objects.filter(epoch__number=1, epoch__channel__slug="cases").exists()
    for each, case in enumerate(cases):
        assert reads(amal, case) == reads(bela, case) == [{"story": f"story {each}"}]


def test_leaver_who_kept_the_old_key_opens_nothing_after_a_rotation(amal, bela, case, cases_epoch):
    admit(Slug.CASES, bela, amal)
    kept = members.channel_key(bela, cases_epoch)
    members.close_vault(bela.user, by=amal.user)
    rotation.rotate(Slug.CASES, unlocked=amal)
    grant = CompartmentGrant.objects.select_related("epoch__channel", "compartment").get(compartment=case.content)
    with pytest.raises(Damaged):
        records.open_grant(grant, kept)
    assert reads(amal, case)


def test_recovery_key_opens_the_new_epoch(amal, case):
    rotation.rotate(Slug.CASES, unlocked=amal)
    [epoch] = members.open_epochs(Slug.CASES)
    assert members.recovered_key(epoch, RECOVERY) == members.channel_key(amal, epoch)


def test_rotation_asked_for_is_not_due_any_more(amal, bela, case):
    admit(Slug.CASES, bela, amal)
    members.remove(Slug.CASES, bela.user, by=amal.user)
    rotation.rotate(Slug.CASES, unlocked=amal)
    assert not ChannelEpoch.objects.filter(channel__slug="cases", rotation_due=True).exists()


@pytest.mark.parametrize("step", ["after the new epoch", "between batches", "before the end"])
def test_rotation_goes_on_where_it_was_cut_off(amal, channels, monkeypatch, step):
    cases = [submit(f"story {each}") for each in range(4)]
    cut = {"after the new epoch": "_finish", "between batches": "_seal_anew", "before the end": "_retire"}[step]
    calls, real = [], getattr(rotation, cut)

    def killed(*args, **kwargs):
        calls.append(1)
        if cut == "_seal_anew" and len(calls) < 2:
            return real(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(rotation, cut, killed)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(Slug.CASES, unlocked=amal, batch=2)
    monkeypatch.undo()
    assert all(reads(amal, case) for case in cases)
    later = submit("sent in between")
    assert rotation.rotate(Slug.CASES, unlocked=amal, batch=2).is_finished
    assert all(reads(amal, case) for case in [*cases, later])
    assert epochs() == [(1, EpochState.RETIRED), (2, EpochState.CURRENT)]


def test_rotation_refuses_a_vault_that_changed_since_its_admission(amal, bela, case):
    admit(Slug.CASES, bela, amal)
    Vault.objects.filter(pk=bela.vault_id).update(public=sealing.new_pair().public)
    with pytest.raises(ChangedKey, match="vault of bela is not the one that was admitted"):
        rotation.rotate(Slug.CASES, unlocked=amal)
    assert epochs() == [(1, EpochState.CURRENT)]
    assert Entry.objects.filter(verb="vault.alarm").count() == 1


def test_rotation_refuses_a_membership_put_in_through_the_database(amal, bela, cases_epoch):
    ChannelGrant.objects.create(
        epoch=cases_epoch, vault=vault_of(bela), sealed=b"x", member_mark=b"m" * 32, given_on="2021-06-21"
    )
    with pytest.raises(ChangedKey, match="bela"):
        rotation.rotate(Slug.CASES, unlocked=amal)


def test_rotation_asks_to_remove_who_may_not_belong_any_more(amal, bela, case):
    admit(Slug.CASES, bela, amal)
    bela.user.paid_by = PaidBy.OUTSIDE
    bela.user.save(update_fields=["paid_by"])
    with pytest.raises(VaultRefused, match="Remove bela first"):
        rotation.rotate(Slug.CASES, unlocked=amal)
    members.remove(Slug.CASES, bela.user, by=amal.user)
    assert rotation.rotate(Slug.CASES, unlocked=amal).is_finished


def test_changed_recovery_key_is_an_alarm_unless_named(amal, case, settings):
    other = sealing.new_pair()
    settings.RECOVERY_PUBLIC_KEY = other.public.hex()
    with pytest.raises(ChangedKey, match="recovery key"):
        rotation.rotate(Slug.CASES, unlocked=amal)
    done = rotation.rotate(Slug.CASES, unlocked=amal, new_recovery=sealing.fingerprint(other.public))
    assert done.is_finished
    [epoch] = members.open_epochs(Slug.CASES)
    assert members.recovered_key(epoch, other.private)
    with pytest.raises(VaultRefused):
        members.recovered_key(epoch, RECOVERY)


def test_damaged_case_stays_behind_and_is_counted(amal, channels):
    good, bad = submit("good"), submit("bad")
    CompartmentGrant.objects.filter(compartment=bad.content).update(sealed=b"x" * 90)
    done = rotation.rotate(Slug.CASES, unlocked=amal)
    assert (done.damaged, done.is_finished) == (1, False)
    assert reads(amal, good)
    assert epochs() == [(1, EpochState.LEAVING), (2, EpochState.CURRENT)]
    Compartment.objects.filter(pk=bad.content).delete()
    assert rotation.rotate(Slug.CASES, unlocked=amal).is_finished


def test_only_a_member_rotates(custodian, case):
    with pytest.raises(NotAMember):
        rotation.rotate(Slug.CASES, unlocked=custodian)


def test_channels_have_to_be_there(db):
    with pytest.raises(VaultRefused, match="no such channel"):
        rotation.rotate(Slug.CASES, unlocked=with_vault("amal"))


def test_retired_epoch_made_current_in_the_database_catches_no_report(amal, case):
    rotation.rotate(Slug.CASES, unlocked=amal)
    known = ChannelEpoch.objects.filter(channel__slug="cases")
    known.filter(number=2).update(state=EpochState.RETIRED)
    known.filter(number=1).update(state=EpochState.CURRENT)
    with pytest.raises(VaultRefused, match="not open at the moment"):
        submit()


def test_records_are_not_sealed_anew(amal, case):
    before = SealedRecord.objects.get(compartment=case.content)
    rotation.rotate(Slug.CASES, unlocked=amal)
    after = SealedRecord.objects.get(compartment=case.content)
    assert (before.body, before.sealed_key) == (after.body, after.sealed_key)
