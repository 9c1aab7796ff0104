"""Tables on the pages of a report: what belongs to it, each row a link, and where a new one is entered."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iesogi.documents.models import Document
from reports.calls.zones import in_words
from reports.findings.booklet import kind_of
from reports.findings.enums import FindingKind
from reports.models import Call, Consultation, Finding, Report, Theme


class Link(NamedTuple):
    """`needs`: the permission without which it leads nowhere; empty where every reader of the page may follow it."""

    label: str
    url: str
    needs: str = ""


class Listing(NamedTuple):
    """A table whose first cell links to its row; `links` lead to where a new one is entered."""

    caption: str
    headings: list[str]
    rows: list[tuple[Link, list[str]]]
    empty: str
    links: list[Link]

    def for_user(self, user: Any) -> "Listing":
        """Without the links that would be refused to this person."""
        return self._replace(links=[link for link in self.links if not link.needs or user.has_perm(link.needs)])


def add(label: str, model: str, report: Report, **given: str) -> Link:
    """The form for a new row of `app_model`, with this report chosen."""
    app, name = model.split("_", 1)
    address = f"{reverse(f'admin:{model}_add')}?{urlencode({'report': report.pk, **given})}"
    return Link(label, address, needs=f"{app}.add_{name}")


def day(value: Any) -> str:
    return date_format(value, "j F Y") if value else "–"


def themes(report: Report) -> Listing:
    rows = [(_theme(theme), [str(theme.slot), _compared(theme, report)]) for theme in report.themes.all()]
    headings = [_("Theme"), _("Planned for"), _("Plan and report")]
    return Listing(_("Themes"), headings, rows, _("No theme has been recorded for this report."), [])


def _theme(theme: Theme) -> Link:
    return Link(str(theme), reverse("admin:reports_theme_change", args=[theme.pk]))


def _compared(theme: Theme, report: Report) -> str:
    if theme.floating:
        return _("had no slot in the plan")
    return _("as planned") if (theme.forum, theme.year) == (report.forum, report.year) else _("in another slot")


def calls(report: Report, found: list[Call]) -> Listing:
    rows = [
        (
            Link(str(each), reverse("admin:reports_call_change", args=[each.pk])),
            [
                each.get_state_display(),
                in_words(each.closes_at, each.zone) if each.closes_at else "–",
                str(each.contribution_total),
            ],
        )
        for each in found
    ]
    links = [add(_("Add a call for inputs"), "reports_call", report)]
    headings = [_("Call for inputs"), _("State"), _("Closes"), _("Contributions")]
    return Listing(_("Calls for inputs"), headings, rows, _("None has been written yet."), links)


def consultations(report: Report, found: list[Consultation]) -> Listing:
    rows = [
        (
            Link(str(each), reverse("admin:reports_consultation_change", args=[each.pk])),
            [
                each.get_kind_display(),
                each.get_region_display() if each.region else _("The whole world"),
                day(each.starts_on),
                each.get_state_display(),
                str(each.attended or "–"),
                each.outcome_title or "–",
            ],
        )
        for each in found
    ]
    links = [
        add(_("Add a consultation or an expert meeting"), "reports_consultation", report),
        Link(_("Regions that were heard"), reverse("admin:reports_consultation_changelist")),
    ]
    headings = [_("Title"), _("Kind"), _("Region"), _("Starts on"), _("State"), _("People"), _("What came out of it")]
    return Listing(_("Consultations and expert meetings"), headings, rows, _("None has been planned yet."), links)


def findings(report: Report, found: list[Finding]) -> Listing:
    """Each with the languages that it can be printed in."""
    rows = [
        (Link(_text(each), reverse("admin:reports_finding_change", args=[each.pk])), _about(each)) for each in found
    ]
    links = [
        add(_("Write a finding"), "reports_finding", report),
        add(_("Write a recommendation"), "reports_finding", report, kind=FindingKind.RECOMMENDATION),
        Link(_("All of them"), f"{reverse('admin:reports_finding_changelist')}?report__id__exact={report.pk}"),
    ]
    headings = [_("Text"), _("Kind"), _("Paragraph"), _("Languages")]
    empty = _("None has been written yet. A booklet is made from them.")
    return Listing(_("Findings and recommendations"), headings, rows, empty, links)


def _text(finding: Finding) -> str:
    text = finding.text_in("en") or next(iter(finding.texts.all()), None)
    return str(text) if text else _("No text yet")


def _about(finding: Finding) -> list[str]:
    languages = ", ".join(text.get_language_display() for text in finding.texts.all())
    return [f"{finding.get_kind_display()} {finding.order}", finding.paragraph or "–", languages or "–"]


def booklets(report: Report) -> Listing:
    """Every PDF that was made, newest version first; published ones never change."""
    documents = Document.objects.filter(kind=kind_of(report)).light().order_by("-version", "language")
    rows = [
        (
            Link(each.title, each.get_absolute_url()),
            [each.get_language_display(), str(each.version), each.get_state_display(), day(each.published_at)],
        )
        for each in documents
    ]
    links = [
        add(_("Begin a booklet"), "dissemination_booklet", report),
        Link(_("Booklets"), f"{reverse('admin:dissemination_booklet_changelist')}?report__id__exact={report.pk}"),
    ]
    headings = [_("Title"), _("Language"), _("Version"), _("State"), _("Published on")]
    return Listing(_("Versions"), headings, rows, _("None has been made yet."), links)
