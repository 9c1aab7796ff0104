"""What the staff pages of visits have in common."""

from iesogi.deadlines.exceptions import ClockRefused, DeadlineRefused
from visits.exceptions import StepRefused

REFUSALS = (StepRefused, ClockRefused, DeadlineRefused)


class MatchingMixin:
    """Searched by `matching`, which knows names of States in six languages; `search_fields` only shows the box."""

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False
