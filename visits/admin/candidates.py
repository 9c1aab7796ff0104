"""Candidates for country visits, standing invitations and printed numbers of visits, for staff."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iesogi.audit.acts import ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.audit.cells import beneath
from reports.forms import DayForm
from visits import pictures, services
from visits.admin.acts import CONTACT, act
from visits.admin.columns import MatchingMixin
from visits.admin.inlines import ContactInline
from visits.balance import by_group, funding_shares, progress
from visits.models import Candidate, Contact, StandingInvitation, VisitFigure


def _pictures():
    """Those of the public page: map and timeline; the balance stands on the list, beside its candidates."""
    visits = pictures.country_visits()
    latest = Candidate.objects.order_by("-period_start").first()
    of_period = Candidate.objects.of_period(latest.period_start) if latest else Candidate.objects.none()
    candidates = list(of_period.select_related("country"))
    return [picture for picture in (pictures.world(visits, candidates), pictures.timeline(visits)) if picture]


@admin.register(Candidate)
class CandidateAdmin(MatchingMixin, ActsMixin, AuditedAdmin):
    change_list_template = "visits/admin_candidates.html"
    list_display = [
        "country_and_group", "identified_for", "listed", "invites", "conversations", "standing", "period",
    ]  # fmt: skip
    list_filter = ["country__regional_group", "identified_for", "request_listed_in", "period_start"]
    list_select_related = ["country__standing_invitation", "visit__country"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["country"]
    search_help_text = gettext_lazy("A State in any of six languages.")
    ordering = ["-period_start", "country__name_en"]
    autocomplete_fields = ["country", "visit"]
    acts = [
        act(
            "make-visit",
            label=gettext_lazy("Request the visit"),
            question=gettext_lazy("Make a requested country visit of this candidate?"),
            done=gettext_lazy("The visit is requested. Nobody outside sees that until the State has agreed."),
            do=services.make_visit,
            form=DayForm,
            offered=lambda candidate: candidate.visit_id is None,
        ),
        CONTACT,
    ]

    def get_inlines(self, request, obj):
        return [ContactInline] if obj else []

    def get_queryset(self, request):
        """Counted beside the rows: a join would be sorted and grouped as a whole before one page of it is shown."""
        held = Contact.objects.filter(candidate=OuterRef("pk")).order_by().values("candidate")
        counted = Subquery(held.annotate(total=Count("pk")).values("total"))
        return super().get_queryset(request).annotate(conversation_total=Coalesce(counted, 0))

    def changelist_view(self, request, extra_context=None):
        for sentence in services.warnings_of_plan():
            self.message_user(request, sentence, messages.WARNING)
        latest = Candidate.objects.order_by("-period_start").first()
        context = {}
        if latest:
            period = latest.period_start, latest.period_end
            context = {"latest": latest, "progress": progress(*period), "groups": by_group(*period)}
            context["shares"] = funding_shares()
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_urls(self):
        view = self.admin_site.admin_view(self.pictures_view)
        return [path("pictures/", view, name="visits_candidate_pictures"), *super().get_urls()]

    def pictures_view(self, request):
        """A page of their own: drawing them for each look at the list would cost more than its rows."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        title = _("Map and timeline of country visits")
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, "visits/admin_pictures.html", context | {"pictures": _pictures()})

    @admin.display(description=gettext_lazy("State, UN regional group"), ordering="country__name_en")
    def country_and_group(self, candidate):
        return beneath(candidate.country, candidate.country.get_regional_group_display())

    @admin.display(description=gettext_lazy("standing invitation"), boolean=True)
    def invites(self, candidate):
        return True if hasattr(candidate.country, "standing_invitation") else None

    @admin.display(description=gettext_lazy("request listed in"), ordering="request_listed_in")
    def listed(self, candidate):
        return candidate.request_listed_in or "–"

    @admin.display(description=gettext_lazy("conversations"), ordering="conversation_total")
    def conversations(self, candidate):
        return candidate.conversation_total

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, candidate):
        visit = candidate.visit
        return visit.get_state_display() if visit else _("Candidate")

    @admin.display(description=gettext_lazy("period"), ordering="period_start")
    def period(self, candidate):
        return f"{candidate.period_start.year}-{candidate.period_end.year}"


@admin.register(StandingInvitation)
class StandingInvitationAdmin(MatchingMixin, AuditedAdmin):
    list_display = ["country", "since", "evidence", "source"]
    list_filter = ["evidence", "country__regional_group"]
    list_select_related = ["country"]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["country"]
    search_help_text = gettext_lazy("A State in any of six languages.")
    autocomplete_fields = ["country"]


@admin.register(VisitFigure)
class VisitFigureAdmin(AuditedAdmin):
    list_display = ["label", "quantity", "qualifier", "out_of", "period", "note", "ref"]
    list_filter = ["qualifier", "evidence"]
    search_fields = ["label", "code", "ref"]
