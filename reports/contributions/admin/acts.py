"""Acts on one contribution, each by the service that a script would call."""

from functools import partial

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import Act
from reports.calls.permissions import may_screen
from reports.contributions import quoting, retention, screening, tags
from reports.contributions.admin.forms import MailForm, OwnerForm, QuoteForm, ReasonForm, TagsForm
from reports.contributions.enums import State
from reports.contributions.exceptions import ContributionRefused

act = partial(Act, may=may_screen, refusals=(ContributionRefused,))


def step(name, label, question, done, do, to, form=forms.Form):
    return act(
        name,
        label=label,
        question=question,
        done=done,
        do=do,
        form=form,
        offered=lambda row: to in State(row.state).successors,
    )


ACTS = [
    step(
        "accept",
        gettext_lazy("Accept"),
        gettext_lazy("Take this contribution into account?"),
        gettext_lazy("The contribution is accepted."),
        screening.accept,
        State.ACCEPTED,
    ),
    step(
        "set-aside",
        gettext_lazy("Not relevant"),
        gettext_lazy("Set this contribution aside? Its sender reads that it does not answer the call."),
        gettext_lazy("The contribution is set aside."),
        screening.set_aside,
        State.NOT_RELEVANT,
        form=ReasonForm,
    ),
    act(
        "assign",
        label=gettext_lazy("Give to an owner"),
        question=gettext_lazy("Who judges this contribution?"),
        done=gettext_lazy("The contribution has its owner."),
        do=screening.assign,
        form=OwnerForm,
    ),
    act(
        "tags",
        label=gettext_lazy("Tags"),
        question=gettext_lazy("What is this contribution about?"),
        done=gettext_lazy("The tags are kept."),
        do=tags.replace,
        form=TagsForm,
        narrow=TagsForm.of,
        offered=lambda row: row.call.tags.exists(),
    ),
    act(
        "publish",
        label=gettext_lazy("Publish"),
        question=gettext_lazy("Show its answers on the public page of the call?"),
        done=gettext_lazy("The contribution is published."),
        do=screening.publish,
        offered=lambda row: row.state == State.ACCEPTED and not row.is_confidential and not row.published_at,
    ),
    act(
        "take-down",
        label=gettext_lazy("Take down"),
        question=gettext_lazy("Take it off the public page, with its files?"),
        done=gettext_lazy("The contribution is not public any more."),
        do=screening.take_down,
        offered=lambda row: row.published_at is not None,
    ),
    act(
        "mail",
        label=gettext_lazy("Draft a mail"),
        question=gettext_lazy("Write a mail to its sender? It waits in the outbox until somebody sends it."),
        done=gettext_lazy("The mail waits in the outbox as a draft."),
        do=screening.draft_mail,
        form=MailForm,
        offered=lambda row: bool(row.email),
    ),
    Act(
        "erase-address",
        label=gettext_lazy("Erase the address"),
        question=gettext_lazy(
            "Erase the e-mail address of the sender, in clear and sealed, and the mails that went to it? It cannot be "
            "brought back. An address inside an answer or a message stays there."
        ),
        done=gettext_lazy("The address is erased."),
        may=may_screen,
        do=retention.erase_address,
    ),
    act(
        "quote",
        label=gettext_lazy("Quote"),
        question=gettext_lazy("Keep words of it for the drafters, with their source?"),
        done=gettext_lazy("The quote is kept with its source."),
        do=quoting.take,
        form=QuoteForm,
        offered=lambda row: not row.is_confidential and row.state not in {State.NOT_RELEVANT, State.WITHDRAWN},
        then=lambda quote: reverse("admin:reports_contribution_change", args=[quote.contribution_id]),
    ),
]
