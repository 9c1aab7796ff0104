"""A letter is entered by its reference number; what the number says need not be said twice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communications.desk.permissions import officers
from communications.enums import LetterKind, LetterState
from communications.models import Letter
from communications.references import MalformedReferenceError, parse
from iesogi.accounts.models import User
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from iesogi.reference.models import Country
from iesogi.safety.enums import Method
from iesogi.safety.models import RiskAssessment


def standing_in_words(assessment: RiskAssessment) -> str:
    """A letter, Planning (1) · Go · 30 June 2021."""
    said = [str(assessment), assessment.get_verdict_display()]
    return " · ".join([*said, short(assessment.review_on)] if assessment.review_on else said)


class LetterForm(forms.ModelForm):
    """The reference is one text; its State, type and "J" fill the fields beside it, or are held against them."""

    FROM_REFERENCE = {"reference_code", "number", "year", "country", "kind", "joint"}

    reference = forms.CharField(
        label=_("Reference number"),
        required=False,
        max_length=60,
        help_text=_(
            "As OHCHR gave it out after sending, in any spacing, for example AL POL 1/2020 or KAZ 2/2019. "
            "It fills in the State and the type. Leave it empty while it is unknown."
        ),
    )

    class Meta:
        model = Letter
        fields = [
            "country",
            "other_addressee",
            "kind",
            "sent_on",
            "joint",
            "role",
            "mandate_count",
            "matter",
            "persons",
            "event_on",
            "outcome",
            "outcome_on",
            "acknowledged_by_state",
            "contribution",
            "themes",
            "owner",
            "language",
            "risk_assessment",
            "follows_up",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        letter = self.instance
        if "owner" in self.fields:
            self.fields["owner"].queryset = User.objects.filter(pk__in=[user.pk for user in officers()])
        if "language" in self.fields:
            self.fields["language"].required = False  # letters that went out before the portal say none
        if "follows_up" in self.fields:
            self.fields["follows_up"].queryset = Letter.objects.exclude(pk=letter.pk)  # none follows itself
        if "risk_assessment" in self.fields:
            self._offer_assessments(self.fields["risk_assessment"])
        if letter.number:
            self.initial["reference"] = f"{letter.reference_code} {letter.number}/{letter.year}"

    def _offer_assessments(self, field):
        """Those that fit, and the one that is chosen already, each with its decision and the day it holds until."""
        fitting = RiskAssessment.objects.fitting(Method.COMMUNICATION, self.instance.country)
        chosen = RiskAssessment.objects.filter(pk=self.instance.risk_assessment_id)
        field.queryset = fitting | chosen
        field.label_from_instance = standing_in_words

    def clean_reference(self):
        text = self.cleaned_data["reference"]
        if not text:
            return None
        try:
            reference = parse(text)
        except MalformedReferenceError as error:
            raise forms.ValidationError(str(error)) from error
        if reference.year > today().year:
            raise forms.ValidationError(
                _("The year %(year)s is still to come. Correct the reference number."), params={"year": reference.year}
            )
        return reference

    def clean_sent_on(self):
        sent_on = self.cleaned_data["sent_on"]
        if sent_on and sent_on > today():
            raise forms.ValidationError(_("This day is still to come. A letter is registered after it was sent."))
        if not sent_on and self.instance.state == LetterState.SENT:
            raise forms.ValidationError(_("Give the day on which the letter was sent; the reply is counted from it."))
        return sent_on

    def clean(self):
        super().clean()
        if "reference" in self.cleaned_data:
            self._take_reference(self.cleaned_data["reference"])

    def _take_reference(self, reference):
        letter = self.instance
        if reference is None:
            letter.reference_code, letter.number, letter.year = "", None, None
            return
        letter.reference_code, letter.number, letter.year = reference.country, reference.number, reference.year
        self._take_country(reference)
        self._take_kind(reference)
        if reference.joint and self.cleaned_data.get("joint") is False:
            self.add_error("joint", _("The J in the reference says that the letter is joint. Correct one of the two."))
        elif reference.joint:
            self.cleaned_data["joint"] = True

    def _take_country(self, reference):
        country = Country.objects.filter(iso3=reference.country).first()
        if country is None and not self.cleaned_data.get("other_addressee"):
            self.add_error(
                "reference",
                _(
                    "“%(code)s” is not the ISO code of a member or observer State. Correct it; or, if the letter went "
                    "to a company or an organization, name that as the other addressee."
                )
                % {"code": reference.country},
            )
        elif country and not self.cleaned_data.get("country"):
            self.cleaned_data["country"] = country

    def _take_kind(self, reference):
        kind = self.cleaned_data.get("kind")
        if reference.kind and kind and kind != reference.kind:
            self.add_error(
                "kind",
                _("The reference says “%(kind)s”. Correct the one that is wrong.")
                % {"kind": LetterKind(reference.kind).label},
            )
        elif reference.kind:
            self.cleaned_data["kind"] = reference.kind

    def _get_validation_exclusions(self):
        """Parts of the reference are no fields of the form, yet the constraints on them are checked with it.

        While it cannot be read nobody knows the addressee, so nobody is told that there is none.
        """
        unknown = {"country"} if "reference" in self.errors else set()
        return (super()._get_validation_exclusions() - self.FROM_REFERENCE - {"state"}) | unknown


class StepForm(forms.Form):
    """The day of a step and, where it is wanted, its reason."""

    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on which it happened, today at the latest."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Name no person; it is kept with the letter.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class ClosingForm(StepForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Name no person; it is kept with the letter.")
    )
