"""Images with their words, and booklets: both from the findings of a report (WP 2021-2023 paras 19c, 22)."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dissemination.images.enums import NEXT_OF_BOOKLET, BookletState, PeopleShown, Shape
from dissemination.outgoing import counted_as, person


def random_name(picture, filename):
    """Nobody can guess the name of a file."""
    suffix = filename.rpartition(".")[2].lower()
    return f"pictures/{secrets.token_hex(20)}.{suffix if suffix in {'png', 'jpg', 'webp'} else 'bin'}"


class Picture(models.Model):
    """An image for posts: uploaded and cleaned, or drawn from a finding."""

    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to=random_name, max_length=120, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height in pixels"), editable=False, default=0)
    alt = models.CharField(
        _("text for people who do not see the image"),
        max_length=1000,
        help_text=_("What the image shows and says, in the language of the image. Name no victim and no source."),
    )
    language = models.CharField(_("language of the image"), max_length=5, choices=settings.LANGUAGES, default="en")
    people = models.CharField(_("people in the image"), max_length=7, choices=PeopleShown, blank=True)
    consent_note = models.CharField(
        _("where their agreement is kept"), max_length=200, blank=True, help_text=_("Name nobody here.")
    )
    visit = models.ForeignKey(
        "visits.Visit",
        verbose_name=_("taken during the visit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pictures",
    )
    finding = models.ForeignKey(
        "reports.Finding",
        verbose_name=_("drawn from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="pictures",
    )
    shape = models.CharField(_("shape"), max_length=6, choices=Shape, blank=True, editable=False)
    by = person(_("added by"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="picture_has_its_words",
                condition=~Q(alt=""),
                violation_error_message=_("Describe the image in words, for people who do not see it."),
            ),
            models.CheckConstraint(
                name="picture_of_people_keeps_their_agreement",
                condition=~Q(people=PeopleShown.AGREED) | ~Q(consent_note=""),
                violation_error_message=_("Say where the agreement of the people in the image is kept."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def refusal(self):
        """Why it may not be shown to anybody outside, as a sentence; empty when it may."""
        if self.people:
            return ""
        return gettext("Nobody has checked who can be recognized in the image. Open the image, say so, then go on.")


class Booklet(models.Model):
    """A request for the booklet of key findings and recommendations of a report, in one language."""

    report = models.ForeignKey(
        "reports.Report", verbose_name=_("report"), on_delete=models.PROTECT, related_name="booklets"
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    title = models.CharField(_("title on the cover"), max_length=200)
    cover = models.ForeignKey(
        Picture,
        verbose_name=_("picture on the cover"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="booklets",
        help_text=_("One of the images; its description is read out in its place. Empty: the plain cover."),
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("A paragraph or two; name no person."))
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=BookletState, default=BookletState.REQUESTED, editable=False
    )
    document = models.ForeignKey(
        "documents.Document",
        verbose_name=_("document"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_by = person(_("made by"))
    published_by = person(_("published by"))
    output = counted_as("booklet")

    class Meta:
        verbose_name = _("booklet")
        verbose_name_plural = _("booklets")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "language"],
                condition=~Q(state=BookletState.PUBLISHED),
                name="booklet_one_request_at_a_time",
                violation_error_message=_(
                    "A booklet of this report in this language is being made already. Go on with that one."
                ),
            ),
            models.CheckConstraint(
                name="booklet_published_by_somebody_else",
                condition=Q(published_by=None) | ~Q(published_by=F("made_by")),
                violation_error_message=_("Somebody else than who made the booklet publishes it."),
            ),
            models.CheckConstraint(
                name="booklet_made_has_its_document",
                condition=Q(state=BookletState.REQUESTED) | Q(document__isnull=False),
                violation_error_message=_("A booklet that was made has its document."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if complaint := self.cover.refusal if self.cover else "":
            raise ValidationError({"cover": complaint})

    def successors(self):
        return NEXT_OF_BOOKLET[BookletState(self.state)]
