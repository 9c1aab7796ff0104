from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from iesogi.vault.enums import IfUncleanable
from iesogi.vault.files import Incoming
from iesogi.vault.number_forms import LONGEST, FilesField, LateForm


class AddForm(LateForm):
    text = forms.CharField(
        label=_("Your text"),
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("Up to 30,000 characters. It is sealed; you will not be able to read it here again."),
    )
    # The last one: a file that is too large must not cost what comes after it.
    files = FilesField(label=_("Files"), required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("files") and "files" not in self.errors:
            self.add_error("text", _("Nothing to send yet. Write a text or choose a file."))
        return cleaned

    def incoming(self):
        return [
            Incoming(upload, IfUncleanable.KEEP_ORIGINAL, is_cleaned_later=True)
            for upload in self.cleaned_data["files"]
        ]


class RestrictForm(LateForm):
    publication = forms.ChoiceField(label=_("From now on"), widget=forms.RadioSelect)

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["publication"].choices = choices


class WithdrawForm(LateForm):
    sure = forms.BooleanField(label=_("Yes, I withdraw it"))
