"""Yearly figures on letters: by type, State, region, theme and year; joint share, replies, days to the first reply.

All of it from three grouped queries, however many letters; groups are added up here (domain.md 1.12).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from communications.desk.figures import Row, Table, suppressed
from communications.enums import LetterKind
from communications.models import Letter
from communications.replies.enums import ReplyClass
from iesogi.reference.enums import RegionalGroup
from iesogi.reference.models import Country, Perspective

NOT_SAID = ""


@dataclass
class Sums:
    """What is added up for one line; `days` belong to first replies."""

    sent: int = 0
    joint: int = 0
    replied: int = 0
    acknowledged: int = 0
    days: timedelta = timedelta()

    def add(self, group: dict[str, Any]) -> None:
        self.sent += group["sent"]
        self.joint += group["joint"]
        self.replied += group["replied"]
        self.acknowledged += group["acknowledged"]
        self.days += group["days"] or timedelta()


@dataclass(frozen=True)
class Figures:
    tables: list[Table]
    total: Sums


def heads() -> list[str]:
    return [
        _("Letters"), _("Joint"), _("Joint, %"), _("Replied to"), _("Reply rate, %"), _("Acknowledged only"),
        _("Days to the first reply, mean"),
    ]  # fmt: skip


def counted(letters: QuerySet, *fields: str) -> Iterable[dict[str, Any]]:
    waited = ExpressionWrapper(F("replied_on") - F("sent_on"), output_field=DurationField())
    return (
        letters.order_by()
        .values(*fields)
        .annotate(
            sent=Count("pk"),
            joint=Count("pk", filter=Q(joint=True)),
            replied=Count("pk", filter=Q(replied_on__isnull=False)),
            acknowledged=Count("pk", filter=Q(reply_class=ReplyClass.ACKNOWLEDGEMENT)),
            days=Sum(waited),
        )
    )


def letters_of(year: int | None) -> QuerySet:
    """Letters that were sent: in that year, or ever."""
    sent = Letter.objects.exclude(sent_on=None)
    return sent.filter(sent_on__year=year) if year else sent


def figures(letters: QuerySet, *, whole: bool) -> Figures:
    """`whole` for the desk; anybody else gets small cells suppressed, and no share that would give one away (R28)."""
    groups = list(counted(letters, "kind", "country"))
    states = {country.pk: country for country in Country.objects.all()}
    total = Sums()
    for group in groups:
        total.add(group)
    found = [
        table_of(_("By type"), summed(groups, lambda g: g["kind"]), dict(LetterKind.choices), whole=whole),
        table_of(_("By UN regional group"), summed(groups, region(states)), dict(RegionalGroup.choices), whole=whole),
        table_of(_("By State"), summed(groups, state_name(states)), None, whole=whole),
        table_of(_("By theme"), _by_theme(letters), None, whole=whole),
        _replies(letters, whole=whole),
    ]
    return Figures([all_of(total, whole=whole), *found], total)


def by_year(*, whole: bool) -> Table:
    sent = Letter.objects.exclude(sent_on=None).annotate(sent_in=ExtractYear("sent_on"))
    years = summed(counted(sent, "sent_in"), lambda group: str(group["sent_in"]))
    return table_of(_("By year of sending"), years, None, whole=whole)


def years() -> list[int]:
    """Newest first."""
    found = Letter.objects.exclude(sent_on=None).dates("sent_on", "year", order="DESC")
    return [day.year for day in found]


def all_of(total: Sums, *, whole: bool) -> Table:
    return _finished(_("All letters"), [(_("All"), total)], whole=whole)


def summed(groups: Iterable[dict[str, Any]], key) -> dict[str, Sums]:
    found: dict[str, Sums] = defaultdict(Sums)
    for group in groups:
        found[key(group)].add(group)
    return found


def region(states: dict[int, Country]):
    return lambda group: states[group["country"]].regional_group if group["country"] else NOT_SAID


def state_name(states: dict[int, Country]):
    return lambda group: str(states[group["country"]]) if group["country"] else NOT_SAID


def _by_theme(letters: QuerySet) -> dict[str, Sums]:
    """A letter with two themes counts in both lines."""
    labels = dict(Perspective.objects.values_list("pk", "label"))
    return summed(counted(letters.filter(themes__isnull=False), "themes"), lambda group: labels[group["themes"]])


def table_of(title: str, found: dict[str, Sums], labels: dict | None, *, whole: bool) -> Table:
    """In the order of the labels, else by name; what names nothing stands at the end."""
    order = [key for key in labels if key in found] if labels else sorted(key for key in found if key)
    lines = [(str(labels[key]) if labels else key, found[key]) for key in order]
    if NOT_SAID in found:
        lines.append((_("Other or not said"), found[NOT_SAID]))
    return _finished(title, lines, whole=whole)


def _finished(title: str, lines: list[tuple[str, Sums]], *, whole: bool) -> Table:
    counts = [Row(label, [each.sent, each.joint, each.replied, each.acknowledged]) for label, each in lines]
    table = Table(title, [], counts)
    shown = table if whole else suppressed(table)
    rows = [Row(row.label, _line(row.counts, sums)) for row, (_label, sums) in zip(shown.rows, lines, strict=True)]
    return Table(title, heads(), rows)


def _line(counts: list[int | str], sums: Sums) -> list[int | str]:
    """A share stands only where both of its counts do."""
    sent, joint, replied, acknowledged = counts
    days = round(sums.days.days / sums.replied) if isinstance(replied, int) and sums.replied else "–"
    return [sent, joint, _share(joint, sent), replied, _share(replied, sent), acknowledged, days]


def _share(part: int | str, of: int | str) -> int | str:
    """In whole percent, rounded down like the profiles of States, so that 100 means all of them."""
    return part * 100 // of if isinstance(part, int) and isinstance(of, int) and of else "–"


def _replies(letters: QuerySet, *, whole: bool) -> Table:
    """Letters by what came back; one that waits to be read is told apart from one without any reply."""
    said = dict(letters.order_by().exclude(reply_class="").values_list("reply_class").annotate(count=Count("pk")))
    open_ones = letters.filter(reply_class="")
    unread = open_ones.exclude(replied_on=None).count()
    rows = [Row(str(each.label), [said.get(each.value, 0)]) for each in ReplyClass]
    rows += [Row(_("Waits to be read"), [unread]), Row(_("No reply"), [open_ones.filter(replied_on=None).count()])]
    table = Table(_("By character of the reply"), [_("Letters")], rows)
    return table if whole else suppressed(table)


def least() -> int:
    return settings.SMALL_CELL
