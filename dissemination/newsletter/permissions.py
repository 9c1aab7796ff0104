from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision


def may_send(user: User | AnonymousUser, issue=None) -> Decision:
    """Send issues, samples of them, and stop one on its way."""
    if user.is_active and user.is_staff and user.has_perm("dissemination.change_issue"):
        return ALLOWED
    return Decision(
        allowed=False,
        reason=_("Your role reads the newsletter and does not send it. Ask the dissemination consultant."),
    )
