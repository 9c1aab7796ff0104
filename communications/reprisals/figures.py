"""Reprisals as figures: what the report of the Secretary-General is told, and nobody behind it."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils.translation import gettext as _

from communications.desk.figures import Row, Table, suppressed
from communications.models import LetterReprisal
from communications.reprisals.models import Bond
from iesogi.deadlines.clock import short
from iesogi.safety.models import Reprisal


def window_of_report(year: int) -> tuple[date, date]:
    """The twelve months before the report of that year; its first month is a setting, as it has been practice only."""
    first = date(year - 1, settings.SG_REPORT_FROM_MONTH, 1)
    return first, first + relativedelta(years=1, days=-1)


def of_year(year: int, *, whole: bool) -> Table:
    first, last = window_of_report(year)
    window = Reprisal.objects.of_window(first, last)
    known = Reprisal.objects.of_window(date(year, 1, 1), date(year, 12, 31))
    raised = LetterReprisal.objects.filter(bond=Bond.RAISES, reprisal__in=known).values("reprisal").distinct()
    rows = [
        Row(_("Known in the year"), [known.count()]),
        Row(_("Of these raised in a letter"), [raised.count()]),
        Row(_("Of these still followed up"), [known.still_open().count()]),
        Row(
            _("Known in the window of the report of the Secretary-General, %(first)s to %(last)s")
            % {"first": short(first), "last": short(last)},
            [window.count()],
        ),
        Row(_("In the report of the Secretary-General of the year"), [_told(year)]),
    ]
    table = Table(_("Reprisals"), [_("Reprisals")], rows)
    return table if whole else suppressed(table)


def _told(year: int) -> int:
    return Reprisal.objects.filter(sg_report_year=year).count()
