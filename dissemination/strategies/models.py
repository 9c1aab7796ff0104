"""A dissemination strategy for each report, visit and, where allowed, letter: objectives, activities, M&E.

WP 2021-2023 paras 19c, 22, 29 and 42; domain.md R16.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dissemination.strategies.enums import (
    STAGES,
    ActivityKind,
    ActivityState,
    Considered,
    MeasuredBy,
    PressConsent,
    Stage,
    Subject,
)
from dissemination.strategies.querysets import ActivityQuerySet, StrategyQuerySet

_PERSON = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class Plan(models.Model):
    """The words that a strategy and a template have in common (WP 2021-2023 para 42)."""

    objectives = models.TextField(_("objectives"), blank=True)
    audiences = models.TextField(_("target groups"), blank=True)
    messages = models.TextField(_("messages"), blank=True)
    outlets = models.TextField(_("outlets"), blank=True)
    structure = models.TextField(_("who carries it out"), blank=True)
    evaluation = models.TextField(_("monitoring and evaluation"), blank=True)

    class Meta:
        abstract = True


PLAN_FIELDS = [field.name for field in Plan._meta.local_fields]


class StrategyTemplate(Plan):
    kind = models.CharField(_("for a"), max_length=6, choices=Subject, unique=True)

    class Meta:
        verbose_name = _("template of a strategy")
        verbose_name_plural = _("templates of strategies")
        ordering = ["kind"]

    def __str__(self):
        return str(self.get_kind_display())


class TemplateActivity(models.Model):
    template = models.ForeignKey(
        StrategyTemplate, verbose_name=_("template"), on_delete=models.CASCADE, related_name="activities"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind)
    title = models.CharField(_("title"), max_length=150)
    days = models.SmallIntegerField(
        _("days from the stage"),
        default=0,
        help_text=_("From the day of publication, presentation or the first day of the visit; negative for before."),
    )

    class Meta:
        verbose_name = _("activity of a template")
        verbose_name_plural = _("activities of a template")
        ordering = ["template", "order", "pk"]

    def __str__(self):
        return self.title


class TemplateIndicator(models.Model):
    template = models.ForeignKey(
        StrategyTemplate, verbose_name=_("template"), on_delete=models.CASCADE, related_name="indicators"
    )
    label = models.CharField(_("indicator"), max_length=150)
    measured_by = models.CharField(_("measured by"), max_length=12, choices=MeasuredBy, default=MeasuredBy.HAND)

    class Meta:
        verbose_name = _("indicator of a template")
        verbose_name_plural = _("indicators of a template")
        ordering = ["template", "pk"]

    def __str__(self):
        return self.label


class Strategy(Plan):
    report = models.OneToOneField(
        "reports.Report", verbose_name=_("report"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="strategy",
    )  # fmt: skip
    visit = models.OneToOneField(
        "visits.Visit", verbose_name=_("visit"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="strategy",
    )  # fmt: skip
    letter = models.OneToOneField(
        "communications.Letter", verbose_name=_("letter"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="strategy",
    )  # fmt: skip
    considered = models.CharField(_("is it disseminated?"), max_length=4, choices=Considered, default=Considered.OPEN)
    reason = models.CharField(_("why not"), max_length=300, blank=True, help_text=_("Name no person."))
    press_consent = models.CharField(
        _("consent to press and social media"),
        max_length=12,
        choices=PressConsent,
        blank=True,
        help_text=_("For letters. Not asked counts as no."),
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("owner"), **_PERSON)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name = _("dissemination strategy")
        verbose_name_plural = _("dissemination strategies")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="strategy_has_one_subject",
                condition=Q(report__isnull=False, visit=None, letter=None)
                | Q(report=None, visit__isnull=False, letter=None)
                | Q(report=None, visit=None, letter__isnull=False),
                violation_error_message=_("A strategy is for one report, one visit or one letter. Choose one."),
            ),
            models.CheckConstraint(
                name="strategy_no_has_a_reason",
                condition=~Q(considered=Considered.NO) | ~Q(reason=""),
                violation_error_message=_("Say why it is not disseminated; the answer is kept also when it is no."),
            ),
            models.CheckConstraint(
                name="strategy_consent_is_for_letters",
                condition=Q(letter=None, press_consent="") | Q(letter__isnull=False) & ~Q(press_consent=""),
                violation_error_message=_(
                    "Consent to press and social media is recorded for letters, and only there."
                ),
            ),
        ]

    def __str__(self):
        return gettext("Strategy: %(subject)s") % {"subject": self.subject}

    def clean(self):
        """The unfinished form says less than a constraint: what is empty for a letter counts as not asked."""
        if self.letter_id and not self.press_consent:
            self.press_consent = PressConsent.NOT_ASKED
        if self.letter_id and not self.letter.public and any(getattr(self, name) for name in PLAN_FIELDS):
            raise ValidationError(
                gettext(
                    "The letter is not published, so nothing about its dissemination is written down yet. "
                    "Record the decision and the consent now, and the plan after publication."
                )
            )

    @property
    def subject(self):
        return self.report or self.visit or self.letter

    @property
    def kind(self):
        if self.report_id:
            return Subject.REPORT
        return Subject.VISIT if self.visit_id else Subject.LETTER


class Activity(models.Model):
    """One thing to do; its due date lives in the table of deadlines, which reminds its owner."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.PROTECT, related_name="activities"
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind)
    title = models.CharField(_("title"), max_length=150, help_text=_("Name no person."))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("owner"), **_PERSON)
    partner = models.CharField(
        _("partner"), max_length=150, blank=True, help_text=_("For example the UN Country Team.")
    )
    state = models.CharField(
        _("state"), max_length=7, choices=ActivityState, default=ActivityState.PLANNED, editable=False
    )
    deadline = models.OneToOneField(
        "deadlines.Deadline", verbose_name=_("deadline"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    result = models.CharField(_("result, or why it was dropped"), max_length=300, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["strategy", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_dropped_says_why",
                condition=~Q(state=ActivityState.DROPPED) | ~Q(result=""),
                violation_error_message=_("Say why the activity is dropped."),
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        from dissemination.gates import refuse_letter

        if not self.strategy_id:
            return
        complaint = refuse_letter(self.strategy)
        if complaint:
            raise ValidationError(complaint)
        if self.stage and self.stage not in STAGES[self.strategy.kind]:
            raise ValidationError({"stage": gettext("This stage does not belong to what the strategy is about.")})


class Indicator(models.Model):
    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.CASCADE, related_name="indicators"
    )
    label = models.CharField(_("indicator"), max_length=150)
    measured_by = models.CharField(_("measured by"), max_length=12, choices=MeasuredBy, default=MeasuredBy.HAND)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    typed = models.PositiveIntegerField(
        _("result by hand"), null=True, blank=True, help_text=_("Only where nothing counts it.")
    )

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["strategy", "pk"]
        constraints = [
            models.CheckConstraint(
                name="indicator_counted_is_not_typed",
                condition=Q(measured_by=MeasuredBy.HAND) | Q(typed=None),
                violation_error_message=_("This result is counted from rows. Leave the field for results empty."),
            )
        ]

    def __str__(self):
        return self.label
