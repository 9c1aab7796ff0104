"""What waits to become public: proposed by the portal, redacted by one person, confirmed by another."""

from functools import partial

from django.contrib import admin
from django.urls import re_path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from communications.exceptions import StepRefused
from communications.fence import FencedMixin, ReadingMixin
from communications.models import Letter, Publication
from communications.permissions import may_take_steps
from communications.publication import services, showing
from communications.publication.enums import PublicationState
from communications.publication.forms import ConfirmForm, HoldForm, RedactForm, WindowForm
from communications.renditions import acts as files
from communications.reporting import views
from iesogi.audit.acts import Act, ActsMixin
from iesogi.audit.admin import AuditedAdmin
from iesogi.deadlines.clock import short

act = partial(Act, may=may_take_steps, refusals=(StepRefused,))


def place(publication):
    return reverse("admin:communications_publication_change", args=[publication.pk])


# On the page of a letter.
PROPOSE = act(
    "propose",
    label=_("Propose for publication"),
    question=_("Put this letter into the report of a session? Somebody else will confirm it:"),
    done=_("Proposed. Write the redacted version next."),
    do=services.propose,
    form=WindowForm,
    offered=lambda letter: letter.sent_on is not None and not letter.public,
    then=place,
)
ACTS = [
    act(
        "redact",
        label=_("Write the redacted version"),
        question=_("These words are all that the public will read of this letter:"),
        done=_("The redacted version is there. A second person reads and confirms it."),
        do=services.redact,
        form=RedactForm,
        offered=lambda row: not row.is_public,
    ),
    act(
        "hold",
        label=_("Hold back"),
        question=_("Keep this letter out of the report for now?"),
        done=_("Held back, with its reason."),
        do=services.hold,
        form=HoldForm,
        offered=lambda row: row.state == PublicationState.PROPOSED,
    ),
    act(
        "release",
        label=_("Take up again"),
        question=_("Propose this letter again?"),
        done=_("Proposed again."),
        do=services.release,
        offered=lambda row: row.state == PublicationState.HELD,
    ),
    act(
        "confirm",
        label=_("Confirm and publish"),
        question=_("Have you read all that stands below, and can nobody come to harm by it? Publish it now:"),
        done=_("The letter is public."),
        do=services.confirm,
        form=ConfirmForm,
        template="communications/publication/confirm.html",
        shows=showing.page,
        offered=lambda row: row.state == PublicationState.PROPOSED,
    ),
]


PAGES = [
    (r"^figures/$", views.figures, "figures"),
    (r"^figures\.(?P<form>csv|xlsx)$", views.figures_file, "figures_file"),
    (r"^register\.(?P<form>csv|xlsx)$", views.register_file, "register_file"),
    (r"^report\.pdf$", views.session_report, "report"),
    (r"^files/(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pdf$", files.staff_file, "file"),
]


@admin.register(Publication)
class PublicationAdmin(FencedMixin, ReadingMixin, ActsMixin, AuditedAdmin):
    acts = [*ACTS, *files.ACTS]
    change_list_template = "communications/publication/list.html"
    list_display = ["__str__", "addressee", "window_in_words", "opens", "state", "is_redacted", "redacted_by"]
    list_filter = ["state", "session", "naming"]
    list_select_related = ["letter__country", "redacted_by"]
    search_fields = ["letter__reference_code"]
    search_help_text = _("A reference in any spacing, for example kaz 2/2019, or the name of a State.")
    fields = readonly_fields = [
        "about", "addressee", "window_in_words", "opens", "state", "held_reason", "title", "text", "naming",
        "shows_outcome", "proposed_by", "proposed_on", "redacted_by", "redacted_on", "confirmed_by", "file",
    ]  # fmt: skip

    def get_urls(self):
        own = [
            re_path(route, self.admin_site.admin_view(view), name=f"communications_publication_{name}")
            for route, view, name in PAGES
        ]
        return own + super().get_urls()

    def audit_label(self, publication):
        return services.audit_label(publication)

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        return queryset.filter(letter__in=Letter.objects.search(search_term)), False

    @admin.display(description=_("letter"), ordering="letter__reference_code")
    def about(self, row):
        url = reverse("admin:communications_letter_change", args=[row.letter_id])
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', url, row.letter)

    @admin.display(description=_("addressee"), ordering="letter__country__name_en")
    def addressee(self, row):
        return row.letter.addressee

    @admin.display(description=_("report"), ordering="session")
    def window_in_words(self, row):
        return str(row.window)

    @admin.display(description=_("may be published from"), ordering="session")
    def opens(self, row):
        return short(row.opens_on)

    @admin.display(description=_("redacted"), boolean=True)
    def is_redacted(self, row):
        return bool(row.text)

    @admin.display(description=_("redacted PDF"))
    def file(self, row):
        return files.in_words(row) or self.get_empty_value_display()
