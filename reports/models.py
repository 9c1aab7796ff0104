from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iesogi.audit.querysets import AppendOnlyQuerySet
from iesogi.deadlines.clock import short
from iesogi.reference.enums import Evidence, Forum

# Packages keep models of their own; Django looks for them here.
from reports.calls.models import Call, CallFigure, CallText, CategoryDeadline, LateLink, Question  # noqa: F401
from reports.consultations.models import Attendance, Consultation  # noqa: F401
from reports.contributions.models import (  # noqa: F401
    Answer,
    Contribution,
    ContributionFile,
    PublishedFile,
    Quote,
    UnfinishedContribution,
)
from reports.contributions.tags import Tag  # noqa: F401
from reports.enums import OUT, Concern, ReportState, ThemeStatus
from reports.findings.models import Finding, FindingText  # noqa: F401
from reports.method.models import Approval, MethodStep, Milestone  # noqa: F401
from reports.querysets import ReportQuerySet, ThemeQuerySet

# domain.md 4.3: A/HRC/47/27, A/76/152, A/HRC/44/53/Add.1
SYMBOL = r"^A/(HRC/\d+/(L\.)?\d+|\d+/\d+|HRC/RES/\d+/\d+)(/(Add|Corr|Rev)\.\d+)*$"
validate_symbol = RegexValidator(
    SYMBOL, _("This is not a UN document symbol. Write it as printed on the document, for example A/HRC/47/27.")
)


# The mandate was created in 2016; a slip of the finger must not stretch the calendar over thousands of years.
YEARS = [MinValueValidator(2016), MaxValueValidator(2100)]


def slot_in_words(forum, year):
    return f"{Forum(forum).label} {year}" if forum else str(_("Floating"))


