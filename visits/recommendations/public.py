"""What the public looks for, and the word it sends."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from iesogi.deadlines.days import today
from iesogi.reference.models import Country
from iesogi.vault.gate import GateMixin
from reports.forms import DayInput
from visits.recommendations.addresses import validate_web
from visits.recommendations.enums import Addressee, Measure, Position, SourceKind, Status, TagKind
from visits.recommendations.models import Recommendation, RecommendationTag

ALL = [("", _("All"))]
TAGS = {"theme": TagKind.THEME, "persons": TagKind.PERSONS, "sdg": TagKind.SDG}


def states() -> QuerySet:
    """States to whom something public was recommended, by name in the language of the page."""
    spoken_to = Recommendation.objects.public().filter(country=OuterRef("pk"))
    return Country.objects.filter(Exists(spoken_to)).in_page_order()


class TrackerFilter(forms.Form):
    """What cannot be read in the address is said beside its field and left out; the rest is looked for."""

    q = forms.CharField(label=_("Words of the text, symbol or State"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    status = forms.ChoiceField(label=_("Implementation"), choices=ALL + Status.choices, required=False)
    measure = forms.ChoiceField(label=_("Measure"), choices=ALL + Measure.choices, required=False)
    source = forms.ChoiceField(label=_("Source"), choices=ALL + SourceKind.choices, required=False)
    addressee = forms.ChoiceField(label=_("Addressed to"), choices=ALL + Addressee.choices, required=False)
    position = forms.ChoiceField(label=_("Position of the State"), choices=ALL + Position.choices, required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    persons = forms.ChoiceField(label=_("Affected persons"), required=False)
    sdg = forms.ChoiceField(label=_("Goal"), required=False)

    def __init__(self, *args, country=None, **kwargs):
        super().__init__(*args, **kwargs)
        if country:
            del self.fields["state"]
        else:
            self.fields["state"].choices = ALL + [(state.iso3, state.name) for state in states()]
        tags = list(RecommendationTag.objects.values_list("kind", "code", "label"))
        for name, kind in TAGS.items():
            self.fields[name].choices = ALL + [(code, label) for of, code, label in tags if of == kind]

    def narrow(self, recommendations: QuerySet) -> QuerySet:
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        same = {"state": "country__iso3", "source": "source_kind"}
        for name in ("state", "status", "measure", "source", "addressee", "position"):
            if name in asked:
                recommendations = recommendations.filter(**{same.get(name, name): asked[name]})
        for name in TAGS:
            if name in asked:
                recommendations = recommendations.tagged(TAGS[name], asked[name])
        return recommendations.matching(asked.get("q", ""))

    @property
    def is_used(self):
        return any(self.cleaned_data.values())


class TellForm(GateMixin):
    """No name, no address: what changed, where it can be read, and at most which organization says so."""

    text = forms.CharField(
        label=_("What changed?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For example: a court struck the law down in May. Name no private person."),
    )
    url = forms.CharField(
        label=_("A public page that shows it"), required=False, max_length=300, validators=[validate_web]
    )
    happened_on = forms.DateField(label=_("When did it change?"), widget=DayInput, required=False)
    organisation = forms.CharField(
        label=_("Your organization"),
        required=False,
        max_length=120,
        help_text=_("Only if it may be named. You can leave this empty."),
    )

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > today():
            raise forms.ValidationError(_("This day is still to come. Enter the day on which it changed."))
        return day

    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("text", "url", "happened_on", "organisation")}
