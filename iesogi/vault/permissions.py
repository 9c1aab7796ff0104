"""Who may belong to a channel, and who may open what it holds. The key itself is asked for afterwards."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision, may_work_on_communications
from iesogi.vault.enums import MAY_JOIN, OHCHR_ONLY, Slug


def may_have_vault(user: User) -> Decision:
    if not user.is_active:
        return Decision(allowed=False, reason=_("This account is closed, so it has no vault."))
    if not (settings.DEMO or is_mfa_enabled(user)):
        return Decision(allowed=False, reason=_("Set up a second factor first; a vault needs an account with one."))
    return ALLOWED


def may_join(user: User, slug: str) -> Decision:
    """Asked at admission and again at every rotation."""
    may_open_channel = may_open(user, slug)
    if not may_open_channel:
        return may_open_channel
    roles = {role.value for role in MAY_JOIN[Slug(slug)]}
    if not user.groups.filter(name__in=roles).exists():
        return Decision(allowed=False, reason=_("The role of this person does not include this channel."))
    return may_have_vault(user)


def may_open(user: User, slug: str) -> Decision:
    """Funding is asked again at each opening, for it may have changed since the admission."""
    if Slug(slug) in OHCHR_ONLY:
        return may_work_on_communications(user)
    if not user.is_active:
        return Decision(allowed=False, reason=_("This account is closed."))
    return ALLOWED
