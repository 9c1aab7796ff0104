"""Lists and tables that follow a paragraph, drawn from the database as plain text for page and PDF alike."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dissemination.enums import EngagementKind
from dissemination.models import EngagementCount
from iesogi.programme.computed import RENEWAL_LEVELS, RENEWAL_REGIONS
from iesogi.programme.enums import Exhibit
from iesogi.programme.models import PrintedFigure, WorkProgramme
from iesogi.reference.figures import number, qualified
from reports.models import MethodStep, Theme
from visits.enums import VisitKind, VisitState
from visits.models import Candidate, Visit


class Table(NamedTuple):
    """A caption, headings and rows of text; `totals` is a last row that was computed, not printed."""

    caption: str
    headings: list[str]
    rows: list[list[str]]
    totals: list[str] = []
    note: str = ""


def tables(programme: WorkProgramme) -> dict[str, Table]:
    """Every exhibit of the programme by its code, in the language of the moment; a fixed number of queries."""
    return {exhibit.value: make(programme) for exhibit, make in MAKERS.items()}


def _themes(caption: str, themes: QuerySet) -> Table:
    rows = [
        [
            theme.letter,
            theme.label,
            theme.slot,
            theme.get_status_display(),
            "; ".join(report.symbol or report.title for report in theme.reports.all()) or "–",
        ]
        for theme in themes.prefetch_related("reports").order_by("letter", "pk")
    ]
    return Table(caption, ["", _("Theme"), _("Forum and year"), _("Status"), _("Reports issued")], rows)


def _themes_done(programme: WorkProgramme) -> Table:
    return _themes(_("Themes on which the mandate has reported"), Theme.objects.done().exclude(letter=""))


def _themes_planned(programme: WorkProgramme) -> Table:
    first, last = programme.period_start.year, programme.period_end.year
    table = _themes(_("Research agenda"), Theme.objects.planned().between(first, last).exclude(letter=""))
    reasons = Theme.objects.planned().filter(floating=True).values_list("label", "floating_reason")
    return table._replace(note=" ".join(_("%s: %s.") % (label, reason) for label, reason in reasons))


def _research_stages(programme: WorkProgramme) -> Table:
    rows = [
        [
            str(step.order),
            step.get_stage_display(),
            step.prepares or "–",
            step.supervises or "–",
            step.approves or "–",
            step.yields or "–",
        ]
        for step in MethodStep.objects.all()
    ]
    headings = [_("No."), _("Stage"), _("Prepared by"), _("Guided by"), _("Approved by"), _("Yields")]
    return Table(_("Standard method of research"), headings, rows)


def _country_visits_done(programme: WorkProgramme) -> Table:
    """Visits printed in the programme: those with a printed period, and the one that was pending."""
    visits = Visit.objects.country_visits().exclude(ref="").select_related("country").order_by("country__name_en")
    rows = [
        [
            visit.country.name,
            visit.printed_period or "–",
            visit.get_state_display(),
            visit.report_symbol or "–",
            visit.get_follow_up_display() if visit.follow_up else "–",
        ]
        for visit in visits
    ]
    headings = [_("State"), _("Period as printed"), _("State of the visit"), _("Report"), _("Follow-up dialogue")]
    return Table(_("Country visits carried out and pending"), headings, rows)


def _visit_candidates(programme: WorkProgramme) -> Table:
    candidates = (
        Candidate.objects.of_period(programme.period_start).select_related("country").order_by("country__name_en")
    )
    rows = [
        [
            candidate.country.name,
            candidate.country.get_regional_group_display(),
            _("Identified for %(year)s") % {"year": candidate.identified_for} if candidate.identified_for else "–",
        ]
        for candidate in candidates
    ]
    return Table(_("Candidates for country visits"), [_("State"), _("UN regional group"), _("Remark")], rows)


def _promotional_pipeline(programme: WorkProgramme) -> Table:
    visits = (
        Visit.objects.filter(kind=VisitKind.PROMOTIONAL, state=VisitState.PIPELINE)
        .select_related("country", "region_tag")
        .order_by("pk")
    )
    rows = [
        [str(visit.country or visit.region_tag), _("State") if visit.country_id else _("Region"), visit.certainty]
        for visit in visits
    ]
    headings = [_("Place"), _("State or region"), _("Certainty")]
    return Table(_("Promotional visits in the pipeline"), headings, rows)


def _promotional_split(programme: WorkProgramme) -> Table:
    shares = list(programme.funding_shares.select_related("region_tag"))
    rows = [
        [
            share.get_source_display(),
            qualified(share.quantity, share.qualifier),
            "; ".join(filter(None, [str(share.region_tag or ""), share.aim])) or "–",
        ]
        for share in shares
    ]
    totals = [_("Sum, computed"), number(sum(share.quantity for share in shares)), ""]
    return Table(_("Promotional visits by source of funding"), [_("Source"), _("Visits"), _("Aim")], rows, totals)


def _products(programme: WorkProgramme) -> Table:
    targets = programme.targets.select_related("programme")
    rows = [
        [
            target.letter,
            target.label,
            f"{qualified(target.quantity, target.qualifier)} {target.get_period_display()}",
            number(target.per_year),
            number(target.in_period),
        ]
        for target in targets
    ]
    per_year, in_period = targets.totals()
    totals = ["", _("Sum, computed"), "", number(per_year), number(in_period)]
    headings = ["", _("Product"), _("As printed"), _("A year"), _("Whole period")]
    return Table(_("Products of the mandate"), headings, rows, totals)


def _figures(programme: WorkProgramme, caption: str, codes: list[str], heading: str) -> Table:
    figures = list(PrintedFigure.objects.filter(programme=programme, code__in=codes).order_by("pk"))
    rows = [[figure.label, qualified(figure.quantity, figure.qualifier)] for figure in figures]
    totals = [_("Sum, computed"), number(sum(figure.quantity or 0 for figure in figures))]
    return Table(caption, [heading, _("Organizations")], rows, totals)


def _renewal_by_level(programme: WorkProgramme) -> Table:
    return _figures(programme, _("Organizations behind the renewal, by level"), RENEWAL_LEVELS, _("Level"))


def _renewal_by_region(programme: WorkProgramme) -> Table:
    return _figures(programme, _("National organizations, by region"), RENEWAL_REGIONS, _("Region"))


def _engagements_by_kind(programme: WorkProgramme) -> Table:
    counts = list(EngagementCount.objects.filter(kind__in=EngagementKind.values).order_by("pk"))
    rows = [[count.label, qualified(count.quantity, count.qualifier)] for count in counts]
    totals = [_("Sum, computed"), number(sum(count.quantity or 0 for count in counts))]
    return Table(_("Major speaking engagements by kind"), [_("Kind"), _("Engagements")], rows, totals)


def _pandemic_process(programme: WorkProgramme) -> Table:
    figures = PrintedFigure.objects.filter(programme=programme, code__startswith="pandemic_").order_by("pk")
    rows = [[figure.label, qualified(figure.quantity, figure.qualifier), figure.unit or "–"] for figure in figures]
    return Table(_("The process on the pandemic in figures"), [_("Step"), _("Figure"), _("Unit")], rows)


MAKERS: dict[Exhibit, Callable[[WorkProgramme], Table]] = {
    Exhibit.THEMES_DONE: _themes_done,
    Exhibit.THEMES_PLANNED: _themes_planned,
    Exhibit.RESEARCH_STAGES: _research_stages,
    Exhibit.COUNTRY_VISITS_DONE: _country_visits_done,
    Exhibit.VISIT_CANDIDATES: _visit_candidates,
    Exhibit.PROMOTIONAL_PIPELINE: _promotional_pipeline,
    Exhibit.PROMOTIONAL_SPLIT: _promotional_split,
    Exhibit.PRODUCTS: _products,
    Exhibit.RENEWAL_BY_LEVEL: _renewal_by_level,
    Exhibit.RENEWAL_BY_REGION: _renewal_by_region,
    Exhibit.ENGAGEMENTS_BY_KIND: _engagements_by_kind,
    Exhibit.PANDEMIC_PROCESS: _pandemic_process,
}
