"""What can be done on the page of a case: a form, a service, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from communications.cases.enums import CaseState
from communications.desk import bonds, filing, forms, retaining, steps, writing
from communications.desk.permissions import may_decide
from communications.reprisals import services as reprisals
from communications.reprisals.forms import CaseFlagForm


@dataclass(frozen=True)
class CaseAct:
    """`do(case, unlocked=..., **form.cleaned_data)`; raises StepRefused with a sentence."""

    label: Any
    do: Callable[..., Any]
    form: type[forms.CaseForm]
    done: Any
    question: Any = ""
    button: Any = ""  # the label, if empty
    then: str = "admin:communications_case_open"  # the page of the case that shows what was done


ACTS = {
    "answer": CaseAct(
        _("Answer the source"),
        writing.answer,
        forms.AnswerForm,
        _("Your answer is sealed. The source reads it when they come back with their number."),
        button=_("Send to the source"),
    ),
    "note": CaseAct(_("Add a note"), writing.add_note, forms.NoteForm, _("The note is sealed into the case.")),
    "title": CaseAct(_("Working title"), writing.name, forms.TitleForm, _("The working title is sealed.")),
    "assign": CaseAct(_("Assign"), steps.assign, forms.AssignForm, _("The case was given over.")),
    "met": CaseAct(
        _("Record what is known by now"),
        steps.record_met,
        forms.MetForm,
        _("Recorded. The reason is sealed into the case."),
        _("Was something that the report did not say learnt since, from the source or by a custodian?"),
    ),
    "duplicate": CaseAct(
        _("Mark a possible duplicate"),
        bonds.mark_duplicate,
        forms.DuplicateForm,
        _("Done: both cases show the mark as it is now."),
    ),
    "merge": CaseAct(
        _("Merge into another case"),
        bonds.merge,
        forms.MergeForm,
        _("Merged. Work goes on in the other case; this one stays readable from there."),
        _("Do both speak of the same matter? The source of this case can still write, and the news show here."),
        _("Merge"),
    ),
    "reprisal": CaseAct(
        _("Flag a reprisal"),
        reprisals.flag_from_case,
        CaseFlagForm,
        _("The reprisal is in its register under a neutral label, and the label is sealed into this case."),
        _("Was somebody punished because of this? The register of reprisals will know neither the case nor a name."),
    ),
    "postpone": CaseAct(
        _("Keep the content longer"),
        retaining.postpone,
        retaining.PostponeForm,
        _("The content is kept until the new day."),
        _("Content is erased for good after its last day. Keep it longer only with a reason."),
    ),
}
# What a custodian does with the original of a file: `do` takes it as `original` too, and the question names it.
FILE_ACTS = {
    "clean": CaseAct(
        _("Clean this file again"),
        filing.clean_again,
        forms.CaseForm,
        _("The team finds the new cleaned copy with the case."),
        _("“%(file)s”: a new cleaned copy is made for the team, by the cleaner as it is today. The original stays."),
        _("Clean it again"),
    ),
    "release": CaseAct(
        _("Release this file to the team as it was sent"),
        filing.release,
        forms.CaseForm,
        _("Released. Everyone who opens the case can download the file as it was sent."),
        _(
            "“%(file)s”: everyone who opens the case gets the untouched file, with all that it tells of its maker: "
            "names, places, devices. This cannot be taken back."
        ),
        _("Release it to the team"),
    ),
}
# What each step is called on its button, in the order a desk thinks of it.
STEP_LABELS = {
    CaseState.UNDER_REVIEW: _("Take under review"),
    CaseState.MORE_INFO: _("Wait for the source"),
    CaseState.PROPOSED: _("Propose to the mandate holder"),
    CaseState.TAKEN_UP: _("Take up"),
    CaseState.PARKED: _("Park"),
    CaseState.DECLINED: _("Do not take up"),
    CaseState.CLOSED: _("Close"),
}


def steps_of(case, user=None) -> list[tuple[CaseState, Any]]:
    """What may be done next; with a person, what that person may do."""
    was = CaseState(case.state)
    found = [(state, label) for state, label in STEP_LABELS.items() if state in was.successors]
    if user is None or may_decide(user, case):
        return found
    return [(state, label) for state, label in found if not steps.is_decision(was, state)]
