"""What the work programme counts and promises. Figures stand as printed (R21); sums are computed beside them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iesogi.programme.enums import Period
from iesogi.programme.models.document import WorkProgramme
from iesogi.programme.querysets import ProductTargetQuerySet
from iesogi.reference.enums import Qualifier
from iesogi.reference.models import Figure


class PrintedFigure(Figure):
    """A stand-alone figure of the programme with its unit, period and qualifier."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="figures")
    code = models.SlugField(_("code"), max_length=60)
    label = models.CharField(_("label"), max_length=250)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    period_start = models.DateField(_("period starts"), null=True, blank=True)
    period_end = models.DateField(_("period ends"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True, help_text=_("What it counts, or who said it."))

    class Meta:
        verbose_name = _("printed figure")
        verbose_name_plural = _("printed figures")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="printedfigure_code_once_per_programme",
                violation_error_message=_("The programme has a figure with this code already."),
            )
        ]

    def __str__(self):
        return self.label


class ProductTarget(Figure):
    """A line of paragraph 30: so many a year or a month, with how firm the promise is (R20)."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="targets")
    code = models.SlugField(_("code"), max_length=40)
    letter = models.CharField(_("letter"), max_length=1)
    label = models.CharField(_("product"), max_length=200)
    period = models.CharField(_("period"), max_length=5, choices=Period)

    objects = ProductTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("product target")
        verbose_name_plural = _("product targets")
        ordering = ["programme", "letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="producttarget_code_once_per_programme",
                violation_error_message=_("The programme has a target with this code already."),
            ),
            models.CheckConstraint(
                name="producttarget_is_a_positive_number",
                condition=Q(quantity__gt=0),
                violation_error_message=_("A target is a number above zero."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def per_year(self):
        return int(self.quantity) * Period(self.period).times_a_year

    @property
    def in_period(self):
        """Over all years of the programme: the target spreads evenly over them."""
        return self.per_year * len(self.programme.years)


class ActivityCount(Figure):
    """A line of Note 1: what was counted from January 2018 to December 2020. Lines do not add up across kinds."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="activity_counts")
    letter = models.CharField(_("letter"), max_length=1)
    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("activity"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    meetings_total = models.PositiveIntegerField(_("meetings in total"), null=True, blank=True)
    meetings_qualifier = models.CharField(
        _("how sure the total of meetings is"), max_length=10, choices=Qualifier, blank=True
    )
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))
    as_of = models.DateField(_("as of"))
    forecast = models.BooleanField(
        _("forecast"), default=False, help_text=_("Printed before the period had ended (trap 26).")
    )

    class Meta:
        verbose_name = _("counted activity")
        verbose_name_plural = _("counted activities")
        ordering = ["programme", "letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "letter"],
                name="activitycount_letter_once_per_programme",
                violation_error_message=_("The programme has a counted activity with this letter already."),
            )
        ]

    def __str__(self):
        return self.label


class Contradiction(models.Model):
    """A place where printed figures or words do not agree; all are kept and shown (acceptance table, section 6)."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="contradictions")
    number = models.PositiveSmallIntegerField(_("number"))
    topic = models.CharField(_("topic"), max_length=150)
    keep = models.CharField(_("what is kept"), max_length=60)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("contradiction as printed")
        verbose_name_plural = _("contradictions as printed")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="contradiction_number_once_per_programme",
                violation_error_message=_("The programme has a contradiction with this number already."),
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.topic}"


class Statement(models.Model):
    """One side of a contradiction: what is said, where, and whether it was printed or computed."""

    contradiction = models.ForeignKey(Contradiction, on_delete=models.CASCADE, related_name="statements")
    letter = models.CharField(_("letter"), max_length=1)
    value = models.CharField(_("value"), max_length=120)
    measure = models.CharField(_("what it measures"), max_length=120, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=10, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, default="printed")
    parts = models.JSONField(_("parts"), default=list, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["contradiction", "letter"],
                name="statement_letter_once",
                violation_error_message=_("This contradiction has a statement with this letter already."),
            )
        ]

    def __str__(self):
        return self.value
