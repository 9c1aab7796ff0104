"""What an act on a visit asks for. Days left open mean today; every reason is kept with the visit."""

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from iesogi.reference.enums import Forum
from iesogi.reference.models import MandateHolder, Session
from reports.forms import DayForm, DayInput
from visits.enums import ContactKind, Invitation
from visits.terms import Answer, Term


def words(label, help_text="", **given):
    """A few lines of text that are kept as history."""
    return forms.CharField(
        label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text, **given
    )


class BriefForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class StepForm(DayForm):
    reason = words(_("Words kept with the step"), _("Not needed here. Name no person."), required=False)


class LeaveForm(DayForm):
    reason = words(_("Reason"), _("Kept with the visit. Name no person."), required=False)


class PostponeForm(LeaveForm):
    starts_on = forms.DateField(
        label=_("New first day"), widget=DayInput, required=False, help_text=_("Empty while the new days are open.")
    )
    ends_on = forms.DateField(label=_("New last day"), widget=DayInput, required=False)


class ReplanForm(forms.Form):
    planned_for = forms.CharField(
        label=_("Planned for"), max_length=60, help_text=_("For example: late November 2020.")
    )
    starts_on = forms.DateField(
        label=_("Starts on"), widget=DayInput, required=False, help_text=_("Empty while the days are open.")
    )
    ends_on = forms.DateField(label=_("Ends on"), widget=DayInput, required=False)
    reason = words(
        _("Reason"),
        _("Kept with the plan, for example: elections fall into the first dates. Name no person."),
    )


class NoteForm(DayForm):
    note = words(_("Note"), _("Name no person."), required=False)


class FollowUpForm(DayForm):
    note = words(_("What it was about"), _("For example: the ministry asked for advice on a bill. Name no person."))


class InviteForm(DayForm):
    invitation = forms.ChoiceField(label=_("Invitation"), choices=Invitation.choices[1:])
    host = forms.CharField(
        label=_("Invited by"), max_length=200, required=False, help_text=_("For example: the Government.")
    )
    note = words(_("Note"), _("Name no person."), required=False)


class TermForm(DayForm):
    term = forms.ChoiceField(label=_("Point"), choices=Term.choices)
    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, initial=Answer.ACCEPTED)
    note = words(_("In the words of the State"), _("Needed where a point is refused or limited."), required=False)


class StatementForm(NoteForm):
    statement_url = forms.URLField(
        label=_("Link to the statement"),
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Where it is published, beginning with https://"),
    )


class IssueForm(NoteForm):
    report_symbol = forms.CharField(
        label=_("Symbol of the report"),
        max_length=40,
        required=False,
        help_text=_("An addendum, for example A/HRC/44/53/Add.1. Empty if it is entered already."),
    )


class PresentForm(NoteForm):
    presented_at = forms.ModelChoiceField(
        label=_("Session of the Council"),
        queryset=Session.objects.filter(forum=Forum.HRC).order_by("-year", "-pk"),
        required=False,
        help_text=_("Empty if it is entered already."),
    )
    presented_by = forms.ModelChoiceField(
        label=_("Presented by"),
        queryset=MandateHolder.objects.all(),
        required=False,
        help_text=_("May be the successor of who carried the visit out."),
    )


class ContactForm(DayForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    office = forms.CharField(
        label=_("With"), max_length=200, help_text=_("An office, for example the Permanent Mission in Geneva.")
    )
    summary = forms.CharField(
        label=_("What was said"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name no person at risk."),
    )
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = forms.DateField(
        label=_("Next step due on"), widget=DayInput, required=False, help_text=_("Becomes a deadline.")
    )
