"""The programme of a visit: its days, whom it meets, who travels; and what it brought home."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visits.enums import CoverageKind, MeetingCategory, MeetingState, TeamRole
from visits.models.visits import Visit
from visits.querysets import MeetingQuerySet


class VisitDay(models.Model):
    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.CASCADE, related_name="programme_days")
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120, help_text=_("A city or region, never an address."))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("day of a visit")
        verbose_name_plural = _("days of visits")
        ordering = ["on", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "on", "place"],
                name="visitday_once_per_place",
                violation_error_message=_("This day has this place already."),
            )
        ]

    def __str__(self):
        return f"{self.on.isoformat()} {self.place}"

    def clean(self):
        if self.visit_id and self.on:
            self.visit.require_day(self.on)


class Meeting(models.Model):
    """Whom the visit meets, by category. Affected persons stay without a name, a place and a number below five."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField(_("day"))
    at = models.TimeField(_("time, where it takes place"), null=True, blank=True)
    category = models.CharField(_("category"), max_length=16, choices=MeetingCategory)
    counterpart = models.CharField(
        _("with"),
        max_length=200,
        blank=True,
        help_text=_("An institution or organization, never a person. Stays empty for affected persons."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    discreet = models.BooleanField(
        _("discreet"), default=False, help_text=_("Contact could endanger the other side: keep only day and category.")
    )
    persons = models.PositiveSmallIntegerField(_("persons met"), null=True, blank=True, help_text=_("About how many."))
    state = models.CharField(_("state"), max_length=8, choices=MeetingState, default=MeetingState.PLANNED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of a visit")
        verbose_name_plural = _("meetings of visits")
        ordering = ["on", F("at").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_at_risk_names_nobody",
                condition=Q(counterpart="", place="") | ~Q(category=MeetingCategory.AFFECTED) & Q(discreet=False),
                violation_error_message=_(
                    "A meeting with affected persons, or a discreet one, holds neither a name nor a place: both live "
                    "in sealed cases only. Leave these fields empty."
                ),
            )
        ]

    def __str__(self):
        return f"{self.on.isoformat()} {self.get_category_display()}"

    @property
    def is_at_risk(self):
        """Whom it is with stands in a sealed case, if anywhere."""
        return self.discreet or self.category == MeetingCategory.AFFECTED

    def clean(self):
        if self.visit_id and self.on:
            self.visit.require_day(self.on)


class TeamMember(models.Model):
    """Who goes, with the days of travel assigned and those used; ten days and one staff (WP 2021-2023 Note 2)."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.CASCADE, related_name="team")
    role = models.CharField(_("role"), max_length=12, choices=TeamRole)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member of staff"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    function = models.CharField(_("function"), max_length=120, blank=True, help_text=_("For example: P-3 officer."))
    days_assigned = models.PositiveSmallIntegerField(_("days of travel assigned"), null=True, blank=True)
    days_used = models.PositiveSmallIntegerField(_("days of travel used"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("team of the visit")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_role_display()}: {self.user or self.function}".removesuffix(": ")


class GoodPractice(models.Model):
    """A good practice or success story met on a visit (WP 2021-2023 paras 20, 43)."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.CASCADE, related_name="good_practices")
    text = models.CharField(_("what works"), max_length=400, help_text=_("Name no person."))
    paragraph = models.CharField(_("paragraph of the report"), max_length=20, blank=True)
    is_public = models.BooleanField(_("public"), default=False)

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:80]


class Coverage(models.Model):
    """What media said about a visit: attention is part of its effect (WP 2021-2023 para 21)."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.CASCADE, related_name="coverage")
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=CoverageKind)
    outlet = models.CharField(_("outlet"), max_length=120)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("link"), max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])])
    language = models.CharField(_("language"), max_length=10, blank=True, help_text=_("A code, for example fr."))

    class Meta:
        verbose_name = _("media coverage")
        verbose_name_plural = _("media coverage")
        ordering = ["-on", "pk"]

    def __str__(self):
        return f"{self.outlet}: {self.title}"[:120]
