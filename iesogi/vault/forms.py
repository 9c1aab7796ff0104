"""Forms of the vault pages. A passphrase is never sent back into a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from iesogi.vault.exceptions import VaultRefused
from iesogi.vault.passphrases import normalised
from iesogi.vault.sealing import same

LONGEST = 400


def passphrase_field(label, *, help_text="", autocomplete="current-password"):
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none"})
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=widget, help_text=help_text)


class UnlockForm(forms.Form):
    passphrase = passphrase_field(_("Passphrase of your vault"))


class ChooseForm(forms.Form):
    """Twice, because nobody can read it back or reset it."""

    passphrase = passphrase_field(
        _("Passphrase"),
        autocomplete="new-password",
        help_text=_(
            "At least 16 characters, or five different words, for example such as never stand side by side. "
            "Not your login password, and not written where your password is."
        ),
    )
    again = passphrase_field(_("The same once more"), autocomplete="new-password")
    understood = forms.BooleanField(
        label=_("I know that nobody can reset it: if I forget it, a colleague has to admit me again."),
    )

    def clean(self):
        given = super().clean()
        first, second = given.get("passphrase"), given.get("again")
        if first and second and not _alike(first, second):
            self.add_error("again", _("The two are not the same. Type both again; nothing was made yet."))
        return given


def _alike(first, second):
    try:
        return same(normalised(first), normalised(second))
    except VaultRefused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class AdmitForm(forms.Form):
    fingerprint = forms.CharField(
        label=_("Fingerprint that your colleague reads to you"),
        max_length=60,
        help_text=_("Six groups of five digits. Your colleague finds them on their own page “My vault”."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": 40}),
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the page says what happens, the button does it."""
