from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iesogi.audit.querysets import AppendOnlyQuerySet
from iesogi.safety.enums import (
    Act,
    Actor,
    Agreement,
    Cooperation,
    Demand,
    ReprisalState,
    Response,
    Responsibility,
    Rung,
)
from iesogi.safety.querysets import ReprisalQuerySet


def demands_open():
    return {demand.value: Response.NOT_ASKED.value for demand in Demand}


class Reprisal(models.Model):
    """An act against people because of their contact with the mandate or another part of the United Nations.

    The row knows what happened, never to whom: no name, no pointer to a case, not even a reference. Staff who have
    to know the persons keep them in the sealed case and find this row by its label (domain.md section 6, R24).
    """

    label = models.CharField(
        _("label"), max_length=60, unique=True, help_text=_("Neutral, for example Reprisal 2026-3. Name no person.")
    )
    country = models.ForeignKey(
        "reference.Country", verbose_name=_("State"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cooperation = models.CharField(_("because of"), max_length=14, choices=Cooperation)
    cooperation_label = models.CharField(
        _("activity"), max_length=200, blank=True, help_text=_("In neutral words: country visit, second quarter.")
    )
    cooperation_url = models.CharField(_("link to the activity"), max_length=300, blank=True)
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    reported_on = models.DateField(_("known since"))
    act = models.CharField(_("act"), max_length=14, choices=Act)
    actor = models.CharField(_("alleged actor"), max_length=10, choices=Actor, default=Actor.UNKNOWN)
    responsibility = models.CharField(
        _("part of the State"), max_length=10, choices=Responsibility, default=Responsibility.UNCLEAR
    )
    confidential = models.CharField(
        _("may be raised with the Government"), max_length=10, choices=Agreement, default=Agreement.NOT_ASKED
    )
    public = models.CharField(
        _("may be raised in public"), max_length=10, choices=Agreement, default=Agreement.NOT_ASKED
    )
    demands = models.JSONField(_("demands on the State"), default=demands_open, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=ReprisalState, default=ReprisalState.OPEN, editable=False
    )
    outcome = models.CharField(_("outcome"), max_length=300, blank=True, editable=False)
    follow_up = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("next follow-up"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sg_report_year = models.PositiveSmallIntegerField(
        _("in the Secretary-General’s report of"), null=True, blank=True, help_text=_("Year of the report, or empty.")
    )
    sg_anonymised = models.BooleanField(_("without names there"), default=True)

    objects = ReprisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("reprisal")
        verbose_name_plural = _("reprisals")
        ordering = ["-reported_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reprisal_closed_has_its_outcome",
                condition=Q(state=ReprisalState.OPEN) | ~Q(outcome=""),
                violation_error_message=_("Say how it ended before you close it."),
            ),
            models.CheckConstraint(
                name="reprisal_known_after_it_happened",
                condition=Q(happened_on=None) | Q(reported_on__gte=models.F("happened_on")),
                violation_error_message=_("It cannot be known before it happened. Check both dates."),
            ),
            models.CheckConstraint(
                name="reprisal_named_in_public_with_agreement",
                condition=Q(sg_report_year=None) | Q(sg_anonymised=True) | Q(public=Agreement.YES),
                violation_error_message=_(
                    "The report of the Secretary-General is public. It names people only if they agree to that."
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "-reported_on"], name="reprisals_by_state")]

    def __str__(self):
        return self.label

    @property
    def is_open(self):
        return self.state == ReprisalState.OPEN

    @property
    def demands_in_words(self):
        return [(demand.label, Response(self.demands.get(demand, Response.NOT_ASKED)).label) for demand in Demand]


class ReprisalStep(models.Model):
    """One rung of the ladder that was taken. Rows are only added."""

    reprisal = models.ForeignKey(Reprisal, verbose_name=_("reprisal"), on_delete=models.PROTECT, related_name="steps")
    rung = models.CharField(_("step"), max_length=14, choices=Rung)
    on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Name no person."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("step on a reprisal")
        verbose_name_plural = _("steps on reprisals")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return self.get_rung_display()
