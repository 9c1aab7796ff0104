"""What staff see of a coalition beside the public totals, and the desk for the renewal of the mandate."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone

from dissemination.campaigns.enums import SignatureState
from dissemination.campaigns.models import Campaign, Signature
from dissemination.campaigns.renewal import Countdown, countdown
from dissemination.campaigns.totals import Printed, Totals, printed, totals
from iesogi.deadlines.models import Deadline
from iesogi.reference.models import Session
from reports.models import Report
from visits.models import Visit

# So many times what comes in a usual hour is worth a look.
SPIKE = 10
FEW = 20
WEEK_HOURS = 7 * 24


class Standing(NamedTuple):
    state: str
    label: str
    count: int


class Coalition(NamedTuple):
    standings: list[Standing]
    similar: int
    spikes: list[tuple]
    totals: Totals
    printed: list[Printed]


def coalition(campaign: Campaign) -> Coalition:
    """Six queries, however many have signed."""
    counts = campaign.signatures.all().count_by_state()
    return Coalition(
        standings=[Standing(state.value, str(state.label), counts.get(state.value, 0)) for state in SignatureState],
        similar=campaign.signatures.all().with_similar().count(),
        spikes=spikes(campaign),
        totals=totals(campaign),
        printed=printed(campaign),
    )


def spikes(campaign: Campaign) -> list[tuple]:
    """Hours of the last week in which far more signatures came than in its median hour, with their number."""
    since = timezone.now() - timedelta(hours=WEEK_HOURS)
    rows = Signature.objects.filter(campaign=campaign, created_at__gte=since).order_by()
    hours = sorted(rows.annotate(hour=TruncHour("created_at")).values_list("hour").annotate(Count("pk")))
    of_a_week = sorted([count for _hour, count in hours] + [0] * (WEEK_HOURS - len(hours)))
    usual = of_a_week[len(of_a_week) // 2]
    return [(hour, count) for hour, count in hours if count >= max(SPIKE * usual, FEW)]


class After(NamedTuple):
    """Something dated after the secured term: subject to renewal (R22)."""

    day: date | None
    year: int
    kind: str
    title: str


class Desk(NamedTuple):
    countdown: Countdown
    after: list[After]


def desk(*, on: date) -> Desk | None:
    """How long the mandate is secured, and what is planned beyond; None before there is any mandate."""
    found = countdown(on=on)
    if found is None:
        return None
    after = [*_deadlines(found.last_day), *_sessions(found.year), *_reports(found.year), *_visits(found.last_day)]
    return Desk(found, sorted(after, key=lambda each: (each.year, each.day or date(each.year, 12, 31))))


def _deadlines(last_day: date):
    late = Deadline.objects.open().filter(due_on__gt=last_day).select_related("kind").order_by("due_on")[:FEW]
    return [After(each.due_on, each.due_on.year, str(each.kind), each.title) for each in late]


def _sessions(last_year: int):
    late = Session.objects.of_the_mandate().filter(year__gt=last_year).order_by("year", "number")[:FEW]
    return [After(each.starts_on, each.year, str(Session._meta.verbose_name), str(each)) for each in late]


def _reports(last_year: int):
    late = Report.objects.filter(year__gt=last_year).order_by("year")[:FEW]
    return [After(None, each.year, str(Report._meta.verbose_name), str(each)) for each in late]


def _visits(last_day: date):
    late = Visit.objects.filter(starts_on__gt=last_day).select_related("country", "region_tag")[:FEW]
    return [After(each.starts_on, each.starts_on.year, str(Visit._meta.verbose_name), str(each)) for each in late]
