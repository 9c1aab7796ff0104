"""The page that the number of a contribution opens, and the form that the number of an unfinished one opens."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from iesogi.vault.thread_pages import ThreadPages
from reports.contributions import thread as services
from reports.contributions import unfinished
from reports.contributions.thread import LESS
from reports.contributions.thread_forms import AddForm, RestrictForm, WithdrawForm
from reports.contributions.unfinished_views import at_the_door

NOTICES = {
    "add": gettext_lazy("It has arrived and is sealed."),
    "restrict": gettext_lazy("It is changed. What stood in public beyond that has been taken away."),
    "withdraw": gettext_lazy("Your contribution is withdrawn. Nothing of it is used or shown any more."),
}


class ContributionPages(ThreadPages):
    templates = "reports/calls"
    form = "reports/calls/partials/thread_form.html"
    home = "calls:page"
    buttons = {
        "add": gettext_lazy("Send"),
        "restrict": gettext_lazy("Change it"),
        "withdraw": gettext_lazy("Withdraw it"),
    }

    def find(self, thread):
        return services.contribution_of(thread)

    def own(self, thread):
        found = services.page_of(thread)
        left = found.choices_left
        return {
            "page": found,
            "add": AddForm(prefix="add"),
            "restrict": RestrictForm(prefix="restrict", choices=left) if left else None,
            "withdraw": WithdrawForm(prefix="withdraw"),
        }

    def after(self, name, outcome):
        return {"notice": NOTICES[name]}

    def after_repeat(self, sentence):
        return {"notice": sentence}

    def elsewhere(self, request, number, derived):
        found = unfinished.opened(number, derived)
        return at_the_door(request, *found) if found else None


def _add(thread, form):
    said = form.cleaned_data
    services.add(thread, once=said["once"], text=said["text"], files=form.incoming(), at=timezone.now())


def _restrict(thread, form):
    said = form.cleaned_data
    services.restrict(thread, once=said["once"], publication=said["publication"], at=timezone.now())


def _withdraw(thread, form):
    services.withdraw(thread, once=form.cleaned_data["once"], at=timezone.now())


pages = ContributionPages()
add = pages.act("add", AddForm, _add)
restrict = pages.act("restrict", RestrictForm, _restrict, choices=[(each.value, each.label) for each in LESS[1:]])
withdraw = pages.act("withdraw", WithdrawForm, _withdraw)
