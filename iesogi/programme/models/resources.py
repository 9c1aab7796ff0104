"""What the work needs, what of it came, and which money may pay for what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iesogi.programme.enums import Activity, ResourceKind
from iesogi.programme.models.document import WorkProgramme
from iesogi.reference.enums import FundingSource
from iesogi.reference.models import Figure


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
