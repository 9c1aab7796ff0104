from django.db import models
from django.utils.translation import gettext_lazy as _


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
