"""The register of letters for the desk. Nothing is deleted, and every page that is read leaves a trace (R1, R13)."""

from dataclasses import replace

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communications import services
from communications.clock.admin import LETTER_ACTS
from communications.clock.bulk import draft_reminders
from communications.clock.filters import LatenessFilter
from communications.desk import admin as desk  # noqa: F401, registers the sealed cases
from communications.enums import LetterState
from communications.fence import ReadingMixin
from communications.filters import StateFilter
from communications.forms import ClosingForm, LetterForm
from communications.letters import admin as texts  # noqa: F401, registers templates and norms
from communications.letters.acts import BEFORE_SENDING, REFERENCE, step
from communications.letters.addresses import addresses
from communications.letters.columns import LetterColumns
from communications.letters.saved import assign, cleaned
from communications.models import Letter, SavedView, Signatory, Step
from communications.permissions import may_take_steps
from communications.publication.admin import PROPOSE
from communications.publication.bulk import put_in_window
from communications.register.addresses import keep
from communications.register.searching import index
from communications.replies.admin import RECORD
from communications.reprisals import admin as reprisals
from iesogi.accounts.fence import PaidByOhchrMixin
from iesogi.audit.acts import ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline
from iesogi.deadlines import services as deadlines


def _once_sent(act):
    """An act that has no meaning before a letter is out."""
    return replace(act, offered=lambda letter: not letter.is_unsent and act.offered(letter))


STEPS = [
    *BEFORE_SENDING,
    REFERENCE,
    _once_sent(RECORD),
    step(
        "follow-up",
        LetterState.FOLLOW_UP,
        label=gettext_lazy("Follow up"),
        question=gettext_lazy("Take this letter into follow-up?"),
        done=gettext_lazy("The letter is in follow-up."),
    ),
    _once_sent(PROPOSE),
    step(
        "close",
        LetterState.CLOSED,
        label=gettext_lazy("Close"),
        question=gettext_lazy("Close this letter? Its open deadline is cancelled:"),
        done=gettext_lazy("The letter is closed."),
        form=ClosingForm,
    ),
    *LETTER_ACTS,
    *reprisals.LETTER_ACTS,
]


PERSONS = ["approved_by", "approved_on", "sent_by"]
WORK = (
    gettext_lazy("Who works on it"),
    {"fields": ["owner", "language", "risk_assessment", "follows_up", *PERSONS]},
)


class SignatoryInline(admin.TabularInline):
    model = Signatory
    autocomplete_fields = ["mandate"]
    fields = ["order", "mandate", "cleared"]
    readonly_fields = ["cleared"]
    extra = 0

    @admin.display(description=gettext_lazy("clearance"))
    def cleared(self, signatory):
        ours = signatory.mandate_id and signatory.mandate.is_ours
        return _("this mandate") if ours else signatory.get_clearance_display()


class StepInline(HistoryInline):
    model = Step
    fields = readonly_fields = ["on", "was", "to", "reason", "by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    def has_view_permission(self, request, obj=None):
        return True  # whoever reads the letter reads its steps


@admin.register(Letter)
class LetterAdmin(LetterColumns, PaidByOhchrMixin, ReadingMixin, ActsMixin, AuditedAdmin):
    form = LetterForm
    acts = STEPS
    actions = [assign, draft_reminders, put_in_window]
    change_list_template = "communications/letters/list.html"
    list_display = ["name", "addressee", "stage", "reply", "lamp", "owner", "sent_and_published"]
    list_filter = [StateFilter, LatenessFilter, "kind", "country__regional_group", "joint"]
    # Searched by `LetterQuerySet.search`; named here because Django shows the search box only for a non-empty list.
    search_fields = ["reference_code"]
    search_help_text = gettext_lazy("A reference in any spacing, for example kaz 2/2019, or the name of a State.")
    list_per_page = 25
    show_full_result_count = False
    date_hierarchy = "sent_on"
    filter_horizontal = ["themes"]
    autocomplete_fields = ["country", "follows_up"]
    inlines = [SignatoryInline, StepInline]
    readonly_fields = [
        "stage",
        "due",
        "why",
        "replied_on",
        "answers",
        "public",
        "published_on",
        "reprisals",
        *PERSONS,
    ]
    fieldsets = [
        (None, {"fields": ["reference", "country", "other_addressee", "kind", "sent_on"]}),
        (
            gettext_lazy("Where it stands"),
            {"fields": ["stage", "due", "why", "replied_on", "answers", "public", "published_on", "reprisals"]},
        ),
        (gettext_lazy("Who signed"), {"fields": ["joint", "role", "mandate_count"]}),
        WORK,
        (
            gettext_lazy("What came of it"),
            {
                "description": gettext_lazy("Name no person here: neither victim nor source, nor anyone accused."),
                "fields": [
                    "matter",
                    "persons",
                    "event_on",
                    "outcome",
                    "outcome_on",
                    "acknowledged_by_state",
                    "contribution",
                    "themes",
                ],
            },
        ),
    ]

    # The list

    def get_queryset(self, request):
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("country", "reply_deadline", "owner").with_lamp()

    def changelist_view(self, request, extra_context=None):
        context = {
            "saved_views": SavedView.objects.filter(user=request.user),
            "current_view": cleaned(request.GET.urlencode()),
            "may_step": bool(may_take_steps(request.user)),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def get_urls(self):
        return addresses(self.admin_site) + super().get_urls()

    def get_search_results(self, request, queryset, search_term):
        return (queryset.search(search_term) if search_term else queryset), False

    @admin.display(description=gettext_lazy("why this date"))
    def why(self, letter):
        sentences = deadlines.why(letter.reply_deadline) if letter.reply_deadline else []
        return format_html_join("", "<p>{}</p>", [[each] for each in sentences]) or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("reprisals"))
    def reprisals(self, letter):
        return reprisals.links_of(letter) or self.get_empty_value_display()

    # One letter

    def get_fieldsets(self, request, obj=None):
        """A letter in the making has neither number nor day: both come when it is sent."""
        if obj is None or not obj.is_unsent:
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ["stage", "country", "other_addressee", "kind"]}),
            (gettext_lazy("Who signs"), {"fields": ["joint", "role", "mandate_count"]}),
            WORK,
        ]

    def audit_label(self, letter):
        return services.audit_label(letter)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        response = super().change_view(request, object_id, form_url, extra_context)
        letter = getattr(response, "context_data", None) and response.context_data.get("original")
        if letter and letter.content_id and may_take_steps(request.user):
            text = (_("Text"), reverse("admin:communications_letter_text", args=[letter.pk]))
            response.context_data["acts"] = [text, *response.context_data["acts"]]
        return response

    def save_model(self, request, obj, form, change):
        if not change:
            services.register(obj, sent_on=obj.sent_on, by=request.user)
            return
        # Only what the form holds: a step taken meanwhile by somebody else is not written over.
        written = {field.name for field in Letter._meta.concrete_fields} & set(form.cleaned_data)
        obj.save(update_fields=(written | form.FROM_REFERENCE) - {"sent_on"})
        if "sent_on" in form.changed_data:
            services.record_sent(obj, sent_on=obj.sent_on, by=request.user)
        keep(obj)
        index(obj)
