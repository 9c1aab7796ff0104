"""Reminders for chosen letters: one draft for each Permanent Mission, and a sentence for every letter left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communications.clock import missions
from communications.clock.forms import MissionForm
from communications.clock.models import MissionReminder
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.letters import bulk
from communications.models import Letter
from communications.replies.enums import ReplyClass
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import lateness, today
from iesogi.reference.models import Country

LeftOut = list[tuple[Letter, str]]


@dataclass
class Outcome:
    drafted: list[Country] = field(default_factory=list)
    there_already: list[Country] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=list)


def judged(letters: Iterable[Letter], *, on: date) -> tuple[dict[Country, list[Letter]], LeftOut]:
    """The late ones by State, in the order of their names; the others, each with why its Mission is not reminded."""
    letters = list(letters)
    chosen = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    late = set(chosen.overdue(on=on).exclude(country=None).values_list("pk", flat=True))
    unread = set(chosen.filter(replies__isnull=False, replies__reply_class="").values_list("pk", flat=True))
    states, left_out = {}, []
    for letter in letters:
        if letter.pk in late:
            states.setdefault(letter.country, []).append(letter)
        else:
            left_out.append((letter, _why_not(letter, is_unread=letter.pk in unread)))
    return dict(sorted(states.items(), key=lambda each: str(each[0]))), left_out


def _why_not(letter: Letter, *, is_unread: bool) -> str:
    deadline = letter.reply_deadline
    if letter.is_unsent:
        return _("it was not sent, so no reply is awaited.")
    if letter.state == LetterState.CLOSED:
        return _("it is closed.")
    if is_unread:
        return _("a reply came in that nobody has read yet; it may be the answer. Read that first.")
    if letter.replied_on and letter.reply_class != ReplyClass.ACKNOWLEDGEMENT:
        return _("a reply came in on %(day)s.") % {"day": short(letter.replied_on)}
    if letter.country_id is None:
        return _("it went to no State, so there is no Permanent Mission to remind.")
    if deadline is None or not deadline.is_open:
        return _("no reply is awaited any more.")
    return _("its reply is not late: it is due on %(day)s.") % {"day": short(deadline.due_on)}


def draft_for(letters: Iterable[Letter], *, by, language: str = "en") -> Outcome:
    """One draft a State, each in a transaction of its own: two people at it at once wait for nothing but a row."""
    states, left_out = judged(letters, on=today())
    outcome = Outcome(left_out=left_out)
    for country, late in states.items():
        try:
            _row, is_new = missions.found_or_drafted(country, by=by, language=language)
        except StepRefused as refusal:  # answered since it was judged
            outcome.left_out += [(letter, str(refusal)) for letter in late]
        else:
            (outcome.drafted if is_new else outcome.there_already).append(country)
    return outcome


@admin.action(description=gettext_lazy("Draft reminders"), permissions=["change"])
def draft_reminders(modeladmin, request, queryset):
    letters = bulk.chosen(modeladmin, request, queryset)
    if letters is None:
        return None
    initial = {"language": missions.language_of(letters)}
    form = MissionForm(request.POST if bulk.DO in request.POST else None, initial=initial)
    if form.is_bound and form.is_valid():
        outcome = draft_for(letters, by=request.user, **form.cleaned_data)
        bulk.tell(modeladmin, request, _said(outcome), outcome.left_out)
        return None
    states, left_out = judged(letters, on=today())
    return bulk.page(
        request,
        "communications/clock/draft_reminders.html",
        title=_("Draft reminders"),
        action="draft_reminders",
        letters=letters,
        form=form,
        missions=_shown(states),
        left_out=left_out,
    )


def _shown(states):
    """For each Mission every letter that its reminder will speak of, the chosen ones and others that are late."""
    late = Letter.objects.overdue(on=today()).filter(country__in=states).select_related("reply_deadline")
    speaks_of = {country.pk: [] for country in states}
    for letter in late.order_by("sent_on", "pk"):
        speaks_of[letter.country_id].append((letter, lateness(letter.reply_deadline.due_on, on=today())))
    drafts = set(MissionReminder.objects.drafts().filter(country__in=states).values_list("country", flat=True))
    return [
        {"country": country, "letters": speaks_of[country.pk], "lies_there": country.pk in drafts}
        for country in states
    ]


def _said(outcome):
    said = []
    if outcome.drafted:
        count = len(outcome.drafted)
        words = ngettext(
            "%(count)d reminder is drafted: %(states)s.", "%(count)d reminders are drafted: %(states)s.", count
        )
        said.append(words % {"count": count, "states": ", ".join(map(str, outcome.drafted))})
    if outcome.there_already:
        words = _("A draft lay there already, and speaks of these letters too: %(states)s.")
        said.append(words % {"states": ", ".join(map(str, outcome.there_already))})
    return " ".join(said)
