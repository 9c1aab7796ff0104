from functools import partial

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.forms import LanguageChoice, LanguagesField
from dissemination.posts.enums import Network
from dissemination.posts.lengths import count_in_words, too_long
from dissemination.posts.models import PostVersion

COUNT = "_count"  # name of the button that counts without saving


class PostVersionForm(forms.ModelForm):
    language = LanguageChoice(label=gettext_lazy("Language"), max_length=40, initial="en")

    class Meta:
        model = PostVersion
        fields = ["network", "language", "text", "picture", "alt"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "alt": forms.Textarea(attrs={"rows": 2})}

    def clean(self):
        data = super().clean()
        if data.get("picture") and not data.get("alt"):
            self.add_error("alt", _("Describe the image in words, for people who do not see it."))
        return data


class PostVersionFormSet(BaseInlineFormSet):
    def clean(self):
        """Counting comes back as a complaint, so nothing is saved and everything typed stays on the page."""
        super().clean()
        if COUNT in self.data:
            counted = [sentence for form in self.forms if (sentence := _counted(form))]
            raise forms.ValidationError([_("Counted only; nothing is saved yet."), *counted])


def _counted(form) -> str:
    network = form.data.get(form.add_prefix("network"), "")
    text = form.data.get(form.add_prefix("text"), "")
    if network not in Network.values or not text:
        return ""
    words = {"network": Network(network).label, "count": count_in_words(network, text)}
    return " ".join(filter(None, [_("%(network)s: %(count)s.") % words, too_long(network, text)]))


class PostedForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("Posted at"),
        initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
        help_text=gettext_lazy("Geneva time, for example 2021-05-17 09:00."),
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the post"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"size": 60}),
    )


class ChannelForm(forms.ModelForm):
    languages = LanguagesField(
        label=gettext_lazy("Languages"), required=False, help_text=gettext_lazy("For example es, en.")
    )

    class Meta:
        field_classes = {"url": partial(forms.URLField, assume_scheme="https")}
