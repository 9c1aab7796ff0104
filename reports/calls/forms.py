"""What staff type: times as the clock shows them in the zone of the call."""

from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from reports.calls.models import Call
from reports.calls.zones import known_zones, stated

TIMES = ["opens_at", "closes_at"]


class CallForm(forms.ModelForm):
    class Meta:
        model = Call
        fields = ["code", "report", *TIMES, "zone", "word_limit", "only_documents", "contact_email", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self.instance.zone
        for name in TIMES:
            instant = getattr(self.instance, name)
            if instant and name in self.fields:
                wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
                self.initial[name] = timezone.make_aware(wall)

    def clean(self):
        """Django read the clock as Geneva's; what was meant is the clock of the zone that the call states."""
        cleaned = super().clean()
        zone = cleaned.get("zone")
        for name in TIMES:
            if cleaned.get(name) and zone in known_zones():
                wall = timezone.localtime(cleaned[name]).replace(tzinfo=None)
                try:
                    cleaned[name] = stated(wall, zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned


class ClosingForm(forms.Form):
    closes_at = forms.SplitDateTimeField(
        label=gettext_lazy("Closes at"), widget=AdminSplitDateTime, help_text=gettext_lazy("In Geneva time.")
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class LateLinkForm(forms.Form):
    expires_at = forms.SplitDateTimeField(
        label=gettext_lazy("Good until"), widget=AdminSplitDateTime, help_text=gettext_lazy("In Geneva time.")
    )
    uses = forms.IntegerField(label=gettext_lazy("How many may use it"), min_value=1, max_value=500, initial=1)
    note = forms.CharField(
        label=gettext_lazy("For whom, and why"), max_length=300, help_text=gettext_lazy("For the team.")
    )
