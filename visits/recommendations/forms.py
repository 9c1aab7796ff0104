"""Forms of acts on recommendations, and the public's two: what to look for, and what changed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms import DayInput
from visits.recommendations.addresses import validate_web
from visits.recommendations.enums import ASSESSABLE, Assessor, Grade, Rhythm

STATUSES = [(status.value, status.label) for status in ASSESSABLE]


class FindingForm(forms.Form):
    status = forms.ChoiceField(label=_("Implementation"), choices=STATUSES)
    on = forms.DateField(label=_("Found on"), widget=DayInput)
    grade = forms.ChoiceField(label=_("Support"), choices=Grade)
    evidence = forms.CharField(
        label=_("Evidence"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What shows it: a law, a judgment, a programme. Name no person."),
    )
    url = forms.CharField(label=_("Link to the evidence"), required=False, max_length=300, validators=[validate_web])
    evidence_is_public = forms.BooleanField(label=_("Show the evidence to the public"), required=False)


class AssessForm(FindingForm):
    assessor = forms.ChoiceField(label=_("Finding of"), choices=Assessor)
    assessor_name = forms.CharField(
        label=_("Name of the body"), required=False, max_length=200, help_text=_("An institution, never a person.")
    )

    field_order = ["status", "on", "assessor", "assessor_name", "grade", "evidence", "url", "evidence_is_public"]


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Kept when the words are erased. Repeat nothing of them.")
    )


class NewsForm(forms.Form):
    rhythm = forms.TypedChoiceField(label=_("Ask for news"), choices=Rhythm, coerce=int)
    first_on = forms.DateField(
        label=_("First on"), widget=DayInput, required=False, help_text=_("Empty: one such period from today.")
    )
