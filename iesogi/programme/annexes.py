"""The annexes of the PDF: plan against actual on a day, computed figures, and what does not add up as printed."""

import re
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iesogi.documents import charts
from iesogi.programme.computed import computed_figures
from iesogi.programme.enums import Period
from iesogi.programme.exhibits import Table
from iesogi.programme.models import Statement, WorkProgramme
from iesogi.programme.parts import MINUS, Part, as_of_sentence, signed
from iesogi.programme.targets import Standing, standing
from iesogi.programme.visits_annex import visits_annex
from iesogi.reference.enums import Evidence, Forum, Qualifier
from iesogi.reference.figures import number, qualified
from iesogi.reference.models import Country
from reports.enums import ReportState, ThemeStatus
from reports.models import Report, Theme

# Put behind a year or a slot that lies after the end of the mandate's term (domain.md R22).
RENEWAL_MARK = "†"
# Not a year: five digits and more take a separator.
LARGE_NUMBER = re.compile(r"^\d{5,}$")


def annexes(programme: WorkProgramme, *, as_of: date) -> list[Part]:
    on = min(as_of, programme.period_end)
    return [
        _products(programme, on),
        _research(programme, on),
        visits_annex(programme, on),
        _computed(programme),
        _contradictions(programme),
    ]


def _renewal_sentence(programme: WorkProgramme) -> str:
    """The meaning of the mark; empty when the term covers the whole period."""
    if programme.subject_to_renewal_from is None:
        return ""
    return _("%(mark)s From %(date)s on, subject to renewal of the mandate.") % {
        "mark": RENEWAL_MARK,
        "date": date_format(programme.subject_to_renewal_from, "j F Y"),
    }


def _marked(programme: WorkProgramme, year: int | None, text: str) -> str:
    start = programme.subject_to_renewal_from
    return f"{text}\u00a0{RENEWAL_MARK}" if start and year and year >= start.year else text


# --- I: products ----------------------------------------------------------------------------------


def _products(programme: WorkProgramme, on: date) -> Part:
    lines = standing(programme, on=on)
    years = [_marked(programme, year, str(year)) for year in programme.years]
    headings = ["", _("Product"), _("As printed"), *years, _("Whole period"), _("Recorded"), _("Variance")]
    per_year, in_period = programme.targets.totals()
    totals = ["", _("Sum, computed"), "", *[number(per_year)] * len(years), number(in_period), *_sums(lines)]
    table = Table(
        _("Products promised and recorded"),
        headings,
        [_product(line, len(years)) for line in lines],
        totals,
        note=" ".join(
            filter(
                None,
                [
                    _renewal_sentence(programme),
                    _("Variance is recorded less promised over the whole period."),
                    _("“Not shown” stands for a number too small to be published."),
                ],
            )
        ),
    )
    chart = charts.targets(
        [charts.Against(line.target.label, line.promised, line.recorded) for line in lines],
        title=_("Products promised and recorded"),
        desc=_("For each product a hatched bar for the number promised and a solid bar for the number recorded."),
    )
    texts = [
        as_of_sentence(on),
        _("Each line of the chart has a scale of its own; the table below holds its figures."),
        _("A zero means that nothing was entered in this portal, not that nothing was done."),
    ]
    caption = _("Hatched: promised for the whole period. Solid: recorded.")
    return Part("I", _("Products: promised and recorded"), "annex-1", texts, [table], str(chart), caption)


def _product(line: Standing, years: int) -> list[str]:
    target = line.target
    return [
        target.letter,
        target.label,
        f"{qualified(target.quantity, target.qualifier)} {Period(target.period).label}",
        *[number(target.per_year)] * years,
        number(line.promised),
        _("not shown") if line.recorded is None else number(line.recorded),
        signed(line.variance),
    ]


def _sums(lines: list[Standing]) -> list[str]:
    """Not given while a line is suppressed: a sum would give the small number away."""
    if any(line.recorded is None for line in lines):
        return [_("not shown")] * 2
    recorded = sum(line.recorded for line in lines)
    return [number(recorded), signed(recorded - sum(line.promised for line in lines))]


# --- II: research ---------------------------------------------------------------------------------


