"""Key findings and recommendations of a report: what its booklet and the images for social media are made from.

WP 2021-2023 para 19c.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.findings.enums import FindingKind
from reports.findings.querysets import FindingQuerySet


class Finding(models.Model):
    report = models.ForeignKey(
        "reports.Report", verbose_name=_("report"), on_delete=models.PROTECT, related_name="findings"
    )
    kind = models.CharField(_("kind"), max_length=15, choices=FindingKind, default=FindingKind.FINDING)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    paragraph = models.CharField(
        _("paragraph of the report"), max_length=20, blank=True, help_text=_("Where it stands, for example 83 (a).")
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding or recommendation")
        verbose_name_plural = _("findings and recommendations")
        ordering = ["report", "kind", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind", "order"],
                name="finding_order_once_per_report_and_kind",
                violation_error_message=_("Another row of this report has this place. Give it the next number."),
            )
        ]

    def __str__(self):
        return f"{self.report}: {self.get_kind_display()} {self.order}"

    def text_in(self, language):
        """The text in this language, else in English, else None; out of what was prefetched."""
        by_language = {text.language: text for text in self.texts.all()}
        return by_language.get(language) or by_language.get("en")


class FindingText(models.Model):
    finding = models.ForeignKey(Finding, verbose_name=_("finding"), on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    text = models.CharField(
        _("text"),
        max_length=400,
        help_text=_("One or two short sentences; they must fit on an image. Name no person."),
    )
    alt = models.CharField(
        _("text for people who do not see the image"),
        max_length=500,
        blank=True,
        help_text=_("Empty: the text above is read out."),
    )

    class Meta:
        verbose_name = _("text of a finding")
        verbose_name_plural = _("texts of findings")
        ordering = ["finding", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "language"],
                name="findingtext_once_a_language",
                violation_error_message=_("There is a text in this language already; change that one."),
            ),
            models.CheckConstraint(
                name="findingtext_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write the finding in one or two short sentences."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def read_out(self):
        return self.alt or self.text
