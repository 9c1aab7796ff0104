"""The way of one letter into the public register. A date alone never publishes anything (domain.md R11)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communications.publication.enums import Naming, PublicationState
from communications.publication.querysets import PublicationQuerySet
from communications.publication.windows import early_day, report_session, window_of
from iesogi.deadlines.days import today

PEOPLE = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+"}


class Publication(models.Model):
    """One a letter. Its words are the redacted version: the only ones about the letter that the public reads."""

    letter = models.OneToOneField(
        "communications.Letter", verbose_name=_("letter"), on_delete=models.PROTECT, related_name="publication"
    )
    session = models.PositiveSmallIntegerField(_("session of the Council"))
    state = models.CharField(
        _("state"), max_length=10, choices=PublicationState, default=PublicationState.PROPOSED, editable=False
    )
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), help_text=_("Empty: the portal."), **PEOPLE
    )
    held_reason = models.CharField(_("reason it is held"), max_length=300, blank=True)
    title = models.CharField(_("what it is about"), max_length=300, blank=True)
    text = models.TextField(_("redacted text"), blank=True)
    naming = models.CharField(_("who can be recognized"), max_length=10, choices=Naming, blank=True)
    shows_outcome = models.BooleanField(_("the outcome is shown too"), default=False)
    redacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("redacted by"), **PEOPLE)
    redacted_on = models.DateField(_("redacted on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("confirmed by"), **PEOPLE)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-session", "pk"]
        constraints = [
            models.CheckConstraint(
                name="publication_held_says_why",
                condition=~Q(state=PublicationState.HELD) | ~Q(held_reason=""),
                violation_error_message=_("Say why it is held: the reason is kept with the letter."),
            ),
            models.CheckConstraint(
                name="publication_has_its_redacted_text",
                condition=~Q(state=PublicationState.PUBLISHED) | ~Q(text="") & ~Q(title="") & ~Q(naming=""),
                violation_error_message=_("A letter is published in its redacted version. Write that first."),
            ),
            models.CheckConstraint(
                name="publication_is_confirmed",
                condition=~Q(state=PublicationState.PUBLISHED)
                | Q(confirmed_by__isnull=False, redacted_by__isnull=False),
                violation_error_message=_("A publication has somebody who redacted and somebody who confirmed it."),
            ),
            models.CheckConstraint(
                name="publication_by_two_people",
                condition=Q(confirmed_by=None)
                | ~Q(confirmed_by=F("redacted_by")) & (Q(proposed_by=None) | ~Q(confirmed_by=F("proposed_by"))),
                violation_error_message=_(
                    "Whoever proposed or redacted it does not confirm it. Ask a second person to read it."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "session"], name="publication_by_state"),
            models.Index(fields=["-session", "id"], name="publication_newest_first"),
        ]

    def __str__(self):
        return str(self.letter)

    @property
    def window(self):
        return window_of(self.session)

    @property
    def opens_on(self):
        """The first day on which it may be published: after its report's replies are in, or early (domain.md 1.5).

        Who puts a letter into a later report wants it to wait for that.
        """
        day, early = self.window.opens_on, early_day(self.letter.kind, self.letter.sent_on)
        return min(day, early) if early and self.session == report_session(self.letter.sent_on) else day

    @property
    def is_before_its_report(self):
        return today() < self.window.opens_on

    @property
    def is_public(self):
        return self.state == PublicationState.PUBLISHED
