from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines.clock import short
from iesogi.reference.enums import Evidence, FundingSource
from reports.models import validate_symbol
from visits.enums import (
    CONFIRMED,
    PUBLIC_LABELS,
    Effect,
    FollowUp,
    Invitation,
    ReportStage,
    VisitKind,
    VisitState,
)
from visits.models.history import Recorded
from visits.querysets import VisitQuerySet


def validate_effects(codes):
    unknown = set(codes) - set(Effect.values)
    if unknown:
        raise ValidationError(gettext("These are no effects of a visit: %s.") % ", ".join(sorted(map(str, unknown))))


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
    was_to_start_on = models.DateField(_("was to start on"), null=True, blank=True, editable=False)
    was_to_end_on = models.DateField(_("was to end on"), null=True, blank=True, editable=False)
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
    request_deadline = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("when to renew the request"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    invitation = models.CharField(_("invitation"), max_length=12, choices=Invitation, blank=True, editable=False)
    host = models.CharField(
        _("invited by"), max_length=200, blank=True, help_text=_("For example: a university, or the Government.")
    )
    terms_accepted_on = models.DateField(_("terms of reference accepted on"), null=True, blank=True, editable=False)
    press_terms_on = models.DateField(
        _("terms for the press agreed on"),
        null=True,
        blank=True,
        help_text=_(
            "For promotional and advisory visits: no country situation and no case is spoken of with the press."
        ),
    )
    risk_assessment = models.ForeignKey(
        "safety.RiskAssessment",
        verbose_name=_("risk assessment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Decided in favour and current before the visit is confirmed; a newer version is linked anew."),
    )
    participation = models.TextField(
        _("how affected communities took part"),
        blank=True,
        help_text=_("How LGBT persons and communities were consulted on the design of the visit. Name no person."),
    )
    effects = models.JSONField(_("expected effects"), default=list, blank=True, validators=[validate_effects])
    perspectives = models.ManyToManyField(
        "reference.Perspective", verbose_name=_("perspectives"), related_name="visits", blank=True
    )
    report_stage = models.CharField(
        _("stage of the report"), max_length=12, choices=ReportStage, blank=True, editable=False
    )
    statement_url = models.CharField(
        _("link to the end-of-mission statement"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
    )
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
                condition=~Q(state__in=[VisitState.POSTPONED, VisitState.WITHDRAWN, VisitState.CANCELLED])
                | ~Q(reason=""),
                violation_error_message=_(
                    "Say why the visit is postponed, withdrawn or cancelled; the reason is kept with it."
                ),
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
                name="visit_only_country_visits_report_in_stages",
                condition=Q(kind=VisitKind.COUNTRY)
                | Q(report_stage="", report_issued_on=None, presented_at=None, terms_accepted_on=None),
                violation_error_message=_(
                    "A promotional or advisory visit makes no findings, so it has no statement, no report and no "
                    "dialogue in the Council, and needs no terms of reference."
                ),
            ),
            models.CheckConstraint(
                name="visit_reports_once_it_happened",
                condition=Q(report_stage="") | Q(state__in=[VisitState.UNDER_WAY, VisitState.DONE]),
                violation_error_message=_("A visit is reported on once it took place."),
            ),
            models.CheckConstraint(
                name="visit_confirmed_has_its_days",
                condition=~Q(state__in=sorted(CONFIRMED)) | Q(starts_on__isnull=False),
                violation_error_message=_("A confirmed visit says on which day it begins."),
            ),
            models.CheckConstraint(
                name="visit_confirmed_has_invitation_and_terms",
                condition=~Q(kind=VisitKind.COUNTRY)
                | ~Q(state__in=sorted(CONFIRMED))
                | ~Q(invitation="") & Q(terms_accepted_on__isnull=False, funding=FundingSource.UN_REGULAR_BUDGET),
                violation_error_message=_(
                    "A country visit is confirmed once the State has invited it and accepted every term of reference, "
                    "and the UN regular budget pays. Take these steps first."
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
    def put_off_in_words(self):
        """The days that were given up when the visit was postponed; empty when none had been set."""
        if not self.was_to_start_on:
            return ""
        words = {"start": short(self.was_to_start_on), "end": short(self.was_to_end_on or self.was_to_start_on)}
        return gettext("%(start)s to %(end)s") % words if self.was_to_end_on else words["start"]

    @property
    def days(self):
        """How many days it lasts, first and last counted; None while they are open."""
        return (self.ends_on - self.starts_on).days + 1 if self.starts_on and self.ends_on else None

    def require_day(self, on):
        """The programme stays within the days of the visit, once they are set."""
        if self.starts_on and not self.starts_on <= on <= (self.ends_on or on):
            raise ValidationError(
                {"on": gettext("The visit runs from %s; this day lies outside.") % self.dates_in_words}
            )

    @property
    def makes_findings(self):
        """Only country visits do (WP 2021-2023 para 25)."""
        return self.kind == VisitKind.COUNTRY

    @property
    def no_recommendations(self):
        """Why it holds none; empty for a country visit (R14)."""
        if self.kind == VisitKind.PROMOTIONAL:
            return gettext("A promotional visit makes no findings, so it holds no recommendations.")
        if self.kind == VisitKind.ADVISORY:
            return gettext("An advisory visit makes no findings, so it holds no recommendations.")
        return ""

    @property
    def effects_in_words(self):
        return [str(Effect(code).label) for code in self.effects]

    @property
    def report_is_confirmed(self):
        return bool(self.report_symbol) and self.report_evidence != Evidence.UNCONFIRMED

    @property
    def is_public(self):
        return self.state in PUBLIC_LABELS

    @property
    def public_state(self):
        return VisitState(self.state).public_label


class VisitPlan(Recorded):
    """What was once planned for a visit. Rows are only added: plan and actual stay apart (R18)."""

    visit = models.ForeignKey(Visit, verbose_name=_("visit"), on_delete=models.PROTECT, related_name="plans")
    planned_for = models.CharField(_("planned for"), max_length=60, help_text=_("As printed: late November 2020."))
    planned_from = models.DateField(_("not before"), null=True, blank=True)
    planned_until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

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
