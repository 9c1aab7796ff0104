"""One reminder for each Permanent Mission, with all its overdue letters; read anew whenever it is used.

The portal writes to no State: the text goes out by the diplomatic channel, and the desk records that it did.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from communications.clock.enums import Language, ReminderState
from communications.clock.models import MissionReminder
from communications.exceptions import StepRefused
from communications.models import Letter
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.reference.models import Country


def audit_label(reminder: MissionReminder) -> str:
    return f"mission reminder {reminder.pk}"


def still_open(country: Country, *, on: date) -> QuerySet:
    """Sent to this State, overdue and without any reply, the oldest first."""
    return Letter.objects.overdue(on=on).filter(country=country).select_related("reply_deadline").order_by("sent_on")


def states_overdue(*, on: date) -> QuerySet:
    late = Letter.objects.overdue(on=on).exclude(country=None).values("country")
    return Country.objects.filter(pk__in=late).order_by("name_en")


def language_of(letters: Iterable[Letter]) -> str:
    """The one that most of them are written in; English where none says it in a language that Missions are sent."""
    counted = Counter(letter.language for letter in letters if letter.language in Language.values)
    return counted.most_common(1)[0][0] if counted else Language.ENGLISH.value


def draft(country: Country, *, by, language: str = "en") -> MissionReminder:
    """The draft for this State; one that lies there already is given back."""
    return found_or_drafted(country, by=by, language=language)[0]


@transaction.atomic
def found_or_drafted(country: Country, *, by, language: str = "en") -> tuple[MissionReminder, bool]:
    """The draft for this State, and whether it is new."""
    if not still_open(country, on=today()).exists():
        raise StepRefused(
            _("No letter to %(state)s is overdue, so there is nothing to remind of.") % {"state": country}
        )
    row, created = MissionReminder.objects.get_or_create(
        country=country,
        state=ReminderState.DRAFT,
        defaults={"language": language, "drafted_on": today(), "drafted_by": by},
    )
    if created:
        audit.record(by=by, verb="mission_reminder.drafted", target=row, label=audit_label(row))
    return row, created


def draft_all(*, by) -> list[MissionReminder]:
    """One for each State with an overdue letter."""
    on = today()
    return [
        draft(country, by=by, language=language_of(still_open(country, on=on))) for country in states_overdue(on=on)
    ]


def sent_before(reminder: MissionReminder) -> int:
    """How many reminders this State has had: the words grow firmer."""
    return MissionReminder.objects.sent().filter(country=reminder.country_id).count()


def text(reminder: MissionReminder, *, on: date) -> str:
    """Written now: a letter that was answered since the draft does not stand in it."""
    letters = list(still_open(reminder.country, on=on))
    if not letters:
        raise StepRefused(_nothing_left())
    with translation.override(reminder.language):
        context = {"country": reminder.country, "letters": letters, "on": on, "before": sent_before(reminder)}
        return render_to_string("communications/clock/reminder.txt", context).strip() + "\n"


@transaction.atomic
def mark_sent(reminder: MissionReminder, *, by, on: date | None = None) -> MissionReminder:
    """Record that it went out. Letters are read again: after a reply came in nothing is sent."""
    row, on = _locked(reminder), on or today()
    if on > today():
        raise StepRefused(_("This day is still to come. Record it once it was sent."))
    letters = list(still_open(row.country, on=today()).select_for_update(of=("self",)))
    if not letters:
        raise StepRefused(_nothing_left())
    row.state, row.sent_on, row.sent_by = ReminderState.SENT, on, by
    row.save(update_fields=["state", "sent_on", "sent_by"])
    row.letters.set(letters)
    audit.record(by=by, verb="mission_reminder.sent", target=row, label=audit_label(row), letters=len(letters))
    return row


@transaction.atomic
def drop(reminder: MissionReminder, *, by) -> MissionReminder:
    row = _locked(reminder)
    row.state = ReminderState.DROPPED
    row.save(update_fields=["state"])
    audit.record(by=by, verb="mission_reminder.dropped", target=row, label=audit_label(row))
    return row


def _nothing_left() -> str:
    return _("Every letter in this reminder was answered or closed meanwhile. Send nothing, and drop the draft.")


def _locked(reminder: MissionReminder) -> MissionReminder:
    found = MissionReminder.objects.select_for_update(of=("self",)).select_related("country")
    row = found.get(pk=reminder.pk)
    if not row.is_draft:
        raise StepRefused(_("This reminder is no draft any more. Draft a new one."))
    return row
