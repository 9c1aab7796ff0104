from django import forms
from django.utils.translation import gettext_lazy as _

from communications.publication.enums import Naming


class RedactForm(forms.Form):
    title = forms.CharField(
        label=_("What it is about"), max_length=300, help_text=_("One line for lists. “Alleged” stays in it.")
    )
    text = forms.CharField(
        label=_("Redacted text"),
        widget=forms.Textarea(attrs={"rows": 14, "cols": 80}),
        help_text=_(
            "What the public will read: the allegation and the questions, without what could harm anyone. "
            "An empty line begins a paragraph, “## ” a heading, “- ” an item of a numbered list."
        ),
    )
    naming = forms.ChoiceField(
        label=_("Who can be recognized"),
        choices=Naming,
        help_text=_("A name stands here only where the person agreed to be named in the public report."),
    )
    shows_outcome = forms.BooleanField(
        label=_("Show the outcome too"), required=False, help_text=_("Once an outcome is recorded with the letter.")
    )


class ConfirmForm(forms.Form):
    """Carries what the page showed, so that nobody confirms words that they have not read."""

    shown = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Name no person; it is kept with the letter.")
    )


class WindowForm(forms.Form):
    session = forms.IntegerField(
        label=_("Session of the Council"),
        required=False,
        min_value=20,
        max_value=500,
        help_text=_("Its number, for example 47. Empty: the one that follows from the day of sending."),
    )
