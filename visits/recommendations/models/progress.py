"""What is done about recommendations, and how far it went."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visits.recommendations.addresses import validate_web
from visits.recommendations.enums import (
    ASSESSABLE,
    SHAPES,
    ActionState,
    Assessor,
    Grade,
    Status,
)
from visits.recommendations.querysets import AssessmentQuerySet


class RecommendationAction(models.Model):
    """What somebody does; one action may answer many recommendations, and one recommendation needs many actions."""

    title = models.CharField(_("title"), max_length=200)
    country = models.ForeignKey(
        "reference.Country", verbose_name=_("State"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead = models.CharField(_("lead institution"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ActionState, default=ActionState.PLANNED)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    url = models.CharField(_("link to a public page"), blank=True, max_length=300, validators=[validate_web])
    is_public = models.BooleanField(_("shown to the public"), default=False)
    recommendations = models.ManyToManyField(
        "visits.Recommendation", verbose_name=_("answers"), blank=True, related_name="actions"
    )

    class Meta:
        verbose_name = _("action on recommendations")
        verbose_name_plural = _("actions on recommendations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="recommendationaction_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The action ends before it starts. Check both dates."),
            )
        ]

    def __str__(self):
        return self.title


class Assessment(models.Model):
    """One dated finding on one recommendation. Rows are added, never changed, in the database too (domain.md R24).

    A wrong one is corrected by a later one that says so; then it counts no more and is still there to be read.
    """

    recommendation = models.ForeignKey(
        "visits.Recommendation", verbose_name=_("recommendation"), on_delete=models.PROTECT, related_name="assessments"
    )
    status = models.CharField(
        _("implementation"), max_length=22, choices=[(status.value, status.label) for status in ASSESSABLE]
    )
    on = models.DateField(_("found on"))
    assessor = models.CharField(_("finding of"), max_length=8, choices=Assessor)
    assessor_name = models.CharField(
        _("name of the body"), max_length=200, blank=True, help_text=_("An institution, never a person.")
    )
    grade = models.CharField(_("support"), max_length=12, choices=Grade, default=Grade.CLAIMED)
    evidence = models.TextField(_("evidence"), help_text=_("What shows it: a law, a judgment, a programme."))
    url = models.CharField(_("link to the evidence"), blank=True, max_length=300, validators=[validate_web])
    evidence_is_public = models.BooleanField(_("evidence shown to the public"), default=False)
    action = models.ForeignKey(
        RecommendationAction,
        verbose_name=_("action"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    update = models.OneToOneField(
        "visits.PublicUpdate",
        verbose_name=_("update from the public"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_has_evidence",
                condition=~Q(evidence=""),
                violation_error_message=_("An assessment says what shows it. Enter the evidence."),
            ),
            models.CheckConstraint(
                name="assessment_says_something",
                condition=~Q(status=Status.NOT_ASSESSED),
                violation_error_message=_("An assessment says how far implementation went."),
            ),
        ]
        indexes = [models.Index(fields=["recommendation", "-on"], name="assessments_newest_first")]

    def __str__(self):
        return f"{self.get_status_display()}, {self.on.isoformat()}"

    @property
    def shape(self):
        return SHAPES[self.status]
