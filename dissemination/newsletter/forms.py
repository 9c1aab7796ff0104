from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from dissemination.newsletter.models import NewsletterList
from iesogi.vault.gate import GateMixin


class ListsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return f"{obj.name}: {obj.about}"


def language_field():
    return forms.ChoiceField(label=gettext_lazy("Language of the newsletter"), choices=settings.LANGUAGES)


class SubscribeForm(GateMixin):
    """An address, lists and a language; no name, because none is needed."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("We send a link there; nothing else comes before you have opened it."),
    )
    lists = ListsField(label=gettext_lazy("Lists"), queryset=NewsletterList.objects.on_offer())
    language = language_field()


class PreferencesForm(forms.Form):
    lists = ListsField(label=gettext_lazy("Lists"), queryset=NewsletterList.objects.on_offer(), required=False)
    language = language_field()
