from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision
from visits.models import Candidate, Visit


def may_change(user: User | AnonymousUser, obj: Visit | Candidate) -> Decision:
    """By role: take a visit through its steps, plan it anew, make a visit of a candidate."""
    if user.is_active and user.is_staff and user.has_perm("visits.change_visit"):
        return ALLOWED
    return Decision(allowed=False, reason=_("Your role reads visits but does not change them. Ask a desk officer."))
