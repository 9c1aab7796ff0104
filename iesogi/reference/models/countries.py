from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Evidence, RegionalGroup, UNStatus
from iesogi.reference.querysets import CountryQuerySet
from iesogi.reference.querysets.countries import NAME_LANGUAGES, name_field
from iesogi.reference.text import fold


class RegionTag(models.Model):
    """A region the work programme names that is no UN regional group: Middle East and North Africa, the Caribbean."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("label"), max_length=100)
    note = models.CharField(_("note"), max_length=300, blank=True)
    evidence = models.CharField(
        _("evidence for its States"), max_length=12, choices=Evidence, default=Evidence.UNCONFIRMED
    )

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
    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("Names people search for that are not the United Nations form, for example South Korea."),
    )
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
                name="country_iso2_is_two_capitals",
                condition=Q(iso2__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("An ISO alpha-2 code is two capital letters, for example KZ."),
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

    def save(self, *args, **kwargs):
        self.search_text = fold(" ".join([self.iso3, self.iso2, *self.names.values(), self.other_names]))
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    @property
    def name(self):
        """In the language of the page, or English."""
        return getattr(self, name_field()) or self.name_en

    @property
    def names(self):
        """The United Nations name in each official language."""
        return {language: getattr(self, f"name_{language}") for language in NAME_LANGUAGES}
