from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iesogi.audit.querysets import EntryQuerySet


class Entry(models.Model):
    """One thing that was done or read. Each entry holds the hash of the one before it, so a gap or an edit shows."""

    at = models.DateTimeField(_("at"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    verb = models.CharField(_("verb"), max_length=80)
    target_type = models.CharField(_("kind of target"), max_length=80, blank=True)
    target_id = models.CharField(_("id of target"), max_length=40, blank=True)
    target_label = models.CharField(_("target"), max_length=300, blank=True)
    data = models.JSONField(_("data"), default=dict)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_entries_of_a_target"),
            models.Index(fields=["at"], name="audit_entries_by_time"),
        ]

    def __str__(self):
        return f"{self.verb} {self.target_label}".strip()


class Head(models.Model):
    """A single row that holds the last hash; whoever appends locks it, so entries form one chain."""

    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_has_one_head",
                condition=models.Q(pk=1),
                violation_error_message=_("The audit chain has one head only."),
            )
        ]

    def __str__(self):
        return self.hash
