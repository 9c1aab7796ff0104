"""Staff pages on channels: who belongs, who is admitted, who leaves, and the new key afterwards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from iesogi.accounts.models import User
from iesogi.vault import circles, doors, members, rotation
from iesogi.vault.doors import with_open_vault
from iesogi.vault.enums import Slug
from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.forms import AdmitForm
from iesogi.vault.models import Vault
from iesogi.vault.pages import confirm, own_vault, page, remind_of_rotations
from iesogi.vault.permissions import may_see_channels, may_take_away


@never_cache
def channels(request):
    decision = may_see_channels(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    return page(
        request,
        "vault/channels.html",
        _("Who can open what"),
        circles=circles.circles(request.user),
        leavers=circles.leavers(),
        own=own_vault(request.user),
        is_open=doors.unlocked(request) is not None,
    )


def _known(slug):
    if slug not in Slug.values:
        raise Http404
    return Slug(slug)


@with_open_vault
def admit(request, slug, pk, *, unlocked):
    slug, vault = _known(slug), get_object_or_404(Vault.objects.select_related("user"), pk=pk)
    name = {"name": vault.user, "channel": slug.label}
    form = AdmitForm(request.POST if "fingerprint" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            members.admit(slug, vault, fingerprint=form.cleaned_data["fingerprint"], unlocked=unlocked)
        except VaultRefused as refusal:
            form.add_error("fingerprint", str(refusal))
        else:
            messages.success(request, _("%(name)s belongs to “%(channel)s” now. All its cases open at once.") % name)
            return redirect("vault:channels")
    question = _(
        "Admit %(name)s to “%(channel)s”? Speak with your colleague face to face or on a line you trust, and let them "
        "read their fingerprint to you. It is not shown here, so that what is compared is what they see."
    )
    return confirm(request, _("Admit a colleague"), question % name, back="vault:channels", form=form)


def remove(request, slug, pk):
    slug, person = _known(slug), get_object_or_404(User, pk=pk)
    decision = may_take_away(request.user, slug)
    if not decision:
        raise PermissionDenied(decision.reason)
    name = {"name": person, "channel": slug.label}
    if request.method == "POST":
        if members.remove(slug, person, by=request.user):
            messages.success(request, _("%(name)s does not belong to “%(channel)s” any more.") % name)
            remind_of_rotations(request, [slug])
        else:
            messages.info(request, _("%(name)s did not belong to “%(channel)s”.") % name)
        return redirect("vault:channels")
    question = _(
        "Take “%(channel)s” from %(name)s? Nothing of it opens for this person from now on, and open pages end. "
        "Since they may know the old key, one remaining member has to rotate the channel afterwards."
    )
    return confirm(request, _("Take a channel away"), question % name, back="vault:channels")


def close(request, pk):
    """For whoever leaves the mandate: out of every channel at once."""
    person = get_object_or_404(User, pk=pk)
    decision = may_take_away(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    if request.method == "POST":
        touched = members.close_vault(person, by=request.user)
        messages.success(request, _("The vault of %(name)s is closed.") % {"name": person})
        remind_of_rotations(request, touched)
        return redirect("vault:channels")
    question = _(
        "Close the vault of %(name)s, who leaves? They fall out of every channel, and disclosures to them end. "
        "Make the account inactive as well."
    )
    return confirm(request, _("Close a vault"), question % {"name": person}, back="vault:channels")


@with_open_vault
def rotate(request, slug, *, unlocked):
    slug = _known(slug)
    name = {"channel": slug.label}
    if request.method == "POST" and "really" in request.POST:
        found = rotation.rotate(slug, unlocked=unlocked)
        _tell_rotation(request, found, name)
        return redirect("vault:channels")
    question = _(
        "Give “%(channel)s” a new key? Its remaining members and the recovery key get it, and every case's key "
        "is sealed anew. If it is cut off, press again: it goes on where it stopped, and nothing is lost."
    )
    return confirm(
        request,
        _("Rotate a channel"),
        question % name,
        back="vault:channels",
        label=_("Rotate now"),
        facts=circles.rotation_facts(slug),
    )


def _tell_rotation(request, found, name):
    sentence = ngettext(
        "“%(channel)s” has a new key, number %(epoch)s; %(count)s case was sealed anew.",
        "“%(channel)s” has a new key, number %(epoch)s; %(count)s cases were sealed anew.",
        found.sealed_anew,
    )
    messages.success(request, sentence % {**name, "epoch": found.epoch, "count": found.sealed_anew})
    if not found.is_finished:
        damaged = _("%(count)s keys are damaged and stay with the old key, which cannot end. Tell the administrator.")
        messages.error(request, damaged % {"count": found.damaged})
