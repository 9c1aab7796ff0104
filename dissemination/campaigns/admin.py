"""Campaigns with their coalition beside them, and the signatures that a person has to judge."""

from functools import partial

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy, gettext_noop

from dissemination.campaigns import handover, permissions, services
from dissemination.campaigns.coalition import coalition, desk
from dissemination.campaigns.enums import CampaignState, SignatureState
from dissemination.campaigns.exceptions import CampaignRefused
from dissemination.campaigns.forms import InvalidateForm
from dissemination.campaigns.models import Campaign, CampaignFigure, CampaignText, Signature
from iesogi.audit.acts import Act, ActsMixin, says
from iesogi.audit.admin import AuditedAdmin
from iesogi.documents.exceptions import DocumentError
from iesogi.reference.search import StateSearchMixin

SHAPES = {
    CampaignState.DRAFT: "○",
    CampaignState.ANNOUNCED: "◇",
    CampaignState.OPEN: "●",
    CampaignState.CLOSED: "×",
    SignatureState.PENDING: "◇",
    SignatureState.CONFIRMED: "●",
    SignatureState.REVIEW: "△",
    SignatureState.INVALID: "×",
}


def step_act(to):
    """One act for each state: the button stands where the step is legal."""
    return Act(
        f"to-{to}",
        label=says(gettext_noop("Mark as “%(state)s”"), to),
        question=gettext_lazy("Take this step? The public page changes at once."),
        done=says(gettext_noop("The campaign is now “%(state)s”."), to),
        may=permissions.may_run,
        do=partial(services.move, to=to),
        offered=lambda campaign: to in CampaignState(campaign.state).successors and not campaign.anonymised_at,
        refusals=(CampaignRefused,),
    )


class TextInline(admin.StackedInline):
    model = CampaignText
    fields = ["language", "title", "summary", "statement"]
    extra = 0


class FigureInline(admin.TabularInline):
    model = CampaignFigure
    fields = ["measure", "level", "region", "printed", "quantity", "qualifier", "evidence", "ref"]
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(ActsMixin, AuditedAdmin):
    change_form_template = "dissemination/campaigns/admin_change_form.html"
    change_list_template = "dissemination/campaigns/admin_change_list.html"
    list_display = ["title", "kind", "state_in_words", "takes_signatures", "decides_year", "target_year"]
    list_filter = ["kind", "state", "takes_signatures"]
    search_fields = ["title", "code", "hashtag", "texts__title"]
    inlines = [TextInline, FigureInline]
    fieldsets = [
        (None, {"fields": ["code", "kind", "title", "state_in_words", "takes_signatures", "hashtag"]}),
        (
            gettext_lazy("What it is about"),
            {"fields": ["decides_year", "target_year", "concern", "concern_evidence", "printed_date", "note"]},
        ),
        (gettext_lazy("Its story"), {"fields": ["opened_at", "closed_at", "anonymised_at"]}),
    ]
    readonly_fields = ["state_in_words", "opened_at", "closed_at", "anonymised_at"]
    acts = [
        *[step_act(state) for state in CampaignState],
        Act(
            "hand-over-pdf",
            label=gettext_lazy("Hand-over as PDF"),
            question=gettext_lazy(
                "Make a PDF with the statement, the totals and the listed organizations of this campaign?"
            ),
            done=gettext_lazy("The PDF is queued. This page shows how it gets on, and holds it when it is ready."),
            may=permissions.may_hand_over,
            do=handover.ask_for_pdf,
            form=handover.HandoverForm,
            refusals=(DocumentError,),
            then=handover.page_of,
        ),
        Act(
            "hand-over-csv",
            label=gettext_lazy("Hand-over as CSV"),
            question=gettext_lazy(
                "Download the listed organizations of this campaign? That you took them is recorded."
            ),
            done="",
            may=permissions.may_run,
            do=handover.give_csv,
        ),
    ]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_in_words(self, campaign):
        return format_html("{} {}", SHAPES.get(campaign.state, "○"), campaign.get_state_display())

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"desk": desk(on=timezone.localdate()), **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        campaign = self.get_object(request, object_id)
        context = {"coalition": coalition(campaign) if campaign else None, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or not obj.signatures.exists())


