"""Acts on milestones: done, put off, given to somebody, stood for, sent back."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from iesogi.audit.acts import Act, says
from reports import permissions
from reports.admin.refusals import REFUSALS
from reports.enums import Part
from reports.forms import EvidenceForm
from reports.method import approvals, milestones
from reports.method.forms import NoteForm, OwnerForm, ReasonForm, SlipForm


def may_change(user, milestone):
    return permissions.may_change(user, milestone.report)


act = partial(Act, may=may_change, refusals=REFUSALS)


def is_open(milestone):
    return milestone.deadline.is_open


def next_line(milestone):
    waiting = approvals.missing(milestone) if is_open(milestone) else []
    return waiting[0] if waiting else None


def can_be_done(milestone):
    """Open, and nobody is waited for any more."""
    return is_open(milestone) and next_line(milestone) is None


def waits_for(part, milestone):
    line = next_line(milestone)
    return line is not None and line.part == part


def can_be_sent_back(milestone):
    line = next_line(milestone)
    return line is not None and line.part != Part.PREPARES


def may_stand(user, milestone):
    """Whoever stands for the next part of the chain; without a chain, whoever may change the report."""
    line = next_line(milestone)
    return approvals.may_stand_for(user, line) if line else may_change(user, milestone)


def stand_act(part):
    return Act(
        f"stand-{part}",
        label=says(gettext_noop("Mark as “%(state)s”"), part),
        question=_("Stand for this part of the step? Your name and the time are kept with it."),
        done=_("Your name stands with this step."),
        may=may_stand,
        do=approvals.stand_for,
        form=NoteForm,
        offered=partial(waits_for, part),
        refusals=REFUSALS,
    )


COMPLETE = act(
    "complete",
    label=_("Done"),
    question=_("Mark this milestone as done? No more reminders are sent."),
    done=_("The milestone is done."),
    do=milestones.complete_milestone,
    form=EvidenceForm,
    offered=can_be_done,
)
SLIP = act(
    "slip",
    label=_("Needs longer"),
    question=_("Give this step a later day? The first date and the reason are kept."),
    done=_("The step has more time; the first date and the reason stand with it."),
    do=milestones.slip,
    form=SlipForm,
    offered=is_open,
)
ASSIGN = act(
    "assign",
    label=_("Choose who answers for it"),
    question=_("Who gets the reminders of this step?"),
    done=_("The owner of the step is recorded."),
    do=milestones.assign,
    form=OwnerForm,
    offered=is_open,
)
SEND_BACK = Act(
    "send-back",
    label=_("Send back"),
    question=_("Send this step back to whoever prepared it? The chain begins again."),
    done=_("The step went back; what has to change stands with it."),
    may=may_stand,
    do=approvals.send_back,
    form=ReasonForm,
    offered=can_be_sent_back,
    refusals=REFUSALS,
)
MILESTONE_ACTS = [*[stand_act(part) for part in Part], SEND_BACK, COMPLETE, SLIP, ASSIGN]
