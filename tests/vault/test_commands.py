"""The ceremonies as people type them."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from iesogi.vault import installation, members, recovery, sealing
from iesogi.vault.enums import Slug
from iesogi.vault.models import Channel, ChannelEpoch, CompartmentGrant, SealedRecord, Vault
from tests.vault.conftest import PASSPHRASE, RECOVERY, fingerprint_of, person, submit

pytestmark = pytest.mark.django_db
HALVES = recovery.write_halves(RECOVERY)


@pytest.fixture
def run(monkeypatch):
    """`run("vault_admit", ..., typed=[...])` gives what was printed."""

    def run(*args, typed=(), **kwargs):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        out = io.StringIO()
        call_command(*args, stdout=out, **kwargs)
        return out.getvalue()

    return run


def test_keygen_prints_halves_that_belong_to_the_key(run):
    lines = [line.strip() for line in run("vault_keygen", "--intake-secret").splitlines()]
    public = next(line for line in lines if line.startswith("RECOVERY_PUBLIC_KEY=")).partition("=")[2]
    secret = next(line for line in lines if line.startswith("INTAKE_SECRET=")).partition("=")[2]
    assert sealing.public_of(recovery.recovery_key(lines[1], lines[3])).hex() == public
    assert sealing.fingerprint(bytes.fromhex(public)) in lines
    assert len(bytes.fromhex(secret)) == 32
    assert run("vault_keygen") != run("vault_keygen")


def test_setup_makes_channels_and_may_be_repeated(run):
    assert "Channels made: cases, identity, inputs." in run("vault_setup")
    again = run("vault_setup")
    assert "Channels made: none, all are there." in again
    assert "“cases” has 0 members" in again
    assert run("vault_setup", verbosity=0) == ""


def test_setup_without_a_recovery_key_is_one_sentence(run, settings):
    settings.RECOVERY_PUBLIC_KEY = ""
    with pytest.raises(CommandError, match="RECOVERY_PUBLIC_KEY is missing"):
        run("vault_setup")
    assert not Channel.objects.exists()


def test_trial_is_set_up_with_a_warning_and_admits_from_its_own_halves(run, settings, tmp_path):
    settings.VAR_DIR, settings.DEMO = tmp_path, True
    settings.INTAKE_SECRET = settings.RECOVERY_PUBLIC_KEY = ""
    printed = run("vault_setup")
    assert "THIS IS A TRIAL" in printed
    assert "intake-secret" in printed
    person("amal")
    assert "member of “cases”" in run("vault_admit", "amal", "cases", typed=[PASSPHRASE, PASSPHRASE])
    assert "the drill text reads" in run("vault_restore_check")
    assert installation.halves_on_disk()


def test_first_member_is_admitted_with_the_halves(run):
    run("vault_setup")
    person("amal")
    printed = run("vault_admit", "amal", "cases", typed=[PASSPHRASE, PASSPHRASE, *HALVES])
    assert "make new ones, then vault_rotate" in printed
    [vault] = members.members_of(Slug.CASES)
    assert sealing.fingerprint(vault.public) in printed


def test_second_member_is_admitted_by_the_first(run, amal, bela):
    printed = run("vault_admit", "bela", "cases", "--by", "amal", typed=[fingerprint_of(bela), PASSPHRASE])
    assert printed == "bela is now a member of “cases”.\n"
    assert ChannelEpoch.objects.filter(rotation_due=True).count() == 0


def test_lost_passphrase_gives_a_new_vault(run, amal, bela):
    run("vault_admit", "bela", "cases", "--by", "amal", typed=[fingerprint_of(bela), PASSPHRASE])
    sent, new = submit(), "another lake and quite other herons"
    run("vault_admit", "bela", "cases", "--lost", "--by", "amal", typed=[new, new, PASSPHRASE])
    assert list(Vault.objects.filter(user=bela.user).order_by("pk").values_list("state", flat=True)) == [
        "lost",
        "active",
    ]
    assert members.open_compartment(members.unlock(bela.user, new), sent.content)


@pytest.mark.parametrize(
    "typed",
    [["short", "short"], [PASSPHRASE, PASSPHRASE, "wrong passphrase of amal"]],
    ids=["weak passphrase", "wrong passphrase of the member"],
)
def test_slip_in_a_ceremony_leaves_the_old_vault(run, amal, bela, typed):
    with pytest.raises(CommandError, match=r"Nothing was changed\.$"):
        run("vault_admit", "bela", "cases", "--lost", "--by", "amal", typed=typed)
    assert Vault.objects.in_use().get(user=bela.user).pk == bela.vault_id


def test_somebody_who_may_not_join_keeps_the_old_vault(run, amal, bela):
    bela.user.groups.clear()
    new = "another lake and quite other herons"
    with pytest.raises(CommandError, match="role of this person"):
        run("vault_admit", "bela", "cases", "--lost", "--by", "amal", typed=[new, new, PASSPHRASE])
    assert Vault.objects.in_use().get(user=bela.user).pk == bela.vault_id


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ([PASSPHRASE, "different"], "differ"),
        (["short", "short"], "at least 16 characters"),
        ([PASSPHRASE, PASSPHRASE, HALVES[0], HALVES[0]], "two copies"),
        ([PASSPHRASE, PASSPHRASE, "x", "y"], "mistyped"),
        ([PASSPHRASE, PASSPHRASE, *recovery.write_halves(bytes(32))], "do not open the channel"),
        ([], "Nothing was typed"),
    ],
)
def test_wrong_ceremony_is_one_sentence(run, channels, typed, why):
    person("dora")
    with pytest.raises(CommandError, match=why):
        run("vault_admit", "dora", "cases", typed=typed)
    assert "dora" not in [vault.user.username for vault in members.members_of(Slug.CASES)]


def test_unknown_person_is_one_sentence(run):
    with pytest.raises(CommandError, match="no user “nobody”"):
        run("vault_admit", "nobody", "cases")


def test_rotation_from_the_terminal(run, amal, case):
    printed = run("vault_rotate", "amal", "cases", typed=[PASSPHRASE])
    assert printed == "“cases” has epoch 2; 2 compartments were sealed to it.\n"
    assert members.open_compartment(amal, case.content)


def test_rotation_with_the_wrong_passphrase_is_one_sentence(run, amal, case):
    with pytest.raises(CommandError, match="does not open your vault"):
        run("vault_rotate", "amal", "cases", typed=["wrong"])


def test_rotation_away_from_the_web_process_is_one_sentence(run, amal, case, settings):
    settings.INTAKE_SECRET = ""
    with pytest.raises(CommandError, match="INTAKE_SECRET is missing"):
        run("vault_rotate", "amal", "cases", typed=[PASSPHRASE])
    assert ChannelEpoch.objects.filter(channel__slug="cases").count() == 1


def test_rotation_that_leaves_something_behind_fails(run, amal, case):
    CompartmentGrant.objects.filter(compartment=case.content).update(sealed=b"x" * 90)
    with pytest.raises(CommandError, match="1 compartments do not open"):
        run("vault_rotate", "amal", "cases", typed=[PASSPHRASE])


def test_restore_check_opens_everything_and_reads_only_the_drill(run, case):
    printed = run("vault_restore_check", typed=HALVES)
    assert printed.splitlines() == [
        "cases: 2 open, 0 damaged, the drill text reads.",
        "identity: 2 open, 0 damaged, the drill text reads.",
        "inputs: 1 open, 0 damaged, the drill text reads.",
    ]


def test_restore_check_fails_on_a_damaged_key(run, case):
    CompartmentGrant.objects.filter(compartment=case.content).update(sealed=b"x" * 90)
    with pytest.raises(CommandError, match="Not everything opens"):
        run("vault_restore_check", typed=HALVES)


def test_restore_check_fails_on_a_damaged_drill_text(run, channels):
    SealedRecord.objects.filter(compartment__is_canary=True, compartment__channel=channels["cases"]).update(body=b"x")
    with pytest.raises(CommandError, match="Not everything opens"):
        run("vault_restore_check", typed=HALVES)


def test_restore_check_fails_on_an_empty_database_and_on_other_halves(run):
    with pytest.raises(CommandError, match="no channels"):
        run("vault_restore_check", typed=HALVES)
    members.set_up_channels()
    with pytest.raises(CommandError, match="do not open the channel"):
        run("vault_restore_check", typed=recovery.write_halves(bytes(32)))
