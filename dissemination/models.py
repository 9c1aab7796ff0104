from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The packages keep models of their own; Django looks for them here.
from dissemination.campaigns.models import Campaign, CampaignFigure, CampaignText, Signature  # noqa: F401
from dissemination.enums import Continent, EngagementKind, Measure, OutputKind
from dissemination.images.models import Booklet, Picture  # noqa: F401
from dissemination.languages import validate_language, validate_languages
from dissemination.newsletter.models import (  # noqa: F401
    ConsentEvent,
    Delivery,
    Issue,
    NewsletterList,
    Subscriber,
    Subscription,
)
from dissemination.posts.models import (  # noqa: F401
    AudienceShare,
    Channel,
    ChannelDay,
    ChannelFigure,
    Post,
    PostNumbers,
    PostVersion,
)
from dissemination.press.models import PressItem, PressText  # noqa: F401
from dissemination.querysets import EngagementCountQuerySet, EngagementQuerySet, OutputQuerySet
from dissemination.strategies.models import (  # noqa: F401
    Activity,
    Indicator,
    Strategy,
    StrategyTemplate,
    TemplateActivity,
    TemplateIndicator,
)
from iesogi.reference.enums import Qualifier
from iesogi.reference.figures import qualified
from iesogi.reference.models import Figure


class Engagement(models.Model):
    """A speaking engagement in the register: what, when, where or online, in which languages, for how many."""

    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=EngagementKind)
    held_on = models.DateField(_("held on"))
    host = models.CharField(_("host"), max_length=200, blank=True)
    online = models.BooleanField(_("online"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.ForeignKey(
        "reference.Country", verbose_name=_("State"), null=True, blank=True, on_delete=models.PROTECT
    )
    continent = models.CharField(_("continent"), max_length=10, choices=Continent, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True, validators=[validate_languages])
    attendance = models.PositiveIntegerField(_("attendance"), null=True, blank=True)
    attendance_qualifier = models.CharField(
        _("how sure the attendance is"), max_length=10, choices=Qualifier, blank=True
    )
    reports = models.ManyToManyField(
        "reports.Report", verbose_name=_("reports presented"), related_name="engagements", blank=True
    )
    visit = models.ForeignKey(
        "visits.Visit",
        verbose_name=_("during the visit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="engagements",
    )
    perspectives = models.ManyToManyField(
        "reference.Perspective", verbose_name=_("perspectives"), related_name="engagements", blank=True
    )
    partners = models.CharField(_("partners"), max_length=300, blank=True)
    products = models.ManyToManyField(
        "dissemination.Output", verbose_name=_("products used"), related_name="engagements", blank=True
    )
    url = models.URLField(_("address"), blank=True, help_text=_("A recording, a programme or a report of the event."))

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="engagement_has_a_place_or_is_online",
                condition=Q(online=True) | ~Q(place="") | Q(country__isnull=False),
                violation_error_message=_("Say where the engagement took place, or mark it as online."),
            ),
            models.CheckConstraint(
                name="engagement_attendance_has_a_qualifier",
                condition=Q(attendance=None, attendance_qualifier="")
                | Q(attendance__isnull=False) & ~Q(attendance_qualifier=""),
                violation_error_message=_(
                    "An attendance says how sure it is: exact, about, over or estimated. Give both or none."
                ),
            ),
        ]
        indexes = [models.Index(fields=["kind", "held_on"], name="engagement_by_kind_and_date")]

    def __str__(self):
        return self.title

    @property
    def where(self):
        """Where it was held, as far as it is recorded: "Geneva, Switzerland, online"."""
        online = gettext("online") if self.online else ""
        return ", ".join(str(part) for part in (self.place, self.country, online) if part)

    @property
    def attendance_in_words(self):
        return "" if self.attendance is None else qualified(self.attendance, self.attendance_qualifier)


class EngagementCount(Figure):
    """A printed count of engagements in a period, kept beside the counted ones (58 = 4 + 20 + 18 + 16; WP para 41)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=12, choices=EngagementKind, blank=True, help_text=_("Empty for a total.")
    )
    measure = models.CharField(_("measure"), max_length=12, choices=Measure, default=Measure.ENGAGEMENTS)
    languages = models.JSONField(_("languages named"), default=list, blank=True, validators=[validate_languages])
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))

    objects = EngagementCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("printed count of engagements")
        verbose_name_plural = _("printed counts of engagements")
        ordering = ["period_start", "pk"]
        constraints = [
            models.CheckConstraint(
                name="engagementcount_period_ends_after_it_starts",
                condition=Q(period_end__gte=F("period_start")),
                violation_error_message=_("The period ends before it starts. Check both dates."),
            ),
            models.CheckConstraint(
                name="engagementcount_kind_counts_engagements",
                condition=Q(kind="") | Q(measure=Measure.ENGAGEMENTS),
                violation_error_message=_("Only engagements are counted by kind. Leave the kind empty."),
            ),
            models.CheckConstraint(
                name="engagementcount_quantity_has_a_qualifier",
                condition=Q(quantity=None) | ~Q(qualifier=""),
                violation_error_message=_("Say how sure the figure is: exact, about, over, estimated or combined."),
            ),
            models.UniqueConstraint(
                fields=["measure", "kind", "period_start", "period_end"],
                name="engagementcount_once_per_measure_kind_and_period",
                violation_error_message=_("This count is recorded for the period already."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def as_printed(self):
        return "" if self.quantity is None else qualified(self.quantity, self.qualifier)

    def lies_within(self, other):
        """Whether its period is that of the other count, or a part of it."""
        return other.period_start <= self.period_start and self.period_end <= other.period_end


class Output(models.Model):
    """A press release, statement, interview or posting: one row each, so that a target can count it."""

    kind = models.CharField(_("kind"), max_length=20, choices=OutputKind)
    title = models.CharField(_("title"), max_length=300)
    issued_on = models.DateField(_("issued on"))
    language = models.CharField(
        _("language"), max_length=3, blank=True, validators=[validate_language], help_text=_("A code, for example es.")
    )
    url = models.URLField(_("address"), blank=True)
    report = models.ForeignKey(
        "reports.Report",
        verbose_name=_("about the report"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outputs",
    )
    visit = models.ForeignKey(
        "visits.Visit",
        verbose_name=_("about the visit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outputs",
    )
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["kind", "issued_on"], name="output_by_kind_and_date")]

    def __str__(self):
        return self.title
