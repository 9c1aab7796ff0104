"""The vault's staff pages: a passphrase of one's own, unlock and lock, admit and take away, rotate."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from iesogi.accounts.enums import Role
from iesogi.audit.models import Entry
from iesogi.vault import members, sealing
from iesogi.vault.enums import EpochState, Slug
from iesogi.vault.models import ChannelEpoch, KeyBox, Vault
from tests.vault.conftest import PASSPHRASE, fingerprint_of, person, vault_of, with_vault

pytestmark = pytest.mark.django_db
HOME = "/admin/vault/"


def enter(client, user):
    client.force_login(user)
    return client


def unlock(client, passphrase=PASSPHRASE, **more):
    return client.post(reverse("vault:unlock"), {"passphrase": passphrase, **more})


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.fixture
def inside(client, amal, channels):
    """A client of amal with an open vault, member of `cases`."""
    enter(client, amal.user)
    unlock(client)
    return client


def test_first_visit_makes_a_vault_that_is_open(client):
    enter(client, person("dela"))
    assert "Make my vault" in client.get(HOME).content.decode()
    given = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "understood": "on"}
    response = client.post(reverse("vault:choose"), given, follow=True)
    assert "Your vault is open." in response.content.decode()
    assert sealing.fingerprint(Vault.objects.get().public) in response.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"passphrase": "short", "again": "short", "understood": "on"}, "at least 16 characters"),
        ({"passphrase": PASSPHRASE, "again": "other", "understood": "on"}, "not the same"),
        ({"passphrase": PASSPHRASE, "again": PASSPHRASE}, "This field is required"),
        ({"passphrase": "a" * 5000, "again": "a" * 5000, "understood": "on"}, "at most 400"),
    ],
)
def test_weak_or_mistyped_passphrase_is_refused_in_a_sentence(client, given, sentence):
    enter(client, person("dela"))
    response = client.post(reverse("vault:choose"), given)
    assert sentence in response.content.decode()
    assert PASSPHRASE not in response.content.decode()
    assert not Vault.objects.exists()


def test_cookie_is_strict_and_not_for_scripts(client, amal, settings):
    settings.VAULT_COOKIE_SECURE = True
    enter(client, amal.user)
    cookie = unlock(client).cookies["__Host-vault"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert cookie["domain"] == ""


def test_embedded_run_has_a_cookie_without_https(client, amal, settings):
    settings.VAULT_COOKIE_SECURE = False
    enter(client, amal.user)
    assert not unlock(client).cookies["vault"]["secure"]


def test_unlock_leads_on_within_the_site_alone(client, amal):
    enter(client, amal.user)
    assert unlock(client, next="/admin/vault/channels/").url == "/admin/vault/channels/"
    assert unlock(client, next="https://elsewhere.example/").url == HOME


def test_wrong_passphrase_waits_and_is_audited_without_what_was_typed(client, amal):
    enter(client, amal.user)
    assert "does not open your vault" in unlock(client, "not the words at all").content.decode()
    assert "Please wait" in unlock(client).content.decode()
    assert Entry.objects.filter(verb="vault.refused").count() == 1
    assert "not the words" not in str(list(Entry.objects.values()))
    assert not KeyBox.objects.exists()


def test_lock_ends_the_session_at_once(inside):
    secret = inside.cookies["vault"].value if "vault" in inside.cookies else inside.cookies["__Host-vault"].value
    inside.post(reverse("vault:lock"))
    assert not KeyBox.objects.exists()
    inside.cookies["vault"] = inside.cookies["__Host-vault"] = secret
    assert "Your vault is locked." in inside.get(HOME).content.decode()


def test_new_login_does_not_open_the_box_of_the_old_one(inside, amal):
    cookies = {name: morsel.value for name, morsel in inside.cookies.items() if "vault" in name}
    inside.logout()
    enter(inside, amal.user)
    for name, value in cookies.items():
        inside.cookies[name] = value
    assert "Your vault is locked." in inside.get(HOME).content.decode()


def test_second_factor_taken_away_shuts_the_vault(inside, amal, settings):
    settings.DEMO = False
    amal.user.authenticator_set.all().delete()
    assert inside.get(reverse("vault:channels")).status_code == 302  # to where a second factor is set up


def test_time_left_is_shown_and_ends(inside):
    assert "locks itself in 9 minutes" in inside.get(HOME).content.decode()
    KeyBox.objects.update(idle_until=timezone.now() - timedelta(seconds=1))
    assert "Your vault is locked." in inside.get(HOME).content.decode()


def test_colleague_is_admitted_by_the_fingerprint_that_was_read_aloud(inside, bela):
    page = reverse("vault:admit", args=[Slug.CASES, vault_of(bela).pk])
    assert fingerprint_of(bela) not in inside.get(page).content.decode()
    wrong = inside.post(page, {"fingerprint": "00000 11111 22222 33333 44444 55555"})
    assert "Do not admit" in wrong.content.decode()
    assert bela.user not in [vault.user for vault in members.members_of(Slug.CASES)]
    response = inside.post(page, {"fingerprint": fingerprint_of(bela)}, follow=True)
    assert "All its cases open at once" in response.content.decode()
    assert bela.user in [vault.user for vault in members.members_of(Slug.CASES)]
    assert "channel.admitted" in verbs()


def test_who_is_not_a_member_admits_nobody(client, bela, amal):
    enter(client, bela.user)
    unlock(client)
    newcomer = with_vault("cora")
    page = reverse("vault:admit", args=[Slug.CASES, vault_of(newcomer).pk])
    response = client.post(page, {"fingerprint": fingerprint_of(newcomer)})
    assert "not a member of this channel" in response.content.decode()
    assert len(members.members_of(Slug.CASES)) == 1


def test_admission_that_comes_too_late_keeps_what_was_typed(inside, bela):
    page = reverse("vault:admit", args=[Slug.CASES, vault_of(bela).pk])
    KeyBox.objects.all().delete()
    late = inside.post(page, {"fingerprint": fingerprint_of(bela)})
    assert "What you typed is below" in late.content.decode()
    assert fingerprint_of(bela) in late.content.decode()
    inside.post(page, {"fingerprint": fingerprint_of(bela), "passphrase": PASSPHRASE})
    assert bela.user in [vault.user for vault in members.members_of(Slug.CASES)]
    assert KeyBox.objects.count() == 1


def test_leaver_loses_the_channel_and_a_rotation_is_asked_for(inside, amal, bela):
    members.admit(Slug.CASES, vault_of(bela), fingerprint=fingerprint_of(bela), unlocked=amal)
    response = inside.post(reverse("vault:remove", args=[Slug.CASES, bela.user.pk]), follow=True)
    assert "Now rotate" in response.content.decode()
    inside.post(reverse("vault:unlock"), {"passphrase": PASSPHRASE})
    rotated = inside.post(reverse("vault:rotate", args=[Slug.CASES]), {"really": "yes"}, follow=True)
    assert "has a new key, number 2" in rotated.content.decode()
    assert ChannelEpoch.objects.get(channel__slug=Slug.CASES, number=1).state == EpochState.RETIRED
    assert "channel.rotated" in verbs()


def test_rotation_is_asked_before_it_is_done(inside):
    page = inside.get(reverse("vault:rotate", args=[Slug.CASES]))
    assert "cases are sealed to it" in page.content.decode()
    assert ChannelEpoch.objects.filter(channel__slug=Slug.CASES).count() == 1


def test_lost_passphrase_closes_the_old_vault(inside, amal):
    assert "Close your vault because" in inside.get(reverse("vault:lost")).content.decode()
    response = inside.post(reverse("vault:lost"), follow=True)
    assert "Choose a new passphrase" in response.content.decode()
    assert not Vault.objects.in_use().filter(user=amal.user).exists()
    assert members.members_of(Slug.CASES) == []


def test_too_few_members_stand_in_red(inside):
    assert "one lost passphrase or one leaver" in inside.get(reverse("vault:channels")).content.decode()


def test_closed_account_with_a_vault_is_told_and_closed(inside, bela):
    bela.user.is_active = False
    bela.user.save()
    assert "Close the vault" in inside.get(reverse("vault:channels")).content.decode()
    inside.post(reverse("vault:close", args=[bela.user.pk]))
    assert not Vault.objects.in_use().filter(user=bela.user).exists()


def test_outsiders_see_no_channel_of_cases(client, channels):
    outsider = person("essa", Role.RESEARCH_ASSISTANT, paid_by="outside")
    page = enter(client, outsider).get(reverse("vault:channels")).content.decode()
    assert "Confidential contributions" in page
    assert "Cases: what happened" not in page


def test_whoever_belongs_nowhere_is_refused_with_the_reason(client, channels):
    stranger = person("farid", Role.DISSEMINATION_CONSULTANT, paid_by="outside")
    response = enter(client, stranger).get(reverse("vault:channels"))
    assert response.status_code == 403
    assert "belongs to no channel" in response.content.decode()


@pytest.mark.parametrize("name", ["choose", "lock"])
def test_acts_are_not_done_by_a_link(inside, name):
    assert inside.get(reverse(f"vault:{name}")).status_code == 405


def test_unknown_channel_is_no_page(inside, bela):
    assert inside.get(reverse("vault:rotate", args=["nothing"])).status_code == 404
