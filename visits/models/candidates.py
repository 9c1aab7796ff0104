from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Evidence
from iesogi.reference.models import Figure
from visits.enums import ContactKind, VisitState
from visits.models.history import Recorded
from visits.models.visits import Visit
from visits.querysets import CandidateQuerySet, OfStatesQuerySet


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
    request_listed_in = models.CharField(
        _("request listed in"),
        max_length=60,
        blank=True,
        help_text=_("A public document that lists the request as pending, for example A/HRC/44/53, para. 5."),
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
        # The list of staff, newest period first; and the newest period itself, which the plan is shown for.
        indexes = [models.Index(fields=["-period_start"], name="candidate_newest_period")]

    def __str__(self):
        return str(self.country)

    @property
    def visit_in_words(self):
        visit = self.visit
        if not (visit and visit.is_public):
            return ""
        if visit.state != VisitState.DONE:
            return f"{visit.public_state}."
        after = visit.starts_on and visit.starts_on > self.period_end
        sentence = gettext("Visited after the period: %(dates)s.") if after else gettext("Visited: %(dates)s.")
        return sentence % {"dates": visit.dates_in_words}


class StandingInvitation(models.Model):
    """A State that has invited all thematic mandates; days are still agreed each time (domain.md 5.1)."""

    country = models.OneToOneField(
        "reference.Country", verbose_name=_("State"), on_delete=models.PROTECT, related_name="standing_invitation"
    )
    since = models.DateField(_("since"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PUBLIC)
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("Where it was published."))

    objects = OfStatesQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing invitation")
        verbose_name_plural = _("standing invitations")
        ordering = ["country__name_en"]

    def __str__(self):
        return str(self.country)


class Contact(Recorded):
    """A word with a State about a visit. The log is only added to; it names offices, never persons."""

    candidate = models.ForeignKey(
        Candidate,
        verbose_name=_("candidate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    visit = models.ForeignKey(
        Visit, verbose_name=_("visit"), null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind)
    office = models.CharField(_("with"), max_length=200, help_text=_("An office, for example the Permanent Mission."))
    summary = models.CharField(_("what was said"), max_length=500, help_text=_("Name no person at risk."))
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    deadline = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("deadline"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("conversation with a State")
        verbose_name_plural = _("conversations with States")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="contact_belongs_to_a_candidate_or_a_visit",
                condition=Q(candidate__isnull=False) | Q(visit__isnull=False),
                violation_error_message=_("Say which candidate or which visit the conversation was about."),
            ),
        ]

    def __str__(self):
        return f"{self.on.isoformat()} {self.get_kind_display()}"


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
