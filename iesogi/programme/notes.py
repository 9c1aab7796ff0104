"""Notes 1 and 2 of the work programme: activities 2018 to 2020, and resources assigned against materialised."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iesogi.programme import resources
from iesogi.programme.enums import ResourceKind
from iesogi.programme.exhibits import Table
from iesogi.programme.models import WorkProgramme
from iesogi.programme.parts import Part
from iesogi.programme.resources import ResourceLine
from iesogi.programme.text import inline
from iesogi.reference.figures import number, qualified

# The only year for which the programme says what arrived of its resources.
YEAR_STATED = 2020


def notes(programme: WorkProgramme, footnotes: dict[int, str]) -> list[Part]:
    """`footnotes`: all of the programme; those that no paragraph holds belong to Note 2."""
    labels = dict(programme.sections.values_list("code", "label"))
    of_paragraphs = set(programme.footnotes.filter(paragraph__isnull=False).values_list("number", flat=True))
    own = [(each, str(inline(body))) for each, body in sorted(footnotes.items()) if each not in of_paragraphs]
    return [
        _activities(programme, labels.get("note-1", "")),
        _resources(programme, labels.get("note-2", ""), own),
    ]


def _activities(programme: WorkProgramme, label: str) -> Part:
    counts = list(programme.activity_counts.all())
    rows = [
        [
            count.letter,
            count.label,
            qualified(count.quantity, count.qualifier),
            qualified(count.meetings_total, count.meetings_qualifier) if count.meetings_total else "–",
        ]
        for count in counts
    ]
    headings = ["", _("Activity"), _("Number"), _("Meetings in total")]
    texts = [_("Lines count different kinds of activity and are not added up.")]
    if counts:
        as_of = {"date": date_format(counts[0].as_of, "j F Y")}
        texts.append(_("The figures stand as of %(date)s.") % as_of)
        if counts[0].forecast:
            texts.append(_("They were printed before that day and are a forecast for the last weeks."))
    return Part("1", label, "note-1", texts, [Table(_("Activities counted"), headings, rows)])


def _resources(programme: WorkProgramme, label: str, footnotes: list[tuple[int, str]]) -> Part:
    sums = resources.sums(programme)
    texts = [
        _("Months of staff carry no period in print; a year is inferred. Travel is printed as annual."),
        _("“Not stated” means that nothing is printed on what arrived; it never means zero."),
    ]
    if programme.subject_to_renewal_from:
        year = programme.subject_to_renewal_from.year
        texts.append(_("Resources of %(year)s are subject to renewal of the mandate.") % {"year": year})
    tables = [_staff(programme, sums), _travel(programme, sums), _contributions(programme)]
    return Part("2", label, "note-2", texts, tables, footnotes=footnotes)


def _staff(programme: WorkProgramme, sums: resources.ResourceSums) -> Table:
    lines = resources.lines(programme, [ResourceKind.STAFF, ResourceKind.CONSULTANCY], year=YEAR_STATED)
    rows = [
        [str(line.resource), number(line.resource.months), number(line.arrived), line.note or "–"] for line in lines
    ]
    most = _("at most %(months)s") % {"months": number(resources.most_months_arrived(programme, year=YEAR_STATED))}
    return Table(
        _("Staff and consultancy, in person-months a year"),
        [_("Resource"), _("Assigned"), _("Materialised in %(year)s") % {"year": YEAR_STATED}, _("Remark")],
        rows,
        [_("Sum, computed"), number(sums.months), most, _("If the lines not stated had come in full")],
    )


def _travel(programme: WorkProgramme, sums: resources.ResourceSums) -> Table:
    lines = resources.lines(programme, [ResourceKind.TRAVEL], year=YEAR_STATED)
    arrived = None if any(line.arrived is None for line in lines) else sum(line.arrived for line in lines)
    totals = [
        _("Sum, computed"),
        "",
        number(sums.trips),
        "",
        number(sums.days),
        number(sums.staff_days),
        number(arrived),
    ]
    headings = [
        _("Travel"),
        _("Place"),
        _("Trips"),
        _("Days each"),
        _("Days"),
        _("Days of accompanying staff"),
        _("Trips in %(year)s") % {"year": YEAR_STATED},
    ]
    return Table(_("Travel assigned a year"), headings, [_trip(line) for line in lines], totals)


def _trip(line: ResourceLine) -> list[str]:
    trip = line.resource
    return [
        str(trip),
        trip.place or "–",
        number(trip.trips),
        number(trip.days_each),
        number(trip.days),
        number(trip.staff_days),
        number(line.arrived),
    ]


def _contributions(programme: WorkProgramme) -> Table:
    lines = resources.lines(programme, [ResourceKind.CONTRIBUTION], year=YEAR_STATED)
    rows = [
        [
            str(line.resource),
            line.resource.donor.name if line.resource.donor else "–",
            f"{line.resource.currency} {number(line.resource.amount)}" if line.resource.amount is not None else "–",
            ", ".join(str(year) for year in line.resource.contribution_years) or "–",
            line.resource.basis or "–",
        ]
        for line in lines
    ]
    count = ngettext("%(count)d contribution is named.", "%(count)d contributions are named.", len(rows))
    headings = [_("Contribution"), _("Donor"), _("Amount"), _("Years"), _("Basis")]
    return Table(_("Contributions"), headings, rows, note=count % {"count": len(rows)})
