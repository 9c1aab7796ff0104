"""Who may belong to a channel, and who may open what it holds. The key itself is asked for afterwards."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision, may_handle_people, may_work_on_communications
from iesogi.vault.enums import MAY_JOIN, OHCHR_ONLY, Slug
from iesogi.vault.models import Vault


def may_have_vault(user: User) -> Decision:
    if not user.is_active:
        return Decision(allowed=False, reason=_("This account is closed, so it has no vault."))
    if not (settings.DEMO or is_mfa_enabled(user)):
        return Decision(allowed=False, reason=_("Set up a second factor first; a vault needs an account with one."))
    return ALLOWED


def may_join(user: User, slug: str) -> Decision:
    """Asked at admission, at every rotation, and whenever a member's key to the channel is used."""
    inside = may_belong(user, slug)
    return may_have_vault(user) if inside else inside


def may_belong(user: User, slug: str) -> Decision:
    """By account, funding and role alone: who is away from their second factor still belongs."""
    may_open_channel = may_open(user, slug)
    if not may_open_channel:
        return may_open_channel
    roles = {role.value for role in MAY_JOIN[Slug(slug)]}
    if not user.groups.filter(name__in=roles).exists():
        return Decision(allowed=False, reason=_("The role of this person does not include this channel."))
    return ALLOWED


def may_open(user: User, slug: str) -> Decision:
    """Funding is asked again at each opening, for it may have changed since the admission."""
    if Slug(slug) in OHCHR_ONLY:
        return may_work_on_communications(user)
    if not user.is_active:
        return Decision(allowed=False, reason=_("This account is closed."))
    return ALLOWED


def may_see(user: User, slug: str) -> Decision:
    """Who belongs to a channel is known to those who could belong, and to whoever handles accounts."""
    inside = may_open(user, slug)
    if not inside or may_handle_people(user):
        return inside
    return may_join(user, slug)


def may_see_channels(user: User) -> Decision:
    if any(may_see(user, slug) for slug in Slug):
        return ALLOWED
    return Decision(allowed=False, reason=_("Your role belongs to no channel. Ask a desk officer about sealed cases."))


def may_take_away(user: User, slug: str | None = None) -> Decision:
    """Members take a channel from each other; an administrator, who opens nothing, can do it as well."""
    if may_handle_people(user):
        return ALLOWED
    epochs = {"channel_grants__epoch__channel__slug": slug} if slug else {"channel_grants__isnull": False}
    if Vault.objects.in_use().filter(user=user, **epochs).exists():
        return ALLOWED
    return Decision(allowed=False, reason=_("Only a member of the channel, or an administrator, can do this."))
