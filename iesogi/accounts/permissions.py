"""Answers with a reason: views, admin and templates ask here and show the sentence they get."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User


class Decision(NamedTuple):
    """Truthy when allowed; `reason` is a full sentence for the person who was refused."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(allowed=True)


def may_work_on_communications(user: User | AnonymousUser) -> Decision:
    """All work on communications runs on resources administered by OHCHR (WP 2021-2023 para 27; R13)."""
    if user.is_authenticated and user.is_active and user.is_paid_by_ohchr:
        return ALLOWED
    return Decision(
        allowed=False,
        reason=_(
            "Communications are open only to staff whose post is paid from resources administered by OHCHR. "
            "Ask an administrator if your funding is recorded wrongly."
        ),
    )


def may_handle_people(user: User | AnonymousUser, person: User | None = None) -> Decision:
    """Nobody opens their own account by an act: another administrator has to."""
    if not (user.is_active and user.is_staff and user.has_perm("accounts.change_user")):
        return Decision(allowed=False, reason=_("Your role does not handle accounts. Ask an administrator."))
    if person is not None and person.pk == user.pk:
        return Decision(allowed=False, reason=_("This is your own account. Ask another administrator to do it."))
    return ALLOWED