class Theme(models.Model):
    """A subject of research, apart from the document that carries it (WP 2021-2023 paras 16, 17)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("theme"), max_length=200)
    letter = models.CharField(_("letter in the programme"), max_length=2, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=ThemeStatus, default=ThemeStatus.PLANNED)
    forum = models.CharField(_("forum"), max_length=3, choices=Forum, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    floating = models.BooleanField(
        _("floating"), default=False, help_text=_("Important, with the slot to be decided later; needs a reason.")
    )
    floating_reason = models.CharField(_("why it has no slot yet"), max_length=300, blank=True)
    concern = models.CharField(_("concern"), max_length=20, choices=Concern, blank=True)
    sdgs = models.JSONField(_("Sustainable Development Goals"), default=list, blank=True)
    span_years = models.PositiveSmallIntegerField(_("years assessed"), null=True, blank=True)
    sources = models.JSONField(_("whose feedback it rests on"), default=list, blank=True)
    perspectives = models.ManyToManyField(
        "reference.Perspective", verbose_name=_("perspectives"), related_name="themes", blank=True
    )
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["year", "label"]
        constraints = [
            models.CheckConstraint(
                name="theme_floats_or_has_a_slot",
                condition=Q(floating=True, forum="", year=None)
                | (Q(floating=False, year__isnull=False) & ~Q(forum="")),
                violation_error_message=_("A theme has a forum and a year, or it is floating and has neither."),
            ),
            models.CheckConstraint(
                name="theme_floating_has_a_reason",
                condition=Q(floating=False) | ~Q(floating_reason=""),
                violation_error_message=_("Say why the theme has no slot yet."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def slot(self):
        return slot_in_words(self.forum, self.year)


class ThemeMove(models.Model):
    """A theme that changed its slot: from, to, why. Plan and actual stay apart, so rows are only added (R18)."""

    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="moves")
    from_forum = models.CharField(_("from forum"), max_length=3, choices=Forum, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    to_forum = models.CharField(_("to forum"), max_length=3, choices=Forum, blank=True)
    to_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    moved_at = models.DateTimeField(_("moved at"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("move of a theme")
        verbose_name_plural = _("moves of themes")
        ordering = ["-moved_at"]
        constraints = [
            models.CheckConstraint(
                name="thememove_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the theme moves; the history keeps the reason."),
            )
        ]

    def __str__(self):
        return f"{self.from_slot} → {self.to_slot}"

    @property
    def from_slot(self):
        return slot_in_words(self.from_forum, self.from_year)

    @property
    def to_slot(self):
        return slot_in_words(self.to_forum, self.to_year)


class Report(models.Model):
    """A document to the Council or the Assembly. One slot a year and forum; themes are many to many (R17)."""

    title = models.CharField(
        _("title"), max_length=300, help_text=_("Shown on the public research agenda as soon as it is saved.")
    )
    forum = models.CharField(_("forum"), max_length=3, choices=Forum, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    session = models.ForeignKey(
        "reference.Session", verbose_name=_("session"), null=True, blank=True, on_delete=models.PROTECT
    )
    symbol = models.CharField(
        _("symbol"), max_length=40, blank=True, validators=[validate_symbol], help_text=_("For example A/HRC/47/27.")
    )
    symbol_evidence = models.CharField(_("evidence for the symbol"), max_length=12, choices=Evidence, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ReportState, default=ReportState.PLANNED)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="reports", blank=True)
    perspectives = models.ManyToManyField(
        "reference.Perspective", verbose_name=_("perspectives"), related_name="reports", blank=True
    )
    holder = models.ForeignKey(
        "reference.MandateHolder", verbose_name=_("by"), null=True, blank=True, on_delete=models.PROTECT
    )
    participation = models.TextField(
        _("how affected communities took part"),
        blank=True,
        help_text=_("Every design says how LGBT persons and communities are consulted. Name no person."),
    )
    slot_date = models.DateField(_("slot date"), null=True, blank=True, help_text=_("Due at document services."))
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issued_printed = models.CharField(_("issue date as known"), max_length=20, blank=True)
    issued_evidence = models.CharField(_("evidence for the issue"), max_length=12, choices=Evidence, blank=True)
    presented_on = models.DateField(_("interactive dialogue on"), null=True, blank=True)
    word_count = models.PositiveIntegerField(_("words"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-year", "forum"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "year"],
                condition=Q(year__isnull=False),
                name="report_one_per_slot",
                violation_error_message=_(
                    "This slot is taken: the mandate presents one report a year to each forum. "
                    "Choose another year or forum, or leave both empty for a floating report."
                ),
            ),
            models.UniqueConstraint(
                fields=["symbol"],
                condition=~Q(symbol=""),
                name="report_symbol_once",
                violation_error_message=_("Another report carries this symbol already."),
            ),
            models.CheckConstraint(
                name="report_slot_is_whole",
                condition=Q(forum="", year=None) | (Q(year__isnull=False) & ~Q(forum="")),
                violation_error_message=_(
                    "A slot is a forum and a year. Give both, or neither for a floating report."
                ),
            ),
            models.CheckConstraint(
                name="report_presented_after_submitted",
                condition=Q(presented_on=None) | Q(submitted_on=None) | Q(presented_on__gte=F("submitted_on")),
                violation_error_message=_("The dialogue cannot take place before the report is submitted."),
            ),
            models.CheckConstraint(
                name="report_issued_after_submitted",
                condition=Q(issued_on=None) | Q(submitted_on=None) | Q(issued_on__gte=F("submitted_on")),
                violation_error_message=_("A report is issued after it was submitted. Check both dates."),
            ),
            models.CheckConstraint(
                name="report_submitted_has_its_day",
                condition=~Q(state=ReportState.SUBMITTED) | Q(submitted_on__isnull=False),
                violation_error_message=_("A submitted report says on which day; timeliness is measured by it."),
            ),
            models.CheckConstraint(
                name="report_out_has_a_symbol",
                condition=~Q(state__in=[ReportState.ISSUED, ReportState.PRESENTED]) | ~Q(symbol=""),
                violation_error_message=_("An issued report carries a symbol, for example A/HRC/47/27. Enter it."),
            ),
            models.CheckConstraint(
                name="report_symbol_of_its_forum",
                condition=Q(symbol="")
                | Q(forum=Forum.HRC, symbol__startswith="A/HRC/")
                | Q(forum=Forum.GA) & ~Q(symbol__startswith="A/HRC/"),
                violation_error_message=_(
                    "The symbol belongs to the other forum: A/HRC/… is the Council, A/… with the session is the "
                    "Assembly. A floating report has no symbol yet."
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "year"], name="report_by_state_and_year")]

    def __str__(self):
        return self.symbol or self.title

    def get_absolute_url(self):
        if self.symbol:
            return reverse("reports:detail-by-symbol", kwargs={"symbol": self.symbol.replace("/", "-").lower()})
        return reverse("reports:detail", kwargs={"pk": self.pk})

    def clean(self):
        if self.session and (self.session.forum, self.session.year) != (self.forum, self.year):
            raise ValidationError(
                {"session": gettext("This session belongs to another slot than the forum and year of the report.")}
            )
        if self.slot_date and self.slot_date.year not in ((self.year or 0) - 1, self.year):
            raise ValidationError(
                {
                    "slot_date": gettext(
                        "The slot date lies in the year of the slot or the year before. Check it and the slot."
                    )
                }
            )

    @property
    def slot(self):
        return slot_in_words(self.forum, self.year)

    @property
    def is_out(self):
        return self.state in OUT

    @property
    def public_state(self):
        return ReportState(self.state).public_label

    @property
    def symbol_is_confirmed(self):
        return bool(self.symbol) and self.symbol_evidence != Evidence.UNCONFIRMED

    @property
    def issued_in_words(self):
        """The day, or what is known of it, with its evidence where that is weak."""
        known = short(self.issued_on) if self.issued_on else self.issued_printed
        if known and self.issued_evidence == Evidence.UNCONFIRMED:
            return f"{known} ({self.get_issued_evidence_display()})"
        return known

    @property
    def words_too_many(self):
        """By how many words the report is over the limit that editing accepts; 0 when it is not, or not counted."""
        return max((self.word_count or 0) - settings.REPORT_WORD_LIMIT, 0)

    @property
    def days_late(self):
        """Days between slot date and submission; None while one is unknown, 0 when on time (WP para 19b, R17)."""
        if not (self.slot_date and self.submitted_on):
            return None
        return max((self.submitted_on - self.slot_date).days, 0)
