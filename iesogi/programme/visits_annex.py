"""Annex III of the PDF: visits on the map and in time, promised and carried out, plan against outcome."""

from datetime import date

from django.utils.translation import gettext as _

from iesogi.programme.computed import printed_figures
from iesogi.programme.exhibits import Table
from iesogi.programme.models import WorkProgramme
from iesogi.programme.parts import Part, as_of_sentence, signed
from iesogi.reference.figures import number, qualified
from visits import pictures
from visits.balance import outcomes
from visits.enums import VisitKind
from visits.models import Candidate, Visit


def visits_annex(programme: WorkProgramme, on: date) -> Part:
    """What was known by `on`; later visits are in no picture and no table."""
    start = programme.period_start
    candidates = list(Candidate.objects.of_period(start).select_related("country"))
    visits = pictures.country_visits(on=on)
    world, years, groups = (
        pictures.world(visits, candidates),
        pictures.timeline(visits),
        pictures.balance(visits, candidates),
    )
    drawn = [picture for picture in (years, groups) if picture]
    return Part(
        "III",
        _("Visits: promised and carried out"),
        "annex-3",
        [as_of_sentence(on)],
        [_promised(programme, on), _table(world), _table(groups), _outcomes(programme, on)],
        str(world.chart),
        f"{world.caption}. {world.note}",
        more_charts=[(str(picture.chart), str(picture.caption)) for picture in drawn],
    )


def _table(picture: pictures.Picture) -> Table:
    return Table(picture.caption, picture.headings, picture.rows)


def _promised(programme: WorkProgramme, on: date) -> Table:
    figures = {each.code: each for each in printed_figures(programme)}
    start = programme.period_start
    done = Visit.objects.done(on=on).in_period(start, on)
    promotional = done.filter(kind=VisitKind.PROMOTIONAL)
    lines = [
        (_("Country visits"), figures.get("country_visit_target"), done.country_visits().count()),
        (_("Promotional visits"), figures.get("promotional_visits_target"), promotional.count()),
    ]
    rows = [
        [label, qualified(figure.quantity, figure.qualifier), number(count), signed(count - int(figure.quantity))]
        for label, figure, count in lines
        if figure is not None
    ]
    rows += [
        [
            _("Promotional visits paid from: %(source)s") % {"source": share.get_source_display()},
            qualified(share.quantity, share.qualifier),
            number(promotional.filter(funding=share.source).count()),
            signed(promotional.filter(funding=share.source).count() - int(share.quantity)),
        ]
        for share in programme.funding_shares.all()
    ]
    note = ""
    if candidates := Candidate.objects.of_period(start).count():
        note = _("The States to be visited are among %(number)s candidates; the plan may vary.") % {
            "number": number(candidates)
        }
    headings = [_("Visits"), _("Promised for the whole period"), _("Carried out"), _("Variance")]
    return Table(_("Visits promised and carried out"), headings, rows, note=note)


def _outcomes(programme: WorkProgramme, on: date) -> Table:
    rows = [
        [each.state, each.group, each.planned, each.outcome, each.evidence or "–"]
        for each in outcomes(programme.period_start, programme.period_end, on=on)
    ]
    headings = [_("State"), _("UN regional group"), _("Planned"), _("What came of it"), _("Evidence")]
    return Table(_("Country visits: plan against outcome"), headings, rows)
