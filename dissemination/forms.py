from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from dissemination.languages import parse_languages
from dissemination.models import Engagement, EngagementCount, Output


class LanguagesField(forms.CharField):
    """A list of language codes, typed and shown as one line with commas."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return parse_languages(super().to_python(value))

    def run_validators(self, value):
        """Those of a text speak of one string; the codes were judged when the line was read."""

    def has_changed(self, initial, data):
        return self.prepare_value(initial or []) != (data or "").strip()


class EngagementForm(forms.ModelForm):
    languages = LanguagesField(
        label=_("Languages"),
        required=False,
        help_text=_("Codes or names with commas between them, for example es, en or Spanish, English."),
    )

    class Meta:
        model = Engagement
        fields = [
            "title",
            "kind",
            "held_on",
            "host",
            "online",
            "place",
            "country",
            "continent",
            "languages",
            "attendance",
            "attendance_qualifier",
            "reports",
            "visit",
            "perspectives",
            "partners",
            "products",
            "url",
        ]
        field_classes = {"url": partial(forms.URLField, assume_scheme="https")}


class EngagementCountForm(forms.ModelForm):
    languages = LanguagesField(label=_("Languages named"), required=False, help_text=_("For example es, en, fr."))

    class Meta:
        model = EngagementCount
        fields = [
            "code",
            "label",
            "measure",
            "kind",
            "quantity",
            "qualifier",
            "evidence",
            "languages",
            "period_start",
            "period_end",
            "ref",
        ]


class LanguageChoice(forms.CharField):
    """One language by code or name."""

    def to_python(self, value):
        codes = parse_languages(super().to_python(value))
        if len(codes) > 1:
            raise forms.ValidationError(_("Choose one language; enter a second version as an output of its own."))
        return codes[0] if codes else ""


class OutputForm(forms.ModelForm):
    language = LanguageChoice(
        label=_("Language"), required=False, max_length=40, help_text=_("A code or a name, for example es or Spanish.")
    )

    class Meta:
        model = Output
        fields = ["kind", "title", "issued_on", "language", "url", "report", "visit"]
        field_classes = {"url": partial(forms.URLField, assume_scheme="https")}
