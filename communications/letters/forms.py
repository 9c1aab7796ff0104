"""Forms of the letter pages. Each judges what was typed; whether a step may be taken is judged under the lock."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk.forms import LONGEST, long_text
from communications.enums import Clearance, Language, LetterKind
from communications.letters.models import Norm
from iesogi.deadlines.days import today
from iesogi.reference.models import Country, Mandate


def day(label, **more):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, initial=today, **more)


class BeginForm(forms.Form):
    cases = forms.ModelMultipleChoiceField(
        label=_("Cases"),
        queryset=Case.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that were taken up. A letter on a law may have none."),
    )
    country = forms.ModelChoiceField(
        label=_("State"),
        queryset=Country.objects.none(),
        required=False,
        help_text=_("For a letter without a case. Leave it empty with one: the cases say to which State it goes."),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=LetterKind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    norms = forms.ModelMultipleChoiceField(
        label=_("Norms to cite"),
        queryset=Norm.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Treaties bind the States that joined them; check that before you cite one."),
    )
    mandates = forms.ModelMultipleChoiceField(
        label=_("Mandates that sign with us"),
        queryset=Mandate.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "scrolled"}),
        help_text=_("Their titles come into the first text. Leave it empty for a letter of this mandate alone."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandates"].queryset = Mandate.objects.filter(is_ours=False)
        self.fields["cases"].queryset = Case.objects.filter(state=CaseState.TAKEN_UP).order_by("ref")
        self.fields["country"].queryset = Country.objects.order_by("name_en")
        self.fields["norms"].queryset = Norm.objects.filter(in_use=True)


class AddCaseForm(forms.Form):
    case = forms.ModelChoiceField(
        label=_("Case"),
        queryset=Case.objects.none(),
        help_text=_("Those that were taken up and are not in the letter yet. It has to concern the same State."),
    )

    def __init__(self, *args, letter, **kwargs):
        super().__init__(*args, **kwargs)
        open_to_letters = Case.objects.filter(state=CaseState.TAKEN_UP, consent_withdrawn=False)
        self.fields["case"].queryset = open_to_letters.exclude(letters=letter).order_by("ref")


class TextForm(forms.Form):
    """The text as the next version; `base` is the version that was read when writing began."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    text = long_text(
        _("Text"),
        rows=32,
        help_text=_("An empty line begins a paragraph, “## ” a heading, “- ” an item. Nothing may tell who reported."),
    )
    named = forms.MultipleChoiceField(
        label=_("Alleged victims whom this text names or makes recognisable"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each has to have agreed to the letter and to being named to the State."),
    )

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = LONGEST
        self.fields["named"].choices = [
            (f"{ref}/{code}", f"{ref}: {code}") for ref, found in sorted(codes.items()) for code in found
        ]

    @property
    def chosen(self):
        """As versions keep it: codes by the reference of their case."""
        found = {}
        for value in self.cleaned_data["named"]:
            ref, code = value.split("/", 1)
            found.setdefault(ref, []).append(code)
        return found


def ticks(named):
    return [f"{ref}/{code}" for ref, codes in named.items() for code in codes]


class ClearanceForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Answer"), choices=[(each.value, each.label) for each in (Clearance.CLEARED, Clearance.OBJECTED)]
    )
    on = day(_("On"))
    answered_by = forms.CharField(label=_("Who spoke for the mandate"), max_length=120)
    reason = long_text(
        _("What it objects to, or asks for"), rows=4, required=False, help_text=_("Sealed with the letter.")
    )


class ReasonForm(forms.Form):
    reason = long_text(_("Reason"), rows=4, help_text=_("Sealed with the letter."))


class SendForm(forms.Form):
    on = day(_("Sent on"))
    country = forms.ModelChoiceField(label=_("State"), queryset=Country.objects.none(), required=False)
    other_addressee = forms.CharField(label=_("Or another addressee"), max_length=200, required=False)

    def __init__(self, *args, letter, **kwargs):
        super().__init__(*args, **kwargs)
        if letter.addressee:
            del self.fields["country"], self.fields["other_addressee"]
        else:
            self.fields["country"].queryset = Country.objects.order_by("name_en")


class ReferenceForm(forms.Form):
    reference = forms.CharField(
        label=_("Reference number"),
        max_length=60,
        help_text=_("As OHCHR gave it out, in any spacing, for example AL POL 1/2020. Its year may differ."),
    )
