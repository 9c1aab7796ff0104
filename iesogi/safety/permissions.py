from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision, may_work_on_communications


def may_assess(user: User | AnonymousUser, assessment: Any = None) -> Decision:
    """Decide on a risk and make a new version: by role, and for people paid by OHCHR."""
    return _may(user, "safety.change_riskassessment")


def may_follow_up(user: User | AnonymousUser, reprisal: Any = None) -> Decision:
    return _may(user, "safety.change_reprisal")


def _may(user: User | AnonymousUser, permission: str) -> Decision:
    """What endangers people stays with those who also handle cases (R13)."""
    inside = may_work_on_communications(user)
    if not inside:
        return inside
    if user.is_active and user.is_staff and user.has_perm(permission):
        return ALLOWED
    return Decision(allowed=False, reason=_("Your role does not decide on safety. Ask a desk officer."))
