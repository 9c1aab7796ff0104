from django import forms
from django.utils.translation import gettext_lazy as _

from iesogi.safety.enums import Demand, Precaution, Response, Rung, Verdict
from iesogi.safety.models import RiskAssessment


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class AssessmentForm(forms.ModelForm):
    precautions = forms.MultipleChoiceField(
        label=_("Zero-tolerance checklist"),
        choices=Precaution,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what is in place. “Go” needs all of it."),
    )

    class Meta:
        model = RiskAssessment
        fields = "__all__"  # noqa: DJ007


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[(verdict.value, verdict.label) for verdict in Verdict if verdict != Verdict.PENDING],
    )
    conditions = forms.CharField(
        label=_("Reason or conditions"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = forms.DateField(
        label=_("Holds until"), widget=DayInput, required=False, help_text=_("Empty: the usual time from today.")
    )


class RungForm(forms.Form):
    rung = forms.ChoiceField(label=_("Step"), choices=Rung)
    on = forms.DateField(label=_("On"), widget=DayInput, required=False, help_text=_("Empty: today."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("Name no person."))
    follow_up_on = forms.DateField(label=_("Look again on"), widget=DayInput, required=False)


class ReopenForm(forms.Form):
    follow_up_on = forms.DateField(label=_("Look again on"), widget=DayInput)


class DemandForm(forms.Form):
    demand = forms.ChoiceField(label=_("Demand"), choices=Demand)
    response = forms.ChoiceField(label=_("Answer of the State"), choices=Response)


class ClosingForm(forms.Form):
    outcome = forms.CharField(label=_("How it ended"), max_length=300, help_text=_("Name no person."))
