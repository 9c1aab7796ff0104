"""The steps of a consultation: it opens to people only once what could happen to them was weighed (domain.md R15)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from iesogi.safety.gates import may_confirm
from reports.consultations.enums import Kind, State
from reports.consultations.models import Consultation
from reports.exceptions import StepRefused


@transaction.atomic
def move(consultation: Consultation, to: str, *, by: Any) -> Consultation:
    """Take one step; everything that stands in the way is said at once."""
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    was, to = State(consultation.state), State(to)
    if to not in was.successors:
        raise StepRefused(
            _("A consultation that is “%(was)s” cannot become “%(to)s”. Take the steps between first.")
            % {"was": was.label, "to": to.label}
        )
    if missing := missing_for(consultation, to):
        raise StepRefused(" ".join(missing))
    consultation.state = to
    consultation.full_clean()
    consultation.save(update_fields=["state"])
    audit.record(by=by, verb="consultation.moved", target=consultation, was=was, to=to)
    return consultation


@transaction.atomic
def record_past(consultation: Consultation, *, reason: str, by: Any) -> Consultation:
    """Held before the portal knew of it: no gate is left to ask (R15), so the row says that and why.

    Counts and the report of the meeting are asked for by the next step, as of any other.
    """
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if missing := _before_it_is_recorded(consultation, reason):
        raise StepRefused(" ".join(missing))
    consultation.state, consultation.recorded_on = State.HELD, today()
    consultation.recorded_why = reason.strip()
    consultation.full_clean()
    consultation.save(update_fields=["state", "recorded_on", "recorded_why"])
    audit.record(by=by, verb="consultation.recorded_afterwards", target=consultation, why=consultation.recorded_why)
    return consultation


def _before_it_is_recorded(consultation: Consultation, reason: str) -> list[str]:
    if consultation.state != State.PLANNED:
        return [_("Only what still stands as planned can be recorded afterwards. Go on with its own steps.")]
    if consultation.starts_on is None:
        return [_("Enter the day on which it was held.")]
    missing = []
    last = consultation.ends_on or consultation.starts_on
    if last >= today():
        missing.append(
            _("It ends on %(day)s, which is not over. Have the risk assessed and open it to participants instead.")
            % {"day": short(last)}
        )
    if not reason.strip():
        missing.append(_("Say why it is recorded only now; the reason is kept with it."))
    return missing


def missing_for(consultation: Consultation, to: State) -> list[str]:
    """Everything that is missing before the step, each as a sentence that says what to do."""
    if to == State.OPEN:
        return _before_it_opens(consultation)
    if to == State.HELD:
        return _before_it_was_held(consultation)
    if to == State.REPORTED:
        return _before_it_is_reported(consultation)
    return []


def _before_it_opens(consultation: Consultation) -> list[str]:
    risk = may_confirm(consultation.risk_assessment, on=today())
    missing = [] if risk else [risk.reason]
    if not consultation.participation.strip():
        missing.append(_("Write how affected communities take part, in the design and in the room."))
    if consultation.starts_on is None:
        missing.append(_("Enter the day on which it starts."))
    return missing


def _before_it_was_held(consultation: Consultation) -> list[str]:
    if consultation.starts_on is None:
        return [_("Enter the day on which it was held.")]
    last = consultation.ends_on or consultation.starts_on
    if last > today():
        return [_("It ends on %(day)s, which is still to come. Record it after that day.") % {"day": short(last)}]
    if consultation.kind == Kind.EXPERT and consultation.background_sent_on is None:
        return [_("Experts get the background document before they meet. Enter the day on which it was sent.")]
    return []


def _before_it_is_reported(consultation: Consultation) -> list[str]:
    missing = []
    if not (consultation.outcome_title.strip() and consultation.outcome_on):
        missing.append(_("Enter the title of the report of the meeting and the day it was finished."))
    if consultation.participants is None:
        missing.append(_("Enter how many people took part, by category. Numbers only."))
    return missing
