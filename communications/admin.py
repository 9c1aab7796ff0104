"""The register of letters for the desk. Nothing is deleted, and every page that is read leaves a trace (R1, R13)."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communications import services
from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.filters import StateFilter
from communications.forms import LetterForm, StepForm
from communications.models import Letter, Signatory, Step
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit import services as audit
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines.days import lateness, today


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

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Letter)
class LetterAdmin(AuditedAdmin):
    form = LetterForm
    change_form_template = "communications/letter_change_form.html"
    list_display = ["reference", "addressee", "kind", "state", "sent_on", "due", "joint", "role"]
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

    @admin.display(description=gettext_lazy("reply due"), ordering="reply_deadline__due_on", empty_value="–")
    def due(self, letter):
        deadline = letter.reply_deadline
        if deadline is None or not deadline.is_open:
            return None
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

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may = obj is not None and self.has_change_permission(request, obj)
        context["steps"] = [
            {"label": to.label, "url": reverse("admin:communications_letter_step", args=[obj.pk, to])}
            for to in LetterState
            if may and to in LetterState(obj.state).successors
        ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if not change:
            services.register(obj, sent_on=obj.sent_on, by=request.user)
            return
        # Only what the form holds: a step taken meanwhile by somebody else is not written over.
        written = {field.name for field in Letter._meta.concrete_fields} & set(form.cleaned_data)
        obj.save(update_fields=(written | form.FROM_REFERENCE) - {"sent_on"})
        if "sent_on" in form.changed_data:
            services.record_sent(obj, sent_on=obj.sent_on, by=request.user)

    # Steps: a page to confirm, a POST, and the permission asked again

    def get_urls(self):
        step = path(
            "<path:object_id>/step/<slug:to>/",
            self.admin_site.admin_view(self.step_view),
            name="communications_letter_step",
        )
        return [step, *super().get_urls()]

    def step_view(self, request, object_id, to):
        letter = self.get_object(request, unquote(object_id))
        if letter is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, letter):
            raise PermissionDenied(_("Your role may read letters but not take their steps. Ask a desk officer."))
        if to not in LetterState:
            raise Http404
        was, to = LetterState(letter.state), LetterState(to)
        form = StepForm(request.POST or None, was=was, to=to)
        back = HttpResponseRedirect(reverse("admin:communications_letter_change", args=[letter.pk]))
        if to not in was.successors:
            self.message_user(request, services.step_refusal(was, to), messages.ERROR)
            return back
        if request.method == "POST" and form.is_valid() and self._step_taken(request, letter, to, form):
            return back
        context = {
            **self.admin_site.each_context(request),
            "title": _("“%(state)s”: confirm this step") % {"state": to.label},
            "opts": self.opts,
            "letter": letter,
            "to": to,
            "form": form,
        }
        return TemplateResponse(request, "communications/letter_step.html", context)

    def _step_taken(self, request, letter, to, form):
        try:
            services.move(letter, to, by=request.user, **form.cleaned_data)
        except StepRefused as refused:
            form.add_error(None, str(refused))
            return False
        self.message_user(request, _("The letter is now “%(state)s”.") % {"state": to.label}, messages.SUCCESS)
        return True
