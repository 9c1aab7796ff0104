from django import forms
from django.utils.translation import gettext_lazy as _

from communications.models import Letter
from communications.references import MalformedReferenceError, parse
from communications.replies.enums import Channel, Language, ReplyClass, Translation
from iesogi.deadlines.days import today
from iesogi.safety.forms import DayInput


def letter_called(text: str) -> Letter:
    """The letter with this reference, or a sentence to show beside the field."""
    try:
        reference = parse(text)
    except MalformedReferenceError as error:
        raise forms.ValidationError(str(error)) from error
    found = {"reference_code": reference.country, "number": reference.number, "year": reference.year}
    letter = Letter.objects.filter(**found).first()
    if letter is None:
        raise forms.ValidationError(
            _("No letter of the register has the reference “%(reference)s”. Look it up, or enter it first."),
            params={"reference": reference},
        )
    return letter


class ReplyForm(forms.Form):
    """A reply as it came by the diplomatic channel; what it says is judged afterwards."""

    received_on = forms.DateField(label=_("Received on"), widget=DayInput, help_text=_("Today at the latest."))
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel)
    language = forms.ChoiceField(label=_("Language"), choices=Language)
    translation = forms.ChoiceField(label=_("Translation"), choices=Translation)
    others = forms.CharField(
        label=_("Answers these letters too"),
        required=False,
        max_length=300,
        help_text=_(
            "References of other letters to the same State, with a semicolon between: KAZ 2/2019; KAZ 5/2020."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today()

    def clean_others(self):
        return [letter_called(text) for text in self.cleaned_data["others"].split(";") if text.strip()]


class ClassForm(forms.Form):
    reply_class = forms.ChoiceField(label=_("Character of the reply"), choices=ReplyClass)
    quality = forms.CharField(
        label=_("Note on its quality"),
        required=False,
        max_length=300,
        help_text=_("Which questions it answers, and which not. Name no person."),
    )
    publishable = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_(
            "Its day, language and character are shown once the letter is public; its text only as a redacted PDF, "
            "where one was added and read by a second person."
        ),
    )


class LetterForm(forms.Form):
    letter = forms.CharField(label=_("Reference of the letter"), max_length=60)

    def clean_letter(self):
        return letter_called(self.cleaned_data["letter"])
