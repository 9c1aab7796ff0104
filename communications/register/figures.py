"""Yearly figures of published letters and published replies alone, with small cells suppressed (R1, R28).

A reply that is not public counts as none, whatever the desk knows of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from communications.desk.figures import Table
from communications.enums import LetterKind
from communications.models import Letter, Reply
from communications.replies.enums import ReplyClass
from communications.reporting.statistics import Sums, all_of, region, state_name, summed, table_of
from iesogi.reference.enums import RegionalGroup
from iesogi.reference.models import Country, Perspective


def groups() -> list[dict[str, Any]]:
    """Sums by type, State and year of sending; two queries."""
    return _grouped("kind", "country")


def theme_groups() -> list[dict[str, Any]]:
    """Sums by theme and year of sending; two queries. A letter with two themes counts in both."""
    return [group for group in _grouped("themes") if group["themes"]]


def _grouped(*fields: str) -> list[dict[str, Any]]:
    found: dict[tuple, Sums] = defaultdict(Sums)
    for *key, year, sent, joint in _sent(fields):
        row = found[*key, year]
        row.sent, row.joint = sent, joint
    for _letter, *key, sent_on, first, fuller in _answered(fields):
        row = found[*key, sent_on.year]
        row.replied += 1
        row.acknowledged += not fuller
        row.days += first - sent_on
    names = [*fields, "year"]
    return [dict(zip(names, key, strict=True)) | vars(sums) for key, sums in found.items()]


def _sent(fields: Iterable[str]) -> Iterator[tuple]:
    dated = Letter.objects.published().exclude(sent_on=None).order_by()
    return (
        dated.values_list(*fields, ExtractYear("sent_on"))
        .annotate(sent=Count("pk"), joined=Count("pk", filter=Q(joint=True)))
        .iterator()
    )


def _answered(fields: Iterable[str]) -> Iterator[tuple]:
    """One line a letter with a public reply: the day of the first, and how many are more than a receipt."""
    pairs = Reply.letters.through.objects.filter(letter__public=True, reply__public_since__isnull=False)
    fuller = Count("pk", filter=~Q(reply__reply_class=ReplyClass.ACKNOWLEDGEMENT))
    named = [f"letter__{field}" for field in fields]
    return (
        pairs.exclude(letter__sent_on=None)
        .order_by()
        .values("letter", *named)
        .annotate(first=Min("reply__received_on"), fuller=fuller)
        .values_list("letter", *named, "letter__sent_on", "first", "fuller")
        .iterator()
    )


def years(found: list[dict[str, Any]]) -> list[int]:
    """Newest first."""
    return sorted({group["year"] for group in found}, reverse=True)


def tables(found: list[dict[str, Any]], year: int | None) -> list[Table]:
    """Of one year or of all; every count below `SMALL_CELL` is left out."""
    chosen = _of(year, found)
    states = {country.pk: country for country in Country.objects.all()}
    total = Sums()
    for group in chosen:
        total.add(group)
    return [
        all_of(total, whole=False),
        by_year(found),
        table_of(_("By type"), summed(chosen, lambda each: each["kind"]), dict(LetterKind.choices), whole=False),
        table_of(_("By UN regional group"), summed(chosen, region(states)), dict(RegionalGroup.choices), whole=False),
        table_of(_("By State"), summed(chosen, state_name(states)), None, whole=False),
        by_theme(_of(year, theme_groups())),
    ]


def _of(year: int | None, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [group for group in found if year in (None, group["year"])]


def by_theme(chosen: list[dict[str, Any]]) -> Table:
    """Its lines add up to more than all letters, since one letter may have several themes."""
    labels = dict(Perspective.objects.values_list("pk", "label"))
    title = _("By theme (a letter with several themes counts in each)")
    return table_of(title, summed(chosen, lambda each: labels[each["themes"]]), None, whole=False)


def by_year(found: list[dict[str, Any]]) -> Table:
    return table_of(_("By year of sending"), summed(found, lambda each: str(each["year"])), None, whole=False)


def bars(table: Table) -> list[tuple[str, int | None]]:
    """Letters of each line for a chart; a suppressed count is drawn as not shown."""
    counts = [(row.label, row.counts[0]) for row in table.rows]
    return [(label, count if isinstance(count, int) else None) for label, count in counts]
