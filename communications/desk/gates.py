"""What every page of the desk goes through: the role first, the passphrase last, and one way to do what it offers."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from communications.cases.models import Case
from communications.desk.permissions import may_open_cases
from communications.exceptions import StepRefused
from iesogi.vault.doors import with_open_vault
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.pages import page as staff_page


def page(request, template, title, **context):
    return staff_page(request, template, title, opts=Case._meta, **context)


def case_url(case):
    return reverse("admin:communications_case_open", args=[case.pk])


def asked_for(request, pk):
    """The case, for whoever may open cases at all."""
    decision = may_open_cases(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    return get_object_or_404(
        Case.objects.select_related("country", "assigned_to", "merged_into", "consent_task"), pk=pk
    )


def gate(view):
    """Role before passphrase: nobody is asked to unlock for a page that would refuse them."""

    @wraps(view)
    def wrapped(request, pk, *args, **kwargs):
        asked_for(request, pk)
        return opened(request, pk, *args, **kwargs)

    opened = with_open_vault(view)
    return wrapped


def role_gate(view):
    """As `gate`, for pages of no single case."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        decision = may_open_cases(request.user)
        if not decision:
            raise PermissionDenied(decision.reason)
        return opened(request, *args, **kwargs)

    opened = with_open_vault(view)
    return wrapped


def perform(request, case, chosen, form, unlocked):
    """A GET asks; a POST does it and goes back to the case, or shows why not with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(case, unlocked=unlocked, **form.cleaned_data)
        except (StepRefused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, chosen.done)
            return redirect(chosen.then, case.pk)
    context = {"case": case, "form": form, "act": chosen, "is_damaged": False}
    return page(request, "communications/desk/act.html", chosen.label, **context)
