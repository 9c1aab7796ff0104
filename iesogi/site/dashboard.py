"""What the start page shows to one person. Each part is there only for whoever may open the list behind it."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from iesogi.accounts.models import User
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.deadlines.days import lateness, today
from iesogi.deadlines.models import Deadline
from iesogi.documents.enums import State as DocumentState
from iesogi.documents.models import Document
from iesogi.outbox.enums import State as MailState
from iesogi.outbox.models import Mail
from iesogi.programme.models import WorkProgramme
from iesogi.programme.targets import SOURCES, Standing, standing
from reports.agenda import Year, agenda

SHOWN_DEADLINES = 12
SHOWN_DOCUMENTS = 5


class Tile(NamedTuple):
    """A number, and the list that shows the rows behind it."""

    label: str
    count: int
    url: str
    is_urgent: bool = False


class Due(NamedTuple):
    deadline: Deadline
    lateness: str
    is_late: bool
    url: str


class Target(NamedTuple):
    standing: Standing
    url: str


def dashboard(user: User) -> "Dashboard":
    return Dashboard(user, on=today())


class Dashboard:
    """Parts are looked up when the template asks for them; the number of queries does not grow with the rows."""

    def __init__(self, user: User, *, on: date):
        self.user, self.on = user, on

    @cached_property
    def deadlines(self):
        return Deadline.objects.visible_to(self.user)

    @cached_property
    def tiles(self) -> list[Tile]:
        return [*self._deadline_tiles(), *self._failure_tiles()]

    def _deadline_tiles(self):
        if not self.user.has_perm("deadlines.view_deadline"):
            return
        url = reverse("admin:deadlines_deadline_changelist")
        late = self.deadlines.overdue(on=self.on).count()
        yield Tile(_("Overdue"), late, f"{url}?due=overdue", is_urgent=late > 0)
        yield Tile(_("Due in the next 7 days"), self.deadlines.due_within(7, on=self.on).count(), f"{url}?due=7")
        yield Tile(_("Due in the next 30 days"), self.deadlines.due_within(30, on=self.on).count(), f"{url}?due=30")

    def _failure_tiles(self):
        if self.user.has_perm("outbox.view_mail"):
            failed = Mail.objects.failed().count()
            url = reverse("admin:outbox_mail_changelist")
            yield Tile(_("Mails that failed"), failed, f"{url}?state={MailState.FAILED}", is_urgent=failed > 0)
        if self.user.has_perm("documents.view_document"):
            failed = Document.objects.filter(state=DocumentState.FAILED).count()
            url = reverse("admin:documents_document_changelist")
            yield Tile(
                _("Documents that failed"), failed, f"{url}?state__exact={DocumentState.FAILED}", is_urgent=failed > 0
            )

    @cached_property
    def due(self) -> list[Due] | None:
        """What comes next: overdue first, then the next 30 days. None for whoever sees no deadlines."""
        if not self.user.has_perm("deadlines.view_deadline"):
            return None
        rows = self.deadlines.overdue(on=self.on) | self.deadlines.due_within(30, on=self.on)
        rows = rows.select_related("kind", "owner").order_by("due_on", "pk")[:SHOWN_DEADLINES]
        return [
            Due(
                row,
                lateness(row.due_on, on=self.on),
                row.due_on < self.on,
                reverse("admin:deadlines_deadline_change", args=[row.pk]),
            )
            for row in rows
        ]

    @cached_property
    def programme(self) -> WorkProgramme | None:
        return WorkProgramme.objects.current(on=self.on).first()

    @cached_property
    def targets(self) -> list[Target]:
        if self.programme is None or not self.user.has_perm("programme.view_producttarget"):
            return []
        return [Target(each, self._list_of(each)) for each in standing(self.programme, on=self.on)]

    def _list_of(self, each: Standing) -> str:
        """The rows behind a figure, or nothing for whoever may not open that list."""
        app, model = SOURCES[each.target.code].list_url.removeprefix("admin:").removesuffix("_changelist").split("_")
        if app == "communications" and not may_work_on_communications(self.user):
            return ""
        return each.url if self.user.has_perm(f"{app}.view_{model}") else ""

    @cached_property
    def research(self) -> list[Year]:
        """Slots of the programme's years, of this one and of the next."""
        if not self.user.has_perm("reports.view_report"):
            return []
        years = {self.on.year, self.on.year + 1}
        if self.programme:
            years |= set(range(self.programme.period_start.year, self.programme.period_end.year + 1))
        return [each for each in agenda(min(years), max(years)).years if each.year in years]

    @cached_property
    def documents(self) -> list[Document] | None:
        if not self.user.has_perm("documents.view_document"):
            return None
        return list(Document.objects.light().select_related("requested_by").order_by("-pk")[:SHOWN_DOCUMENTS])
