"""Cases on the staff site: a list of readable columns, to look at alone. What is sealed is on pages of its own."""

from uuid import UUID

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communications.assessment import views as assessment
from communications.cases.models import Case
from communications.desk import disclosure_views, file_views, overall_views, views
from communications.desk.filters import CHOICES, PARAMETER, DeskFilter, counts
from communications.desk.permissions import may_list_cases, may_open_cases
from iesogi.audit.admin import ReadOnlyAdmin
from iesogi.deadlines.days import lateness, today
from iesogi.vault import circles

# A word and a shape for each, so that colour is never alone.
SIGNS = [
    ("urgent", "▲", gettext_lazy("urgent")),
    ("has_news", "●", gettext_lazy("news")),
    ("consent_withdrawn", "✕", gettext_lazy("consent withdrawn")),
    ("reprisal_reported", "■", gettext_lazy("reprisal")),
]
SEALED_PAGES = [
    ("<uuid:pk>/", views.open_case, "open"),
    ("<uuid:pk>/identity/", views.identity, "identity"),
    ("<uuid:pk>/step/<str:state>/", views.step, "step"),
    ("<uuid:pk>/act/<slug:name>/", views.act, "act"),
    ("<uuid:pk>/assessment/", assessment.assessment, "assessment"),
    ("<uuid:pk>/assessment/answer/", assessment.assess, "assess"),
    ("<uuid:pk>/consent/", views.consent, "consent"),
    ("<uuid:pk>/ask/", disclosure_views.ask_disclosure, "ask"),
    ("<uuid:pk>/file/<uuid:record>/", file_views.download, "file"),
    ("<uuid:pk>/file/<uuid:record>/<slug:name>/", file_views.file_act, "file_act"),
    ("disclosures/", disclosure_views.disclosures, "disclosures"),
    ("disclosures/<uuid:pk>/", disclosure_views.decide, "decide"),
    ("disclosures/<uuid:pk>/read/", disclosure_views.disclosed, "disclosed"),
    ("search/", overall_views.find, "search"),
    ("enter/", overall_views.enter, "enter"),
    ("figures/", overall_views.funnel, "figures"),
    ("figures.csv", overall_views.funnel_csv, "figures_csv"),
]


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    change_list_template = "communications/desk/list.html"
    list_display = [
        "reference",
        "signs",
        "stands",
        "addressee",
        "matter",
        "week_of",
        "assigned_to",
        "complete",
        "kept",
    ]
    list_display_links = None
    list_filter = [
        DeskFilter,
        "state",
        "matter",
        "week",
        "country__regional_group",
        ("country", RelatedOnlyFieldListFilter),
    ]
    search_fields = ["ref"]
    list_per_page = 25
    search_help_text = gettext_lazy("A reference. To search in the texts, use “Search in open cases”.")
    ordering = ["-urgent", "-has_news", "-week", "ref"]
    show_full_result_count = False

    def has_module_permission(self, request):
        return bool(may_list_cases(request.user))

    def has_view_permission(self, request, obj=None):
        return bool(may_list_cases(request.user))

    def get_urls(self):
        own = [
            path(route, self.admin_site.admin_view(view), name=f"communications_case_{name}")
            for route, view, name in SEALED_PAGES
        ]
        return own + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """There is one page of a case, and it asks for the vault."""
        try:
            return redirect("admin:communications_case_open", pk=UUID(object_id))
        except ValueError as error:
            raise Http404 from error

    def get_queryset(self, request):
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("country", "assigned_to")

    def changelist_view(self, request, extra_context=None):
        rows, on = self.get_queryset(request), today()
        chosen = request.GET.get(PARAMETER, "")
        found = counts(rows.order_by(), user=request.user, on=on)
        chips = [(CHOICES[name], f"?{PARAMETER}={name}", count, name == chosen) for name, count in found.items()]
        context = {
            "title": _("Cases"),
            "chips": chips,
            "warnings": circles.warnings(),
            "may_open": bool(may_open_cases(request.user)),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # Columns

    @admin.display(description=gettext_lazy("reference"), ordering="ref")
    def reference(self, case):
        url = reverse("admin:communications_case_open", args=[case.pk])
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', url, case.ref)

    @admin.display(description=gettext_lazy("signs"))
    def signs(self, case):
        shown = [(name, shape, label) for name, shape, label in SIGNS if getattr(case, name)]
        sign = '<span class="sign sign-{}"><span aria-hidden="true">{}</span> {}</span>'
        return format_html_join(" ", sign, shown) or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("stands"), ordering="state")
    def stands(self, case):
        return case.get_state_display()

    @admin.display(description=gettext_lazy("State"), ordering="country__name_en")
    def addressee(self, case):
        return case.country or _("not said")

    @admin.display(description=gettext_lazy("week of"), ordering="week")
    def week_of(self, case):
        return date_format(case.week)

    @admin.display(description=gettext_lazy("lacks"))
    def complete(self, case):
        """Of C1 to C5, what was not there (domain.md 1.3)."""
        lacking = [name.upper() for name in ("c1", "c2", "c3", "c4", "c5") if not getattr(case, f"meets_{name}")]
        return ", ".join(lacking) or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("content kept"), ordering="expires_on")
    def kept(self, case):
        if case.expires_on is None:
            return self.get_empty_value_display()
        return _("until %(day)s (%(lateness)s)") % {
            "day": date_format(case.expires_on),
            "lateness": lateness(case.expires_on, on=today()),
        }
