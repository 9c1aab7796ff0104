"""A letter or a reply as the public may have it: a PDF that one person redacted and another read (R11, R12)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communications.renditions.querysets import RenditionQuerySet


class Rendition(models.Model):
    """One of a letter in its publication, one of a reply. Its address is random, so it tells of no other."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    publication = models.OneToOneField(
        "communications.Publication",
        verbose_name=_("publication"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rendition",
    )
    reply = models.OneToOneField(
        "communications.Reply",
        verbose_name=_("reply"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rendition",
    )
    stored = models.CharField(_("name in the storage"), max_length=100, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(_("size"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    text = models.TextField(_("what a machine reads in it"), blank=True)
    is_pictures = models.BooleanField(_("its pages are pictures"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_on = models.DateField(_("added on"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    public_since = models.DateField(_("public since"), null=True, blank=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("redacted file")
        verbose_name_plural = _("redacted files")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="rendition_is_of_a_letter_or_of_a_reply",
                condition=Q(publication__isnull=False, reply=None) | Q(publication=None, reply__isnull=False),
                violation_error_message=_("A redacted file is that of one letter or of one reply."),
            ),
            models.CheckConstraint(
                name="rendition_public_was_confirmed",
                condition=Q(public_since=None, confirmed_by=None)
                | Q(public_since__isnull=False, confirmed_by__isnull=False),
                violation_error_message=_("A file becomes public when somebody has confirmed it."),
            ),
            models.CheckConstraint(
                name="rendition_by_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("added_by")),
                violation_error_message=_("Whoever added the file does not confirm it. Ask a second person."),
            ),
        ]

    def __str__(self):
        said = ngettext("redacted PDF of %(pages)s page", "redacted PDF of %(pages)s pages", self.pages)
        return said % {"pages": self.pages}

    @property
    def is_public(self):
        return self.public_since is not None


def staff_address(file: Rendition) -> str:
    """Where the desk reads it, public or not."""
    return reverse("admin:communications_publication_file", args=[file.uuid])
