from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Redacted PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_(
            "Take names out before you save the PDF: a box that is drawn over a name leaves the name in the file."
        ),
    )
    as_pictures = forms.BooleanField(
        label=_("Turn its pages into pictures"),
        required=False,
        help_text=_(
            "Nothing is left under a box then, but nobody can search, copy or have it read aloud. "
            "For scans, and for files whose boxes were drawn over words."
        ),
    )


class ShownForm(forms.Form):
    """Carries which file the page showed."""

    shown = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
