from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext_lazy as _

from communications.enums import LetterState


class StateFilter(SimpleListFilter):
    """Shows what is not closed unless another choice is made; "All" is a choice of its own."""

    title = _("stage")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("all", _("All")), *LetterState.choices]

    def choices(self, changelist):
        active, *others = super().choices(changelist)
        return [{**active, "display": _("Not closed")}, *others]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset.in_hand()
        return queryset.filter(state=self.value()) if self.value() in LetterState else queryset
