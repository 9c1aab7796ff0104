"""The register of letters for the desk. Nothing is deleted, and every page that is read leaves a trace (R1, R13)."""

from functools import partial

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communications import services
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.filters import StateFilter
from communications.forms import ClosingForm, LetterForm, StepForm
from communications.models import Letter, Signatory, Step
from communications.permissions import may_take_steps
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit import services as audit
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines.days import lateness, today


def _step(name, to, *, label, question, done, form=StepForm):
    return Act(
        name,
        label=label,
        question=question,
        done=done,
        may=may_take_steps,
        do=partial(services.move, to=to),
        form=form,
        offered=lambda letter: to in LetterState(letter.state).successors,
        refusals=(StepRefused,),
    )


STEPS = [
    _step(
        "reply",
        LetterState.REPLIED,
        label=gettext_lazy("Record a reply"),
        question=gettext_lazy("Did a reply to this letter come? Nobody is reminded of it any more:"),
        done=gettext_lazy("The reply is recorded, and its deadline is done."),
    ),
    _step(
        "follow-up",
        LetterState.FOLLOW_UP,
        label=gettext_lazy("Follow up"),
        question=gettext_lazy("Take this letter into follow-up?"),
        done=gettext_lazy("The letter is in follow-up."),
    ),
    _step(
        "publish",
        LetterState.PUBLISHED,
        label=gettext_lazy("Record the publication"),
        question=gettext_lazy("Was this letter reported to the Council? From then on it counts as public:"),
        done=gettext_lazy("The publication is recorded."),
    ),
    _step(
        "close",
        LetterState.CLOSED,
        label=gettext_lazy("Close"),
        question=gettext_lazy("Close this letter? Its open deadline is cancelled:"),
        done=gettext_lazy("The letter is closed."),
        form=ClosingForm,
    ),
]


class SignatoryInline(admin.TabularInline):
    model = Signatory
    autocomplete_fields = ["mandate"]
    fields = ["order", "mandate"]
    extra = 0


class StepInline(admin.TabularInline):
    model = Step
    fields = readonly_fields = ["on", "was", "to", "reason", "by"]
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    def has_view_permission(self, request, obj=None):
        return True  # whoever reads the letter reads its steps

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Letter)
class LetterAdmin(ActsMixin, AuditedAdmin):
    form = LetterForm
    acts = STEPS
    list_display = ["reference", "addressee", "due", "state", "sent_on", "kind", "joint", "role"]
    list_filter = [StateFilter, "kind", "country__regional_group", "joint", "year"]
    # Searched by `LetterQuerySet.search`; named here because Django shows the search box only for a non-empty list.
    search_fields = ["reference_code"]
    search_help_text = gettext_lazy("A reference in any spacing, for example kaz 2/2019, or the name of a State.")
    date_hierarchy = "sent_on"
    autocomplete_fields = ["country"]
    inlines = [SignatoryInline, StepInline]
    readonly_fields = ["state", "due", "replied_on", "public", "published_on"]
    fieldsets = [
        (None, {"fields": ["reference", "country", "other_addressee", "kind", "sent_on"]}),
        (gettext_lazy("Where it stands"), {"fields": ["state", "due", "replied_on", "public", "published_on"]}),
        (gettext_lazy("Who signed"), {"fields": ["joint", "role", "mandate_count"]}),
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
                ],
            },
        ),
    ]

    # Who gets in

    def has_module_permission(self, request):
        return bool(may_work_on_communications(request.user)) and super().has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        return bool(may_work_on_communications(request.user)) and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        return bool(may_work_on_communications(request.user)) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return bool(may_work_on_communications(request.user)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    # The list

    def get_queryset(self, request):
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("country", "reply_deadline")

    def get_search_results(self, request, queryset, search_term):
        return (queryset.search(search_term) if search_term else queryset), False

    @admin.display(description=gettext_lazy("reference"), ordering="reference_code")
    def reference(self, letter):
        return str(letter)

    @admin.display(description=gettext_lazy("addressee"), ordering="country__name_en")
    def addressee(self, letter):
        return letter.addressee

    @admin.display(description=gettext_lazy("reply due"), ordering="reply_deadline__due_on")
    def due(self, letter):
        deadline = letter.reply_deadline
        if deadline is None or not deadline.is_open:
            return self.get_empty_value_display()  # for the page of a letter too, where None would be printed
        return _("%(date)s (%(lateness)s)") % {
            "date": date_format(deadline.due_on),
            "lateness": lateness(deadline.due_on, on=today()),
        }

    # One letter

    def audit_label(self, letter):
        return services.audit_label(letter)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        response = super().change_view(request, object_id, form_url, extra_context)
        letter = getattr(response, "context_data", None) and response.context_data.get("original")
        if request.method == "GET" and letter:
            audit.record(by=request.user, verb="letter.read", target=letter, label=self.audit_label(letter))
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
