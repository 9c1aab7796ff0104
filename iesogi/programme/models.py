"""The work programme as records: its text, its promises, its baseline, its resources, and where it contradicts itself.

Figures stand as they were printed (R21); sums are computed beside them and never stored in their place.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iesogi.programme.enums import Activity, Period, ResourceKind
from iesogi.programme.querysets import ProductTargetQuerySet, WorkProgrammeQuerySet
from iesogi.reference.enums import FundingSource, Qualifier
from iesogi.reference.models import Figure


class WorkProgramme(models.Model):
    code = models.SlugField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("label"), max_length=150)
    title = models.CharField(_("title"), max_length=300)
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))
    subject_to_renewal_from = models.DateField(
        _("subject to renewal from"), null=True, blank=True, help_text=_("Activities after this day need a new term.")
    )
    holder = models.ForeignKey("reference.MandateHolder", verbose_name=_("mandate holder"), on_delete=models.PROTECT)
    role = models.CharField(_("role of the document"), max_length=300, blank=True)
    as_of = models.DateField(_("figures of the baseline as of"), null=True, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = WorkProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        ordering = ["-period_start"]
        constraints = [
            models.CheckConstraint(
                name="workprogramme_period_ends_after_it_starts",
                condition=Q(period_end__gt=F("period_start")),
                violation_error_message=_("The period ends before it starts. Check both dates."),
            )
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("programme:detail")

    @property
    def years(self):
        return range(self.period_start.year, self.period_end.year + 1)


class Section(models.Model):
    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(_("code"), max_length=40)
    number = models.CharField(_("number"), max_length=10)
    label = models.CharField(_("heading"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"))
    description = models.CharField(_("what it holds"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="section_code_once_per_programme",
                violation_error_message=_("The programme has a section with this code already."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.label}"


class Paragraph(models.Model):
    """A numbered paragraph in Markdown. `{code}` stands for a printed figure, so text and table cannot differ."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="paragraphs")
    number = models.PositiveSmallIntegerField(_("number"))
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown; {code} stands for a printed figure."))
    exhibits = models.JSONField(_("lists and tables that follow"), default=list, blank=True)

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"],
                name="paragraph_number_once_per_section",
                violation_error_message=_("The section has a paragraph with this number already."),
            )
        ]

    def __str__(self):
        return str(_("Paragraph %(number)s")) % {"number": self.number}


class Footnote(models.Model):
    """A note by its printed number; the text may be missing in print (trap 22)."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="footnotes")
    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.CASCADE, related_name="footnotes")
    number = models.PositiveSmallIntegerField(_("number"))
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("footnote")
        verbose_name_plural = _("footnotes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="footnote_number_once_per_programme",
                violation_error_message=_("The programme has a footnote with this number already."),
            )
        ]

    def __str__(self):
        return str(_("Footnote %(number)s")) % {"number": self.number}


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


class Resource(models.Model):
    """A line of Note 2: assigned against materialised. Unknown stays empty and is never read as zero."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(_("kind"), max_length=12, choices=ResourceKind)
    code = models.SlugField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=200)
    place = models.CharField(_("place"), max_length=60, blank=True)
    months = models.DecimalField(_("months assigned a year"), max_digits=4, decimal_places=1, null=True, blank=True)
    trips = models.PositiveSmallIntegerField(_("trips a year"), null=True, blank=True)
    days_each = models.PositiveSmallIntegerField(_("days each"), null=True, blank=True)
    accompanying_staff = models.PositiveSmallIntegerField(_("accompanying staff"), default=0)
    donor = models.ForeignKey(
        "reference.Country", verbose_name=_("donor"), null=True, blank=True, on_delete=models.PROTECT
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    basis = models.CharField(_("basis"), max_length=120, blank=True, help_text=_("For example: per year or in total."))
    contribution_years = models.JSONField(_("years of the contribution"), default=list, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="resource_code_once_per_programme",
                violation_error_message=_("The programme has a resource with this code already."),
            ),
            models.CheckConstraint(
                name="resource_says_how_much",
                condition=Q(kind__in=[ResourceKind.STAFF, ResourceKind.CONSULTANCY], months__isnull=False)
                | Q(kind=ResourceKind.TRAVEL, trips__isnull=False, days_each__isnull=False)
                | Q(kind=ResourceKind.CONTRIBUTION),
                violation_error_message=_("Staff needs months; travel needs trips and the days of each."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def days(self):
        return self.trips * self.days_each if self.trips is not None else None

    @property
    def staff_days(self):
        return self.days * self.accompanying_staff if self.trips is not None else None


class Materialised(models.Model):
    """What arrived of a resource in one year: months of staff or trips; empty while nothing is stated."""

    resource = models.ForeignKey(
        Resource, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="materialised"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quantity = models.DecimalField(_("months or trips"), max_digits=5, decimal_places=1, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("materialised resource")
        verbose_name_plural = _("materialised resources")
        ordering = ["resource", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "year"],
                name="materialised_once_a_year",
                violation_error_message=_("This year is recorded for the resource already."),
            )
        ]

    def __str__(self):
        return f"{self.resource}, {self.year}"


class FundingRule(models.Model):
    """Which money may pay for an activity, and why (architecture decision 13)."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="funding_rules")
    activity = models.CharField(_("activity"), max_length=24, choices=Activity)
    allowed = models.JSONField(_("allowed sources"), default=list, blank=True)
    staff_only = models.JSONField(_("carried out only by"), default=list, blank=True)
    cap_per_year = models.PositiveSmallIntegerField(_("at most a year"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("funding rule")
        verbose_name_plural = _("funding rules")
        ordering = ["activity"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "activity"],
                name="fundingrule_once_per_activity",
                violation_error_message=_("The programme has a funding rule for this activity already."),
            )
        ]

    def __str__(self):
        return self.get_activity_display()

    @property
    def allowed_labels(self):
        return [FundingSource(code).label for code in self.allowed]


class FundingShare(Figure):
    """So many promotional visits from each source: six, six and six (WP 2021-2023 para 26)."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="funding_shares")
    source = models.CharField(_("source"), max_length=24, choices=FundingSource)
    region_tag = models.ForeignKey(
        "reference.RegionTag", verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT
    )
    aim = models.CharField(_("aim"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("share of promotional visits")
        verbose_name_plural = _("shares of promotional visits")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "source"],
                name="fundingshare_once_per_source",
                violation_error_message=_("The programme has a share for this source already."),
            )
        ]

    def __str__(self):
        return self.get_source_display()


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
