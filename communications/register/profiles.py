"""How a State replies, from public letters and public replies alone."""

from datetime import date
from statistics import median
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from communications.models import Letter, Reply
from communications.replies.enums import ReplyClass
from iesogi.reference.figures import share
from iesogi.reference.models import Country


class Profile(NamedTuple):
    """`rate` in whole percent, rounded down; an acknowledgement counts apart (domain.md 1.11)."""

    sent: int
    replied: int
    acknowledged: int
    rate: int | None
    classes: list[tuple[str, int]]
    typical_days: int | None
    last_sent: date | None


class StateRow(NamedTuple):
    country: Country
    sent: int
    replied: int
    acknowledged: int
    rate: int | None


def profile(country: Country) -> Profile:
    """Four queries, however many letters."""
    sent = Letter.objects.published().filter(country=country)
    answers = _answers().filter(letter__country=country)
    classes = dict(answers.values_list("reply__reply_class").annotate(count=Count("letter", distinct=True)).order_by())
    found = _counted(sent, answers)
    days = [(received - sent_on).days for sent_on, received in _first_days(answers) if sent_on]
    return Profile(
        **found,
        classes=[(str(each.label), classes[each.value]) for each in ReplyClass if each.value in classes],
        typical_days=round(median(days)) if days else None,
        last_sent=sent.order_by("-sent_on").values_list("sent_on", flat=True).exclude(sent_on=None).first(),
    )


def _answers() -> QuerySet:
    """Pairs of a public letter and a public reply."""
    return Reply.letters.through.objects.filter(letter__public=True, reply__public_since__isnull=False)


def _first_days(answers: QuerySet) -> list[tuple[date | None, date]]:
    first: dict[int, tuple] = {}
    pairs = answers.order_by("reply__received_on").values_list("letter", "letter__sent_on", "reply__received_on")
    for letter, sent_on, received_on in pairs:
        first.setdefault(letter, (sent_on, received_on))
    return list(first.values())


def _counted(sent: QuerySet, answers: QuerySet) -> dict:
    whole = ~Q(reply__reply_class=ReplyClass.ACKNOWLEDGEMENT)
    counts = answers.aggregate(
        replied=Count("letter", distinct=True), in_substance=Count("letter", distinct=True, filter=whole)
    )
    number = sent.count()
    return {
        "sent": number,
        "replied": counts["replied"],
        "acknowledged": counts["replied"] - counts["in_substance"],
        "rate": share(counts["replied"], number),
    }


def by_state() -> list[StateRow]:
    """Every State with a public letter; three queries."""
    letters = Letter.objects.published().exclude(country=None).order_by()
    sent = dict(letters.values_list("country").annotate(count=Count("pk")))
    whole = ~Q(reply__reply_class=ReplyClass.ACKNOWLEDGEMENT)
    answers = (
        _answers()
        .order_by()
        .values_list("letter__country")
        .annotate(replied=Count("letter", distinct=True), in_substance=Count("letter", distinct=True, filter=whole))
    )
    found = {country: (replied, replied - in_substance) for country, replied, in_substance in answers}
    rows = []
    for country in Country.objects.filter(pk__in=sent).in_page_order():
        replied, acknowledged = found.get(country.pk, (0, 0))
        number = sent[country.pk]
        rows.append(StateRow(country, number, replied, acknowledged, share(replied, number)))
    return rows
