"""Lists, issues and who gets them. An issue is a draft until a person who has seen it and its number sends it."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from dissemination.markdown import to_html
from dissemination.newsletter import permissions, sending
from dissemination.newsletter.enums import IssueState
from dissemination.newsletter.exceptions import NewsletterRefused
from dissemination.newsletter.models import ConsentEvent, Delivery, Issue, NewsletterList, Subscriber, Subscription
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin, HistoryInline, ReadOnlyAdmin
from iesogi.outbox.enums import State

SHAPES = {IssueState.DRAFT: "○", IssueState.SENDING: "△", IssueState.SENT: "●", IssueState.STOPPED: "×"}


@admin.register(NewsletterList)
class NewsletterListAdmin(AuditedAdmin):
    list_display = ["name_en", "code", "is_open", "confirmed"]
    search_fields = ["code", "name_en", "name_fr", "name_es", "name_ar"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    @admin.display(description=gettext_lazy("confirmed readers"), ordering="active")
    def confirmed(self, of):
        return of.active

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.subscriptions.exists())


@admin.register(Issue)
class IssueAdmin(ActsMixin, AuditedAdmin):
    change_form_template = "dissemination/newsletter/admin_change_form.html"
    list_display = ["subject", "list", "language", "state_in_words", "recipients", "sending_since", "sent_at"]
    list_filter = ["state", "list", "language"]
    list_select_related = ["list"]
    search_fields = ["subject", "slug"]
    prepopulated_fields = {"slug": ["subject"]}
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["list", "language", "to_all_languages", "subject", "slug", "body", "is_archived"]}),
        (gettext_lazy("Sending"), {"fields": ["state_in_words", "recipients", "sending_since", "sent_at"]}),
    ]
    acts = [
        Act(
            "sample",
            label=gettext_lazy("Send a sample to myself"),
            question=gettext_lazy("Send this issue to your own address, as readers will get it?"),
            done=gettext_lazy("The sample is on its way to your address."),
            may=permissions.may_send,
            do=sending.send_sample,
        ),
        Act(
            "send",
            label=gettext_lazy("Send"),
            question=gettext_lazy("Send this issue now? The text is fixed from then on."),
            done=gettext_lazy("The issue is on its way. Reload this page to see how far it has come."),
            may=permissions.may_send,
            do=sending.send,
            offered=lambda issue: issue.state == IssueState.DRAFT,
            refusals=(NewsletterRefused,),
        ),
        Act(
            "stop",
            label=gettext_lazy("Stop"),
            question=gettext_lazy("Call back what has not left yet? What has left cannot be called back."),
            done=gettext_lazy("The issue is stopped; what had not left will not leave."),
            may=permissions.may_send,
            do=sending.stop,
            offered=lambda issue: issue.state == IssueState.SENDING,
            refusals=(NewsletterRefused,),
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        sending_facts = ["state_in_words", "recipients", "sending_since", "sent_at"]
        if obj is None or obj.state == IssueState.DRAFT:
            return sending_facts
        return ["list", "language", "to_all_languages", "subject", "slug", "body", *sending_facts]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj and obj.state != IssueState.DRAFT else self.prepopulated_fields

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.state == IssueState.DRAFT)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_in_words(self, issue):
        return format_html("{} {}", SHAPES.get(issue.state, "○"), issue.get_state_display())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        issue = self.get_object(request, object_id)
        context = {"preview": preview(issue) if issue else None, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def act_view(self, request, object_id, act):
        """The page that asks says how many readers there are, and shows the text once more."""
        response = super().act_view(request, object_id, act)
        if hasattr(response, "context_data") and act.name == "send":
            issue = response.context_data["original"]
            response.template_name = "dissemination/newsletter/admin_send.html"
            response.context_data |= {"preview": preview(issue)}
        return response


def preview(issue: Issue) -> dict:
    """The issue as readers get it, how many get it, and what became of the mails."""
    states = {value: str(label) for value, label in State.choices}
    counts = issue.deliveries.count_by_state() if issue.state != IssueState.DRAFT else {}
    return {
        "written": sending.written(issue),
        "body": to_html(issue.body),
        "readers": sending.readers(issue).count() if issue.state == IssueState.DRAFT else issue.recipients,
        "states": [(value, states[value], count) for value, count in sorted(counts.items())],
        "bounced": issue.deliveries.exclude(bounced_at=None).count() if counts else 0,
        "to_write": issue.state == IssueState.SENDING and (issue.recipients or 0) - sum(counts.values()),
    }


class SubscriptionInline(HistoryInline):
    model = Subscription
    fields = readonly_fields = ["list", "state", "asked_at", "confirmed_at", "left_at"]


class ConsentInline(HistoryInline):
    model = ConsentEvent
    fields = readonly_fields = ["at", "step", "list", "note"]


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnlyAdmin):
    """Addresses are changed by the people they belong to, through the links of their mails."""

    list_display = ["__str__", "language", "created_at", "bounces", "bounced_at"]
    list_filter = ["language", ("bounced_at", admin.EmptyFieldListFilter), "subscriptions__list"]
    search_fields = ["email"]
    show_full_result_count = False
    fields = ["email", "language", "created_at", "bounces", "bounced_at"]
    inlines = [SubscriptionInline, ConsentInline]


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "step", "list", "subscriber", "note"]
    list_filter = ["step", "list", "at"]
    list_select_related = ["list", "subscriber"]
    list_per_page = 50
    search_fields = ["subscriber__email", "note"]
    show_full_result_count = False


class BouncedFilter(admin.SimpleListFilter):
    title = gettext_lazy("came back")
    parameter_name = "bounced"

    def lookups(self, request, model_admin):
        return [("yes", gettext_lazy("Yes"))]

    def queryset(self, request, queryset):
        return queryset.exclude(bounced_at=None) if self.value() == "yes" else queryset


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["subscriber", "issue", "mail_state", "bounced_at", "bounce"]
    list_filter = [BouncedFilter, "mail__state", "issue"]
    list_select_related = ["subscriber", "issue", "mail"]
    search_fields = ["subscriber__email"]
    show_full_result_count = False
    fields = ["issue", "subscriber", "mail_state", "bounced_at", "bounce"]

    @admin.display(description=gettext_lazy("state of the mail"), ordering="mail__state")
    def mail_state(self, delivery):
        return delivery.mail.get_state_display()
