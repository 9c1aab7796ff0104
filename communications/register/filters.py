"""What the public looks for in the register of published letters."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communications.enums import LetterKind, Role
from communications.publication.windows import window_of
from communications.register import catalogue
from communications.register.catalogue import ANY, NONE
from communications.replies.enums import ReplyClass
from iesogi.reference.enums import RegionalGroup
from iesogi.safety.forms import DayInput

ALL = [("", _("All"))]
REPLIES = [(ANY, _("With a published reply")), (NONE, _("Without a published reply")), *ReplyClass.choices]
SAME = {
    "state": "country__iso3",
    "group": "country__regional_group",
    "kind": "kind",
    "role": "role",
    "session": "publication__session",
    "mandate": "signatories__mandate",
    "sent_from": "sent_on__gte",
    "sent_to": "sent_on__lte",
}


class RegisterFilter(forms.Form):
    """What cannot be read in the address is said beside its field and left out; the rest is looked for."""

    q = forms.CharField(label=_("Reference, State or words of the title"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    group = forms.ChoiceField(label=_("UN regional group"), choices=ALL + RegionalGroup.choices, required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=ALL + LetterKind.choices, required=False)
    mandate = forms.ChoiceField(label=_("Mandate that signed"), required=False)
    session = forms.ChoiceField(label=_("Reported to session"), required=False)
    reply = forms.ChoiceField(label=_("Reply"), choices=ALL + REPLIES, required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    role = forms.ChoiceField(label=_("Part of this mandate"), choices=ALL + Role.choices, required=False)
    joint = forms.ChoiceField(
        label=_("Joint"),
        choices=[*ALL, ("yes", _("Joint letters")), ("no", _("By this mandate alone"))],
        required=False,
    )
    sent_from = forms.DateField(label=_("Sent from"), required=False, widget=DayInput)
    sent_to = forms.DateField(label=_("Sent until"), required=False, widget=DayInput)

    def __init__(self, *args, country=None, **kwargs):
        super().__init__(*args, **kwargs)
        if country:
            del self.fields["state"], self.fields["group"]
        else:
            self.fields["state"].choices = ALL + [(state.iso3, state.name) for state in catalogue.states()]
        self.fields["mandate"].choices = ALL + [(str(each.pk), str(each)) for each in catalogue.mandates()]
        self.fields["theme"].choices = ALL + [(each.code, each.label) for each in catalogue.themes()]
        sessions = [(str(number), str(window_of(number))) for number in catalogue.sessions()]
        self.fields["session"].choices = ALL + sessions

    def narrow(self, letters: QuerySet) -> QuerySet:
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        letters = letters.filter(**{SAME[name]: asked[name] for name in SAME if name in asked})
        if "joint" in asked:
            letters = letters.filter(joint=asked["joint"] == "yes")
        if "theme" in asked:
            letters = letters.filter(themes__code=asked["theme"])
        if "reply" in asked:
            letters = catalogue.with_reply(letters, asked["reply"])
        return catalogue.matching(letters, asked["q"]) if "q" in asked else letters

    @property
    def is_used(self):
        return any(self.cleaned_data.values())
