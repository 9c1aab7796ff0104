from django import forms
from django.utils.translation import gettext_lazy as _

from communications.desk.forms import CaseForm, long_text
from iesogi.safety.enums import Act, Actor
from iesogi.safety.forms import DayInput
from iesogi.safety.models import Reprisal


class FlagForm(forms.Form):
    act = forms.ChoiceField(label=_("What was done"), choices=Act)
    actor = forms.ChoiceField(label=_("Alleged actor"), choices=Actor, initial=Actor.UNKNOWN)
    happened_on = forms.DateField(
        label=_("Happened on"), widget=DayInput, required=False, help_text=_("Empty where nobody knows the day.")
    )


class CaseFlagForm(CaseForm, FlagForm):
    note = long_text(_("What is known"), rows=4, required=False, help_text=_("Sealed into the case."))


class NoMoreForm(forms.Form):
    reprisal = forms.ModelChoiceField(Reprisal.objects.all(), label=_("Reprisal"))


class RaiseForm(forms.Form):
    reprisal = forms.ModelChoiceField(
        Reprisal.objects.still_open(), label=_("Reprisal"), help_text=_("One that is still followed up.")
    )
