"""Who may take a report or a theme through its steps; asked by services and admin alike."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import ALLOWED, Decision
from reports.enums import OHCHR_ONLY, ReportState
from reports.models import Consultation, Report, Theme


def may_change(user: User | AnonymousUser, obj: Report | Theme | Consultation) -> Decision:
    """By role: plan, move and complete."""
    if user.is_active and user.is_staff and user.has_perm(f"reports.change_{obj._meta.model_name}"):
        return ALLOWED
    return Decision(
        allowed=False, reason=_("Your role reads the research agenda but does not change it. Ask a desk officer.")
    )


def may_bring_to(user: User | AnonymousUser, to: ReportState) -> Decision:
    """Drafting, observations and submission are the work of people paid by OHCHR (WP 2021-2023 para 19b)."""
    if to not in OHCHR_ONLY or user.is_paid_by_ohchr:
        return ALLOWED
    return Decision(
        allowed=False,
        reason=_(
            "Only the mandate holder, the OHCHR core team and consultants under OHCHR contract draft a report and "
            "bring it to the Branch and to document services. Ask one of them to take this step."
        ),
    )
