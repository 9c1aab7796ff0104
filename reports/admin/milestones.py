"""The standard method and the milestones of reports; milestones are planned from the report."""

from django.contrib import admin, messages
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from iesogi.deadlines.columns import DeadlineRows, due_in_words, why_this_date
from iesogi.reference.enums import Forum
from reports.admin.acts import MILESTONE_ACTS
from reports.filters import ReportYearFilter
from reports.method.approvals import chain_of
from reports.models import Approval, MethodStep, Milestone


class MilestoneInline(HistoryInline):
    model = Milestone
    fields = readonly_fields = ["due", "state", "owner", "why", "evidence"]
    show_change_link = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).with_deadlines().select_related("deadline__owner")
        return rows.prefetch_related("deadline__extensions")

    @admin.display(description=gettext_lazy("owner"))
    def owner(self, milestone):
        return milestone.deadline.owner or "–"

    @admin.display(description=gettext_lazy("due on"))
    def due(self, milestone):
        return due_in_words(milestone.deadline)

    @admin.display(description=gettext_lazy("state"))
    def state(self, milestone):
        return milestone.deadline.get_state_display()

    @admin.display(description=gettext_lazy("why this date?"))
    def why(self, milestone):
        return why_this_date(milestone.deadline)


class ApprovalInline(HistoryInline):
    model = Approval
    fields = readonly_fields = ["round", "part", "role", "verdict", "note", "by", "at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(MethodStep)
class MethodStepAdmin(AuditedAdmin):
    change_list_template = "reports/admin_method.html"
    list_display = ["order", "stage", "before", "before_ga", "work", "optional", "chain", "days_rest_on"]
    list_display_links = ["stage"]
    search_fields = ["stage", "prepares", "supervises", "approves", "yields"]
    ordering = ["order"]

    @admin.display(description=gettext_lazy("days before slot"), ordering="days_before_slot")
    def before(self, step):
        return step.days_before_slot

    @admin.display(description=gettext_lazy("for the Assembly"), ordering="days_before_slot_ga")
    def before_ga(self, step):
        return step.days_for(Forum.GA)

    @admin.display(description=gettext_lazy("days of work"), ordering="duration_days")
    def work(self, step):
        return step.duration_days

    @admin.display(description=gettext_lazy("evidence"), ordering="evidence")
    def days_rest_on(self, step):
        return step.get_evidence_display()

    @admin.display(description=gettext_lazy("who stands for it"))
    def chain(self, step):
        lines = ((f"{part.label}: {role.label}",) for part, role in step.chain)
        return format_html_join(", ", "{}", lines) or step.prepares or "–"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if {"days_before_slot", "days_before_slot_ga"} & set(form.changed_data):
            sentence = _("Reports that are planned already keep their dates until their milestones are planned again.")
            self.message_user(request, sentence, messages.INFO)


@admin.register(Milestone)
class MilestoneAdmin(DeadlineRows, ActsMixin, AuditedAdmin):
    """Looked at here, planned from the report."""

    list_display = ["stage", "report", "due", "how_long", "state"]
    list_filter = ["stage", "deadline__state", "report__forum", ReportYearFilter]
    list_select_related = ["deadline", "report"]
    search_fields = ["report__symbol", "report__title"]
    fields = readonly_fields = [
        "report", "stage", "due_in_words", "why", "state", "owner", "chain", "planned_on", "rests_on", "evidence"
    ]  # fmt: skip
    acts = MILESTONE_ACTS
    inlines = [ApprovalInline]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Nothing is typed here, so nothing is saved: every step has a page of its own."""
        context = {"show_save": False, "show_save_and_continue": False, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description=gettext_lazy("owner"))
    def owner(self, milestone):
        return milestone.deadline.owner or "–"

    @admin.display(description=gettext_lazy("what its days rest on"))
    def rests_on(self, milestone):
        step = MethodStep.objects.filter(stage=milestone.stage).first()
        if step is None or not step.is_estimate:
            return step.get_evidence_display() if step else "–"
        return _("An unconfirmed estimate of the portal: no source prints how many days this step takes.")

    @admin.display(description=gettext_lazy("who stands for it"))
    def chain(self, milestone):
        lines = chain_of(milestone)
        return format_html_join(
            "", "<p>{}: {}, {}</p>", ((line.part.label, line.role.label, line.given_in_words) for line in lines)
        ) or _("The method asks for nobody.")
