"""Replies for the desk. They are entered on the page of a letter; here they are read, classified and published."""

from functools import partial

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from communications.exceptions import StepRefused
from communications.fence import FencedMixin, ReadingMixin
from communications.models import Letter, Reply
from communications.permissions import may_take_steps
from communications.renditions import acts as files
from communications.renditions.forms import ShownForm
from communications.replies import services, showing
from communications.replies.advice import advice
from communications.replies.enums import Translation
from communications.replies.forms import ClassForm, LetterForm, ReplyForm
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines.days import lateness, today
from iesogi.deadlines.exceptions import DeadlineRefused

act = partial(Act, may=may_take_steps, refusals=(StepRefused, DeadlineRefused))


def record_for(letter, *, by, others=(), **said):
    return services.record([letter, *others], by=by, **said)


# On the page of a letter: any letter that was sent may get a reply, and a second one.
RECORD = act(
    "reply",
    label=_("Record a reply"),
    question=_(
        "Did a reply to this letter come? Its clock stops once the reply is classified as more than a receipt:"
    ),
    done=_("The reply is recorded. It waits to be classified; until then no reminder lists its letters."),
    do=record_for,
    form=ReplyForm,
    offered=lambda letter: letter.sent_on is not None,
)
ACTS = [
    act(
        "classify",
        label=_("Classify"),
        question=_("What kind of reply is it?"),
        done=_("The reply is classified."),
        do=services.classify,
        form=ClassForm,
    ),
    act(
        "translated",
        label=_("The translation is there"),
        question=_("Did the translation of this reply arrive?"),
        done=_("Recorded."),
        do=services.translated,
        offered=lambda reply: reply.translation == Translation.PENDING,
    ),
    act(
        "attach",
        label=_("It answers another letter too"),
        question=_("Which other letter to the same addressee does it answer?"),
        done=_("The reply is attached to that letter too."),
        do=services.attach,
        form=LetterForm,
    ),
    act(
        "publish",
        label=_("Publish this late reply"),
        question=_("The letter is public. Show that this reply came, when, and of what kind?"),
        done=_("The reply is public."),
        do=services.publish,
        form=ShownForm,
        template="communications/replies/publish.html",
        shows=showing.page,
        offered=lambda reply: (
            reply.publishable and not reply.public_since and reply.letters.filter(public=True).exists()
        ),
    ),
]


class StandFilter(admin.SimpleListFilter):
    title, parameter_name = _("to do"), "todo"

    def lookups(self, request, model_admin):
        return [("classify", _("To be classified")), ("translate", _("Translation pending"))]

    def queryset(self, request, queryset):
        if self.value() == "classify":
            return queryset.to_classify()
        return queryset.to_translate() if self.value() == "translate" else queryset


@admin.register(Reply)
class ReplyAdmin(FencedMixin, ReadingMixin, ActsMixin, AuditedAdmin):
    acts = [*ACTS, *files.ACTS]
    list_display = ["__str__", "answers", "reply_class", "waits", "language", "translation", "publishable"]
    list_filter = [StandFilter, "reply_class", "language", "channel", "received_on"]
    list_select_related = ["deadline"]
    search_fields = ["letters__reference_code"]
    search_help_text = _("A reference in any spacing, for example kaz 2/2019, or the name of a State.")
    date_hierarchy = "received_on"
    fields = readonly_fields = [
        "received_on", "answers", "channel", "language", "translation", "reply_class", "quality", "what_next", "waits",
        "publishable", "public_since", "recorded_by", "classified_by", "classified_on",
        "file",
    ]  # fmt: skip

    def audit_label(self, reply):
        return services.audit_label(reply)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("letters__country")

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        return queryset.filter(letters__in=Letter.objects.search(search_term)).distinct(), False

    @admin.display(description=_("answers"))
    def answers(self, reply):
        places = [
            (reverse("admin:communications_letter_change", args=[letter.pk]), letter) for letter in reply.letters.all()
        ]
        return format_html_join("; ", '<a href="{}"><bdi dir="ltr">{}</bdi></a>', places)

    @admin.display(description=_("to be read"), ordering="deadline__due_on")
    def waits(self, reply):
        deadline = reply.deadline
        if reply.is_read or deadline is None or not deadline.is_open:
            return self.get_empty_value_display()
        return lateness(deadline.due_on, on=today())

    @admin.display(description=_("what next"))
    def what_next(self, reply):
        return format_html("<strong>{}</strong>", advice(reply))

    @admin.display(description=_("redacted PDF"))
    def file(self, reply):
        return files.in_words(reply) or self.get_empty_value_display()
