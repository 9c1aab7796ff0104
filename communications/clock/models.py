"""What the clock of letters leads to: the early check of an urgent appeal, and reminders to Permanent Missions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communications.clock.enums import FirstStepsAnswer, Language, ReminderState
from communications.clock.querysets import ReminderQuerySet


class FirstSteps(models.Model):
    """An urgent appeal is looked at again soon: were people protected? The reply period runs on beside it."""

    letter = models.OneToOneField(
        "communications.Letter", verbose_name=_("letter"), on_delete=models.PROTECT, related_name="first_steps"
    )
    deadline = models.OneToOneField(
        "deadlines.Deadline", verbose_name=_("to be asked by"), on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=8, choices=FirstStepsAnswer, blank=True)
    on = models.DateField(_("on"), null=True, blank=True)

    class Meta:
        verbose_name = _("early check of an urgent appeal")
        verbose_name_plural = _("early checks of urgent appeals")
        constraints = [
            models.CheckConstraint(
                name="first_steps_answer_has_its_day",
                condition=Q(answer="", on=None) | ~Q(answer="") & Q(on__isnull=False),
                violation_error_message=_("What is known of first steps says since which day."),
            )
        ]

    def __str__(self):
        return self.get_answer_display() or str(_("Not known yet"))


class MissionReminder(models.Model):
    """One reminder to one Permanent Mission, for all its overdue letters together.

    It lies here and not in the outbox, whose rows are read outside the fence as well (R1, R13). Its text is written
    anew whenever it is looked at, so that no letter answered meanwhile stands in it.
    """

    country = models.ForeignKey(
        "reference.Country", verbose_name=_("State"), on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)
    state = models.CharField(
        _("stage"), max_length=8, choices=ReminderState, default=ReminderState.DRAFT, editable=False
    )
    letters = models.ManyToManyField(
        "communications.Letter", verbose_name=_("letters it spoke of"), related_name="mission_reminders", blank=True
    )
    drafted_on = models.DateField(_("drafted on"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("drafted by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder to a Permanent Mission")
        verbose_name_plural = _("reminders to Permanent Missions")
        ordering = ["-drafted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country"],
                condition=Q(state=ReminderState.DRAFT),
                name="mission_reminder_one_draft_a_state",
                violation_error_message=_("A reminder to this State is drafted already. Send or drop that one first."),
            ),
            models.CheckConstraint(
                name="mission_reminder_sent_has_its_day",
                condition=Q(state=ReminderState.SENT, sent_on__isnull=False)
                | ~Q(state=ReminderState.SENT) & Q(sent_on=None),
                violation_error_message=_("A reminder that was sent says on which day."),
            ),
        ]

    def __str__(self):
        return str(_("Reminder to %(state)s")) % {"state": self.country}

    @property
    def is_draft(self):
        return self.state == ReminderState.DRAFT
