"""Letters in hand by stage, one column a stage. Works by keyboard and without a script: every card is a form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communications import services
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters.views import page
from communications.models import Letter
from communications.permissions import may_take_steps
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.deadlines.days import lateness, today

STAGES = [
    LetterState.DRAFT,
    LetterState.CLEARANCE,
    LetterState.APPROVAL,
    LetterState.SENT,
    LetterState.REPLIED,
    LetterState.FOLLOW_UP,
]
# Taken on pages of their own, because they ask for more than a reason.
ELSEWHERE = {LetterState.SENT, LetterState.REPLIED, LetterState.PUBLISHED}
MOST = 40


def may_read(request):
    decision = may_work_on_communications(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    if not request.user.has_perm("communications.view_letter"):
        raise PermissionDenied(_("Your role does not read letters."))


@require_safe
def board(request):
    """The newest of each stage, and how many there are in all."""
    may_read(request)
    return _shown(request)


def _shown(request, refused=None):
    """`refused`: the letter that was not moved, with what was typed; its card stands open, with the reason why not."""
    rows = Letter.objects.visible_to(request.user)
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    columns = [
        {"stage": stage, "count": counts.get(stage, 0), "cards": _cards(rows, stage) if counts.get(stage) else []}
        for stage in STAGES
    ]
    context = {"columns": columns, "may_step": bool(may_take_steps(request.user)), "most": MOST, "refused": refused}
    return page(request, "board", _("Letters by stage"), **context)


def _cards(rows, stage):
    found = rows.filter(state=stage).select_related("country", "owner", "reply_deadline").with_lamp()
    choices = [(to.value, to.label) for to in LetterState if to in stage.successors - ELSEWHERE]
    return [{"letter": letter, "choices": choices, "late": _late(letter)} for letter in found.order_by("-pk")[:MOST]]


def _late(letter):
    deadline = letter.reply_deadline
    return lateness(deadline.due_on, on=today()) if deadline and deadline.is_open else ""


@require_POST
def move(request, pk):
    """One step from the board, which is shown again at that card; what was typed there survives a refusal."""
    may_read(request)
    letter = get_object_or_404(Letter.objects.visible_to(request.user), pk=pk)
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")[:300]
    try:
        letter = _moved(letter, to, by=request.user, reason=reason)
    except StepRefused as refusal:
        said = str(refusal)
    except ValidationError as error:
        said = " ".join(error.messages)
    else:
        words = _("%(letter)s: now “%(state)s”.") % {"letter": letter, "state": letter.get_state_display()}
        messages.success(request, words)
        place = f"#letter-{letter.pk}" if letter.state in STAGES else ""
        return redirect(reverse("admin:communications_letter_board") + place)
    messages.error(request, f"{letter}: {said}")
    return _shown(request, refused={"pk": pk, "to": to, "reason": reason, "said": said})


def _moved(letter, to, *, by, reason):
    if to not in LetterState.values or LetterState(to) in ELSEWHERE:
        raise StepRefused(_("Choose a stage from the list of the card."))
    return services.move(letter, to, by=by, on=today(), reason=reason)
