"""Pages on the text of a letter. Role first, then the vault; a letter that a person may not see is not there."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications import services
from communications.desk import opening
from communications.desk.permissions import may_open_cases
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters import acts, drafts, forms, guards, merging, naming, output, safety
from communications.letters.blocks import blocks, changes, runs
from communications.models import Letter
from communications.permissions import may_approve, may_send, may_take_steps
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.vault.doors import with_open_vault
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.pages import page as staff_page

REFUSALS = (StepRefused, VaultRefused, ValidationError)


def page(request, template, title, **context):
    return staff_page(request, f"communications/letters/{template}.html", title, opts=Letter._meta, **context)


def text_url(letter):
    return reverse("admin:communications_letter_text", args=[letter.pk])


def gate(view):
    """Nobody is asked to unlock for a page that would refuse them. Addresses of one letter get the letter itself."""
    opened = with_open_vault(view)

    @wraps(view)
    def wrapped(request, *args, pk=None, **kwargs):
        for decision in (may_take_steps(request.user), may_open_cases(request.user)):
            if not decision:
                raise PermissionDenied(decision.reason)
        if pk is not None:
            rows = Letter.objects.visible_to(request.user).select_related("country", "owner", "approved_by", "sent_by")
            kwargs["letter"] = get_object_or_404(rows, pk=pk)
        return opened(request, *args, **kwargs)

    return wrapped


def refused(error):
    """A sentence for the form, whichever of our exceptions said it."""
    return error.messages if isinstance(error, ValidationError) else str(error)


@gate
def begin(request, *, unlocked):
    form = forms.BeginForm(request.POST or None, initial={"cases": request.GET.getlist("case")})
    if request.method == "POST" and form.is_valid():
        try:
            letter = drafts.begin(**form.cleaned_data, unlocked=unlocked)
        except REFUSALS as error:
            form.add_error(None, refused(error))
        else:
            messages.success(request, _("The first version is sealed. Read it whole: nothing may tell who reported."))
            return redirect(text_url(letter))
    return page(request, "act", _("Begin a letter"), form=form, back=reverse("admin:communications_letter_changelist"))


@gate
def text(request, *, letter, unlocked):
    """Read the last version, and write the next while the letter is in draft."""
    try:
        versions = drafts.versions(letter, unlocked=unlocked)
        latest = drafts.latest(letter, unlocked=unlocked)
    except StepRefused as error:
        return page(request, "nothing", str(letter), letter=letter, reason=str(error))
    initial = {"text": latest.text, "base": latest.number, "named": forms.ticks(latest.named)}
    form = forms.TextForm(request.POST or None, initial=initial, codes=_codes(letter, unlocked))
    if request.method == "POST" and form.is_valid():
        given = {"text": form.cleaned_data["text"], "base": form.cleaned_data["base"], "named": form.chosen}
        try:
            letter = drafts.write(letter, **given, unlocked=unlocked)
        except REFUSALS as error:
            form.add_error(None, refused(error))
        else:
            messages.success(request, _("Version %(number)s is sealed.") % {"number": letter.draft_version})
            return redirect(text_url(letter))
    if request.method == "GET":
        audit.record(by=unlocked.user, verb="letter.text_read", target=letter, label=services.audit_label(letter))
    return page(request, "text", str(letter), **_shown(request, letter, latest, versions, form, unlocked))


def _codes(letter, unlocked):
    cases = letter.cases.order_by("ref")
    return {case.ref: sorted(opening.look(case, unlocked=unlocked).standing) for case in cases}


def _onward(letter, state):
    """The stage that comes next on the way to sending, or None where there is none."""
    if state == LetterState.DRAFT and guards.cosigners(letter).exists():
        return LetterState.CLEARANCE
    return {
        LetterState.DRAFT: LetterState.APPROVAL,
        LetterState.CLEARANCE: LetterState.APPROVAL,
        LetterState.APPROVAL: LetterState.SENT,
    }.get(state)


def _next_step(letter, to, waiting):
    """Label and address of what leads there, once nothing stands in the way. Approving and sending have their own."""
    for act in acts.BEFORE_SENDING:
        if to == act.name and not waiting[to.label]:
            return act.label, reverse(f"admin:communications_letter_{act.name}", args=[letter.pk])
    return None


def _shown(request, letter, latest, versions, form, unlocked):
    state = LetterState(letter.state)
    to = _onward(letter, state)
    waiting = {to.label: guards.blockers(letter, to, by=request.user, on=today())} if to else {}
    return {
        "letter": letter,
        "latest": latest,
        "versions": versions[::-1],
        "form": form if state == LetterState.DRAFT else None,
        "runs": runs(blocks(latest.text)),
        "places": merging.unfilled(latest.text, letter.language) if letter.is_unsent else [],
        "waiting": {label: said for label, said in waiting.items() if said},
        "ways_to_safety": safety.ways(letter, user=request.user, on=today()) if to else [],
        "next_step": _next_step(letter, to, waiting),
        "signatories": letter.signatories.select_related("mandate"),
        "reasons": drafts.reasons(letter, unlocked=unlocked),
        "lacking": naming.without_consent(letter, latest.named, unlocked=unlocked),
        "override": getattr(letter, "override", None),
        "cases": letter.cases.order_by("ref"),
        "is_clearing": state == LetterState.CLEARANCE,
        "may_approve": state == LetterState.APPROVAL and not letter.approved_by_id and may_approve(request.user),
        "may_send": state == LetterState.APPROVAL and letter.approved_by_id and may_send(request.user),
    }


@require_safe
@gate
def compare(request, *, letter, unlocked):
    """What changed from one version to another; without a choice, from the last but one to the last."""
    found = {version.number: version for version in drafts.versions(letter, unlocked=unlocked)}
    numbers = sorted(found)
    old, new = (
        _chosen(request.GET.get(name), found, numbers[max(len(numbers) - back, 0)])
        for name, back in (("from", 2), ("to", 1))
    )
    audit.record(by=unlocked.user, verb="letter.text_read", target=letter, label=services.audit_label(letter))
    rows = changes(found[old].text, found[new].text)
    context = {"letter": letter, "numbers": numbers, "old": found[old], "new": found[new], "rows": rows}
    return page(request, "compare", _("What changed"), **context)


def _chosen(value, found, otherwise):
    return int(value) if value and value.isdecimal() and int(value) in found else otherwise


@require_safe
@gate
def download(request, form, *, letter, unlocked):
    """Word or PDF of the last version, made now and never stored. Its name tells nothing."""
    makers = {"docx": (output.docx, output.DOCX), "pdf": (output.pdf, output.PDF)}
    if form not in makers:
        raise Http404
    make, content_type = makers[form]
    try:
        version = drafts.latest(letter, unlocked=unlocked)
    except StepRefused as error:
        return page(request, "nothing", str(letter), letter=letter, reason=str(error))
    response = HttpResponse(make(letter, version), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="letter-{letter.pk}-v{version.number}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    audit.record(
        by=unlocked.user,
        verb="letter.downloaded",
        target=letter,
        label=services.audit_label(letter),
        form=form,
        version=version.number,
    )
    return response
