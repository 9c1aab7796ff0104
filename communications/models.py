"""The register of letters: what was sent, to whom, when and where it stands. No person is named in it (R1, R2)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communications.enums import Contribution, LetterKind, LetterState, Role
from communications.querysets import LetterQuerySet, StepQuerySet


class Letter(models.Model):
    kind = models.CharField(
        _("type"), max_length=2, choices=LetterKind, blank=True, help_text=_("Empty where the source prints none.")
    )
    country = models.ForeignKey(
        "reference.Country",
        verbose_name=_("State"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters",
    )
    other_addressee = models.CharField(
        _("other addressee"), max_length=200, blank=True, help_text=_("A company or an organization, if not a State.")
    )
    reference_code = models.CharField(_("code in the reference"), max_length=3, blank=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year of the reference"), null=True, blank=True, help_text=_("It may differ from the year of sending.")
    )
    joint = models.BooleanField(_("joint"), null=True, blank=True)
    role = models.CharField(_("our role"), max_length=8, choices=Role, blank=True)
    mandate_count = models.PositiveSmallIntegerField(_("mandate holders who signed"), null=True, blank=True)
    mandates = models.ManyToManyField(
        "reference.Mandate",
        verbose_name=_("signing mandates"),
        through="Signatory",
        related_name="letters",
        blank=True,
    )
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.SENT)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    reply_deadline = models.OneToOneField(
        "deadlines.Deadline",
        verbose_name=_("reply due"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    replied_on = models.DateField(_("first reply received on"), null=True, blank=True)
    public = models.BooleanField(
        _("published"),
        default=False,
        help_text=_("Reported to the Council, or printed by the mandate itself. It stays so whatever comes later."),
    )
    published_on = models.DateField(
        _("published on"), null=True, blank=True, help_text=_("Empty where no source gives the day.")
    )
    matter = models.CharField(_("what it is about"), max_length=300, blank=True, help_text=_("Name no person."))
    persons = models.PositiveSmallIntegerField(
        _("persons concerned"), null=True, blank=True, help_text=_("How many; name none of them.")
    )
    outcome = models.CharField(_("outcome"), max_length=300, blank=True, help_text=_("Name no person."))
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)
    event_on = models.DateField(_("date of the event"), null=True, blank=True)
    acknowledged_by_state = models.BooleanField(_("acknowledged by the State"), null=True, blank=True)
    contribution = models.CharField(_("contribution"), max_length=20, choices=Contribution, blank=True)
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference_code", "number", "year"],
                condition=Q(number__isnull=False),
                name="letter_reference_once",
                violation_error_message=_(
                    "This reference number is recorded already. It runs per State and year over all types of letters; "
                    "look the letter up before you add another."
                ),
            ),
            models.CheckConstraint(
                name="letter_reference_is_whole",
                condition=Q(reference_code="", number=None, year=None)
                | (Q(number__isnull=False, number__gt=0, year__isnull=False) & ~Q(reference_code="")),
                violation_error_message=_(
                    "A reference number has a code, a number and a year. Give all three, or none while it is unknown."
                ),
            ),
            models.CheckConstraint(
                name="letter_has_one_addressee",
                condition=Q(country__isnull=False, other_addressee="") | Q(country=None) & ~Q(other_addressee=""),
                violation_error_message=_(
                    "A letter goes to one addressee. Choose a State, or name another addressee, not both."
                ),
            ),
            models.CheckConstraint(
                name="letter_sent_has_its_day",
                condition=~Q(state=LetterState.SENT) | Q(sent_on__isnull=False),
                violation_error_message=_(
                    "A letter that awaits a reply has a day of sending, or its deadline cannot be counted. "
                    "Give the day it was sent."
                ),
            ),
            models.CheckConstraint(
                name="letter_replied_has_its_day",
                condition=~Q(state=LetterState.REPLIED) | Q(replied_on__isnull=False),
                violation_error_message=_("A letter with a reply says on which day it came."),
            ),
            models.CheckConstraint(
                name="letter_published_is_public",
                condition=Q(public=True) | Q(published_on=None) & ~Q(state=LetterState.PUBLISHED),
                violation_error_message=_("A letter with a day of publication counts as published."),
            ),
            models.CheckConstraint(
                name="letter_joint_agrees_with_its_count",
                condition=Q(joint=None)
                | Q(mandate_count=None)
                | Q(joint=True, mandate_count__gt=1)
                | Q(joint=False, mandate_count=1),
                violation_error_message=_(
                    "A joint letter is signed by more than one mandate holder, any other letter by one. "
                    "Correct the mark or the number."
                ),
            ),
            models.CheckConstraint(
                name="letter_reply_comes_after_sending",
                condition=Q(replied_on=None) | Q(sent_on=None) | Q(replied_on__gte=F("sent_on")),
                violation_error_message=_("The reply is dated before the letter. Check both dates."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "sent_on"], name="letter_by_state_and_date"),
            models.Index(fields=["country", "year"], name="letter_by_country_and_year"),
        ]

    def __str__(self):
        return self.reference or str(_("Letter %(pk)s, not numbered yet")) % {"pk": self.pk}

    def clean(self):
        if self.reference_code and self.country_id and self.country.iso3 != self.reference_code:
            raise ValidationError(
                {
                    "country": _(
                        "The reference names “%(code)s”, which is not %(country)s. Correct the one that is wrong."
                    )
                    % {"code": self.reference_code, "country": self.country}
                }
            )

    @property
    def reference(self):
        """As printed, with the type where it is known: `UA EGY 4/2019`."""
        if not self.number:
            return ""
        return f"{self.kind} {self.reference_code} {self.number}/{self.year}".strip()

    @property
    def addressee(self):
        return self.country or self.other_addressee

    @property
    def days_from_event(self):
        """Days between the event and the letter (WP 2021-2023 para 47); None while one is unknown."""
        return (self.sent_on - self.event_on).days if self.sent_on and self.event_on else None

    @property
    def days_to_outcome(self):
        return (self.outcome_on - self.sent_on).days if self.sent_on and self.outcome_on else None


class Signatory(models.Model):
    """The mandates of a joint letter in the order in which it lists them; the first one leads (domain.md 1.7)."""

    letter = models.ForeignKey(Letter, verbose_name=_("letter"), on_delete=models.CASCADE, related_name="signatories")
    mandate = models.ForeignKey("reference.Mandate", verbose_name=_("mandate"), on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("signing mandate")
        verbose_name_plural = _("signing mandates")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "mandate"],
                name="signatory_once_per_letter",
                violation_error_message=_("This mandate signs the letter already."),
            ),
            models.UniqueConstraint(
                fields=["letter", "order"],
                name="signatory_order_once_per_letter",
                violation_error_message=_("Two mandates cannot stand in the same place."),
            ),
        ]

    def __str__(self):
        return f"{self.order}. {self.mandate}"


class Step(models.Model):
    """One step of a letter, added and never changed. Its reason stays here, where only the desk reads it (R1)."""

    letter = models.ForeignKey(Letter, verbose_name=_("letter"), on_delete=models.PROTECT, related_name="steps")
    was = models.CharField(_("from"), max_length=10, choices=LetterState)
    to = models.CharField(_("to"), max_length=10, choices=LetterState)
    on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="step_closing_says_why",
                condition=~Q(to=LetterState.CLOSED) | ~Q(reason=""),
                violation_error_message=_("Closing a letter gives its reason."),
            )
        ]

    def __str__(self):
        return f"{self.get_was_display()} → {self.get_to_display()}"
