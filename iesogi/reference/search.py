"""Search in the admin that knows States by any of their names."""

from iesogi.reference.models import Country
from iesogi.reference.text import fold


class StateSearchMixin:
    """For a ModelAdmin whose rows point at a State: beside `search_fields`, any name of the State finds them.

    `state_field` names the way to the State, for example "country" or "visit__country".
    """

    state_field = "country"

    def get_search_results(self, request, queryset, search_term):
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if not fold(search_term):
            return found, may_have_duplicates
        by_state = queryset.filter(**{f"{self.state_field}__in": Country.objects.search(search_term)})
        return found | by_state, may_have_duplicates
