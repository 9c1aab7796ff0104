from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision, may_work_on_communications
from visits.recommendations.models import Recommendation


def may_track(user: User | AnonymousUser, recommendation: Recommendation | None = None) -> Decision:
    """By role: assess, ask for news, show and import; what stems from a secret letter only inside its fence (R13)."""
    if recommendation is not None and recommendation.is_secret:
        inside = may_work_on_communications(user)
        if not inside:
            return inside
    if user.is_active and user.is_staff and user.has_perm("visits.change_recommendation"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role reads recommendations but does not change them. Ask a desk officer.")
    )


def may_import(user: User | AnonymousUser, file: Any = None) -> Decision:
    """A file may hold anything, also what stems from letters, so reading one in is for those inside the fence."""
    inside = may_work_on_communications(user)
    return may_track(user) if inside else inside


def may_moderate(user: User | AnonymousUser, update: Any = None) -> Decision:
    """Read what the public sent and decide on it."""
    if user.is_active and user.is_staff and user.has_perm("visits.change_publicupdate"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role does not decide on updates from the public. Ask a desk officer.")
    )
