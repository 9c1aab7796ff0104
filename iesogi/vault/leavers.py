"""Keys follow the person: whoever loses a role, the funding, the second factor or the account loses what they opened.

Accounts lie below this room and cannot call it, and there are many ways to change one: the admin, a shell, the pages
of the login library. So the vault judges at every use (`doors`, `members.channel_key`, `disclosure`), which works at
once and whichever way was taken; and the tick takes away what is no longer due, so that nothing comes back by itself.

A second factor that is gone ends open sessions and opens nothing until there is a new one. It costs no membership:
people change their phones, and each time all channels would have to be rotated.
"""

from django.db import transaction

from iesogi.accounts.models import User
from iesogi.vault import members, sessions
from iesogi.vault.models import ChannelGrant, KeyBox, Vault
from iesogi.vault.permissions import may_belong, may_have_vault


def take_away() -> dict[str, int]:
    """Part of the tick. Each channel that somebody fell out of asks for a rotation, as after a removal by hand."""
    return {
        "vaults_closed": sum(_close(vault) for vault in Vault.objects.in_use().filter(user__is_active=False)),
        "memberships_ended": _end_memberships(),
        "sessions_ended": _end_sessions(),
    }


def _close(vault: Vault) -> int:
    members.close_vault(vault.user, by=None)
    return 1


def _end_memberships() -> int:
    held = ChannelGrant.objects.exclude(vault=None).values_list("vault__user", "epoch__channel__slug").distinct()
    people = User.objects.in_bulk({pk for pk, _slug in held})
    return sum(_end_membership(people[pk], slug) for pk, slug in held)


@transaction.atomic
def _end_membership(user: User, slug: str) -> int:
    return 0 if may_belong(user, slug) else int(members.remove(slug, user, by=None))


def _end_sessions() -> int:
    owners = User.objects.filter(pk__in=KeyBox.objects.exclude(user=None).values("user"))
    return sum(sessions.end_all(user) for user in owners if not may_have_vault(user))
