"""Press releases, statements, interviews and opinion articles on their way out."""

from functools import partial

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy

from dissemination.approval_admin import APPROVAL_ACTS, OutgoingAdmin, act, in_state
from dissemination.enums import DraftState
from dissemination.forms import LanguageChoice
from dissemination.languages import names_of
from dissemination.press import services
from dissemination.press.models import PressItem, PressText


class OutForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Out since"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PressTextForm(forms.ModelForm):
    language = LanguageChoice(label=gettext_lazy("Language"), max_length=40, initial="en")

    class Meta:
        model = PressText
        fields = ["language", "title", "body", "url"]
        field_classes = {"url": partial(forms.URLField, assume_scheme="https")}


class PressTextInline(admin.StackedInline):
    model = PressText
    form = PressTextForm
    extra = 0
    min_num = 0

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


@admin.register(PressItem)
class PressItemAdmin(OutgoingAdmin):
    list_display = ["title", "kind", "state_in_words", "planned_for", "embargo_until", "written_in", "author"]
    list_filter = ["state", "kind", "planned_for"]
    search_fields = ["title", "medium", "texts__title"]
    date_hierarchy = "planned_for"
    inlines = [PressTextInline]
    fieldsets = [
        (None, {"fields": ["title", "kind", "medium", "planned_for", "embargo_until"]}),
        (gettext_lazy("What it is about"), {"fields": OutgoingAdmin.subject_fields}),
        (gettext_lazy("On its way out"), {"fields": OutgoingAdmin.readonly_fields}),
    ]
    acts = [
        *APPROVAL_ACTS,
        act(
            "out",
            label=gettext_lazy("Mark as out"),
            question=gettext_lazy("Did you give this to the press? It counts as one output from that day on."),
            done=gettext_lazy("It is out, and counts towards the targets of the work programme."),
            do=services.mark_out,
            form=OutForm,
            offered=in_state(DraftState.APPROVED),
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")

    @admin.display(description=gettext_lazy("languages"))
    def written_in(self, item):
        return names_of([text.language for text in item.texts.all()]) or "–"
