"""Forms of the case page. Each judges only what was typed; whether a step may be taken is judged under the lock."""

from datetime import timedelta

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from communications.cases.enums import CaseState, Consent, Matter, Outcome, Timing, Use
from communications.desk import disclosing, steps
from communications.desk.permissions import officers
from communications.desk.sections import said
from iesogi.deadlines.days import today
from iesogi.reference.models import Country
from iesogi.vault.enums import Kind

LONGEST = 30_000


def long_text(label, *, rows=6, required=True, help_text="", **more):
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=widget, help_text=help_text, **more
    )


class CaseForm(forms.Form):
    """Knows its case, so that it offers only what fits."""

    def __init__(self, *args, case, **kwargs):
        self.case = case
        super().__init__(*args, **kwargs)


class AnswerForm(CaseForm):
    text = long_text(
        _("Answer to the source"),
        help_text=_(
            "They read it with their number. Write so that it does no harm if somebody looks over their shoulder."
        ),
    )
    is_question = forms.BooleanField(
        label=_("This is a question: the case waits for the answer"), required=False, initial=True
    )


class NoteForm(CaseForm):
    text = long_text(_("Note for the team"), rows=3, help_text=_("Sealed; the source never sees it."))


class TitleForm(CaseForm):
    text = forms.CharField(
        label=_("Working title"), max_length=120, help_text=_("Sealed; lists show the reference alone.")
    )


class AssignForm(CaseForm):
    to = forms.ChoiceField(label=_("Give the case to"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in officers()}
        self.fields["to"].choices = [("", _("The desk")), *((pk, str(user)) for pk, user in self.people.items())]
        self.fields["to"].initial = str(self.case.assigned_to_id or "")

    def clean_to(self):
        return self.people.get(self.cleaned_data["to"])


class MetForm(CaseForm):
    criterion = forms.ChoiceField(label=_("What is known by now"))
    reason = long_text(_("From where"), rows=3, help_text=_("Sealed into the case as a note."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lacking = steps.missing(self.case)
        self.fields["criterion"].choices = [(each.value, f"{each.value} {each.label}") for each in lacking]


class DuplicateForm(CaseForm):
    ref = forms.CharField(
        label=_("Reference of the other case"),
        max_length=20,
        help_text=_("The same reference a second time takes the mark away."),
    )


class MergeForm(CaseForm):
    ref = forms.CharField(label=_("Reference of the case that work goes on in"), max_length=20)
    reason = long_text(_("Why both are one matter"), rows=3)


class StepForm(CaseForm):
    """What a step asks for depends on where it leads."""

    reason = long_text(_("Reason"), rows=4, required=False)

    def __init__(self, *args, to, **kwargs):
        self.to = CaseState(to)
        super().__init__(*args, **kwargs)
        if self.to in steps.ENDINGS:
            field = forms.ChoiceField(
                label=_("Outcome for the figures"), choices=[("", "---------"), *Outcome.choices]
            )
            self.fields = {"outcome": field, **self.fields}
        needs = self.to in steps.WITH_REASON or self.case.state in steps.ENDED
        self.fields["reason"].required = needs
        self.fields["reason"].help_text = (
            _("Sealed into the case as a note.") if needs else _("If there is something to say; sealed as a note.")
        )


class ConsentForm(CaseForm):
    """An answer that reached the desk by another way than the return page."""

    code = forms.ChoiceField(label=_("Alleged victim"))
    use = forms.ChoiceField(label=_("Agrees to"), choices=[*Use.choices, ("*", _("All uses"))])
    answer = forms.ChoiceField(label=_("Answer"), choices=Consent.choices)
    given_by = forms.CharField(
        label=_("Who gave it"), max_length=120, help_text=_("For example: the person, a parent, a lawyer. No names.")
    )
    given_on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.ChoiceField(label=_("How"), choices=[("written", _("In writing")), ("oral", _("By word of mouth"))])

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [*((code, code) for code in codes), ("*", _("Everybody"))]

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come. Give the day on which the answer was given."))
        return day


# --- Disclosure -----------------------------------------------------------------------------------


class AskDisclosureForm(CaseForm):
    wanted = forms.MultipleChoiceField(label=_("Records you need"), widget=forms.CheckboxSelectMultiple)
    reason = long_text(_("What you need them for"), rows=4, help_text=_("The custodian decides by it. Sealed."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = list(self._choices())

    def _choices(self):
        """Nobody knows yet what a record holds, so those of one kind are numbered."""
        numbers = {}
        for row in disclosing.records_of(self.case):
            numbers[row.kind] = numbers.get(row.kind, 0) + 1
            yield str(row.uuid), format_lazy("{} {}", said(Kind, row.kind), numbers[row.kind])


class GiveForm(forms.Form):
    fingerprint = forms.CharField(widget=forms.HiddenInput)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    compared = forms.BooleanField(
        label=_("The officer read this fingerprint to me, and it is the one above"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today() + disclosing.LASTS

    def clean_until(self):
        day = self.cleaned_data["until"]
        if not today() <= day <= today() + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return day


class RefuseForm(forms.Form):
    reason = long_text(_("Why not"), rows=3, help_text=_("The officer reads it. Sealed."))


# --- Search, and reports that came by mail --------------------------------------------------------


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Words, as they stand in the text"),
        max_length=200,
        help_text=_("Capitals and accents do not count. Every open case is opened and read through; nothing is kept."),
    )


class EnterForm(forms.Form):
    """The least that makes a case of a letter or a mail. All else can be added as notes."""

    matter = forms.ChoiceField(label=_("Kind of matter"), choices=Matter.choices)
    country = forms.ModelChoiceField(label=_("State"), queryset=Country.objects.none(), required=False)
    timing = forms.ChoiceField(label=_("Timing"), choices=Timing.choices)
    account = long_text(_("What happened, when, where, and by whom"), rows=10)
    perpetrators = long_text(_("Alleged perpetrators"), rows=3, required=False)
    done_at_home = long_text(_("What was done about it"), rows=3, required=False)
    victims = long_text(
        _("Names of the alleged victims, one a line"),
        rows=3,
        required=False,
        help_text=_("Goes to the identity compartment alone. In the account, write A, B ... in this order."),
    )
    sender = forms.CharField(
        label=_("Name of the sender"), max_length=200, required=False, help_text=_("Identity compartment.")
    )
    contact = forms.CharField(
        label=_("How to reach the sender"), max_length=300, required=False, help_text=_("Identity compartment.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.order_by("name_en")
