"""Forms of the return page. Each can come too late, and then brings the number along with its text."""

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from communications.cases.consent import ALL, GROUP
from communications.cases.enums import Consent, Use
from iesogi.vault.enums import IfUncleanable
from iesogi.vault.files import Incoming
from iesogi.vault.number_forms import LONGEST, FilesField, LateForm

ABOUT = [
    ("message", _("A message or a question")),
    ("information", _("New information, also if it shows that something was different")),
]
EVERYBODY, ONE = "everybody", "one"


def _is_a_letter(value):
    RegexValidator(r"^[A-Z]{1,2}$", _("Type the letter alone, for example A, as your report calls the person."))(value)


class AddForm(LateForm):
    about = forms.ChoiceField(
        label=_("What you send"), choices=ABOUT, initial="message", widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(
        label=_("Your text"),
        required=False,
        strip=True,
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_("Up to 30,000 characters. You will not be able to read it here again."),
    )
    if_uncleanable = forms.ChoiceField(
        label=_("If hidden details cannot be removed from a file"),
        choices=IfUncleanable.choices,
        initial=IfUncleanable.KEEP_ORIGINAL,
        widget=forms.RadioSelect,
        required=False,
    )
    # The last one: a file that is too large must not cost what comes after it.
    files = FilesField(label=_("Files"), required=False)

    def clean_about(self):
        return self.cleaned_data["about"] or "message"

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("files") and "files" not in self.errors:
            self.add_error("text", _("Nothing to send yet. Write a text or choose a file."))
        return cleaned

    def incoming(self):
        wish = IfUncleanable(self.cleaned_data["if_uncleanable"] or IfUncleanable.KEEP_ORIGINAL)
        return [Incoming(upload, wish) for upload in self.cleaned_data["files"]]


class ReprisalForm(LateForm):
    text = forms.CharField(
        label=_("What happened, to whom, and what you fear"),
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("You may leave this empty. The sign alone reaches the team."),
    )


class WhoseForm(LateForm):
    """The page cannot know who is in the report, so a letter is taken as it is typed."""

    whose = forms.ChoiceField(
        label=_("Whose consent"),
        choices=[
            (EVERYBODY, _("That of everybody in the report")),
            (GROUP, _("That of the group in the report")),
            (ONE, _("That of one person")),
        ],
        initial=EVERYBODY,
        widget=forms.RadioSelect,
    )
    person = forms.CharField(
        label=_("The person's letter"),
        max_length=4,
        required=False,
        help_text=_("Only for one person: the letter that your report uses, for example A."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "class": "short"}),
    )
    words = forms.CharField(
        label=_("In your words, if you like"),
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean_person(self):
        letter = self.cleaned_data["person"].strip().upper()
        if letter:
            _is_a_letter(letter)
        return letter

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("whose") == ONE and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", _("Type the letter of the person whose consent it is."))
        return cleaned

    def code(self):
        codes = {EVERYBODY: ALL, GROUP: GROUP}
        return codes.get(self.cleaned_data["whose"]) or self.cleaned_data["person"]


class WithdrawForm(WhoseForm):
    pass


class ConsentForm(WhoseForm):
    KEEP = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for use in Use:
            self.fields[use.value] = forms.ChoiceField(
                label=use.label,
                choices=[
                    (self.KEEP, _("As it was")),
                    (Consent.YES.value, Consent.YES.label),
                    (Consent.NO.value, Consent.NO.label),
                ],
                required=False,
                widget=forms.RadioSelect(attrs={"class": "inline"}),
            )
        first = [name for name in ("number", "once", "whose", "person") if name in self.fields]
        self.order_fields([*first, *Use.values, "words"])

    def answers(self):
        given = {use.value: self.cleaned_data.get(use.value) for use in Use}
        return {use: Consent(value) for use, value in given.items() if value}

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(use.value) for use in Use):
            self.add_error(None, _("Nothing is changed yet. Choose yes or no for at least one use."))
        return cleaned
