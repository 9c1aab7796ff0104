from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision
from iesogi.documents.permissions import may_request


def may_run(user: User | AnonymousUser, campaign=None) -> Decision:
    """Open and close campaigns, judge signatures, hand them over."""
    if user.is_active and user.is_staff and user.has_perm("dissemination.change_campaign"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role reads campaigns and does not run them. Ask the dissemination consultant.")
    )


def may_hand_over(user: User | AnonymousUser, campaign=None) -> Decision:
    """The PDF is a document, so it is for those who may ask for documents too."""
    return may_run(user) and may_request(user)


def may_judge(user: User | AnonymousUser, signature=None) -> Decision:
    return may_run(user)
