"""One table of deadlines for the whole house (docs/adr/0002): domain rows point down to it by real keys."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from iesogi.audit.querysets import AppendOnlyQuerySet
from iesogi.deadlines.enums import Calendar, ReminderState, State
from iesogi.deadlines.querysets import DeadlineQuerySet, ReminderQuerySet
from iesogi.outbox.models import Mail
from iesogi.reference.enums import Evidence

CLOSED_ELSEWHERE = gettext_noop("It is marked as done on the page of what it is about.")


def usual_offsets():
    return [-14, -7, -1, 0, 1, 7]


def validate_offsets(value):
    if not isinstance(value, list) or any(type(day) is not int or abs(day) > 366 for day in value):
        raise ValidationError(
            _("Reminders are a list of whole days around the due date, at most a year away, for example [-14, -1, 7].")
        )


class DeadlineKind(models.Model):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=120)
    reminder_offsets = models.JSONField(
        _("reminders"),
        default=usual_offsets,
        blank=True,
        validators=[validate_offsets],
        help_text=_(
            "Days around the due date: [-14, -1, 0, 7] reminds two weeks before, the day before, on the day "
            "and a week after."
        ),
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Titles of such deadlines are replaced by the label of their kind, so that nothing can leak."),
    )

    class Meta:
        verbose_name = _("kind of deadline")
        verbose_name_plural = _("kinds of deadline")
        ordering = ["label"]

    def __str__(self):
        return self.label


class Holiday(models.Model):
    """An official holiday of a UN duty station. What is unconfirmed stands here to be corrected by staff."""

    calendar = models.CharField(_("calendar"), max_length=10, choices=Calendar, default=Calendar.GENEVA)
    on = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("official holiday")
        verbose_name_plural = _("official holidays")
        ordering = ["on", "calendar"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "on"],
                name="holiday_once_a_day",
                violation_error_message=_("This day is a holiday of that duty station already."),
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.on.isoformat()}"


class Deadline(models.Model):
    """A date somebody has to keep, the rule it follows from and what became of it."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.ForeignKey(DeadlineKind, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="deadlines")
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due on"))
    original_due_on = models.DateField(_("first due on"), editable=False)
    not_after = models.DateField(
        _("at the latest on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The day everything waits for, such as the slot date of a report; no extension goes beyond it."),
    )
    rule = models.JSONField(_("rule"), default=dict, blank=True, editable=False)
    start_on = models.DateField(_("counted from"), null=True, blank=True)
    explanation = models.TextField(_("why this date"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deadlines",
        help_text=_("Gets the reminders; without an owner they go to the desk."),
    )
    subject_label = models.CharField(_("about"), max_length=200, blank=True)
    subject_url = models.CharField(_("link to what it is about"), max_length=300, blank=True)
    closed_at_subject = models.BooleanField(
        _("done where its subject is"),
        default=False,
        editable=False,
        help_text=_("What it is about has its own judgement of when it is done, such as approvals, and closes it."),
    )
    closing_step = models.CharField(_("what closes it"), max_length=200, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    snoozed_until = models.DateField(_("snoozed until"), null=True, blank=True, editable=False)
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    created_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deadline_done_has_done_on",
                condition=Q(state=State.DONE, done_on__isnull=False) | ~Q(state=State.DONE) & Q(done_on__isnull=True),
                violation_error_message=_("A deadline that is done says on which day; any other does not."),
            ),
            models.CheckConstraint(
                name="deadline_snooze_needs_open",
                condition=Q(snoozed_until=None) | Q(state=State.OPEN),
                violation_error_message=_("Only an open deadline can be snoozed."),
            ),
            models.CheckConstraint(
                name="deadline_due_not_before_start",
                condition=Q(start_on=None) | Q(due_on__gte=F("start_on"), original_due_on__gte=F("start_on")),
                violation_error_message=_("The due date is before the day it is counted from. Check both dates."),
            ),
            models.CheckConstraint(
                name="deadline_closed_at_subject_leads_there",
                condition=Q(closed_at_subject=False) | ~Q(subject_url=""),
                violation_error_message=_("A deadline that its subject closes links to it."),
            ),
            models.CheckConstraint(
                name="deadline_due_not_after_its_limit",
                condition=Q(not_after=None) | Q(due_on__lte=F("not_after")),
                violation_error_message=_(
                    "The due date is after the day that this has to be ready for. Choose an earlier day."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state=State.OPEN), name="deadlines_open_by_due_on"),
            models.Index(fields=["owner", "due_on"], condition=Q(state=State.OPEN), name="deadlines_open_of_owner"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self):
        return self.state == State.OPEN

    @property
    def closed_by(self):
        """Which step closes it, in the language of whoever reads it; kept in English."""
        return gettext(self.closing_step or CLOSED_ELSEWHERE)


class Extension(models.Model):
    """More time was given. Rows are added, never changed: the first date and every reason stay."""

    deadline = models.ForeignKey(
        Deadline, verbose_name=_("deadline"), on_delete=models.PROTECT, related_name="extensions"
    )
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="extension_goes_later",
                condition=Q(to_date__gt=F("from_date")),
                violation_error_message=_("An extension ends later than the date before it."),
            ),
            models.CheckConstraint(
                name="extension_says_why",
                condition=~Q(reason=""),
                violation_error_message=_("An extension gives its reason."),
            ),
        ]

    def __str__(self):
        return f"{self.from_date.isoformat()} - {self.to_date.isoformat()}"


class Reminder(models.Model):
    """One mail to come for one rung of one due date. A date that changes gets new rows; the old ones are skipped."""

    deadline = models.ForeignKey(
        Deadline, verbose_name=_("deadline"), on_delete=models.CASCADE, related_name="reminders"
    )
    rung = models.SmallIntegerField(_("days from the due date"))
    due_on = models.DateField(_("due date it reminds of"))
    due_at = models.DateTimeField(_("to be sent at"))
    state = models.CharField(_("state"), max_length=10, choices=ReminderState, default=ReminderState.WAITING)
    done_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    mail = models.ForeignKey(
        Mail, verbose_name=_("mail"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "rung", "due_on"],
                name="reminder_once_per_rung_and_date",
                violation_error_message=_("This reminder exists already; nobody is reminded twice."),
            ),
            models.CheckConstraint(
                name="reminder_sent_has_its_mail",
                condition=~Q(state=ReminderState.SENT) | Q(mail__isnull=False),
                violation_error_message=_("A reminder that was handed over names its mail."),
            ),
            models.CheckConstraint(
                name="reminder_finished_has_its_time",
                condition=Q(state=ReminderState.WAITING, done_at__isnull=True)
                | ~Q(state=ReminderState.WAITING) & Q(done_at__isnull=False),
                violation_error_message=_("A reminder that is sent or skipped says when; one that waits does not."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state=ReminderState.WAITING), name="reminders_waiting_by_due_at"
            ),
        ]

    def __str__(self):
        return f"{self.deadline_id} {self.rung:+d}"
