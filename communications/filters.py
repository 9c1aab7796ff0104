from django.utils.translation import gettext_lazy as _

from communications.enums import LetterState
from iesogi.audit.filters import OpensNarrowFilter


class StateFilter(OpensNarrowFilter):
    title = _("stage")
    parameter_name = "state"
    opens_on = _("Not closed")

    def lookups(self, request, model_admin):
        return [("all", _("All")), *LetterState.choices]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset.in_hand()
        return queryset.filter(state=self.value()) if self.value() in LetterState else queryset
