from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Evidence, Forum, FrenchOf
from iesogi.reference.models.countries import Country
from iesogi.reference.models.sessions import Session
from iesogi.reference.querysets import MandateHolderQuerySet, MandateQuerySet, MandateTermQuerySet, StateVoteQuerySet


class Mandate(models.Model):
    """A mandate of the Special Procedures; letters are often joint."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    label = models.CharField(_("short title"), max_length=250)
    full_title = models.CharField(_("full title"), max_length=300, blank=True)
    title_fr = models.CharField(_("full title in French"), max_length=300, blank=True)
    of_fr = models.CharField(
        _("in French after “de”"),
        max_length=5,
        choices=FrenchOf,
        blank=True,
        help_text=_("How the French title begins after “de”, for example “de la Rapporteuse spéciale”."),
    )
    title_es = models.CharField(_("full title in Spanish"), max_length=300, blank=True)
    is_ours = models.BooleanField(_("this mandate"), default=False)
    country = models.ForeignKey(
        Country, verbose_name=_("country mandate on"), null=True, blank=True, on_delete=models.PROTECT
    )
    created_year = models.PositiveSmallIntegerField(_("created"), null=True, blank=True)
    creation_votes = models.PositiveSmallIntegerField(
        _("votes it took to create it"),
        null=True,
        blank=True,
        help_text=_("Counted over the Council and the General Assembly, as printed."),
    )
    term_length_years = models.PositiveSmallIntegerField(_("length of a term in years"), default=3)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = MandateQuerySet.as_manager()

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
            ),
            models.CheckConstraint(
                name="mandate_term_has_a_length",
                condition=Q(term_length_years__gte=1),
                violation_error_message=_("A term lasts at least one year."),
            ),
        ]

    def __str__(self):
        return self.label

    def title_in(self, language: str) -> str:
        """The full title; empty where nobody has given it in this language."""
        if language == "en":
            return self.full_title or self.label
        return getattr(self, f"title_{language}", "")

    def title_after_of(self, language: str) -> str:
        """As it stands after “de” in French, such as “du Rapporteur spécial”; in other languages the title itself."""
        title = self.title_in(language)
        if language != "fr":
            return title
        return FrenchOf(self.of_fr).before(title) if title and self.of_fr else ""

    @property
    def name(self):
        """For pages: in the language of the reader, else in English."""
        return getattr(self, f"title_{get_language()}", "") or self.label

    def renewal_session(self, *, on):
        """The June session of the Council that decides on the next term, as far as its year is loaded."""
        last = self.terms.last_secured_year(known_on=on)
        return Session.objects.of(Forum.HRC).filter(year=last).first() if last else None


class MandateHolder(models.Model):
    mandate = models.ForeignKey(Mandate, verbose_name=_("mandate"), on_delete=models.PROTECT, related_name="holders")
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.ForeignKey(Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT)
    profession = models.CharField(_("profession"), max_length=120, blank=True)
    starts_printed = models.CharField(
        _("start as known"), max_length=10, blank=True, help_text=_("A year, a month or a day: 2016, 2018-01.")
    )
    starts_evidence = models.CharField(_("evidence for the start"), max_length=12, choices=Evidence, blank=True)
    ends_on = models.DateField(_("ended on"), null=True, blank=True)
    ends_evidence = models.CharField(_("evidence for the end"), max_length=12, choices=Evidence, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PUBLIC)
    note = models.CharField(_("note"), max_length=300, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = MandateHolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate holder")
        verbose_name_plural = _("mandate holders")
        ordering = ["starts_printed"]
        constraints = [
            models.CheckConstraint(
                name="mandateholder_start_is_a_year_month_or_day",
                condition=Q(starts_printed="") | Q(starts_printed__regex=r"^\d{4}(-\d{2}){0,2}$"),
                violation_error_message=_("Write the start as a year, a month or a day: 2016, 2018-01, 2018-01-01."),
            ),
        ]

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
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PRINTED)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                name="affiliation_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The affiliation ends before it starts. Check both dates."),
            ),
        ]

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
    votes_evidence = models.CharField(_("evidence for the vote"), max_length=12, choices=Evidence, blank=True)
    starts_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    ends_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.PRINTED)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = MandateTermQuerySet.as_manager()

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
        return self.resolution or _("resolution of %(year)s") % {"year": self.year}

    @property
    def vote(self):
        """In favour, against, abstentions, as records write it: 27-12-7."""
        counts = (self.in_favour, self.against, self.abstentions)
        return "" if None in counts else "-".join(map(str, counts))


class StateVote(models.Model):
    """How one State stood on one resolution: whom to thank, whom to talk to (WP 2021-2023 paras 5, 34)."""

    class Position(models.TextChoices):
        IN_FAVOUR = "in_favour", _("in favour")
        AGAINST = "against", _("against")
        ABSTAINED = "abstained", _("abstained")
        ABSENT = "absent", _("did not vote")

    term = models.ForeignKey(MandateTerm, verbose_name=_("resolution"), on_delete=models.CASCADE, related_name="votes")
    country = models.ForeignKey(Country, verbose_name=_("State"), on_delete=models.PROTECT, related_name="votes")
    position = models.CharField(_("position"), max_length=10, choices=Position)
    cosponsored = models.BooleanField(_("co-sponsored the draft"), default=False)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED)

    objects = StateVoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote of a State")
        verbose_name_plural = _("votes of States")
        ordering = ["term", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "country"],
                name="statevote_once_a_resolution",
                violation_error_message=_("The vote of this State on this resolution is recorded already."),
            )
        ]

    def __str__(self):
        return f"{self.country}: {self.get_position_display()}"
