"""Who takes the steps of a letter: the fence around the register first (R13), then the role."""

from django.utils.translation import gettext as _

from iesogi.accounts.permissions import ALLOWED, Decision, may_work_on_communications


def may_take_steps(user, letter=None) -> Decision:
    inside = may_work_on_communications(user)
    if not inside:
        return inside
    if user.has_perm("communications.change_letter"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role may read letters but not take their steps. Ask a desk officer to do it.")
    )
