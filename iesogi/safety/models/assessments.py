from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iesogi.safety.enums import GOES_AHEAD, CheckPoint, Level, Method, Precaution, Verdict
from iesogi.safety.querysets import AssessmentQuerySet


def validate_precautions(value):
    if not isinstance(value, list) or not set(value) <= set(Precaution.values):
        raise ValidationError(_("The checklist is a list of known precautions. Choose them from the list."))


class RiskAssessment(models.Model):
    """What could happen to people because of an activity, what is done about it, and whether it goes ahead.

    Rows are neutral: who is at risk stands in sealed cases only. The activity is a label and a URL in text, because
    this room knows no wing; a visit, a letter or a consultation points down to its assessment by a real key.
    A decided assessment is never typed over: a new version replaces it (WP 2021-2023 para 7; domain.md R15).
    """

    subject_label = models.CharField(
        _("activity"),
        max_length=200,
        help_text=_("In neutral words, for example: country visit, second quarter. Name no person and no case."),
    )
    subject_url = models.CharField(_("link to the activity"), max_length=300, blank=True)
    country = models.ForeignKey(
        "reference.Country", verbose_name=_("State"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    method = models.CharField(_("method of work"), max_length=14, choices=Method)
    check_point = models.CharField(_("check point"), max_length=10, choices=CheckPoint, default=CheckPoint.PLANNING)
    threat = models.TextField(
        _("threat"), help_text=_("Who might act against people, and how: kinds of actors, never persons.")
    )
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=Level)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Level)
    exposure = models.PositiveSmallIntegerField(
        _("exposure"), choices=Level, help_text=_("How visible contact with the mandate makes people.")
    )
    digital = models.PositiveSmallIntegerField(
        _("digital risk"), choices=Level, help_text=_("Surveillance, seized devices, leaked lists, posts of others.")
    )
    mitigation = models.TextField(_("mitigation"), blank=True, help_text=_("What makes each of these risks smaller."))
    safe_contact = models.TextField(
        _("safe-contact plan"),
        blank=True,
        help_text=_("How people are met and written to, and what to do when something goes wrong."),
    )
    precautions = models.JSONField(
        _("zero-tolerance checklist"), default=list, blank=True, validators=[validate_precautions]
    )
    methodology = models.CharField(
        _("methodology"), max_length=80, blank=True, help_text=_("Name and version of the method that was followed.")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    verdict = models.CharField(_("decision"), max_length=12, choices=Verdict, default=Verdict.PENDING, editable=False)
    conditions = models.TextField(_("reason or conditions"), blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    review_on = models.DateField(_("holds until"), null=True, editable=False)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk assessment")
        verbose_name_plural = _("risk assessments")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="riskassessment_decision_is_named_and_dated",
                condition=Q(verdict=Verdict.PENDING, decided_by=None, decided_on=None, review_on=None)
                | ~Q(verdict=Verdict.PENDING)
                & Q(decided_by__isnull=False, decided_on__isnull=False, review_on__isnull=False),
                violation_error_message=_(
                    "A decision names the officer who took it, its day, and the day until which it holds."
                ),
            ),
            models.CheckConstraint(
                name="riskassessment_go_needs_a_plan",
                condition=~Q(verdict__in=sorted(GOES_AHEAD)) | ~Q(mitigation="") & ~Q(safe_contact=""),
                violation_error_message=_(
                    "An activity goes ahead only with mitigation and a safe-contact plan. Write both first."
                ),
            ),
            models.CheckConstraint(
                name="riskassessment_conditions_are_said",
                condition=~Q(verdict__in=[Verdict.CONDITIONAL, Verdict.NO_GO]) | ~Q(conditions=""),
                violation_error_message=_("Say the conditions, or why the activity must not go ahead."),
            ),
            models.CheckConstraint(
                name="riskassessment_holds_for_a_time",
                condition=Q(review_on=None) | Q(review_on__gte=F("decided_on")),
                violation_error_message=_("The assessment cannot lapse before it was decided. Check both dates."),
            ),
        ]
        indexes = [models.Index(fields=["method", "verdict"], name="riskassessment_by_method")]

    def __str__(self):
        return f"{self.subject_label}, {self.get_check_point_display()} ({self.version})"

    @property
    def is_decided(self):
        return self.verdict != Verdict.PENDING

    @property
    def level(self):
        """The worst of likelihood with severity, exposure and digital risk: low risk in sum needs all to be low.

        Likelihood and severity are weighed together (their mean, rounded up); the other two stand for themselves.
        """
        weighed = -(-(self.likelihood + self.severity) // 2)
        return Level(max(weighed, self.exposure, self.digital))

    @property
    def precautions_in_words(self):
        """The whole checklist in its order, each point with whether it is in place."""
        return [(precaution.label, precaution in self.precautions) for precaution in Precaution]

    @property
    def open_precautions(self):
        return [precaution for precaution in Precaution if precaution not in self.precautions]
