"""What came back from a State: one reply may answer several letters, and a letter may get several replies."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communications.publication.windows import reply_cutoff
from communications.replies.enums import Channel, Language, ReplyClass, Translation
from communications.replies.querysets import ReplyQuerySet
from iesogi.deadlines.clock import short


class Reply(models.Model):
    """Entered by a desk officer from the diplomatic channel (R27). No name stands here, of nobody (R1, R2)."""

    letters = models.ManyToManyField("communications.Letter", verbose_name=_("letters"), related_name="replies")
    received_on = models.DateField(_("received on"))
    channel = models.CharField(_("channel"), max_length=14, choices=Channel)
    language = models.CharField(_("language"), max_length=5, choices=Language)
    translation = models.CharField(
        _("translation"), max_length=10, choices=Translation, default=Translation.NOT_NEEDED
    )
    reply_class = models.CharField(
        _("character of the reply"), max_length=22, choices=ReplyClass, blank=True, help_text=_("Empty until read.")
    )
    quality = models.CharField(
        _("note on its quality"), max_length=300, blank=True, help_text=_("What it answers and what not. No names.")
    )
    publishable = models.BooleanField(_("may be published"), default=False)
    public_since = models.DateField(_("public since"), null=True, blank=True)
    deadline = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("to be read by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    classified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    classified_on = models.DateField(_("read on"), null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reply_read_has_its_day",
                condition=Q(reply_class="", classified_on=None) | ~Q(reply_class="") & Q(classified_on__isnull=False),
                violation_error_message=_("A reply that was read says what it is, and since when."),
            ),
            models.CheckConstraint(
                name="reply_published_was_cleared",
                condition=Q(public_since=None) | Q(publishable=True),
                violation_error_message=_("A reply is published only after it was read and cleared for publication."),
            ),
            models.CheckConstraint(
                name="reply_cleared_was_read",
                condition=Q(publishable=False) | ~Q(reply_class=""),
                violation_error_message=_("Read the reply before you clear it for publication."),
            ),
        ]
        indexes = [
            models.Index(fields=["received_on"], name="reply_by_day"),
            models.Index(fields=["deadline"], condition=Q(reply_class=""), name="reply_to_classify"),
        ]

    def __str__(self):
        return str(_("Reply %(pk)s of %(day)s")) % {"pk": self.pk, "day": short(self.received_on)}

    @property
    def is_read(self):
        return bool(self.reply_class)

    def is_late_for(self, letter) -> bool:
        """After the cut-off of the report that the letter belongs to, so it shows in the next one (R12)."""
        return bool(letter.sent_on) and self.received_on > reply_cutoff(letter.sent_on)

    def days_to(self, letter) -> int | None:
        return (self.received_on - letter.sent_on).days if letter.sent_on else None

    def was_public(self, on: date) -> bool:
        return self.public_since is not None and self.public_since <= on
