"""One letter, from its first draft to its end. No person is named in it (R1, R2)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from communications.cases.models import Case
from communications.enums import UNSENT, Contribution, Language, LetterKind, LetterState, NamingBasis, Role
from communications.letters.models import LetterCase
from communications.models.constraints import CONSTRAINTS
from communications.querysets import LetterQuerySet
from communications.replies.enums import ReplyClass


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
    reply_class = models.CharField(
        _("character of the reply"), max_length=22, choices=ReplyClass, blank=True, editable=False
    )
    themes = models.ManyToManyField(
        "reference.Perspective", verbose_name=_("themes"), related_name="letters", blank=True
    )
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
    # Folded words of the public version alone, kept by `register.searching`.
    search_text = models.TextField(editable=False, blank=True, default="")
    # Before it goes out. The text is sealed; these columns say how far it has come and who stands for it.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in charge"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters",
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)
    cases = models.ManyToManyField(
        Case, verbose_name=_("cases"), through=LetterCase, related_name="letters", blank=True
    )
    follows_up = models.ForeignKey(
        "self",
        verbose_name=_("follows up"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
    )
    content = models.OneToOneField(
        "vault.Compartment", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    draft_version = models.PositiveSmallIntegerField(_("version of the draft"), default=0, editable=False)
    names_people = models.BooleanField(_("names alleged victims"), default=False, editable=False)
    naming_basis = models.CharField(
        _("why it may name them"), max_length=8, choices=NamingBasis, blank=True, editable=False
    )
    risk_assessment = models.ForeignKey(
        "safety.RiskAssessment",
        verbose_name=_("risk assessment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_on = models.DateField(_("approved on"), null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-sent_on", "pk"]
        permissions = [("approve_letter", _("Can approve a letter")), ("send_letter", _("Can send a letter"))]
        constraints = CONSTRAINTS
        indexes = [
            models.Index(fields=["state", "sent_on"], name="letter_by_state_and_date"),
            models.Index(fields=["country", "year"], name="letter_by_country_and_year"),
            models.Index(fields=["public", "-sent_on", "id"], name="letter_public_newest_first"),
            models.Index(fields=["-sent_on", "id"], name="letter_newest_first"),
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
    def is_unsent(self):
        return self.state in UNSENT

    @property
    def addressee(self):
        """Empty while a case asks to keep the State sealed; sending says it."""
        return self.country or self.other_addressee

    @property
    def days_from_event(self):
        """Days between the event and the letter (WP 2021-2023 para 47); None while one is unknown."""
        return (self.sent_on - self.event_on).days if self.sent_on and self.event_on else None

    @property
    def days_to_outcome(self):
        return (self.outcome_on - self.sent_on).days if self.sent_on and self.outcome_on else None
