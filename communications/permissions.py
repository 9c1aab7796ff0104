"""Who takes the steps of a letter: the fence around the register first (R13), then the role."""

from django.utils.translation import gettext as _

from communications.enums import LetterState
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


def may_take(user, to: LetterState, letter=None) -> Decision:
    """Whether a role includes the step to that stage; that two persons stand for it is judged with the step."""
    return may_send(user, letter) if to == LetterState.SENT else may_take_steps(user, letter)


def may_approve(user, letter=None) -> Decision:
    """The mandate holder alone stands for what is said in a letter (domain.md 1.8, step 8)."""
    inside = may_work_on_communications(user)
    if not inside or user.has_perm("communications.approve_letter"):
        return inside
    return Decision(allowed=False, reason=_("Only the mandate holder approves a letter. Hand it on for approval."))


def may_send(user, letter=None) -> Decision:
    inside = may_work_on_communications(user)
    if not inside or user.has_perm("communications.send_letter"):
        return inside
    return Decision(allowed=False, reason=_("Your role does not send letters. Ask a desk officer to do it."))
