"""Acts on a redacted file, the same on the page of a publication and of a reply."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from communications.exceptions import StepRefused
from communications.models import Rendition
from communications.permissions import may_take_steps
from communications.register.file_views import download
from communications.renditions import services
from communications.renditions.forms import FileForm, ShownForm
from communications.renditions.models import staff_address
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit import services as audit
from iesogi.audit.acts import Act
from iesogi.deadlines.clock import short
from iesogi.vault.exceptions import VaultRefused

act = partial(Act, may=may_take_steps, refusals=(StepRefused, VaultRefused))


def is_public(owner):
    file = services.of(owner)
    return bool(file and file.is_public)


def waits_alone(owner):
    """A file that came after what it belongs to was public, so it becomes public by itself."""
    file = services.of(owner)
    return bool(file and not file.is_public and services.is_owner_public(owner))


def shown(owner):
    file = services.of(owner)
    if file is None:
        raise Http404
    file.address = staff_address(file)
    return {"file": file}


ACTS = [
    act(
        "file",
        label=_("Add the redacted PDF"),
        question=_("Which PDF shall the public be able to take? It is cleaned, and a second person reads it:"),
        done=_("The file is cleaned and waits. It becomes public when a second person has read it."),
        do=services.add,
        form=FileForm,
        offered=lambda owner: not is_public(owner),
    ),
    act(
        "file-confirm",
        label=_("Confirm the file and publish it"),
        question=_("Have you read every page of it, and can nobody come to harm by it? Publish the file now:"),
        done=_("The file is public."),
        do=services.confirm,
        form=ShownForm,
        offered=waits_alone,
        template="communications/renditions/confirm.html",
        shows=shown,
    ),
    act(
        "file-back",
        label=_("Take the redacted PDF back"),
        question=_("Delete this file now? Its public address ends, what somebody has saved already does not:"),
        done=_("The file is gone."),
        do=services.take_back,
        offered=lambda owner: services.of(owner) is not None,
    ),
]


def in_words(owner):
    """What stands on the page of the owner: the file, who may read it, and what it waits for."""
    file = services.of(owner)
    if file is None:
        return None
    if file.is_public:
        standing = say("public since %(day)s") % {"day": short(file.public_since)}
    else:
        standing = say("waits for a second person; added by %(person)s") % {"person": file.added_by}
    return format_html('<a href="{}">{}</a>, {}', staff_address(file), file, standing)


@require_safe
def staff_file(request, uuid):
    """The cleaned file for whoever may read letters; who took it stands in the audit."""
    decision = may_work_on_communications(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    file = get_object_or_404(Rendition, uuid=uuid)
    owner = file.reply or file.publication
    audit.record(by=request.user, verb="rendition.read", target=owner, label=services.audit_label(file))
    return download(file, f"{file.uuid}.pdf")
