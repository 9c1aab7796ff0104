from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import PerspectiveKind
from iesogi.reference.querysets import PerspectiveQuerySet


class Perspective(models.Model):
    """How the mandate looks at a matter: factors, populations, root causes, and the pillar, realm or duty it touches.

    WP 2021-2023 paras 4, 5, 8, 9. The list is open: staff may add.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=PerspectiveKind)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=150)
    note = models.CharField(_("note"), max_length=300, blank=True)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text=_("A realm or duty of States belongs to a pillar."),
    )
    aims = models.JSONField(_("aims or concerns"), default=list, blank=True)
    combines = models.ManyToManyField(
        "self",
        verbose_name=_("combines"),
        symmetrical=False,
        blank=True,
        help_text=_("The factors that a focus looks at together, for example race and ethnicity."),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    paragraphs = models.JSONField(_("named in paragraphs"), default=list, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = PerspectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        ordering = ["kind", "label"]
        constraints = [
            models.CheckConstraint(
                name="perspective_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The focus ends before it starts. Check both dates."),
            ),
        ]

    def __str__(self):
        return self.label
