"""Who runs a call and who judges contributions; asked by services, pages and the admin alike."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision


def may_run(user: User | AnonymousUser, call=None) -> Decision:
    if user.is_active and user.is_staff and user.has_perm("reports.change_call"):
        return ALLOWED
    return Decision(allowed=False, reason=_("Your role reads calls for inputs but does not run them."))


def may_screen(user: User | AnonymousUser, contribution=None) -> Decision:
    if user.is_active and user.is_staff and user.has_perm("reports.change_contribution"):
        return ALLOWED
    return Decision(allowed=False, reason=_("Your role reads contributions but does not judge them."))


def may_read(user: User | AnonymousUser, contribution=None) -> Decision:
    """By role; what is sealed opens by a vault of the channel alone, whatever a role says."""
    if user.is_active and user.is_staff and user.has_perm("reports.view_contribution"):
        return ALLOWED
    return Decision(allowed=False, reason=_("Your role does not include contributions to calls for inputs."))
