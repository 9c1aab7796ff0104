"""What an organisation types to sign, and what narrows the list of those that did."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dissemination.campaigns.enums import Level, Visibility
from dissemination.campaigns.totals import FIVE
from iesogi.reference.enums import RegionalGroup
from iesogi.reference.models import Country
from iesogi.vault.gate import GateMixin

GROUPS = [(group, RegionalGroup(group).label) for group in FIVE]


def states():
    return Country.objects.in_page_order()


class SignForm(GateMixin):
    """Nothing without a purpose: a name, a place, who answers for it, and where the mail goes."""

    organisation = forms.CharField(
        label=gettext_lazy("Name of the organization"),
        max_length=200,
        help_text=gettext_lazy("As it should appear, for example Equality Network."),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Where it works"),
        choices=Level,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("National: in one State. Regional: in several States of a region."),
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("State"),
        queryset=Country.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Needed for a national organization; for others the State of its seat, if it has one."),
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", gettext_lazy("None")), *GROUPS],
        required=False,
        help_text=gettext_lazy("Needed for a regional organization."),
    )
    signatory = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        help_text=gettext_lazy("Who signs for the organization. Never shown in public."),
    )
    role = forms.CharField(
        label=gettext_lazy("Your role there"), max_length=150, help_text=gettext_lazy("For example: director.")
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("We send a link there; the signature counts once it was opened. Never shown."),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("In public"), choices=Visibility, widget=forms.RadioSelect, initial=Visibility.LISTED
    )
    entitled = forms.BooleanField(label=gettext_lazy("I may sign for this organization."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = states()

    def clean(self):
        cleaned = super().clean()
        level = cleaned.get("level")
        if level == Level.NATIONAL and not cleaned.get("country") and "country" not in self.errors:
            self.add_error("country", _("A national organization works in one State. Choose it from the list."))
        if level == Level.REGIONAL and not cleaned.get("region") and "region" not in self.errors:
            self.add_error("region", _("A regional organization works in a region. Choose it from the list."))
        return cleaned

    def signature(self):
        """What `services.sign` wants to know."""
        names = ("organisation", "level", "country", "region", "signatory", "role", "email", "visibility")
        fields = {name: self.cleaned_data[name] for name in names}
        fields["organisation"] = " ".join(fields["organisation"].split())
        return fields


class SignersFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=[("", gettext_lazy("All")), *Level.choices], required=False
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", gettext_lazy("All")), *RegionalGroup.choices],
        required=False,
    )

    def narrow(self, signatures):
        """What does not fit the form narrows nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        if words := cleaned.get("q", "").strip():
            signatures = signatures.filter(organisation__icontains=words)
        chosen = {name: cleaned[name] for name in ("level", "region") if cleaned.get(name)}
        return signatures.filter(**chosen)


class InvalidateForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Kept with the signature, for example: the organization asked for it; signed twice."),
    )
