"""Who works on sealed cases: the fence of R13 first, then the role, and at the end the key of the vault."""

from django.utils.translation import gettext as _

from iesogi.accounts.enums import PaidBy
from iesogi.accounts.models import User
from iesogi.accounts.permissions import Decision, may_work_on_communications

OPEN = "communications.open_case"
DECIDE = "communications.decide_case"


def may_open_cases(user, case=None) -> Decision:
    """Whether the role includes it. What a vault opens is asked of the vault, a superuser's too."""
    inside = may_work_on_communications(user)
    if not inside or user.has_perm(OPEN):
        return inside
    return Decision(
        allowed=False, reason=_("Your role does not open sealed cases. A desk officer can tell you the figures.")
    )


def may_decide(user, case=None) -> Decision:
    """Whether to take up what the desk proposed is for the mandate holder alone (domain.md 1.8, step 5)."""
    inside = may_open_cases(user, case)
    if not inside or user.has_perm(DECIDE):
        return inside
    return Decision(
        allowed=False, reason=_("The mandate holder decides on what was proposed. You can take the proposal back.")
    )


def may_list_cases(user) -> Decision:
    inside = may_work_on_communications(user)
    if not inside or user.has_perm("communications.view_case"):
        return inside
    return Decision(
        allowed=False, reason=_("Your role does not include the list of sealed cases, only the figures on them.")
    )


def may_see_figures(user) -> Decision:
    """Managers see how many, with small cells suppressed (R28); nobody paid from outside sees any."""
    inside = may_work_on_communications(user)
    if not inside or user.is_staff:
        return inside
    return Decision(allowed=False, reason=_("These figures are for staff of the mandate."))


def officers() -> list[User]:
    """People a case can be given to: their role opens cases, and OHCHR pays them."""
    people = User.objects.filter(is_active=True, paid_by=PaidBy.OHCHR, is_superuser=False)
    people = people.filter(groups__permissions__codename="open_case").distinct()
    return list(people.order_by("first_name", "last_name", "username"))
