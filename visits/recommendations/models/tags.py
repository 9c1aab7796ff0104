from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iesogi.reference.text import fold
from visits.recommendations.enums import TagKind

SDG = r"^(1[0-7]|[1-9])(\.([1-9][0-9]?|[a-d]))?$"


class RecommendationTag(models.Model):
    """A theme, a group of affected persons, or a Sustainable Development Goal with its targets. The list is open."""

    kind = models.CharField(_("kind"), max_length=8, choices=TagKind)
    code = models.CharField(
        _("code"), max_length=120, blank=True, help_text=_("Left empty it follows from the label; for a Goal: 16.3.")
    )
    label = models.CharField(_("label"), max_length=200)
    part_of = models.CharField(_("Goal of the target"), max_length=2, blank=True, editable=False)
    perspective = models.ForeignKey(
        "reference.Perspective",
        verbose_name=_("perspective"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The mandate’s own word for the same thing, where there is one."),
    )

    class Meta:
        verbose_name = _("tag of recommendations")
        verbose_name_plural = _("tags of recommendations")
        ordering = ["kind", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="recommendationtag_once",
                violation_error_message=_("This tag exists already. Use that one."),
            ),
            models.CheckConstraint(
                name="recommendationtag_goal_has_its_number",
                condition=~Q(kind=TagKind.SDG) | Q(code__regex=SDG),
                violation_error_message=_("A Goal is a number from 1 to 17, a target adds a point: 5, 16.3 or 17.b."),
            ),
        ]

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        self.fill()
        super().save(*args, **kwargs)

    def clean(self):
        self.fill()

    def fill(self):
        """Code and Goal follow from what was entered."""
        self.code = self.code.strip() or fold(self.label)[:120]
        self.part_of = self.code.split(".")[0] if self.kind == TagKind.SDG and "." in self.code else ""
