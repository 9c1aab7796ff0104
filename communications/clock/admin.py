"""The clock on the pages of the desk: more time, the early check, and reminders to Permanent Missions."""

from functools import partial
from types import SimpleNamespace

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communications.clock import first_steps, missions
from communications.clock.forms import ExtendForm, FirstStepsForm, MissionForm, SentForm
from communications.clock.models import MissionReminder
from communications.exceptions import StepRefused
from communications.fence import FencedMixin
from communications.permissions import may_take_steps
from iesogi.audit import services as audit
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines import services as deadlines
from iesogi.deadlines.days import today
from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused

act = partial(Act, may=may_take_steps, refusals=(StepRefused, DeadlineRefused, ClockRefused))
LIST = "admin:communications_missionreminder_changelist"


def is_open(letter):
    return bool(letter.reply_deadline and letter.reply_deadline.is_open)


def extend(letter, *, to, reason, by):
    return deadlines.extend(letter.reply_deadline, to=to, reason=reason, by=by)


def draft(letter, *, language, by):
    return missions.draft(letter.country, language=language, by=by)


def speak_as_written(form, letter):
    form.fields["language"].initial = missions.language_of([letter])


def place(reminder):
    return reverse("admin:communications_missionreminder_change", args=[reminder.pk])


LETTER_ACTS = [
    act(
        "extend",
        label=_("Extend the reply period"),
        question=_("Give the State more time? The first date and all reasons are kept:"),
        done=_("The reply period is extended."),
        do=extend,
        form=ExtendForm,
        offered=is_open,
    ),
    act(
        "first-steps",
        label=_("Record first steps"),
        question=_("What became known of first steps to protect people?"),
        done=_("Recorded. Nobody is reminded of the early check any more."),
        do=first_steps.answer,
        form=FirstStepsForm,
        offered=lambda letter: hasattr(letter, "first_steps"),
    ),
    act(
        "remind",
        label=_("Draft a reminder"),
        question=_("Draft one reminder to the Permanent Mission, for all its overdue letters?"),
        done=_("The draft is there. Take its text when you send it; it is written anew each time."),
        do=draft,
        form=MissionForm,
        narrow=speak_as_written,
        offered=lambda letter: letter.country_id is not None and is_open(letter),
        then=place,
    ),
]


def text_file(reminder, *, by):
    """Rendered in the request and kept nowhere: it names letters that are not public."""
    content = missions.text(reminder, on=today())
    audit.record(by=by, verb="mission_reminder.read", target=reminder, label=missions.audit_label(reminder))
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reminder.txt"'
    response["Cache-Control"] = "private, no-store"
    return response


ACTS = [
    act(
        "text",
        label=_("Take the text"),
        question=_("The text is written now, with every letter that is overdue at this moment:"),
        done="",
        do=text_file,
        offered=lambda reminder: reminder.is_draft,
    ),
    act(
        "sent",
        label=_("It was sent"),
        question=_("Did this reminder go out? Letters are read again before it is recorded:"),
        done=_("Recorded, with the letters that it spoke of."),
        do=missions.mark_sent,
        form=SentForm,
        offered=lambda reminder: reminder.is_draft,
    ),
    act(
        "drop",
        label=_("Drop"),
        question=_("Drop this draft?"),
        done=_("Dropped."),
        do=missions.drop,
        offered=lambda reminder: reminder.is_draft,
    ),
]


@admin.register(MissionReminder)
class MissionReminderAdmin(FencedMixin, ActsMixin, AuditedAdmin):
    acts = ACTS
    change_list_template = "communications/clock/reminders.html"
    list_display = ["country", "state", "language", "drafted_on", "drafted_by", "sent_on"]
    list_filter = ["state", "drafted_on", "country__regional_group"]
    list_select_related = ["country", "drafted_by"]
    search_fields = ["country__search_text"]
    fields = readonly_fields = [
        "country", "state", "language", "open_now", "drafted_on", "drafted_by", "sent_on", "sent_by", "letters",
    ]  # fmt: skip

    def audit_label(self, reminder):
        return missions.audit_label(reminder)

    def get_urls(self):
        own = path("all/", self.admin_site.admin_view(self.all_view), name="communications_missionreminder_all")
        return [own, *super().get_urls()]

    def all_view(self, request):
        """One draft for every State with an overdue letter, after a question."""
        decision = may_take_steps(request.user)
        if not decision:
            raise PermissionDenied(decision.reason)
        if request.method == "POST":
            made = len(missions.draft_all(by=request.user))
            words = ngettext("%(number)d draft is there.", "%(number)d drafts are there.", made)
            self.message_user(request, words % {"number": made}, messages.SUCCESS)
            return redirect(LIST)
        states = list(missions.states_overdue(on=today()))
        asked = SimpleNamespace(label=_("Draft reminders"), question=_("Draft one reminder for each of these States?"))
        context = {
            **self.admin_site.each_context(request),
            "title": asked.label,
            "opts": self.opts,
            "original": ", ".join(map(str, states)) or _("No State has an overdue letter."),
            "act": asked,
            "form": (),
            "back": reverse(LIST),
        }
        return TemplateResponse(request, "admin/act.html", context)

    @admin.display(description=_("overdue at this moment"))
    def open_now(self, reminder):
        if not reminder.is_draft:
            return self.get_empty_value_display()
        return ", ".join(map(str, missions.still_open(reminder.country, on=today()))) or _("none: send nothing")
