"""Two reports of one matter: marked as possible duplicates, or merged, by hand and never by the machine."""

from django.db import transaction
from django.utils.translation import gettext as _

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk import opening, steps
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.vault.sessions import Unlocked


def case_called(ref: str) -> Case:
    """By its reference as typed; raises StepRefused."""
    found = Case.objects.filter(ref__iexact=ref.strip()).first()
    if found is None:
        raise StepRefused(_("No case has this reference. Copy it from the list of cases."))
    return found


@transaction.atomic
def mark_duplicate(case: Case, *, ref: str, unlocked: Unlocked) -> Case:
    """A second time takes the mark away again."""
    case, other = steps.locked(case, unlocked), case_called(ref)
    if other == case:
        raise StepRefused(_("This is the reference of the case itself. Type the one of the other case."))
    is_marked = case.duplicates.filter(pk=other.pk).exists()
    (case.duplicates.remove if is_marked else case.duplicates.add)(other)
    verb = "case.duplicate_unmarked" if is_marked else "case.duplicate_marked"
    audit.record(by=unlocked.user, verb=verb, target=case, other=other.ref)
    return case


@transaction.atomic
def merge(case: Case, *, ref: str, reason: str, unlocked: Unlocked) -> Case:
    """Work goes on in the other case. Content stays where it was sealed; the source keeps writing to their own."""
    into = case_called(ref)
    # In one order for everybody, so that two merges that cross do not wait for each other.
    rows = {row.pk: row for row in _both_locked(case, into, unlocked)}
    case, into = rows[case.pk], rows[into.pk]
    _judge(case, into, reason)
    found = opening.writable(case, unlocked=unlocked)
    opening.writable(into, unlocked=unlocked)
    was = CaseState(case.state)
    case.state, case.merged_into = CaseState.MERGED, into
    case.save(update_fields=["state", "merged_into"])
    case.duplicates.add(into)
    steps.note(found, reason.strip())
    audit.record(by=unlocked.user, verb="case.merged", target=case, was=was, into=into.ref)
    return case


def _both_locked(case, into, unlocked):
    steps.locked(case if case.pk < into.pk else into, unlocked)
    return Case.objects.select_for_update(of=("self",)).filter(pk__in=[case.pk, into.pk]).order_by("pk")


def _judge(case: Case, into: Case, reason: str) -> None:
    if into.pk == case.pk:
        raise StepRefused(_("A case cannot be merged into itself. Type the reference of the other case."))
    if into.state in {CaseState.MERGED, CaseState.ERASED}:
        raise StepRefused(_("The other case is merged or erased itself. Choose the one that work goes on in."))
    if CaseState.MERGED not in CaseState(case.state).successors:
        was = CaseState(case.state).label
        raise StepRefused(_("A case that is “%(was)s” cannot be merged. Take it under review first.") % {"was": was})
    if not reason.strip():
        raise StepRefused(_("Say why both are one matter: it is sealed into this case."))
