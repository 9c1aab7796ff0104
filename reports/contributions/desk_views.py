"""Contributions behind the vault, and what staff take along of a whole call. Role first, passphrase afterwards."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from iesogi.documents.spreadsheets import csv_lines
from iesogi.vault.doors import open_until, with_open_vault
from iesogi.vault.exceptions import Damaged, VaultRefused
from iesogi.vault.pages import page
from reports.calls.figures import printed
from reports.calls.models import Call
from reports.calls.permissions import may_read, may_screen
from reports.contributions import archive, opening, releasing, screening
from reports.contributions.enums import State, WhyNotRelevant
from reports.contributions.exceptions import ContributionRefused
from reports.contributions.models import Contribution
from reports.contributions.statistics import statistics

ZIP = "application/zip"


class WordsForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your words"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        validators=[MaxLengthValidator(10_000)],
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        required=False,
        choices=[
            ("", gettext_lazy("None: keep the note alone")),
            *[(each.value, each.label) for each in (State.ACCEPTED, State.NOT_RELEVANT)],
        ],
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is not relevant"),
        required=False,
        choices=[("", gettext_lazy("Choose one")), *WhyNotRelevant.choices],
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the team"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        validators=[MaxLengthValidator(5000)],
        help_text=gettext_lazy("Sealed with the contribution. Its sender does not read it."),
    )


def asked(user, may):
    decision = may(user)
    if not decision:
        raise PermissionDenied(decision.reason)


def gate(may):
    """Nobody is asked to unlock for a page that would refuse them."""

    def decorate(view):
        opened = with_open_vault(view)

        @wraps(view)
        def wrapped(request, *args, **kwargs):
            asked(request.user, may)
            return opened(request, *args, **kwargs)

        return wrapped

    return decorate


def contribution(pk):
    rows = Contribution.objects.select_related("call", "country").prefetch_related("call__questions", "call__texts")
    return get_object_or_404(rows, pk=pk)


@require_safe
@gate(may_read)
def open_page(request, pk, *, unlocked):
    row = contribution(pk)
    try:
        found = opening.read(row, unlocked=unlocked)
    except Damaged as error:
        return page(request, "vault/refused.html", _("Damaged"), reason=str(error))
    return _page(request, row, found)


def _page(request, row, found, form=None, decision=None):
    released = set(row.published_files.values_list("source__cleaned", flat=True))
    context = {
        "row": row,
        "found": found,
        "files": [(about, about.get("cleaned") in {str(each) for each in released}) for about in found.files],
        "form": form or WordsForm(),
        "decision": decision or DecisionForm(),
        "notes": [
            (item, State(item.content["decision"]).label if item.content["decision"] else "") for item in found.notes
        ],
        "until": open_until(request),
        "may_screen": bool(may_screen(request.user)),
        "opts": Contribution._meta,
    }
    return page(request, "reports/contributions/open.html", row.ref, **context)


@require_POST
@gate(may_screen)
def tell(request, pk, *, unlocked):
    """A question makes the contribution wait for the answer; other words leave it as it is."""
    row, form = contribution(pk), WordsForm(request.POST)
    if form.is_valid():
        do = screening.ask_more if "ask" in request.POST else screening.answer
        try:
            do(row, text=form.cleaned_data["text"], unlocked=unlocked, at=timezone.now())
        except ContributionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stands on the sender's page now."))
            return redirect("admin:reports_contribution_open", pk=row.pk)
    return _page(request, row, opening.read(row, unlocked=unlocked), form)


@require_POST
@gate(may_screen)
def decide(request, pk, *, unlocked):
    row, form = contribution(pk), DecisionForm(request.POST)
    if form.is_valid():
        try:
            screening.decide(row, **form.cleaned_data, unlocked=unlocked, at=timezone.now())
        except ContributionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is kept."))
            return redirect("admin:reports_contribution_open", pk=row.pk)
    return _page(request, row, opening.read(row, unlocked=unlocked), decision=form)


@require_safe
@gate(may_read)
def file(request, pk, record, *, unlocked):
    try:
        return opening.download(contribution(pk), record, unlocked=unlocked)
    except Damaged as error:
        return page(request, "vault/refused.html", _("Damaged"), reason=str(error))


@require_POST
@gate(may_screen)
def copy(request, pk, record, *, unlocked):
    """Of an original, by its record: a copy without hidden data, kept with the team or published."""
    row = contribution(pk)
    try:
        if "publish" in request.POST:
            releasing.release(row, record, unlocked=unlocked, at=timezone.now())
            done = _("The copy without hidden data is public now.")
        else:
            opening.clean(row, record, unlocked=unlocked, at=timezone.now())
            done = _("The copy without hidden data is made.")
    except (ContributionRefused, VaultRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("admin:reports_contribution_open", pk=row.pk)


# --- A whole call ----------------------------------------------------------------------------------


def call_of(object_id):
    if not object_id.isdecimal() or len(object_id) > 18:
        raise Http404
    return get_object_or_404(Call.objects.with_texts().prefetch_related("questions", "figures"), pk=object_id)


@require_safe
def figures(request, object_id):
    asked(request.user, may_read)
    call = call_of(object_id)
    found = statistics(call.contributions.all())
    context = {"call": call, "found": found, "printed": printed(call), "opts": Call._meta}
    return page(request, "reports/calls/admin_statistics.html", _("Statistics"), **context)


@require_safe
def figures_csv(request, object_id):
    asked(request.user, may_read)
    call = call_of(object_id)
    found = statistics(call.contributions.all())
    rows = [(table.title, line.label, *line.counts, line.total) for table in found.tables for line in table.lines]
    head = [_("Table"), _("Line"), *found.heads, _("Together")]
    response = HttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{call.code}-statistics.csv")
    return response


@require_safe
def clear_zip(request, object_id):
    asked(request.user, may_read)
    return _zip(call_of(object_id), by=request.user, unlocked=None)


@require_safe
@gate(may_read)
def sealed_zip(request, object_id, *, unlocked):
    return _zip(call_of(object_id), by=request.user, unlocked=unlocked)


def _zip(call, *, by, unlocked):
    pieces = archive.archive(call, by=by, unlocked=unlocked, at=timezone.localtime())
    response = StreamingHttpResponse((piece for piece in pieces if piece), content_type=ZIP)
    response["Content-Disposition"] = content_disposition_header(True, f"{call.code}.zip")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response
