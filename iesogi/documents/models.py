import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iesogi.documents.enums import MOVING, State
from iesogi.documents.querysets import DocumentQuerySet


def random_name(document, filename):
    """Nobody can guess the name of a file from the document it holds."""
    return f"documents/{secrets.token_hex(20)}.pdf"


class Document(models.Model):
    """A PDF made from data as they stood on one day. What is ready never changes: new data make a new row.

    The row is also the job (docs/adr/0003): queued, claimed by a conditional update, done or failed with a reason.
    """

    kind = models.SlugField(
        _("kind"), max_length=60, help_text=_("What it is a version of, for example work-programme.")
    )
    title = models.CharField(_("title"), max_length=250)
    template = models.CharField(_("template"), max_length=150)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    as_of = models.DateField(_("data as of"))
    version = models.PositiveIntegerField(_("version"))
    snapshot = models.JSONField(_("data"), editable=False)
    snapshot_sha256 = models.CharField(_("SHA-256 of the data"), max_length=64, editable=False)

    file = models.FileField(_("file"), upload_to=random_name, max_length=150, blank=True, editable=False)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED, editable=False)
    requested_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
        help_text=_("Empty when the portal itself asked for it."),
    )
    due_at = models.DateTimeField(_("due at"), editable=False)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True, editable=False)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    error = models.TextField(_("reason it failed"), blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "version"],
                name="document_version_once_per_kind_and_language",
                violation_error_message=_("This version of the document exists already in this language."),
            ),
            models.UniqueConstraint(
                fields=["kind", "language", "snapshot_sha256"],
                condition=Q(state__in=MOVING),
                name="document_same_data_in_the_making_once",
                violation_error_message=_("The same document is being made right now. Wait until it is ready."),
            ),
            models.CheckConstraint(
                name="document_ready_is_complete",
                condition=~Q(state=State.READY)
                | ~Q(file="") & ~Q(file_sha256="") & Q(done_at__isnull=False, size__isnull=False, pages__isnull=False),
                violation_error_message=_(
                    "A ready document has a file, its SHA-256, its size and the time it was made."
                ),
            ),
            models.CheckConstraint(
                name="document_failed_says_why",
                condition=~Q(state=State.FAILED) | ~Q(error=""),
                violation_error_message=_("A failed document says why it failed."),
            ),
            models.CheckConstraint(
                name="document_rendering_is_claimed",
                condition=~Q(state=State.RENDERING) | Q(claimed_at__isnull=False),
                violation_error_message=_("A document that is being rendered names the time it was claimed."),
            ),
            models.CheckConstraint(
                name="document_published_is_ready",
                condition=Q(published_at__isnull=True) | Q(state=State.READY),
                violation_error_message=_("Only a ready document can be published."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=State.QUEUED), name="documents_queued_by_due_time"),
            models.Index(
                fields=["claimed_at"], condition=Q(state=State.RENDERING), name="documents_rendering_by_claim"
            ),
            models.Index(fields=["kind", "language", "snapshot_sha256"], name="documents_by_kind_and_data"),
            models.Index(fields=["requested_at"], name="documents_by_request_time"),
        ]

    def __str__(self):
        return f"{self.title} ({self.language}, v{self.version})"

    def get_absolute_url(self):
        return reverse("admin:documents_document_change", args=[self.pk])

    @property
    def is_moving(self):
        return State(self.state).is_moving

    @property
    def download_name(self):
        """What the reader's disk calls it; the stored name is random."""
        return f"{self.kind}-{self.language}-v{self.version}.pdf"

    def context(self) -> dict:
        """All that a template may see: the data, and what the cover says about this edition."""
        return context(
            title=self.title,
            snapshot=self.snapshot,
            sha256=self.snapshot_sha256,
            as_of=self.as_of,
            version=self.version,
        )


def context(*, title: str, snapshot: dict, sha256: str, as_of: date, version: int | None = None) -> dict:
    """Without a version it is a working copy that is stored nowhere."""
    about = {"title": title, "version": version, "as_of": as_of, "sha256": sha256}
    return {**snapshot, "document": about}
