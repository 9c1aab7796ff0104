"""What the public told, for the desk: read, then taken up as a finding or let go."""

from functools import partial

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import ReadOnlyAdmin
from visits.admin.columns import REFUSALS
from visits.recommendations import permissions, services
from visits.recommendations.enums import UpdateState
from visits.recommendations.forms import DeclineForm, FindingForm
from visits.recommendations.models import PublicUpdate

act = partial(
    Act, may=permissions.may_moderate, refusals=REFUSALS, offered=lambda update: update.state == UpdateState.WAITING
)


@admin.register(PublicUpdate)
class PublicUpdateAdmin(ActsMixin, ReadOnlyAdmin):
    """Nobody types over what the public said; acts ask a permission of their own."""

    list_display = ["__str__", "recommendation", "excerpt", "received_on", "state", "decided_by"]
    list_filter = ["state", "received_on"]
    list_select_related = ["recommendation", "decided_by"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["recommendation__reference"]
    acts = [
        act(
            "accept",
            label=gettext_lazy("Take up"),
            question=gettext_lazy("Add this as a finding of civil society? Shorten the words and name no person:"),
            done=gettext_lazy("The update is taken up; its finding stands on the recommendation."),
            do=services.accept,
            form=FindingForm,
        ),
        act(
            "decline",
            label=gettext_lazy("Do not take up"),
            question=gettext_lazy("Let this update go? Its words are erased at once:"),
            done=gettext_lazy("The update is not taken up, and its words are erased."),
            do=services.decline,
            form=DeclineForm,
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("recommendation__search_text", "recommendation__text")

    @admin.display(description=gettext_lazy("what changed"))
    def excerpt(self, update):
        return Truncator(update.text).words(12) or "–"
