"""Every mail is a row before it is a mail, so nothing is lost with a worker and failure stays in sight."""

import uuid
from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iesogi.outbox.enums import FINISHED, State
from iesogi.outbox.querysets import MailQuerySet


class Mailing(models.Model):
    """One text that goes to many: kept once, and each mail of it holds only what is its own reader's.

    Markers such as [[leave_url]] in text, html and headers are filled from `Mail.merge` when the mail leaves.
    """

    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("formatted text"), blank=True)
    headers = models.JSONField(_("further headers"), default=dict, blank=True)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]

    def __str__(self):
        return self.subject


class Mail(models.Model):
    mailing = models.ForeignKey(
        Mailing, verbose_name=_("mailing"), null=True, blank=True, on_delete=models.PROTECT, related_name="mails"
    )
    merge = models.JSONField(_("what is this reader's own"), default=dict, blank=True)
    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("formatted text"), blank=True)
    private = models.BooleanField(
        _("private"),
        default=False,
        help_text=_("Its text opens a door, such as a link that sets a password, so only its receiver reads it."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("to be sent at"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken by a worker at"), null=True, blank=True)
    done_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    dedupe_key = models.CharField(
        _("key against doubles"),
        max_length=200,
        blank=True,
        help_text=_("A second mail with the same key is not made."),
    )
    subject_label = models.CharField(_("about"), max_length=200, blank=True)
    subject_url = models.CharField(_("link to what it is about"), max_length=300, blank=True)
    erased_at = models.DateTimeField(
        _("address and text erased at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("What was personal in a finished mail goes when its purpose has gone."),
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                condition=~Q(dedupe_key=""),
                name="mail_once_per_dedupe_key",
                violation_error_message=_("This mail has been written already; it is not sent a second time."),
            ),
            models.CheckConstraint(
                name="mail_finished_has_its_time",
                condition=Q(state__in=FINISHED, done_at__isnull=False)
                | ~Q(state__in=FINISHED) & Q(done_at__isnull=True),
                violation_error_message=_("A mail that is sent, failed or discarded says when; any other does not."),
            ),
            models.CheckConstraint(
                name="mail_claimed_says_since_when",
                condition=~Q(state=State.CLAIMED) | Q(claimed_at__isnull=False),
                violation_error_message=_("A mail that is being sent says since when, so that a dead worker shows."),
            ),
            models.CheckConstraint(
                name="mail_failed_says_why",
                condition=~Q(state=State.FAILED) | ~Q(error=""),
                violation_error_message=_("A mail that failed says why."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=State.WAITING), name="mail_waiting_by_due_at"),
            models.Index(fields=["claimed_at"], condition=Q(state=State.CLAIMED), name="mail_claimed_by_claimed_at"),
            models.Index(fields=["done_at"], condition=Q(state=State.FAILED), name="mail_failed_by_done_at"),
            models.Index(fields=["created_at"], name="mail_by_created_at"),
            models.Index(
                fields=["mailing", "due_at"],
                condition=Q(state=State.WAITING, mailing__isnull=False),
                name="mail_waiting_by_mailing",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def message_id(self):
        """Derived from the row: a mail that goes out twice after a crash is still one message to its reader."""
        host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        return f"<{self.public_id}@{host}>"
