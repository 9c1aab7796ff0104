"""Who signs a letter, and the steps that it took."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communications.enums import WITH_REASON, Clearance, LetterState
from communications.models.letters import Letter
from iesogi.audit.querysets import AppendOnlyQuerySet


class Signatory(models.Model):
    """The mandates of a joint letter in the order in which it lists them; the first one leads (domain.md 1.7)."""

    letter = models.ForeignKey(Letter, verbose_name=_("letter"), on_delete=models.CASCADE, related_name="signatories")
    mandate = models.ForeignKey("reference.Mandate", verbose_name=_("mandate"), on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField(_("order"))
    clearance = models.CharField(_("clearance"), max_length=10, choices=Clearance, default=Clearance.NOT_ASKED)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.CharField(
        _("answered by"), max_length=120, blank=True, help_text=_("Who spoke for the mandate: its office, or a name.")
    )

    class Meta:
        verbose_name = _("signing mandate")
        verbose_name_plural = _("signing mandates")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "mandate"],
                name="signatory_once_per_letter",
                violation_error_message=_("This mandate signs the letter already."),
            ),
            models.UniqueConstraint(
                fields=["letter", "order"],
                name="signatory_order_once_per_letter",
                violation_error_message=_("Two mandates cannot stand in the same place."),
            ),
            models.CheckConstraint(
                name="signatory_asked_has_its_day",
                condition=Q(clearance=Clearance.NOT_ASKED) | Q(asked_on__isnull=False),
                violation_error_message=_("A mandate that was asked for clearance has the day on which it was asked."),
            ),
            models.CheckConstraint(
                name="signatory_answer_is_named_and_dated",
                condition=~Q(clearance__in=[Clearance.CLEARED, Clearance.OBJECTED])
                | Q(answered_on__isnull=False, answered_on__gte=F("asked_on")) & ~Q(answered_by=""),
                violation_error_message=_("An answer on the clearance says who gave it and when, after it was asked."),
            ),
        ]

    def __str__(self):
        return f"{self.order}. {self.mandate}"


class Step(models.Model):
    """One step of a letter, added and never changed. Its reason stays here, where only the desk reads it (R1)."""

    letter = models.ForeignKey(Letter, verbose_name=_("letter"), on_delete=models.PROTECT, related_name="steps")
    was = models.CharField(_("from"), max_length=10, choices=LetterState)
    to = models.CharField(_("to"), max_length=10, choices=LetterState)
    on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="step_closing_says_why",
                condition=~Q(to__in=sorted(WITH_REASON)) | ~Q(reason=""),
                violation_error_message=_("Closing a letter, withdrawing it or taking it back gives the reason."),
            )
        ]

    def __str__(self):
        return f"{self.get_was_display()} → {self.get_to_display()}"
