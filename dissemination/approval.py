"""Steps of a press item or a post up to the moment it leaves; leaving itself belongs to `press` and `posts`."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dissemination import approvers
from dissemination.enums import DraftState
from dissemination.exceptions import StepRefused
from dissemination.gates import refuse_outgoing
from dissemination.outgoing import Outgoing
from dissemination.permissions import may_approve
from iesogi.audit import services as audit


def locked(item: Outgoing) -> Outgoing:
    return type(item).objects.select_for_update().get(pk=item.pk)


def judge(item: Outgoing, to: DraftState) -> None:
    if to not in item.successors():
        raise StepRefused(
            _("What is “%(was)s” cannot become “%(to)s”. Reload the page to see where it stands.")
            % {"was": item.get_state_display(), "to": to.label}
        )


def require_free_to_leave(item: Outgoing) -> None:
    """R1, R4 and R16, and what the item itself still lacks."""
    complaint = refuse_outgoing(item) or item.missing()
    if complaint:
        raise StepRefused(complaint)


def step(item: Outgoing, to: DraftState, *, by: Any, verb: str, said: dict | None = None, **changes: Any) -> Outgoing:
    """Write the step and its audit entry; the caller holds the lock."""
    judge(item, to)
    was, changes["state"] = item.state, to
    for name, value in changes.items():
        setattr(item, name, value)
    item.validate_constraints()
    item.save(update_fields=[*changes])
    audit.record(by=by, verb=f"{item._meta.model_name}.{verb}", target=item, was=was, to=to, **(said or {}))
    approvers.call_back(item)
    return item


@transaction.atomic
def submit(item: Outgoing, *, by: Any) -> Outgoing:
    """Hand it in; from now on the words stay as they are until somebody decides."""
    item = locked(item)
    judge(item, DraftState.REVIEW)
    require_free_to_leave(item)
    item = step(item, DraftState.REVIEW, by=by, verb="submitted", submitted_at=timezone.now(), remark="")
    approvers.tell(item, besides={item.author_id, by.pk}, asked_at=item.submitted_at)
    return item


@transaction.atomic
def approve(item: Outgoing, *, by: Any) -> Outgoing:
    item = locked(item)
    judge(item, DraftState.APPROVED)
    decision = may_approve(by, item)
    if not decision:
        raise StepRefused(decision.reason)
    require_free_to_leave(item)
    return step(item, DraftState.APPROVED, by=by, verb="approved", approved_by=by, approved_at=timezone.now())


@transaction.atomic
def send_back(item: Outgoing, *, remark: str, by: Any) -> Outgoing:
    """Back to the author, with what is to be changed; an approval given before is gone."""
    item = locked(item)
    if item.output_id:
        raise StepRefused(_("It has left in part, so its words stay. Withdraw what is left, or write a new one."))
    return step(
        item,
        DraftState.DRAFT,
        by=by,
        verb="sent_back",
        remark=remark.strip(),
        submitted_at=None,
        approved_by=None,
        approved_at=None,
    )


@transaction.atomic
def withdraw(item: Outgoing, *, remark: str, by: Any) -> Outgoing:
    """It will not leave. Nothing is deleted."""
    item = locked(item)
    if item.output_id:
        raise StepRefused(_("It is out already. What is public cannot be withdrawn here."))
    return step(item, DraftState.WITHDRAWN, by=by, verb="withdrawn", remark=remark.strip())
