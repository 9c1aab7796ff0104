from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines import clock, services
from iesogi.deadlines.clock import Rule
from iesogi.deadlines.enums import Calendar
from iesogi.deadlines.exceptions import ClockRefused
from iesogi.deadlines.models import Deadline


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the deadline, for example: the session was postponed by two weeks."),
    )


class ExtendForm(ReasonForm):
    to = forms.DateField(label=_("New date"), widget=DayInput, help_text=_("Later than the present date."))
    field_order = ["to", "reason"]


class SnoozeForm(ReasonForm):
    until = forms.DateField(
        label=_("Quiet until"), widget=DayInput, help_text=_("You are reminded on that day; the due date stays.")
    )
    field_order = ["until", "reason"]


class DoneForm(forms.Form):
    on = forms.DateField(label=_("Done on"), widget=DayInput, required=False, help_text=_("Leave it empty for today."))


class OpenForm(forms.ModelForm):
    """A deadline opened by hand: on a given day, or counted from one."""

    UNITS = [
        ("fixed", _("On the day given")),
        ("days", _("Days after the day given")),
        ("working_days", _("Working days after the day given")),
        ("months", _("Months after the day given")),
    ]
    ROLLS = [("none", _("Keep the date")), ("next", _("Next working day")), ("previous", _("Working day before"))]

    start = forms.DateField(label=_("Day"), widget=DayInput, help_text=_("Day zero of the count, or the due date."))
    unit = forms.ChoiceField(label=_("Due"), choices=UNITS)
    number = forms.IntegerField(label=_("How many"), required=False, min_value=0, help_text=_("For example 60."))
    calendar = forms.ChoiceField(label=_("Official holidays of"), choices=Calendar.choices)
    roll = forms.ChoiceField(label=_("If that is no working day"), choices=ROLLS)

    class Meta:
        model = Deadline
        fields = ["kind", "title", "owner", "subject_label", "subject_url"]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        fixed = cleaned["unit"] == "fixed"
        if not fixed and cleaned.get("number") is None:
            raise forms.ValidationError({"number": _("Say how many, or choose “On the day given”.")})
        try:
            rule = Rule(
                cleaned["unit"],
                0 if fixed else cleaned["number"],
                calendar=cleaned["calendar"],
                roll=cleaned["roll"],
                on=cleaned["start"] if fixed else None,
            )
            # A fixed date is not counted from the day given, so it may roll back to one before it.
            self.due = clock.due(rule, date.min if fixed else cleaned["start"], services.holidays_of(rule.calendar))
        except ClockRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        self.instance.due_on = self.instance.original_due_on = self.due.date
        self.rule = rule
        return cleaned

    def open(self, *, by):
        values = {name: self.cleaned_data[name] for name in OpenForm.Meta.fields}
        if self.rule.unit == "fixed":
            return services.open_on(**values, due_on=self.due.date, explanation=self.due.explanation, by=by)
        return services.open_deadline(**values, rule=self.rule, start_on=self.cleaned_data["start"], by=by)
