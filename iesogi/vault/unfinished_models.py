"""What somebody has not sent yet. No channel, no member and no paper half opens these rows: the number alone does."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iesogi.vault.fields import SealedField, exactly
from iesogi.vault.sealing import KEY


class Unfinished(models.Model):
    """The key of the last save, under a key made from the number. Deleting this row erases what was typed."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lookup_id = SealedField(_("derived from the number"), unique=True)
    confirmed = models.BooleanField(_("the number was written down"), default=False)
    box = SealedField(_("key of the last save, sealed"))

    class Meta:
        verbose_name = _("unfinished text")
        verbose_name_plural = _("unfinished texts")
        constraints = [
            exactly("lookup_id", KEY, "unfinished_lookup_is_whole", _("What a number is found by has 32 bytes.")),
        ]

    def __str__(self):
        return str(self.uuid)


class UnfinishedPart(models.Model):
    """All that was typed, in one body; or one file, by the random name of its blob. Its key is in the body."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unfinished = models.ForeignKey(Unfinished, on_delete=models.CASCADE, related_name="parts")
    body = SealedField(_("text, sealed"), null=True, blank=True)
    blob = models.CharField(_("name of the sealed file"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("part of an unfinished text")
        verbose_name_plural = _("parts of unfinished texts")
        constraints = [
            models.CheckConstraint(
                name="unfinished_part_is_text_or_file",
                condition=Q(body__isnull=False, blob="") | Q(body__isnull=True) & ~Q(blob=""),
                violation_error_message=_("A part of an unfinished text holds either a text or a file."),
            ),
            models.UniqueConstraint(
                fields=["unfinished"],
                condition=Q(blob=""),
                name="unfinished_has_one_body",
                violation_error_message=_("An unfinished text has one body."),
            ),
            models.UniqueConstraint(
                fields=["blob"],
                condition=~Q(blob=""),
                name="unfinished_file_is_its_own",
                violation_error_message=_("This sealed file belongs to another unfinished text."),
            ),
        ]

    def __str__(self):
        return str(self.uuid)
