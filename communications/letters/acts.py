"""Steps of a letter that need no open vault, as acts of the register's page."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from communications import services
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.forms import ClosingForm, StepForm
from communications.letters import sending
from communications.letters.forms import ReferenceForm
from communications.permissions import may_take_steps
from iesogi.audit.acts import Act


def step(name, to, *, label, question, done, form=StepForm):
    return Act(
        name,
        label=label,
        question=question,
        done=done,
        may=may_take_steps,
        do=partial(services.move, to=to),
        form=form,
        offered=lambda letter: to in LetterState(letter.state).successors,
        refusals=(StepRefused,),
    )


BEFORE_SENDING = [
    step(
        "clearance",
        LetterState.CLEARANCE,
        label=_("Ask the co-signing mandates"),
        question=_("Give this letter to the co-signing mandates for clearance?"),
        done=_("The mandates are asked. Record their answers on the page of the text."),
    ),
    step(
        "approval",
        LetterState.APPROVAL,
        label=_("Hand on for approval"),
        question=_("Is the text ready for the mandate holder?"),
        done=_("The letter waits for the mandate holder."),
    ),
    step(
        "draft",
        LetterState.DRAFT,
        label=_("Back to draft"),
        question=_("Take this letter back to draft? An approval ends, and a new text is cleared anew:"),
        done=_("The letter is in draft again."),
        form=ClosingForm,
    ),
    step(
        "withdraw",
        LetterState.WITHDRAWN,
        label=_("Withdraw"),
        question=_("Give this letter up before it is sent? It can be taken up again:"),
        done=_("The letter is withdrawn."),
        form=ClosingForm,
    ),
]
REFERENCE = Act(
    "reference",
    label=_("Record the reference number"),
    question=_("Which number did OHCHR give to this letter?"),
    done=_("The number is recorded."),
    may=may_take_steps,
    do=sending.record_reference,
    form=ReferenceForm,
    offered=lambda letter: not letter.is_unsent and not letter.number,
    refusals=(StepRefused,),
)
