"""For public forms without an account: a trap that people do not see, and a time that only machines fall short of.

Neither throws anything away: whoever is stopped sees the form with what was typed, and sends it again. How many tries
a network has is judged by `guard.Buckets`. Nothing is stored, and no third party is asked.
"""

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SALT = "iesogi.gate"
A_DAY = 24 * 3600


class GateMixin(forms.Form):
    """Adds `website`, which has to stay empty, and `since`, the signed moment at which the form was given out.

    Whoever comes back to what was typed before `may_hurry`.
    """

    may_hurry = False

    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    since = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = now_signed

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("website"):
            self._once_more(_("A field that stays empty was filled. What you typed is kept; please send it again."))
        elif not self.may_hurry and not is_old_enough(cleaned.get("since", "")):
            self._once_more(_("This came faster than a person types. What you typed is kept; please send it again."))
        return cleaned

    def _once_more(self, sentence):
        """The trap is emptied and a time that is no longer good is replaced, so that the next try can succeed."""
        self.data = self.data.copy()
        self.data[self.add_prefix("website")] = ""
        if not is_old_enough(self.data.get(self.add_prefix("since"), ""), least=0):
            self.data[self.add_prefix("since")] = now_signed()
        self.add_error(None, sentence)


def address_of(request) -> str | None:
    """Where a request comes from, for `Buckets` alone: never stored. Behind our proxy, what the proxy says last."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR")


def now_signed():
    return signing.TimestampSigner(salt=SALT).sign("form")


def is_old_enough(signed: str, *, least: float | None = None) -> bool:
    """Given out by this portal, at least `FORM_MIN_SECONDS` ago and not more than a day."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(signed, max_age=A_DAY)
    except signing.BadSignature:
        return False
    least = settings.FORM_MIN_SECONDS if least is None else least
    try:
        signer.unsign(signed, max_age=least)
    except signing.SignatureExpired:
        return True
    return least == 0
