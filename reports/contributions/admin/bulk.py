"""Acts on many contributions at once: a page that asks, then each row by the same service as one alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.calls.permissions import may_screen
from reports.contributions import screening, tags
from reports.contributions.admin.forms import MailForm, OwnerForm, ReasonForm, TagForm
from reports.contributions.exceptions import ContributionRefused

MOST, TOLD = 500, 10


@dataclass(frozen=True)
class BulkAct:
    name: str
    label: Any
    question: Any
    do: Callable[..., Any]
    form: type[forms.Form] = forms.Form
    narrow: Callable[[forms.Form, Any], None] | None = None  # limits what the form offers to what fits the rows


def action(act: BulkAct):
    """For `ModelAdmin.actions`."""

    def run(modeladmin, request, queryset):
        decision = may_screen(request.user)
        if not decision:
            raise PermissionDenied(decision.reason)
        rows = list(queryset[: MOST + 1])
        if len(rows) > MOST:
            sentence = _("At most %(most)s at once. Narrow the list and choose again.") % {"most": MOST}
            modeladmin.message_user(request, sentence, messages.WARNING)
            return None
        form = act.form(request.POST if "really" in request.POST else None)
        if act.narrow:
            act.narrow(form, rows)
        if form.is_bound and form.is_valid():
            _do(modeladmin, request, act, rows, form.cleaned_data)
            return None
        context = {
            **modeladmin.admin_site.each_context(request),
            "title": act.label,
            "opts": modeladmin.opts,
            "act": act,
            "form": form,
            "rows": rows,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "reports/contributions/bulk.html", context)

    run.__name__, run.short_description = act.name, act.label
    return run


def _do(modeladmin, request, act: BulkAct, rows, given) -> None:
    done, refused = 0, []
    for row in rows:
        try:
            act.do(row, by=request.user, **given)
            done += 1
        except ContributionRefused as refusal:
            refused.append(f"{row.ref}: {refusal}")
    if done:
        sentence = ngettext("%(count)d contribution: done.", "%(count)d contributions: done.", done)
        modeladmin.message_user(request, sentence % {"count": done}, messages.SUCCESS)
    for sentence in refused[:TOLD]:
        modeladmin.message_user(request, sentence, messages.WARNING)
    if len(refused) > TOLD:
        rest = _("And %(count)s more were not done.") % {"count": len(refused) - TOLD}
        modeladmin.message_user(request, rest, messages.WARNING)


BULK = [
    BulkAct("accept", gettext_lazy("Accept"), gettext_lazy("Take these into account?"), screening.accept),
    BulkAct(
        "set_aside",
        gettext_lazy("Not relevant"),
        gettext_lazy("Set these aside? Their senders read that they do not answer the call."),
        screening.set_aside,
        form=ReasonForm,
    ),
    BulkAct(
        "assign",
        gettext_lazy("Give to an owner"),
        gettext_lazy("Who judges these?"),
        screening.assign,
        form=OwnerForm,
    ),
    BulkAct(
        "tag",
        gettext_lazy("Put a tag on"),
        gettext_lazy("Which tag do these get?"),
        tags.put,
        form=TagForm,
        narrow=TagForm.of,
    ),
    BulkAct(
        "untag",
        gettext_lazy("Take a tag off"),
        gettext_lazy("Which tag is taken off these?"),
        tags.take_off,
        form=TagForm,
        narrow=TagForm.of,
    ),
    BulkAct("publish", gettext_lazy("Publish"), gettext_lazy("Show these on the public page?"), screening.publish),
    BulkAct(
        "take_down", gettext_lazy("Take down"), gettext_lazy("Take these off the public page?"), screening.take_down
    ),
    BulkAct(
        "draft_mail",
        gettext_lazy("Draft a mail to each"),
        gettext_lazy("Write one mail to the sender of each? They wait in the outbox until somebody sends them."),
        screening.draft_mail,
        form=MailForm,
    ),
]
