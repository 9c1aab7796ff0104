"""Consultations and expert meetings for a report: who was heard as counts, never as names (WP 2021-2023 para 19a)."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import FundingSource
from reports.calls.enums import Category
from reports.consultations.enums import TOOK_PLACE, Kind, Region, Setting, State
from reports.consultations.querysets import ConsultationQuerySet


class Consultation(models.Model):
    title = models.CharField(_("title"), max_length=200, help_text=_("In neutral words; name no person."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PUBLIC)
    report = models.ForeignKey(
        "reports.Report",
        verbose_name=_("report"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consultations",
        help_text=_("Empty where it serves no report, such as a regional dialogue."),
    )
    region = models.CharField(
        _("region"), max_length=20, choices=Region, blank=True, help_text=_("Empty where it is for the whole world.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED, editable=False)
    setting = models.CharField(_("how people meet"), max_length=10, choices=Setting, default=Setting.IN_PERSON)
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("For example New York, or a university of the Global South."),
    )
    host = models.CharField(_("hosted by"), max_length=200, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    languages = models.CharField(
        _("languages"), max_length=100, blank=True, help_text=_("Spoken and interpreted, for example English, Arabic.")
    )
    announced = models.BooleanField(
        _("shown to the public"),
        default=False,
        help_text=_("On the page of the report and in the public calendar, once it is open to participants."),
    )
    participation = models.TextField(
        _("how affected communities take part"),
        blank=True,
        help_text=_("In the design, in the room and afterwards. Name no person. Asked for before it opens."),
    )
    from_communities = models.PositiveIntegerField(
        _("of them from affected communities"),
        null=True,
        blank=True,
        help_text=_("As far as people said so themselves; empty where nobody was asked."),
    )
    background_sent_on = models.DateField(
        _("background document sent on"), null=True, blank=True, help_text=_("Before an expert meeting.")
    )
    risk_assessment = models.ForeignKey(
        "safety.RiskAssessment",
        verbose_name=_("risk assessment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Decided in favour and current before it opens; a newer version is linked anew."),
    )
    funding = models.CharField(_("paid from"), max_length=24, choices=FundingSource, blank=True)
    cost_planned = models.DecimalField(
        _("cost planned, in US dollars"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    cost_actual = models.DecimalField(_("cost, in US dollars"), max_digits=12, decimal_places=2, null=True, blank=True)
    staff_days = models.PositiveSmallIntegerField(_("days of staff"), null=True, blank=True)
    outcome_title = models.CharField(
        _("report of the meeting"), max_length=200, blank=True, help_text=_("What came out of it, by its title.")
    )
    outcome_on = models.DateField(_("finished on"), null=True, blank=True)
    outcome_url = models.CharField(
        _("link to it"), max_length=300, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    recorded_on = models.DateField(
        _("recorded afterwards on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("For what was held before the portal knew of it: no risk assessment stands behind it here."),
    )
    recorded_why = models.CharField(_("why it was recorded afterwards"), max_length=300, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation or expert meeting")
        verbose_name_plural = _("consultations and expert meetings")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="consultation_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                violation_error_message=_("It cannot end before it starts. Check both days."),
            ),
            models.CheckConstraint(
                name="consultation_open_is_assessed",
                condition=~Q(state=State.OPEN) | Q(risk_assessment__isnull=False) & ~Q(participation=""),
                violation_error_message=_(
                    "What is open to participants has a risk assessment and says how affected communities take part."
                ),
            ),
            models.CheckConstraint(
                name="consultation_held_went_through_the_gate",
                condition=~Q(state__in=sorted(TOOK_PLACE))
                | Q(recorded_on__isnull=False)
                | Q(risk_assessment__isnull=False) & ~Q(participation=""),
                violation_error_message=_(
                    "What was held had its risk assessment, or says that it was recorded afterwards, and why."
                ),
            ),
            models.CheckConstraint(
                name="consultation_recorded_afterwards_lay_in_the_past",
                condition=Q(recorded_on=None, recorded_why="")
                | Q(state__in=sorted(TOOK_PLACE), recorded_on__isnull=False, starts_on__lt=F("recorded_on"))
                & ~Q(recorded_why="")
                & (Q(ends_on=None) | Q(ends_on__lt=F("recorded_on"))),
                violation_error_message=_(
                    "Only what was over before may be recorded afterwards, with the reason. Check both days."
                ),
            ),
            models.CheckConstraint(
                name="consultation_held_has_its_day",
                condition=~Q(state__in=sorted(TOOK_PLACE)) | Q(starts_on__isnull=False),
                violation_error_message=_("Enter the day on which it was held."),
            ),
            models.CheckConstraint(
                name="consultation_reported_has_its_report",
                condition=~Q(state=State.REPORTED) | ~Q(outcome_title="") & Q(outcome_on__isnull=False),
                violation_error_message=_("Enter the title of the report of the meeting and the day it was finished."),
            ),
            models.CheckConstraint(
                name="consultation_costs_nothing_below_zero",
                condition=(Q(cost_planned=None) | Q(cost_planned__gte=0))
                & (Q(cost_actual=None) | Q(cost_actual__gte=0)),
                violation_error_message=_("A cost is zero or more."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "region", "state"], name="consultation_by_region")]

    def __str__(self):
        return self.title

    @property
    def participants(self):
        """All that were counted; None while nothing was."""
        numbers = [each.number for each in self.attendances.all()]
        return sum(numbers) if numbers else None


class Attendance(models.Model):
    """How many of one category took part: a number, no list of names is kept anywhere."""

    consultation = models.ForeignKey(
        Consultation, verbose_name=_("consultation"), on_delete=models.CASCADE, related_name="attendances"
    )
    category = models.CharField(_("category"), max_length=16, choices=Category)
    number = models.PositiveIntegerField(_("number of people"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["consultation", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "category"],
                name="attendance_once_a_category",
                violation_error_message=_("This category is counted already. Change that number."),
            )
        ]

    def __str__(self):
        return f"{self.get_category_display()}: {self.number}"