class SimilarFilter(admin.SimpleListFilter):
    title = gettext_lazy("looks like another one")
    parameter_name = "similar"

    def lookups(self, request, model_admin):
        return [("yes", gettext_lazy("Yes"))]

    def queryset(self, request, queryset):
        return queryset.with_similar().order_by("similar_key") if self.value() == "yes" else queryset


@admin.register(Signature)
class SignatureAdmin(StateSearchMixin, ActsMixin, AuditedAdmin):
    list_display = [
        "organisation",
        "campaign",
        "level",
        "place_in_words",
        "state_in_words",
        "visibility",
        "confirmed_at",
    ]
    list_filter = ["state", SimilarFilter, "campaign", "level", "region", "visibility", "created_at"]
    list_select_related = ["campaign", "country"]
    search_fields = ["organisation"]
    search_help_text = gettext_lazy("Words of the name, or a State in any of six languages.")
    show_full_result_count = False
    list_per_page = 25
    fieldsets = [
        (None, {"fields": ["organisation", "campaign", "state_in_words", "reason", "others"]}),
        (gettext_lazy("Place"), {"fields": ["level", "country", "region", "visibility"]}),
        (gettext_lazy("Who signed"), {"fields": ["signatory", "role", "email", "language"]}),
        (gettext_lazy("When"), {"fields": ["created_at", "confirmed_at", "invalidated_at"]}),
    ]
    acts = [
        Act(
            "count",
            label=gettext_lazy("Let it count"),
            question=gettext_lazy(
                "Is this an organization of its own, so that it counts beside those that look like it?"
            ),
            done=gettext_lazy("The signature counts now."),
            may=permissions.may_judge,
            do=services.count,
            offered=lambda row: row.state in {SignatureState.REVIEW, SignatureState.INVALID} and row.confirmed_at,
            refusals=(CampaignRefused,),
        ),
        Act(
            "invalidate",
            label=gettext_lazy("Invalidate"),
            question=gettext_lazy("Shall this signature no longer count? It stays here with the reason."),
            done=gettext_lazy("The signature no longer counts."),
            may=permissions.may_judge,
            do=services.invalidate,
            form=InvalidateForm,
            offered=lambda row: SignatureState.INVALID in SignatureState(row.state).successors,
            refusals=(CampaignRefused,),
        ),
    ]

    def audit_label(self, obj):
        return f"{obj.campaign.code}, {obj.public_id}"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """Only the spelling of the name is staff's; where and who was the organisation's own word."""
        names = [name for _label, part in self.fieldsets for name in part["fields"]]
        return [name for name in names if name != "organisation"]

    def get_fieldsets(self, request, obj=None):
        """Who signed is shown to those who may have to ask them, and to nobody else."""
        if permissions.may_judge(request.user):
            return self.fieldsets
        return [each for each in self.fieldsets if "email" not in each[1]["fields"]]

    def save_model(self, request, obj, form, change):
        obj.place()
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("State or region"), ordering="country__name_en")
    def place_in_words(self, row):
        return str(row.country) if row.country else row.get_region_display() or "–"

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_in_words(self, row):
        return format_html("{} {}", SHAPES[row.state], row.get_state_display())

    @admin.display(description=gettext_lazy("others like it"))
    def others(self, row):
        alike = Signature.objects.resembling(row).select_related("country")[:20]
        if not alike:
            return "–"
        lines = ((each.pk, each.organisation, self.place_in_words(each), each.get_state_display()) for each in alike)
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li><a href="../../{}/change/">{}</a>, {}: {}</li>', lines)
        )
