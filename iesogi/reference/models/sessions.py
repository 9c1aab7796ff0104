from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Evidence, Forum
from iesogi.reference.querysets import SessionQuerySet


class Session(models.Model):
    """A session of the Council (its June one, where this mandate reports) or of the General Assembly."""

    forum = models.CharField(_("forum"), max_length=3, choices=Forum)
    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    dates_evidence = models.CharField(
        _("evidence for the dates"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED
    )
    takes_report = models.BooleanField(_("the mandate reports here"), default=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("UN session")
        verbose_name_plural = _("UN sessions")
        ordering = ["-year", "forum"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "number"],
                name="session_once_per_forum",
                violation_error_message=_("This session of the forum is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["forum", "year"],
                condition=Q(takes_report=True),
                name="session_one_report_slot_a_year",
                violation_error_message=_("The mandate reports to this forum once a year; another session holds it."),
            ),
            models.CheckConstraint(
                name="session_of_the_assembly_follows_the_year",
                condition=Q(number=F("year") - 1945) | ~Q(forum=Forum.GA),
                violation_error_message=_("General Assembly sessions are counted from 1946: 2024 opens number 79."),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The session ends before it starts. Check both dates."),
            ),
        ]

    def __str__(self):
        return f"{self.forum} {self.number} ({self.year})"
