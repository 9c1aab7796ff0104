"""Recommendations and what becomes of them (WP 2021-2023 para 32b; domain.md section 7).

Where one comes from is a kind and a reference, as the document prints it ("A/HRC/44/53/Add.1", "AL KAZ 2/2019").
A visit or a thematic report is pointed at as well; a letter is not, because this wing does not know communications
and a pointer would tell that a letter exists before it is published (domain.md R1).
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iesogi.reference.text import fold
from visits.recommendations.enums import (
    THEMATIC,
    Addressee,
    Measure,
    Position,
    Rhythm,
    SourceKind,
    Status,
)
from visits.recommendations.querysets import RecommendationQuerySet


class Recommendation(models.Model):
    reference = models.CharField(
        _("reference"),
        max_length=80,
        blank=True,
        help_text=_("Left empty it is the symbol with the paragraph. An import finds the row again by it."),
    )
    text = models.TextField(_("text"), help_text=_("As printed."))
    source_kind = models.CharField(_("comes from"), max_length=16, choices=SourceKind)
    source_symbol = models.CharField(
        _("symbol or reference of the source"), max_length=60, help_text=_("As printed: A/HRC/44/53/Add.1.")
    )
    source_paragraph = models.CharField(_("paragraph"), max_length=20, blank=True, help_text=_("For example 75 (a)."))
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    source_public_on = models.DateField(
        _("source public since"),
        null=True,
        blank=True,
        help_text=_("The public sees a recommendation only when its source is public. Empty: not public."),
    )
    visit = models.ForeignKey(
        "visits.Visit",
        verbose_name=_("visit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )
    report = models.ForeignKey(
        "reports.Report",
        verbose_name=_("thematic report"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )
    country = models.ForeignKey(
        "reference.Country",
        verbose_name=_("State"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
        help_text=_("Empty where all States, or none, are spoken to."),
    )
    addressee = models.CharField(_("addressed to"), max_length=14, choices=Addressee, default=Addressee.STATE)
    addressee_name = models.CharField(
        _("body addressed"), max_length=200, blank=True, help_text=_("For example: Ministry of Justice.")
    )
    measure = models.CharField(_("measure"), max_length=8, choices=Measure, blank=True)
    position = models.CharField(_("position of the State"), max_length=18, choices=Position, default=Position.NONE)
    specificity = models.PositiveSmallIntegerField(
        _("specificity"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("From 1, a general call, to 5, one specific act."),
    )
    due_on = models.DateField(
        _("to be implemented by"), null=True, blank=True, help_text=_("Only where the recommendation sets a time.")
    )
    tags = models.ManyToManyField(
        "visits.RecommendationTag",
        verbose_name=_("themes, persons and Goals"),
        blank=True,
        related_name="recommendations",
    )
    status = models.CharField(
        _("implementation"), max_length=22, choices=Status, default=Status.NOT_ASSESSED, editable=False
    )
    latest = models.ForeignKey(
        "visits.Assessment",
        verbose_name=_("latest assessment"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rhythm = models.PositiveSmallIntegerField(
        _("news asked for"), choices=Rhythm, default=Rhythm.NEVER, editable=False
    )
    review = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("next update"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_public = models.BooleanField(_("shown to the public"), default=False, editable=False)
    is_sample = models.BooleanField(_("sample of a trial"), default=False, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                name="recommendation_reference_once",
                violation_error_message=_("Another recommendation has this reference already. Open that one."),
            ),
            models.CheckConstraint(
                name="recommendation_public_only_with_its_source",
                condition=Q(is_public=False) | Q(source_public_on__isnull=False),
                violation_error_message=_(
                    "The source of this recommendation is not public, so it cannot be shown. "
                    "Enter since when the source is public, or keep the recommendation inside."
                ),
            ),
            models.CheckConstraint(
                name="recommendation_visit_only_for_visit_reports",
                condition=Q(visit=None) | Q(source_kind=SourceKind.VISIT_REPORT),
                violation_error_message=_("Only a recommendation of a visit report belongs to a visit."),
            ),
            models.CheckConstraint(
                name="recommendation_report_only_for_thematic_reports",
                condition=Q(report=None) | Q(source_kind__in=sorted(THEMATIC)),
                violation_error_message=_("Only a recommendation of a thematic report belongs to one."),
            ),
            models.CheckConstraint(
                name="recommendation_specificity_from_1_to_5",
                condition=Q(specificity=None) | Q(specificity__range=(1, 5)),
                violation_error_message=_("Specificity goes from 1 to 5."),
            ),
            models.CheckConstraint(
                name="recommendation_status_rests_on_an_assessment",
                condition=Q(status=Status.NOT_ASSESSED, latest=None)
                | ~Q(status=Status.NOT_ASSESSED) & Q(latest__isnull=False),
                violation_error_message=_("The status of a recommendation follows from its latest assessment."),
            ),
        ]
        indexes = [
            models.Index(fields=["is_public", "status"], name="recommendations_by_status"),
            models.Index(fields=["country", "status"], name="recommendations_of_a_state"),
            models.Index(fields=["source_symbol"], name="recommendations_by_symbol"),
        ]

    def __str__(self):
        return self.reference

    def save(self, *args, **kwargs):
        self.fill()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("recommendations:detail", kwargs={"pk": self.pk})

    def clean(self):
        self.fill()
        if sentence := self.misplaced:
            raise ValidationError({"visit": sentence})

    @property
    def misplaced(self):
        """Why it cannot belong to its visit (R14); empty when it can, or when it belongs to none."""
        if self.visit is None:
            return ""
        if sentence := self.visit.no_recommendations:
            return sentence
        if self.country_id and self.country_id != self.visit.country_id:
            sentence = gettext(
                "The visit was to %(where)s, and the recommendation names another State. Check visit, symbol, State."
            )
            return sentence % {"where": self.visit.where}
        return ""

    def fill(self):
        """Reference and search text follow from what was entered."""
        self.reference = self.reference.strip() or self.printed_source[:80]
        words = (self.reference, self.source_symbol, self.source_paragraph, self.addressee_name, self.text)
        self.search_text = fold(" ".join(words))

    @property
    def printed_source(self):
        paragraph = self.source_paragraph and gettext("para. %(number)s") % {"number": self.source_paragraph}
        return ", ".join(filter(None, [self.source_symbol.strip(), paragraph]))

    @property
    def is_secret(self):
        """It stems from a letter that is not public: the row itself would tell that the letter exists (R1)."""
        return self.source_kind == SourceKind.COMMUNICATION and self.source_public_on is None

    @property
    def neutral_label(self):
        return gettext("Recommendation %(number)d") % {"number": self.pk} if self.is_secret else str(self)
