"""What the register counts beside what was printed, for the section above the list of engagements (WP para 41).

Sums, shares and averages are computed and stand beside the printed figures, never in their place (R21).
"""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dissemination.enums import EngagementKind, Measure
from dissemination.languages import names_of
from dissemination.models import Engagement, EngagementCount
from iesogi.reference.figures import number


class Line(NamedTuple):
    """One kind: how many stand in the list shown, in the register for the printed period, and in print."""

    label: str
    shown: int
    recorded: int
    url: str
    printed: str
    share: str


class PrintedPeriod(NamedTuple):
    name: str
    lines: list[Line]
    total: Line
    printed_sum: str
    agrees: bool
    remarks: list[str]


def shown_by_kind(shown: QuerySet) -> list[tuple[str, int]]:
    counted = shown.count_by_kind()
    return [(kind.label, counted.get(kind, 0)) for kind in EngagementKind]


def printed_periods(shown: QuerySet) -> list[PrintedPeriod]:
    """One comparison for each period for which a total was printed; `shown` are the engagements of the list."""
    counts = list(EngagementCount.objects.all())
    here = shown.count_by_kind()
    totals = [count for count in counts if count.measure == Measure.ENGAGEMENTS and not count.kind]
    return [_compare(total, [count for count in counts if count.lies_within(total)], here) for total in totals]


def _compare(total: EngagementCount, counts: list[EngagementCount], here: dict[str, int]) -> PrintedPeriod:
    recorded = Engagement.objects.in_period(total.period_start, total.period_end).count_by_kind()
    parts = {count.kind: count for count in counts if count.kind}
    lines = [
        Line(
            kind.label,
            here.get(kind, 0),
            recorded.get(kind, 0),
            _list_url(total, kind),
            parts[kind].as_printed if kind in parts else "–",
            _share(parts[kind], total) if kind in parts else "–",
        )
        for kind in EngagementKind
    ]
    printed_sum = sum((part.quantity or Decimal(0) for part in parts.values()), Decimal(0))
    return PrintedPeriod(
        name=_period_name(total),
        lines=lines,
        total=Line(
            _("Total"),
            sum(here.values()),
            sum(recorded.values()),
            _list_url(total),
            total.as_printed,
            "",
        ),
        printed_sum=number(printed_sum),
        agrees=printed_sum == total.quantity,
        remarks=[_remark(count, total) for count in counts if count.measure != Measure.ENGAGEMENTS],
    )


def _period_name(count: EngagementCount) -> str:
    return _("%(start)s to %(end)s") % {
        "start": date_format(count.period_start, "YEAR_MONTH_FORMAT"),
        "end": date_format(count.period_end, "YEAR_MONTH_FORMAT"),
    }


def _list_url(total: EngagementCount, kind: str = "") -> str:
    filters = {"held_on__gte": total.period_start, "held_on__lte": total.period_end}
    if kind:
        filters["kind__exact"] = kind
    return f"{reverse('admin:dissemination_engagement_changelist')}?{urlencode(filters)}"


def _share(part: EngagementCount, total: EngagementCount) -> str:
    if not part.quantity or not total.quantity:
        return "–"
    return _("%(share)s %%") % {"share": number_format(round(100 * part.quantity / total.quantity, 1), 1)}


def _remark(count: EngagementCount, total: EngagementCount) -> str:
    """A printed figure that counts no engagements, as a sentence."""
    words = {"label": count.label, "figure": count.as_printed}
    match count.measure:
        case Measure.ATTENDANCE if count.quantity and total.quantity:
            words["average"] = number(round(count.quantity / total.quantity))
            return _("%(label)s: %(figure)s; computed, about %(average)s an engagement.") % words
        case Measure.LANGUAGES:
            return _("%(label)s: %(names)s (%(figure)s).") % {**words, "names": names_of(count.languages)}
        case Measure.ONLINE:
            since = date_format(count.period_start, "YEAR_MONTH_FORMAT")
            return _("%(label)s: since %(month)s.") % {**words, "month": since}
    return _("%(label)s: %(figure)s.") % words
