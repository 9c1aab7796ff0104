"""Keys follow the person, whichever way a role, the funding, the second factor or the account was taken."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.accounts.services import remove_second_factor
from iesogi.audit.models import Entry
from iesogi.vault import leavers, members, sessions
from iesogi.vault.enums import Slug, VaultState
from iesogi.vault.exceptions import NotAMember
from iesogi.vault.models import ChannelEpoch, KeyBox, Vault

NOTHING = {"vaults_closed": 0, "memberships_ended": 0, "sessions_ended": 0}


def lose_role(user):
    user.groups.set([Group.objects.get_or_create(name=Role.MANAGER.value)[0]])


def lose_funding(user):
    User.objects.filter(pk=user.pk).update(paid_by=PaidBy.OUTSIDE)


def lose_account(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def lose_second_factor(user):
    remove_second_factor(user, by=user)


LOSSES = [lose_role, lose_funding, lose_account, lose_second_factor]


def again(unlocked):
    """As the next request sees the person."""
    return sessions.Unlocked(User.objects.get(pk=unlocked.user.pk), unlocked.vault_id, unlocked.private)


@pytest.mark.parametrize("lose", LOSSES)
def test_nothing_opens_from_the_moment_of_the_loss(case, amal, lose):
    assert members.open_compartment(again(amal), case.content)
    lose(amal.user)
    with pytest.raises(NotAMember):
        members.open_compartment(again(amal), case.content)


def test_tick_takes_nothing_from_those_who_belong(case, amal, custodian):
    sessions.start_staff(amal, login_session="s")
    assert leavers.take_away() == NOTHING
    assert KeyBox.objects.count() == 1


@pytest.mark.parametrize(
    ("lose", "ended"),
    [
        (lose_role, {"memberships_ended": 2}),
        (lose_funding, {"memberships_ended": 1}),  # confidential contributions are open to people paid from outside
        (lose_account, {"vaults_closed": 1}),
        (lose_second_factor, {"sessions_ended": 1}),
    ],
)
def test_tick_takes_away_what_is_no_longer_due(case, amal, lose, ended):
    sessions.start_staff(amal, login_session="s")
    lose(amal.user)
    assert leavers.take_away() == NOTHING | ended
    assert not KeyBox.objects.exists()
    assert leavers.take_away() == NOTHING


def test_channel_that_somebody_fell_out_of_asks_for_a_rotation(case, amal):
    lose_role(amal.user)
    leavers.take_away()
    assert ChannelEpoch.objects.get(channel__slug=Slug.CASES).rotation_due
    assert Entry.objects.filter(verb="channel.removed", by=None).count() == 2


def test_vault_of_a_closed_account_is_closed(case, amal):
    lose_account(amal.user)
    leavers.take_away()
    assert Vault.objects.get(user=amal.user).state == VaultState.CLOSED


def test_new_second_factor_opens_the_old_membership(case, amal):
    lose_second_factor(amal.user)
    leavers.take_away()
    Authenticator.objects.create(user=amal.user, type=Authenticator.Type.TOTP, data={})
    assert members.open_compartment(again(amal), case.content)
