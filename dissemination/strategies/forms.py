from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy

from dissemination.strategies.enums import ActivityKind, Stage

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ActivityForm(forms.Form):
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=Stage)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ActivityKind)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150, help_text=gettext_lazy("Name no person."))
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Owner"),
        queryset=get_user_model().objects.none(),
        required=False,
        help_text=gettext_lazy("Is reminded of the day."),
    )
    due_on = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=DAY)
    partner = forms.CharField(label=gettext_lazy("Partner"), max_length=150, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = get_user_model().objects.filter(is_staff=True, is_active=True)


class DayForm(forms.Form):
    due_on = forms.DateField(label=gettext_lazy("Due on"), widget=DAY)
    reason = forms.CharField(label=gettext_lazy("Why this day"), max_length=300)


class ResultForm(forms.Form):
    result = forms.CharField(label=gettext_lazy("Result"), max_length=300, required=False)


class DropForm(forms.Form):
    result = forms.CharField(label=gettext_lazy("Why it is dropped"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)