def _research(programme: WorkProgramme, on: date) -> Part:
    """Every theme up to the end of the programme, the floating ones last."""
    in_reach = Q(year__lte=programme.period_end.year) | Q(year=None)
    themes = list(
        Theme.objects.filter(in_reach).prefetch_related("reports").order_by("year", "-forum", "letter", "pk")
    )
    themes.sort(key=lambda theme: (theme.year is None, theme.year or 0))
    rows = [_theme(programme, theme, on) for theme in themes]
    headings = [_("Theme"), _("Forum and year"), _("Status"), _("Report issued")]
    table = Table(_("Themes, planned and reported"), headings, rows, note=_renewal_sentence(programme))
    years = [theme.year for theme in themes if theme.year]
    chart = charts.timeline(
        [_moment(theme, on) for theme in themes],
        first=min(years, default=programme.period_start.year),
        last=programme.period_end.year,
        title=_("Research agenda by year"),
        desc=_("One line for each theme: a disc where done, a ring where planned, a diamond where floating."),
    )
    caption = _("Disc: done. Ring: planned. Diamond: floating, without a slot.")
    texts = [as_of_sentence(on)]
    return Part("II", _("Research agenda: planned and reported"), "annex-2", texts, [table], str(chart), caption)


def _issued(theme: Theme, on: date) -> list[Report]:
    """Filtered here and not by a query, because the rows are prefetched."""
    out = [each for each in theme.reports.all() if each.state in {ReportState.ISSUED, ReportState.PRESENTED}]
    return [each for each in out if _out_on(each) <= on]


def _out_on(report: Report) -> date:
    """The day of issue where it is recorded, else the end of the month in which its forum meets."""
    if report.issued_on:
        return report.issued_on
    return date(report.year or date.max.year, *((6, 30) if report.forum == Forum.HRC else (10, 31)))


def _status(theme: Theme, on: date) -> str:
    done = theme.status == ThemeStatus.DONE and theme.year is not None and theme.year <= on.year
    if done or _issued(theme, on):
        return "done"
    return "floating" if theme.floating else "planned"


def _theme(programme: WorkProgramme, theme: Theme, on: date) -> list[str]:
    words = {"floating": _("Floating"), "done": _("Done"), "planned": _("Planned")}
    symbols = "; ".join(report.symbol or report.title for report in _issued(theme, on))
    slot = _marked(programme, theme.year, theme.slot) if theme.year else _("Floating, no slot")
    return [theme.label, slot, words[_status(theme, on)], symbols or _("Not recorded")]


def _moment(theme: Theme, on: date) -> charts.Moment:
    """Where its slot is; a floating theme moves to the slot of its report once that is out."""
    issued = _issued(theme, on)
    year, forum = (theme.year, theme.forum) if theme.year or not issued else (issued[0].year, issued[0].forum)
    # The Council meets in June and the Assembly's committee in October: a little before and after the middle.
    part_of_year = 0.3 if forum == Forum.HRC else 0.7
    return charts.Moment(theme.label, year + part_of_year if year else None, _status(theme, on))


# --- IV and V: figures beside each other ----------------------------------------------------------


def _computed(programme: WorkProgramme) -> Part:
    figures = computed_figures(programme)
    rows = [
        [
            figure.label,
            qualified(figure.quantity, figure.qualifier).replace("-", MINUS),
            figure.unit or "–",
            figure.basis or "–",
        ]
        for figure in figures
    ]
    headings = [_("What it says"), _("Figure"), _("Unit"), _("How it was computed")]
    texts = [_("These figures are printed nowhere. They stand beside the printed ones and never replace them.")]
    return Part("IV", _("Figures computed"), "annex-4", texts, [Table(_("Computed figures"), headings, rows)])


def _contradictions(programme: WorkProgramme) -> Part:
    names = {country.iso3: country.name for country in Country.objects.all()}
    rows = [
        [
            str(each.number),
            capfirst(each.topic),
            "; ".join(f"({side.letter}) {_side(side, names)}" for side in each.statements.all()),
            each.keep,
            each.note or "–",
        ]
        for each in programme.contradictions.prefetch_related("statements")
    ]
    headings = [_("No."), _("Topic"), _("As printed or computed"), _("Kept"), _("Note")]
    texts = [
        _("In these places the printed programme does not agree with itself or with other public sources."),
        _("All sides are kept as they stand, and a sum that was computed is marked."),
    ]
    table = Table(_("Figures and words that do not agree"), headings, rows)
    return Part("V", _("Figures that do not add up as printed"), "annex-5", texts, [table])


def _side(side: Statement, names: dict[str, str]) -> str:
    """The value in words a reader knows, with what it measures and whether it was printed."""
    if LARGE_NUMBER.match(side.value):
        said = number(Decimal(side.value))
    else:
        said = ", ".join(names.get(part, part) for part in side.value.split(", "))
    if side.qualifier not in {"", Qualifier.EXACT}:
        said = f"{Qualifier(side.qualifier).label} {said}"
    told = [side.measure]
    if side.evidence != Evidence.PRINTED:
        told.append(str(Evidence(side.evidence).label))
    remark = ", ".join(filter(None, told))
    return f"{said} ({remark})" if remark else said
