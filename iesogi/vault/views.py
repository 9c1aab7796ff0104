"""Staff pages about one's own vault: choose, unlock, lock, lose a passphrase."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from iesogi.vault import circles, doors, members, sealing
from iesogi.vault.enums import VaultState
from iesogi.vault.exceptions import VaultRefused, WrongPassphrase
from iesogi.vault.forms import ChooseForm, UnlockForm
from iesogi.vault.pages import confirm, own_vault, page, remind_of_rotations
from iesogi.vault.permissions import may_have_vault, may_see_channels


@never_cache
def home(request):
    decision = may_have_vault(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    vault = own_vault(request.user)
    if vault is None:
        return page(request, "vault/choose.html", _("Choose a passphrase"), form=ChooseForm())
    return _home(request, vault, UnlockForm())


def _home(request, vault, form):
    until = doors.open_until(request)
    return page(
        request,
        "vault/home.html",
        _("My vault"),
        form=form,
        until=until,
        minutes=max(int((until - now()).total_seconds() // 60), 0) if until else None,
        fingerprint=sealing.fingerprint(vault.public),
        belongs_to=circles.channels_of(vault),
        may_see_channels=may_see_channels(request.user),
        next=request.POST.get("next", ""),
    )


@require_POST
def choose(request):
    form = ChooseForm(request.POST)
    if form.is_valid():
        try:
            members.create_vault(request.user, form.cleaned_data["passphrase"])
            opened = members.unlock(request.user, form.cleaned_data["passphrase"])
        except VaultRefused as refusal:
            form.add_error("passphrase", str(refusal))
        else:
            messages.success(request, _("Your vault is made and open. Now read its fingerprint to a colleague."))
            return doors.keep_open(request, redirect("vault:home"), opened)
    return page(request, "vault/choose.html", _("Choose a passphrase"), form=form)


@never_cache
def unlock(request):
    if request.method != "POST":
        return redirect("vault:home")
    form, vault = UnlockForm(request.POST), own_vault(request.user)
    if vault is None:
        return redirect("vault:home")
    if form.is_valid():
        try:
            opened = members.unlock(request.user, form.cleaned_data["passphrase"])
        except VaultRefused as refusal:
            form.add_error("passphrase" if isinstance(refusal, WrongPassphrase) else None, str(refusal))
        else:
            return doors.keep_open(request, HttpResponseRedirect(_next(request)), opened)
    return _home(request, vault, form)


def _next(request):
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and is_ours else reverse("vault:home")


@require_POST
def lock(request):
    messages.success(request, _("Your vault is locked. Close this window if somebody else uses this computer."))
    return doors.lock(request, redirect("vault:home"))


def lost(request):
    """A forgotten passphrase: the old vault opens nothing any more, and a colleague admits the new one."""
    vault = own_vault(request.user)
    if vault is None:
        return redirect("vault:home")
    if request.method == "POST":
        touched = members.close_vault(request.user, state=VaultState.LOST, by=request.user)
        messages.warning(request, _("Your old vault is closed. Choose a new passphrase, then ask for admission."))
        remind_of_rotations(request, touched)
        return doors.lock(request, redirect("vault:home"))
    question = _(
        "Close your vault because its passphrase is lost? Nothing that was sealed to you opens any more, for you or "
        "for anyone who may have found it. A colleague can admit your next vault; then every case opens as before."
    )
    return confirm(request, _("I lost my passphrase"), question, back="vault:home")
