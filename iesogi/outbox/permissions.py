from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision
from iesogi.outbox.models import Mail


def may_handle(user: User | AnonymousUser, mail: Mail | None = None) -> Decision:
    """Send a failed mail again, or put one aside."""
    if user.is_active and user.is_staff and user.has_perm("outbox.change_mail"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role does not handle the outbox. Ask an administrator or a desk officer.")
    )
