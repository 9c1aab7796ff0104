from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines.clock import short
from iesogi.reference.enums import Evidence, FundingSource
from iesogi.reference.models import Figure
from reports.models import validate_symbol
from visits.enums import PUBLIC_LABELS, FollowUp, VisitKind, VisitState
from visits.querysets import AppendOnlyQuerySet, CandidateQuerySet, VisitQuerySet


class Visit(models.Model):
    """A country, promotional or advisory visit; the kinds obey different rules (WP 2021-2023 paras 20-26; R14)."""

    code = models.SlugField(
        _("code"), max_length=40, blank=True, help_text=_("For visits that a data file names: arg-2017.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=VisitKind)
    country = models.ForeignKey(
        "reference.Country",
        verbose_name=_("State"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    region_tag = models.ForeignKey(
        "reference.RegionTag",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
        help_text=_("Where a place in the pipeline is a region and not yet a State."),
    )
    place = models.CharField(_("places"), max_length=200, blank=True, help_text=_("For example Tunis, Sousse, Sfax."))
    state = models.CharField(_("state"), max_length=12, choices=VisitState, default=VisitState.REQUESTED)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    dates_evidence = models.CharField(_("evidence for the dates"), max_length=12, choices=Evidence, blank=True)
    printed_period = models.CharField(_("period as printed"), max_length=40, blank=True)
    holder = models.ForeignKey(
        "reference.MandateHolder",
        verbose_name=_("carried out by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    funding = models.CharField(_("paid from"), max_length=24, choices=FundingSource, blank=True)
    report_symbol = models.CharField(
        _("symbol of the report"), max_length=40, blank=True, validators=[validate_symbol]
    )
    report_evidence = models.CharField(_("evidence for the symbol"), max_length=12, choices=Evidence, blank=True)
    report_issued_on = models.DateField(_("report issued on"), null=True, blank=True)
    presented_at = models.ForeignKey(
        "reference.Session", verbose_name=_("presented at"), null=True, blank=True, on_delete=models.PROTECT
    )
    presented_by = models.ForeignKey(
        "reference.MandateHolder",
        verbose_name=_("presented by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="presented_visits",
        help_text=_("May be the successor of who carried it out."),
    )
    follow_up = models.CharField(_("follow-up dialogue"), max_length=10, choices=FollowUp, blank=True)
    certainty = models.CharField(_("certainty"), max_length=60, blank=True)
    reason = models.CharField(_("reason for the state"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="visit_code_once",
                violation_error_message=_("Another visit has this code already."),
            ),
            models.CheckConstraint(
                name="visit_done_has_its_time",
                condition=~Q(state=VisitState.DONE) | Q(starts_on__isnull=False) | ~Q(printed_period=""),
                violation_error_message=_("A visit that was carried out says when: the day it began, or a period."),
            ),
            models.CheckConstraint(
                name="visit_put_off_has_a_reason",
                condition=~Q(state__in=[VisitState.POSTPONED, VisitState.CANCELLED]) | ~Q(reason=""),
                violation_error_message=_("Say why the visit is postponed or cancelled; the reason is kept with it."),
            ),
            models.CheckConstraint(
                name="visit_has_a_place",
                condition=Q(country__isnull=False) | Q(region_tag__isnull=False),
                violation_error_message=_("Say where the visit goes: a State, or a region while the State is open."),
            ),
            models.CheckConstraint(
                name="visit_country_kind_has_a_state",
                condition=~Q(kind=VisitKind.COUNTRY) | Q(country__isnull=False),
                violation_error_message=_("A country visit goes to one State. Choose it."),
            ),
            models.CheckConstraint(
                name="visit_country_paid_by_regular_budget",
                condition=~Q(kind=VisitKind.COUNTRY) | Q(funding__in=["", FundingSource.UN_REGULAR_BUDGET]),
                violation_error_message=_(
                    "A country visit is paid from the UN regular budget only, so that nobody can suspect "
                    "foreign interference. Choose that source, or record a promotional visit."
                ),
            ),
            models.CheckConstraint(
                name="visit_promotional_funding_is_allowed",
                condition=Q(kind=VisitKind.COUNTRY) | ~Q(funding=FundingSource.INSTITUTIONAL),
                violation_error_message=_(
                    "Institutional funding pays for public consultations. Choose an entity of the Global North, "
                    "the UN regular budget or the Research and Promotion Programme."
                ),
            ),
            models.CheckConstraint(
                name="visit_only_country_visits_have_a_report",
                condition=Q(kind=VisitKind.COUNTRY) | Q(report_symbol=""),
                violation_error_message=_(
                    "A promotional or advisory visit makes no formal findings, so it has no report. Remove the symbol."
                ),
            ),
            models.CheckConstraint(
                name="visit_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The visit ends before it starts. Check both dates."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "state"], name="visit_by_kind_and_state")]

    def __str__(self):
        where = self.country or self.region_tag
        return f"{self.get_kind_display()}: {where}" + (f", {self.starts_on.year}" if self.starts_on else "")

    def get_absolute_url(self):
        return reverse("visits:detail", kwargs={"pk": self.pk})

    @property
    def where(self):
        return str(self.country or self.region_tag)

    @property
    def dates_in_words(self):
        """From the first day to the last, or the period as it was printed; weak evidence is said."""
        if not self.starts_on:
            return self.printed_period
        words = {"start": short(self.starts_on), "end": short(self.ends_on or self.starts_on)}
        dates = gettext("%(start)s to %(end)s") % words if self.ends_on else words["start"]
        if self.dates_evidence == Evidence.UNCONFIRMED:
            return f"{dates} ({self.get_dates_evidence_display()})"
        return dates

    @property
    def report_is_confirmed(self):
        return bool(self.report_symbol) and self.report_evidence != Evidence.UNCONFIRMED

    @property
    def is_public(self):
        return self.state in PUBLIC_LABELS

    @property
    def public_state(self):
        return VisitState(self.state).public_label


class VisitPlan(models.Model):
    """What was once planned for a visit. Rows are only added: plan and actual stay apart (R18)."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.PROTECT, related_name="plans")
    planned_for = models.CharField(_("planned for"), max_length=60, help_text=_("As printed: late November 2020."))
    planned_from = models.DateField(_("not before"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of a visit")
        verbose_name_plural = _("plans of visits")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="visitplan_says_what",
                condition=~Q(planned_for=""),
                violation_error_message=_("Say what was planned, for example “late November 2020”."),
            )
        ]

    def __str__(self):
        return self.planned_for


class Candidate(models.Model):
    """A State that may be visited in a period; more candidates than visits (six of 14; WP 2021-2023 para 23)."""

    country = models.ForeignKey(
        "reference.Country", verbose_name=_("State"), on_delete=models.PROTECT, related_name="candidacies"
    )
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))
    identified_for = models.PositiveSmallIntegerField(_("identified for the year"), null=True, blank=True)
    visit = models.ForeignKey(
        Visit, verbose_name=_("visit"), null=True, blank=True, on_delete=models.SET_NULL, related_name="candidacies"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate for a country visit")
        verbose_name_plural = _("candidates for country visits")
        ordering = ["country__name_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "period_start"],
                name="candidate_once_per_period",
                violation_error_message=_("This State is a candidate for the period already."),
            ),
            models.CheckConstraint(
                name="candidate_period_ends_after_it_starts",
                condition=Q(period_end__gte=F("period_start")),
                violation_error_message=_("The period ends before it starts. Check both dates."),
            ),
        ]

    def __str__(self):
        return str(self.country)

    @property
    def outcome_in_words(self):
        """Where the candidacy stands, in words that the public page may show: a request is nobody's business."""
        identified = gettext("Identified for %(year)d.") % {"year": self.identified_for} if self.identified_for else ""
        return f"{identified} {self._visit_in_words()}".strip() or gettext("Candidate.")

    def _visit_in_words(self):
        visit = self.visit
        if not (visit and visit.is_public):
            return ""
        if visit.state != VisitState.DONE:
            return f"{visit.public_state}."
        after = visit.starts_on and visit.starts_on > self.period_end
        sentence = gettext("Visited after the period: %(dates)s.") if after else gettext("Visited: %(dates)s.")
        return sentence % {"dates": visit.dates_in_words}


class VisitFigure(Figure):
    """A number of visits that was printed: carried out, foreseen or aimed at (WP 2021-2023 paras 23, 25, 26).

    What the portal counts itself stands beside it and is never stored in its place (R21).
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=200)
    out_of = models.PositiveSmallIntegerField(_("out of"), null=True, blank=True)
    period = models.CharField(_("period as printed"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("printed figure on visits")
        verbose_name_plural = _("printed figures on visits")
        ordering = ["code"]

    def __str__(self):
        return self.label
