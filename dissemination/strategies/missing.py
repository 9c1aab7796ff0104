"""What nobody has thought about yet: dissemination is considered for every output (WP 2021-2023 para 29)."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from communications.models import Letter
from dissemination.strategies.enums import Subject
from reports.models import Report
from visits.models import Visit

SHOWN = 8


class Missing(NamedTuple):
    """One kind of output: how many lack a strategy, and the newest of them with the page that begins theirs."""

    label: str
    count: int
    newest: list[tuple[str, str]]


def without_strategy() -> list[Missing]:
    """Kinds of which nothing is missing are left out. A letter is named once it is public, and no earlier (R1)."""
    rows = {
        Subject.REPORT: (_("Reports without a strategy"), Report.objects.order_by("-year", "-pk")),
        Subject.VISIT: (
            _("Visits without a strategy"),
            Visit.objects.select_related("country", "region_tag").order_by("-pk"),
        ),
        Subject.LETTER: (
            _("Published letters without a strategy"),
            Letter.objects.published().select_related("country").order_by("-year", "-number"),
        ),
    }
    found = [_missing(subject, label, each.filter(strategy=None)) for subject, (label, each) in rows.items()]
    return [each for each in found if each.count]


def _missing(subject: Subject, label: str, rows: QuerySet) -> Missing:
    add = reverse("admin:dissemination_strategy_add")
    newest = [(str(row), f"{add}?{subject.value}={row.pk}") for row in rows[:SHOWN]]
    return Missing(label, rows.count() if len(newest) == SHOWN else len(newest), newest)
