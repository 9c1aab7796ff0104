"""The text as it was printed: the work programme, its sections, paragraphs and notes."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iesogi.programme.querysets import WorkProgrammeQuerySet


class WorkProgramme(models.Model):
    code = models.SlugField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("label"), max_length=150)
    title = models.CharField(_("title"), max_length=300)
    period_start = models.DateField(_("period starts"))
    period_end = models.DateField(_("period ends"))
    subject_to_renewal_from = models.DateField(
        _("subject to renewal from"), null=True, blank=True, help_text=_("Activities after this day need a new term.")
    )
    holder = models.ForeignKey("reference.MandateHolder", verbose_name=_("mandate holder"), on_delete=models.PROTECT)
    role = models.CharField(_("role of the document"), max_length=300, blank=True)
    as_of = models.DateField(_("figures of the baseline as of"), null=True, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = WorkProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        ordering = ["-period_start"]
        constraints = [
            models.CheckConstraint(
                name="workprogramme_period_ends_after_it_starts",
                condition=Q(period_end__gt=F("period_start")),
                violation_error_message=_("The period ends before it starts. Check both dates."),
            )
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("programme:detail")

    @property
    def years(self):
        return range(self.period_start.year, self.period_end.year + 1)


class Section(models.Model):
    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(_("code"), max_length=40)
    number = models.CharField(_("number"), max_length=10)
    label = models.CharField(_("heading"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"))
    description = models.CharField(_("what it holds"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="section_code_once_per_programme",
                violation_error_message=_("The programme has a section with this code already."),
            )
        ]

    def __str__(self):
        return f"{self.number} {self.label}"


class Paragraph(models.Model):
    """A numbered paragraph in Markdown. `{code}` stands for a printed figure, so text and table cannot differ."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="paragraphs")
    number = models.PositiveSmallIntegerField(_("number"))
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown; {code} stands for a printed figure."))
    exhibits = models.JSONField(_("lists and tables that follow"), default=list, blank=True)

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"],
                name="paragraph_number_once_per_section",
                violation_error_message=_("The section has a paragraph with this number already."),
            )
        ]

    def __str__(self):
        return str(_("Paragraph %(number)s")) % {"number": self.number}


class Footnote(models.Model):
    """A note by its printed number; the text may be missing in print (trap 22)."""

    programme = models.ForeignKey(WorkProgramme, on_delete=models.CASCADE, related_name="footnotes")
    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.CASCADE, related_name="footnotes")
    number = models.PositiveSmallIntegerField(_("number"))
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("footnote")
        verbose_name_plural = _("footnotes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="footnote_number_once_per_programme",
                violation_error_message=_("The programme has a footnote with this number already."),
            )
        ]

    def __str__(self):
        return str(_("Footnote %(number)s")) % {"number": self.number}
