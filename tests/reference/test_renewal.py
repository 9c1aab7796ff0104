"""Rule R22 where staff and subscribers read: lists of the admin and the calendar feed."""

from datetime import date

import pytest
from django.utils import timezone

from iesogi.deadlines.models import Deadline, DeadlineKind
from iesogi.reference.models import Country, Session
from iesogi.reference.renewal import secured_until
from reports.models import Report
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.demand("N2-0")]
MARK = "subject to renewal"


@pytest.fixture
def last_day(reference_data):
    return secured_until(on=timezone.localdate())


def a_deadline(day):
    kind, _made = DeadlineKind.objects.get_or_create(code="try", defaults={"label": "Try"})
    Deadline.objects.create(kind=kind, title="Try", due_on=day, original_due_on=day)


def a_report(day):
    Report.objects.create(title="Try", forum="HRC", year=day.year)


def a_visit(day):
    state = Country.objects.get(iso3="COL")
    Visit.objects.create(kind="country", country=state, state="preparing", starts_on=day, ends_on=day)


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/admin/deadlines/deadline/", a_deadline),
        ("/admin/reports/report/", a_report),
        ("/admin/visits/visit/", a_visit),
    ],
)
def test_list_marks_what_lies_after_the_term(as_user, officer, last_day, path, make):
    client = as_user(officer)
    make(last_day)
    assert MARK not in client.get(path).content.decode()
    make(date(last_day.year + 1, 1, 1))
    assert client.get(path).content.decode().count(MARK) == 1


def test_feed_marks_what_lies_after_the_term(client, last_day):
    session = Session.objects.of_the_mandate().order_by("-year").first()
    Session.objects.filter(pk=session.pk).update(starts_on=last_day, ends_on=None)
    assert MARK not in client.get("/calendar.ics").content.decode()
    Session.objects.filter(pk=session.pk).update(starts_on=date(last_day.year + 1, 1, 1))
    assert client.get("/calendar.ics").content.decode().count(MARK) == 1


def test_nothing_is_secured_before_there_is_a_mandate(db):
    assert secured_until(on=date(2026, 11, 21)) is None
