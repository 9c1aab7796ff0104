from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iesogi.audit.querysets import AppendOnlyQuerySet


class Recorded(models.Model):
    """A row that is only added, and says who recorded it and when (R18)."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
