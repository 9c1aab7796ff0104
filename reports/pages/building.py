"""What each page of a report says: facts, sentences that warn, its milestones, and lists of what belongs to it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.deadlines.days import lateness, today
from reports.consultations.enums import TOOK_PLACE
from reports.enums import Stage
from reports.findings.enums import FindingKind
from reports.models import Finding, Report
from reports.pages import listings, warnings
from reports.pages.listings import Link, Listing
from reports.pages.listings import day as _day
from reports.pages.sections import BY_CODE, SECTIONS, Section
from reports.pages.standing import Row, rows_of, timeline


class Page(NamedTuple):
    section: Section
    facts: list[tuple[str, Any]]
    warnings: list[str]
    milestones: list[Row]
    listings: list[Listing]
    picture: str = ""

    @property
    def has_estimates(self) -> bool:
        return any(row.is_estimate for row in self.milestones)


def page(report: Report, code: str) -> Page:
    """The page with this code; the number of queries does not grow with the rows."""
    section = BY_CODE[code]
    rows = rows_of(report)
    own = [row for row in rows if row.milestone.stage in section.stages]
    build: Callable[[Report, list[Row]], tuple] = BUILDERS[code]
    facts, sentences, found = build(report, rows)
    picture = timeline(report, rows) if code == "plan" else ""
    return Page(section, facts, sentences, own, found, picture)


# --- Pages ----------------------------------------------------------------------------------------


def _overview(report: Report, rows: list[Row]) -> tuple:
    facts = [
        (_("Slot"), report.slot),
        (_("State"), report.get_state_display()),
        (_("Themes"), ", ".join(str(theme) for theme in report.themes.all()) or "–"),
        (_("Slot date"), _slot_date(report)),
        (_("Submitted on"), _submitted(report)),
        (_("Symbol"), report.symbol or "–"),
        (_("Next"), _next(rows)),
    ]
    return facts, warnings.everything(report, rows), [_contents(report, rows)]


def _next(rows: list[Row]) -> str:
    row = next((row for row in sorted(rows, key=lambda row: row.milestone.deadline.due_on) if row.is_open), None)
    if row is None:
        return "–"
    return f"{row.milestone.get_stage_display()}, {_day(row.milestone.deadline.due_on)} ({row.when})"


def _contents(report: Report, rows: list[Row]) -> Listing:
    """The other pages with how far each is."""
    lines = []
    for section in SECTIONS[1:]:
        own = [row for row in rows if row.milestone.stage in section.stages]
        done, late = sum(not row.is_open for row in own), sum(row.is_late for row in own)
        all_of_them = ngettext("%(done)d of %(all)d step done", "%(done)d of %(all)d steps done", len(own))
        steps = all_of_them % {"done": done, "all": len(own)} if own else _("no steps planned")
        words = ngettext("%(number)d late", "%(number)d late", late) % {"number": late} if late else ""
        lines.append((Link(str(section.label), section.address(report.pk)), [steps, words or "–"]))
    return Listing(_("Pages of this report"), [_("Page"), _("Steps"), _("Late")], lines, "", [])


def _plan(report: Report, rows: list[Row]) -> tuple:
    facts = [(_("Slot"), report.slot), (_("Slot date"), _slot_date(report))]
    return facts, warnings.planning(report, rows), [listings.themes(report)]


def _research(report: Report, rows: list[Row]) -> tuple:
    facts = [
        (_("How affected communities take part"), report.participation or "–"),
        (_("Perspectives"), ", ".join(str(each) for each in report.perspectives.all()) or "–"),
    ]
    return facts, warnings.participation(report), []


def _call(report: Report, rows: list[Row]) -> tuple:
    found = list(report.calls.with_counts().newest_first())
    facts = [
        (_("Calls for inputs"), len(found) or "–"),
        (_("Contributions"), sum(each.contribution_total for each in found) or "–"),
    ]
    return facts, warnings.without_step(rows, Stage.CALL_FOR_INPUTS), [listings.calls(report, found)]


def _consultations(report: Report, rows: list[Row]) -> tuple:
    found = list(report.consultations.with_attendance().order_by("starts_on", "pk"))
    held = [each for each in found if each.state in TOOK_PLACE]
    regions = dict.fromkeys(each.get_region_display() for each in held if each.region)
    facts = [
        (_("Held"), _("%(held)d of %(all)d") % {"held": len(held), "all": len(found)} if found else "–"),
        (_("People heard"), sum(each.attended or 0 for each in held) or "–"),
        (_("Of them from affected communities"), sum(each.from_communities or 0 for each in held) or "–"),
        (_("Regions heard"), ", ".join(regions) or "–"),
    ]
    return facts, warnings.participation(report), [listings.consultations(report, found)]


def _draft(report: Report, rows: list[Row]) -> tuple:
    limit = number_format(settings.REPORT_WORD_LIMIT, force_grouping=True)
    words = number_format(report.word_count, force_grouping=True) if report.word_count else _("not counted yet")
    facts = [
        (_("Words"), _("%(words)s, limit %(limit)s") % {"words": words, "limit": limit}),
        (_("Who drafts"), _("The mandate holder, the OHCHR core team and consultants under OHCHR contract only.")),
    ]
    return facts, warnings.words(report), []


def _processing(report: Report, rows: list[Row]) -> tuple:
    facts = [
        (_("Slot date"), _slot_date(report)),
        (_("Submitted on"), _submitted(report)),
        (_("Issued on"), report.issued_in_words or "–"),
        (_("Symbol"), report.symbol or "–"),
    ]
    return facts, warnings.words(report), []


def _slot_date(report: Report) -> str:
    """With how long it is until then, as long as the report is not submitted."""
    if not report.slot_date or report.submitted_on or report.is_out:
        return _day(report.slot_date)
    return f"{_day(report.slot_date)} ({lateness(report.slot_date, on=today())})"


def _submitted(report: Report) -> str:
    if not report.submitted_on:
        return "–"
    day = _day(report.submitted_on)
    if report.days_late is None:
        return _("%(day)s, timeliness not known without a slot date") % {"day": day}
    if not report.days_late:
        return _("%(day)s, on time") % {"day": day}
    late = ngettext("%(day)s, %(number)d day late", "%(day)s, %(number)d days late", report.days_late)
    return late % {"day": day, "number": report.days_late}


def _presentation(report: Report, rows: list[Row]) -> tuple:
    facts = [
        (_("Session"), str(report.session or "–")),
        (_("Interactive dialogue on"), _day(report.presented_on)),
        (_("By"), str(report.holder or "–")),
    ]
    return facts, [], []


def _dissemination(report: Report, rows: list[Row]) -> tuple:
    """What is known of it above stands there: the strategy, engagements, press and posts."""
    facts = [
        (_("Issued on"), report.issued_in_words or "–"),
        (_("Interactive dialogue on"), _day(report.presented_on)),
    ]
    return facts, [], []


def _booklet(report: Report, rows: list[Row]) -> tuple:
    findings = list(Finding.objects.of(report))
    facts = [(str(kind.plural), sum(each.kind == kind for each in findings)) for kind in FindingKind]
    found = [listings.findings(report, findings), listings.booklets(report)]
    return facts, warnings.booklet(report, findings), found


BUILDERS = {
    "overview": _overview,
    "plan": _plan,
    "research": _research,
    "call": _call,
    "consultations": _consultations,
    "draft": _draft,
    "processing": _processing,
    "presentation": _presentation,
    "dissemination": _dissemination,
    "booklet": _booklet,
}
