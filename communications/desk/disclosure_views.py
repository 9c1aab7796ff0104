"""Names and originals: asked for by an officer, given or refused by a custodian, read until a day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications.cases.models import DisclosureRequest
from communications.desk import disclosing, forms
from communications.desk.acts import CaseAct
from communications.desk.gates import asked_for, gate, page, perform, role_gate
from communications.desk.permissions import may_open_cases
from communications.exceptions import StepRefused
from iesogi.deadlines.days import today
from iesogi.vault.exceptions import VaultRefused


@gate
def ask_disclosure(request, pk, *, unlocked):
    case = asked_for(request, pk)
    form = forms.AskDisclosureForm(request.POST or None, case=case)
    chosen = CaseAct(
        _("Ask for names or originals"),
        disclosing.ask,
        forms.AskDisclosureForm,
        _("Your request waits for a custodian. You find the answer on this page."),
        _("Names, contact and untouched files are held apart. A custodian gives single records to you until a day."),
        _("Ask the custodians"),
    )
    return perform(request, case, chosen, form, unlocked)


def asked_of(pk):
    rows = DisclosureRequest.objects.select_related("case__country", "asked_by", "answered_by", "reason")
    return get_object_or_404(rows, pk=pk)


@require_safe
def disclosures(request):
    """What waits for a custodian; seen by everyone who opens cases, answered by who holds the key."""
    decision = may_open_cases(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    waiting = DisclosureRequest.objects.waiting().select_related("case", "asked_by")
    return page(request, "communications/desk/disclosures.html", _("Asked for disclosure"), waiting=waiting)


@role_gate
def decide(request, pk, *, unlocked):
    asked = disclosing.asked(asked_of(pk), unlocked=unlocked)
    is_refusal = "refuse" in request.POST
    posted = request.POST if request.method == "POST" else None
    shown = {"fingerprint": asked.fingerprint}
    give = forms.GiveForm(None if is_refusal else posted, initial=shown)
    refuse = forms.RefuseForm(request.POST if is_refusal else None)
    form = refuse if is_refusal else give
    if request.method == "POST" and form.is_valid():
        try:
            _decide(asked.request, form, unlocked=unlocked, is_refusal=is_refusal)
        except (StepRefused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your decision is recorded. The officer sees it on the page of the case."))
            return redirect("admin:communications_case_disclosures")
    context = {"asked": asked, "case": asked.request.case, "give": give, "refuse": refuse}
    return page(request, "communications/desk/decide.html", _("Give or refuse"), **context)


def _decide(asked, form, *, unlocked, is_refusal):
    """What is given goes to the vault whose fingerprint was on the page, and to no other put in its place since."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "compared"}
    (disclosing.refuse if is_refusal else disclosing.give)(asked, unlocked=unlocked, **given)


@require_safe
@role_gate
def disclosed(request, pk, *, unlocked):
    asked = asked_of(pk)
    items, originals = disclosing.read(asked, unlocked=unlocked, on=today())
    context = {"request_row": asked, "case": asked.case, "items": items, "files": originals}
    return page(request, "communications/desk/disclosed.html", _("Disclosed to you"), **context)
