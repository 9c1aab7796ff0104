from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecommendationImport(models.Model):
    """A file that was read and judged, and perhaps taken in; its content goes when that is decided."""

    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(_("content"), default=bytes)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    outcome = models.JSONField(_("outcome"), default=dict)
    done_at = models.DateTimeField(_("taken in at"), null=True)

    class Meta:
        verbose_name = _("import of recommendations")
        verbose_name_plural = _("imports of recommendations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="recommendationimport_done_keeps_no_content",
                condition=Q(done_at=None) | Q(content=b""),
                violation_error_message=_("The content of a file that was taken in is not kept."),
            )
        ]

    def __str__(self):
        return self.name
