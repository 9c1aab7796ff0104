"""The last page: everything once more, files, and the one button that sends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communications.intake.fields import SHORT, OneOf, TextField, Tick
from iesogi.vault.enums import IfUncleanable
from iesogi.vault.files import Incoming

TRAP = "website"
FILES = "files"


class SendForm(forms.Form):
    """File inputs come last in the form, after this."""

    wrote_before = Tick(_("I wrote about this before, and lost my number"))
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    if_uncleanable = OneOf(
        _("If a file cannot be cleaned, such as sound or video:"),
        IfUncleanable.choices,
        initial=IfUncleanable.KEEP_ORIGINAL,
    )
    description = TextField(
        _("What do the files show?"),
        most=SHORT,
        rows=2,
        help_text=_("No names. For example: 1 is the order of the court, 2 the wounds."),
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))

    def without_trap(self) -> "SendForm":
        kept = {name: value for name, value in self.data.items() if name != TRAP}
        return SendForm(kept)


def incoming(form: SendForm, uploads) -> list[Incoming]:
    """An input that was left empty sends nothing."""
    wish = IfUncleanable(form.cleaned_data["if_uncleanable"] or IfUncleanable.KEEP_ORIGINAL)
    about = form.cleaned_data["description"]
    return [Incoming(upload, wish, about) for upload in uploads]


def problems(uploads) -> list[str]:
    return [upload.problem for upload in uploads if upload.problem]
