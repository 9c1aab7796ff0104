"""What every app looks things up in. Rows are loaded by `load_reference`; staff may add and correct."""

from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Evidence, Forum, PerspectiveKind, Qualifier, RegionalGroup, UNStatus
from iesogi.reference.querysets import CountryQuerySet, SessionQuerySet


class Figure(models.Model):
    """A figure as it was printed, with how sure it was. A computed sum stands beside it, never in its place (R21)."""

    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PRINTED)
    ref = models.CharField(_("row in the acceptance table"), max_length=20, blank=True)

    class Meta:
        abstract = True


class RegionTag(models.Model):
    """A region the work programme names that is no UN regional group: Middle East and North Africa, the Caribbean."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("label"), max_length=100)

    class Meta:
        verbose_name = _("region tag")
        verbose_name_plural = _("region tags")
        ordering = ["label"]

    def __str__(self):
        return self.label


class Country(models.Model):
    """A member or observer State of the United Nations, with its name in the six official languages."""

    iso3 = models.CharField(_("ISO 3166-1 alpha-3"), max_length=3, unique=True)
    iso2 = models.CharField(_("ISO 3166-1 alpha-2"), max_length=2, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=UNStatus, default=UNStatus.MEMBER)
    regional_group = models.CharField(_("UN regional group"), max_length=20, choices=RegionalGroup, blank=True)
    region_tags = models.ManyToManyField(
        RegionTag, verbose_name=_("region tags"), related_name="countries", blank=True
    )
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_es = models.CharField(_("name in Spanish"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    search_text = models.TextField(_("names without accents"), editable=False, default="")

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")
        ordering = ["name_en"]
        constraints = [
            models.CheckConstraint(
                name="country_iso3_is_three_capitals",
                condition=Q(iso3__regex=r"^[A-Z]{3}$"),
                violation_error_message=_("An ISO alpha-3 code is three capital letters, for example KAZ."),
            ),
            models.CheckConstraint(
                name="country_member_has_a_group",
                condition=Q(status=UNStatus.OBSERVER, regional_group="")
                | Q(status=UNStatus.MEMBER) & ~Q(regional_group=""),
                violation_error_message=_("A member State has a UN regional group; an observer State has none."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """In the language of the page, or English."""
        language = (translation.get_language() or "en")[:2]
        return getattr(self, f"name_{language}", "") or self.name_en


class Perspective(models.Model):
    """How the mandate looks at a matter: factors, populations, root causes, and the pillar, realm or duty it touches.

    WP 2021-2023 paras 4, 5, 8, 9. The list is open: staff may add.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=PerspectiveKind)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=150)
    note = models.CharField(_("note"), max_length=300, blank=True)
    paragraphs = models.JSONField(_("named in paragraphs"), default=list, blank=True)
    ref = models.CharField(_("row in the acceptance table"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        ordering = ["kind", "label"]

    def __str__(self):
        return self.label


class Session(models.Model):
    """A session of the Council (its June one, where this mandate reports) or of the General Assembly."""

    forum = models.CharField(_("forum"), max_length=3, choices=Forum)
    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    dates_evidence = models.CharField(
        _("evidence for the dates"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED
    )
    takes_report = models.BooleanField(_("the mandate reports here"), default=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("UN session")
        verbose_name_plural = _("UN sessions")
        ordering = ["-year", "forum"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "number"],
                name="session_once_per_forum",
                violation_error_message=_("This session of the forum is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["forum", "year"],
                condition=Q(takes_report=True),
                name="session_one_report_slot_a_year",
                violation_error_message=_("The mandate reports to this forum once a year; another session holds it."),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The session ends before it starts. Check both dates."),
            ),
        ]

    def __str__(self):
        return f"{self.forum} {self.number} ({self.year})"


class Mandate(models.Model):
    """A mandate of the Special Procedures; letters are often joint."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    label = models.CharField(_("short title"), max_length=250)
    full_title = models.CharField(_("full title"), max_length=300, blank=True)
    is_ours = models.BooleanField(_("this mandate"), default=False)
    country = models.ForeignKey(
        Country, verbose_name=_("country mandate on"), null=True, blank=True, on_delete=models.PROTECT
    )
    created_year = models.PositiveSmallIntegerField(_("created"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates of the Special Procedures")
        ordering = ["-is_ours", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_ours"],
                condition=Q(is_ours=True),
                name="mandate_ours_is_one",
                violation_error_message=_("One mandate only is this portal's own."),
            )
        ]

    def __str__(self):
        return self.label


class MandateHolder(models.Model):
    mandate = models.ForeignKey(Mandate, verbose_name=_("mandate"), on_delete=models.PROTECT, related_name="holders")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.ForeignKey(Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT)
    profession = models.CharField(_("profession"), max_length=120, blank=True)
    starts_printed = models.CharField(
        _("start as known"), max_length=10, blank=True, help_text=_("A year, a month or a day: 2016, 2018-01.")
    )
    ends_on = models.DateField(_("ended on"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PUBLIC)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ref = models.CharField(_("row in the acceptance table"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("mandate holder")
        verbose_name_plural = _("mandate holders")
        ordering = ["starts_printed"]

    def __str__(self):
        return self.name


class Affiliation(models.Model):
    """Where a holder works besides; dated, because it changes (WP 2021-2023 footnote 1)."""

    holder = models.ForeignKey(
        MandateHolder, verbose_name=_("holder"), on_delete=models.CASCADE, related_name="affiliations"
    )
    title = models.CharField(_("title"), max_length=200)
    body = models.CharField(_("body"), max_length=200)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")

    def __str__(self):
        return f"{self.title}, {self.body}"


class MandateTerm(models.Model):
    """A resolution that created or renewed the mandate, its vote and the term it gives (domain.md section 8)."""

    class Event(models.TextChoices):
        CREATED = "created", _("created")
        RENEWED = "renewed", _("renewed")

    mandate = models.ForeignKey(Mandate, verbose_name=_("mandate"), on_delete=models.PROTECT, related_name="terms")
    event = models.CharField(_("event"), max_length=10, choices=Event)
    year = models.PositiveSmallIntegerField(_("year"))
    resolution = models.CharField(_("resolution"), max_length=40, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_evidence = models.CharField(_("evidence for the date"), max_length=12, choices=Evidence, blank=True)
    printed_date = models.CharField(_("date as printed"), max_length=10, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    starts_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    ends_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PRINTED)
    ref = models.CharField(_("row in the acceptance table"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("mandate term")
        verbose_name_plural = _("mandate terms")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "year"],
                name="mandateterm_once_a_year",
                violation_error_message=_("A term that starts from a resolution of this year is recorded already."),
            ),
            models.CheckConstraint(
                name="mandateterm_ends_after_it_starts",
                condition=Q(starts_year=None) | Q(ends_year=None) | Q(ends_year__gte=F("starts_year")),
                violation_error_message=_("The term ends before it starts. Check both years."),
            ),
        ]

    def __str__(self):
        return self.resolution or str(self.year)


class LoadedRow(models.Model):
    """The values a data file last gave to one row, kept so that a later load can tell an edit of staff from its own.

    Written and read by `iesogi.reference.loading` only. The row is named by model and natural key as text, because
    any app may load rows.
    """

    model = models.CharField(_("model"), max_length=80)
    key = models.CharField(_("natural key"), max_length=300)
    values = models.JSONField(_("values as loaded"), default=dict)
    source = models.CharField(_("loaded from"), max_length=120)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now=True)

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        ordering = ["model", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "key"],
                name="loadedrow_once_per_natural_key",
                violation_error_message=_("The loaded values of this row are recorded already."),
            )
        ]

    def __str__(self):
        return f"{self.model} {self.key}"
