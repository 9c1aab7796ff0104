"""Who writes, who approves; every answer carries a sentence for the person refused."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision


def may_change(user: User | AnonymousUser, obj) -> Decision:
    """By role."""
    if user.is_active and user.is_staff and user.has_perm(f"{obj._meta.app_label}.change_{obj._meta.model_name}"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role reads what is disseminated but does not change it. Ask a desk officer.")
    )


def may_approve(user: User | AnonymousUser, item) -> Decision:
    """Never what one wrote oneself: a second person reads everything before it leaves."""
    allowed = may_change(user, item)
    if allowed and item.author_id == user.pk:
        return Decision(allowed=False, reason=_("You wrote this yourself. Ask somebody else to approve it."))
    return allowed
