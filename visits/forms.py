from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms import DayInput


class StepForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the visit is postponed or cancelled. Name no person."),
    )


class ReplanForm(forms.Form):
    planned_for = forms.CharField(
        label=_("Planned for"), max_length=60, help_text=_("For example: late November 2020.")
    )
    starts_on = forms.DateField(
        label=_("Starts on"), widget=DayInput, required=False, help_text=_("Empty while the days are open.")
    )
    ends_on = forms.DateField(label=_("Ends on"), widget=DayInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the plan, for example: elections fall into the first dates. Name no person."),
    )
