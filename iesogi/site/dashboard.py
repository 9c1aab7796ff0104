"""What the start page shows to one person. Each part is there only for whoever may open the list behind it."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from communications.cases.enums import CaseState
from communications.cases.models import Case
from communications.desk.filters import PARAMETER, counts
from communications.desk.permissions import may_decide, may_list_cases, may_see_figures
from communications.enums import LetterState
from communications.models import Letter
from communications.permissions import may_approve
from dissemination.enums import DraftState
from dissemination.images.enums import BookletState
from dissemination.models import Booklet, Post, PressItem
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
from iesogi.vault import circles
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
        return [
            *self._case_tiles(),
            *self._deadline_tiles(),
            *self._decision_tiles(),
            *self._approval_tiles(),
            *self._failure_tiles(),
        ]

    def _case_tiles(self):
        """Sealed cases by their readable columns, for those who work on them; nobody else sees that there are any."""
        if not may_list_cases(self.user):
            return
        url = reverse("admin:communications_case_changelist")
        labels = {
            "news": _("Cases with news"),
            "urgent": _("Urgent cases"),
            "unassigned": _("Cases given to nobody"),
            "late": _("Cases unread for too long"),
        }
        found = counts(Case.objects.visible_to(self.user), user=self.user, on=self.on)
        for choice, label in labels.items():
            is_urgent = found[choice] > 0 and choice in {"urgent", "late"}
            yield Tile(label, found[choice], f"{url}?{PARAMETER}={choice}", is_urgent=is_urgent)

    @cached_property
    def warnings(self) -> list[str]:
        """Channels with too few members, told to whoever could belong to them."""
        return circles.warnings() if may_list_cases(self.user) else []

    @property
    def works_on_cases(self) -> bool:
        return bool(may_list_cases(self.user))

    @property
    def sees_figures_on_cases(self) -> bool:
        return bool(may_see_figures(self.user))

    def _deadline_tiles(self):
        if not self.user.has_perm("deadlines.view_deadline"):
            return
        url = reverse("admin:deadlines_deadline_changelist")
        late = self.deadlines.overdue(on=self.on).count()
        yield Tile(_("Overdue"), late, f"{url}?due=overdue", is_urgent=late > 0)
        yield Tile(_("Due in the next 7 days"), self.deadlines.due_within(7, on=self.on).count(), f"{url}?due=7")
        yield Tile(_("Due in the next 30 days"), self.deadlines.due_within(30, on=self.on).count(), f"{url}?due=30")

    def _decision_tiles(self):
        """What waits for the mandate holder alone; nothing is shown where nothing waits."""
        cases = Case.objects.visible_to(self.user).filter(state=CaseState.PROPOSED)
        if may_decide(self.user) and (count := cases.count()):
            url = reverse("admin:communications_case_changelist")
            yield Tile(_("Cases that wait for your decision"), count, f"{url}?state__exact={CaseState.PROPOSED}")
        letters = Letter.objects.visible_to(self.user).filter(state=LetterState.APPROVAL, approved_by=None)
        if may_approve(self.user) and (count := letters.count()):
            url = reverse("admin:communications_letter_changelist")
            query = f"state={LetterState.APPROVAL}&approved_by__isnull=True"
            yield Tile(_("Letters that wait for your approval"), count, f"{url}?{query}")

    def _approval_tiles(self):
        """What was written and waits for a second person; nothing is shown where nothing waits."""
        waiting = [
            (_("Press items waiting for approval"), PressItem.objects.visible_to(self.user), DraftState.REVIEW),
            (_("Posts waiting for approval"), Post.objects.visible_to(self.user), DraftState.REVIEW),
            (_("Booklets waiting to be published"), Booklet.objects.all(), BookletState.MADE),
        ]
        for label, rows, state in waiting:
            model = rows.model._meta.model_name
            if not self.user.has_perm(f"dissemination.change_{model}"):
                continue
            if count := rows.filter(state=state).count():
                url = reverse(f"admin:dissemination_{model}_changelist")
                yield Tile(label, count, f"{url}?state__exact={state}")

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
