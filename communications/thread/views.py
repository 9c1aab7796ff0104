"""The return page of a report: what a number opens, and what may be sent from there."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from communications.thread import forms, services
from iesogi.vault.thread_pages import ThreadPages


class ReportPages(ThreadPages):
    templates = "communications/thread"
    form = "communications/thread/partials/form.html"
    home = "thread:page"
    buttons = {
        "add": gettext_lazy("Send"),
        "reprisal": gettext_lazy("Tell the team of reprisals"),
        "consent": gettext_lazy("Change consent"),
        "withdraw": gettext_lazy("Withdraw all consent"),
    }

    def find(self, thread):
        return services.case_of(thread)

    def own(self, thread):
        return {
            "add": forms.AddForm(prefix="add"),
            "reprisal": forms.ReprisalForm(prefix="reprisal"),
            "consent": forms.ConsentForm(prefix="consent"),
            "withdraw": forms.WithdrawForm(prefix="withdraw"),
            "page": services.page_of(thread),
        }

    def after(self, name, outcome):
        return {"done": name, "stored": outcome}

    def after_repeat(self, sentence):
        return {"done": "again", "sentence": sentence}


def _add(thread, form):
    cleaned = form.cleaned_data
    return services.add(
        thread,
        once=cleaned["once"],
        about=cleaned["about"],
        text=cleaned["text"],
        files=form.incoming(),
        at=timezone.now(),
    )


def _reprisal(thread, form):
    cleaned = form.cleaned_data
    services.add(thread, once=cleaned["once"], about="reprisal", text=cleaned["text"], at=timezone.now())


def _consent(thread, form):
    services.answer(thread, code=form.code(), answers=form.answers(), **_said(form))


def _withdraw(thread, form):
    services.withdraw(thread, code=form.code(), **_said(form))


def _said(form):
    return {"once": form.cleaned_data["once"], "words": form.cleaned_data["words"], "at": timezone.now()}


pages = ReportPages()
add = pages.act("add", forms.AddForm, _add)
reprisal = pages.act("reprisal", forms.ReprisalForm, _reprisal)
consent = pages.act("consent", forms.ConsentForm, _consent)
withdraw = pages.act("withdraw", forms.WithdrawForm, _withdraw)
