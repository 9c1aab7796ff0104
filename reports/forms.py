from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines.days import today
from iesogi.reference.enums import Forum
from reports.models import MethodStep

FIRST_YEAR = 2016
GOALS = {str(goal) for goal in range(1, 18)}


def years():
    return [("", _("All years")), *((year, str(year)) for year in range(today().year + 5, FIRST_YEAR, -1))]


class Asked(NamedTuple):
    words: str
    year: int | None


class AgendaFilterForm(forms.Form):
    q = forms.CharField(label=_("Words in title, theme or symbol"), max_length=100, required=False)
    year = forms.TypedChoiceField(label=_("Year"), choices=years, coerce=int, empty_value=None, required=False)

    def asked(self):
        """What could be read; the rest stays in the form with its complaint."""
        self.is_valid()
        return Asked(self.cleaned_data.get("q", ""), self.cleaned_data.get("year"))


class WholeRowForm(forms.ModelForm):
    """Constraints are held against the whole row, also where they speak of a field that is shown read-only."""

    def _get_validation_exclusions(self):
        return {name for name in super()._get_validation_exclusions() if name in self.errors}


class LinesField(forms.CharField):
    """A list of words that is typed one a line, and stands so in the form."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class GoalsField(forms.CharField):
    """Numbers of the Sustainable Development Goals, typed with commas between them."""

    def prepare_value(self, value):
        return ", ".join(str(goal) for goal in value) if isinstance(value, list) else value

    def clean(self, value):
        words = super().clean(value).replace(",", " ").split()
        for word in words:
            if word not in GOALS:
                raise forms.ValidationError(
                    _("“%(word)s” is no Sustainable Development Goal. Write numbers from 1 to 17, for example 3, 16."),
                    params={"word": word[:20]},
                )
        return sorted({int(word) for word in words})

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class ThemeForm(WholeRowForm):
    sdgs = GoalsField(
        label=_("Sustainable Development Goals"), required=False, help_text=_("Their numbers, for example 3, 16.")
    )
    sources = LinesField(
        label=_("Whose feedback it rests on"), required=False, help_text=_("One a line, for example: civil society.")
    )


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayForm(forms.Form):
    on = forms.DateField(
        label=_("Day"), widget=DayInput, required=False, help_text=_("Leave it empty if it happened today.")
    )


class EvidenceForm(DayForm):
    evidence = forms.CharField(
        label=_("What shows that it is done"),
        max_length=300,
        required=False,
        help_text=_("For example: meeting report of 3 March. Name no person."),
    )


class SlotDateForm(forms.Form):
    slot_date = forms.DateField(
        label=_("Slot date"), widget=DayInput, help_text=_("The day on which document services expect the report.")
    )


def optional_steps():
    return [(step.stage, step) for step in MethodStep.objects.filter(optional=True)]


class PlanForm(forms.Form):
    optional = forms.MultipleChoiceField(
        label=_("Optional steps"),
        choices=optional_steps,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose those that this report needs."),
    )


class SlotMoveForm(forms.Form):
    forum = forms.ChoiceField(label=_("Forum"), choices=[("", _("None: it floats")), *Forum.choices], required=False)
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=2100, required=False, help_text=_("Empty if it floats.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the history, for example: the session of the Council was moved."),
    )
