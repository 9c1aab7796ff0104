from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision, may_work_on_communications
from iesogi.deadlines.models import Deadline


def may_change(user: User | AnonymousUser, deadline: Deadline) -> Decision:
    """Extend, snooze, finish or cancel: by role, and for confidential dates by who pays for the post."""
    if not (user.is_active and user.is_staff and user.has_perm("deadlines.change_deadline")):
        return Decision(
            allowed=False,
            reason=_("Your role does not change deadlines. Ask its owner or a desk officer."),
        )
    return may_work_on_communications(user) if deadline.kind.confidential else ALLOWED
