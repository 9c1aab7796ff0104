"""Forms of pages that a number opens. Each can come too late, and then brings the number along with its text."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 30_000


def _once():
    return secrets.token_hex(16)


class NumberField(forms.CharField):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Your number of 24 digits"))
        kwargs.setdefault("help_text", _("In any digits, with or without spaces. For example 1234 5678 9012 …"))
        super().__init__(
            max_length=200,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
            ),
            **kwargs,
        )


class DoorForm(forms.Form):
    number = NumberField()


class LateForm(forms.Form):
    """`once` makes the same page sent twice one message. With `late`, the number is asked for beside what was typed.

    The first time it comes too late nobody was asked for a number yet, so its absence is no mistake.
    """

    once = forms.RegexField(r"^[0-9a-f]{32}$", initial=_once, widget=forms.HiddenInput)

    def __init__(self, *args, late=False, **kwargs):
        super().__init__(*args, **kwargs)
        if late:
            self.fields["number"] = NumberField(required=self.add_prefix("number") in self.data)
            self.order_fields(["number"])


class Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several at once. What the upload handler refused is told by name, and nothing of it was kept."""

    widget = Files

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data]
        uploads = [upload for upload in uploads if upload]
        problems = [forms.ValidationError(upload.problem) for upload in uploads if upload.problem]
        if problems:
            raise forms.ValidationError(problems)
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return uploads
