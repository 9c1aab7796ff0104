from django import forms
from django.utils.translation import gettext_lazy as _

from communications.clock.enums import FirstStepsAnswer, Language
from iesogi.safety.forms import DayInput


class ExtendForm(forms.Form):
    to = forms.DateField(label=_("New date"), widget=DayInput, help_text=_("Later than now; the first date is kept."))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("For example: the State asked for time."))


class FirstStepsForm(forms.Form):
    answer = forms.ChoiceField(label=_("What is known"), choices=FirstStepsAnswer)
    on = forms.DateField(label=_("Since"), widget=DayInput, required=False, help_text=_("Empty: today."))


class MissionForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Language)


class SentForm(forms.Form):
    on = forms.DateField(label=_("Sent on"), widget=DayInput, required=False, help_text=_("Empty: today."))
