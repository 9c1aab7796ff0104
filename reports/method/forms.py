from django import forms
from django.utils.translation import gettext_lazy as _

from iesogi.accounts.models import User
from reports.forms import DayInput


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("For example: where the background document lies. Name no person."),
    )


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("What has to change"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SlipForm(forms.Form):
    to = forms.DateField(label=_("New day"), widget=DayInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the date, for example: the meeting moved by a week."),
    )


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "username"),
        required=False,
        help_text=_("Gets the reminders; without an owner they go to the desk."),
    )
