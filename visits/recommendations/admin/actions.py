from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy

from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit.admin import AuditedAdmin
from reports.forms import WholeRowForm
from visits.recommendations.models import Recommendation, RecommendationAction


@admin.register(RecommendationAction)
class RecommendationActionAdmin(AuditedAdmin):
    """What is done; one action answers many recommendations."""

    form = WholeRowForm
    list_display = ["title", "country", "lead", "state", "starts_on", "ends_on", "answers"]
    list_filter = ["state", "is_public", "country__regional_group"]
    list_select_related = ["country"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["title", "lead", "country__search_text"]
    autocomplete_fields = ["country", "recommendations"]

    def get_queryset(self, request):
        seen = Recommendation.objects.visible_to(request.user).values("pk")
        count = Count("recommendations", filter=Q(recommendations__in=seen))
        return super().get_queryset(request).annotate(answer_count=count)

    def get_exclude(self, request, obj=None):
        """Whoever stands outside the fence around letters does not read which ones an action answers (R13)."""
        return [] if may_work_on_communications(request.user) else ["recommendations"]

    @admin.display(description=gettext_lazy("recommendations"), ordering="answer_count")
    def answers(self, action):
        return action.answer_count
