"""The outbox is looked at here; what failed is sent again or put aside, and nothing is typed over."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import ReadOnlyAdmin
from iesogi.audit.filters import OpensNarrowFilter
from iesogi.outbox import services
from iesogi.outbox.enums import State
from iesogi.outbox.exceptions import OutboxRefused
from iesogi.outbox.models import Mail
from iesogi.outbox.permissions import may_handle

SHAPES = {
    State.DRAFT: "○",
    State.WAITING: "◇",
    State.CLAIMED: "△",
    State.SENT: "●",
    State.FAILED: "■",
    State.DISCARDED: "×",
}

act = partial(Act, may=may_handle, refusals=(OutboxRefused,))


class StateFilter(OpensNarrowFilter):
    """What has not gone out yet is shown first; everything else is one click away."""

    title = _("state")
    parameter_name = "state"
    opens_on = _("Not sent yet")

    def lookups(self, request, model_admin):
        return [("all", _("All")), *State.choices]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset.unsent()
        if self.value() in State.values:
            return queryset.filter(state=self.value())
        return queryset


@admin.register(Mail)
class MailAdmin(ActsMixin, ReadOnlyAdmin):
    list_display = ["subject", "to", "state_in_words", "due_at", "attempts", "done_at"]
    list_filter = [StateFilter, "created_at"]
    search_fields = ["subject", "to", "subject_label", "error"]
    show_full_result_count = False
    list_per_page = 50
    fields = [
        "subject",
        "to",
        "state_in_words",
        "message_id",
        "due_at",
        "claimed_at",
        "done_at",
        "attempts",
        "subject_label",
        "subject_url",
        "readable_text",
        "created_at",
    ]
    readonly_fields = fields
    acts = [
        act(
            "release",
            label=_("Send it"),
            question=_("Send this draft as it stands?"),
            done=_("The mail waits to be sent. Reload this page in a minute to see whether it has gone."),
            do=services.release,
            offered=lambda mail: mail.state == State.DRAFT,
        ),
        act(
            "try-again",
            label=_("Try again"),
            question=_("Send this mail again?"),
            done=_("The mail waits to be sent. Reload this page in a minute to see whether it has gone."),
            do=services.try_again,
            offered=lambda mail: mail.state == State.FAILED,
        ),
        act(
            "discard",
            label=_("Discard"),
            question=_("Put this mail aside? It will never be sent."),
            done=_("The mail is put aside and will not be sent."),
            do=services.discard,
            offered=lambda mail: State.DISCARDED in State(mail.state).successors,
        ),
    ]

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, obj):
        shape, label = SHAPES[obj.state], obj.get_state_display()
        return format_html("{} {}: {}", shape, label, obj.error) if obj.error else format_html("{} {}", shape, label)

    @admin.display(description=_("text"))
    def readable_text(self, obj):
        if obj.erased_at:
            return _("Address and text were erased, because their purpose has gone.")
        if obj.private:
            return _("Only the person it is sent to reads this mail.")
        return obj.mailing.text if obj.mailing else obj.text

    @admin.display(description=_("Message-ID"))
    def message_id(self, obj):
        return obj.message_id
