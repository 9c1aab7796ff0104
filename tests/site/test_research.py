"""The research calendar of the staff: a month, conflicts, timeliness, and the file for a calendar."""

from datetime import date

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iesogi.reference.models import Session
from iesogi.site.research.conflicts import visits_during_sessions
from iesogi.site.research.months import month_called
from reports.models import Consultation, MethodStep, Report, Theme
from reports.services import plan_milestones
from tests.site.markup import page_of
from visits.models import Visit

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/research/"


@pytest.fixture(autouse=True)
def winter():
    with time_machine.travel("2027-01-20T10:00:00Z", tick=False):
        yield


@pytest.fixture
def planned(db):
    MethodStep.objects.create(stage="drafting", order=1, phase="drafting", days_before_slot=35, duration_days=28)
    report = Report.objects.create(title="Numbers", forum="HRC", year=2027, slot_date=date(2027, 3, 31))
    plan_milestones(report, by=None)
    return report


@pytest.fixture
def session(db):
    return Session.objects.create(
        forum="HRC", number=65, year=2027, starts_on=date(2027, 6, 14), ends_on=date(2027, 7, 9)
    )


def visit(starts_on, ends_on=None, **given):
    from iesogi.reference.models import Country

    country, _made = Country.objects.get_or_create(
        iso3="QAA", iso2="QA", name_en="A State", defaults={"regional_group": "AFRICA"}
    )
    fields = {"kind": "promotional", "state": "preparing", "country": country}
    return Visit.objects.create(starts_on=starts_on, ends_on=ends_on, **fields | given)


def said(response):
    return " ".join(response.content.decode().split())


def test_month_shows_steps_consultations_sessions_and_visits(desk, planned, session):
    Consultation.objects.create(title="Talks on health", starts_on=date(2027, 6, 20))
    visit(date(2027, 5, 30), date(2027, 6, 2))
    page = desk.get(ADDRESS, {"month": "2027-06"})
    assert [entry.kind for entry in page.context["entries"]] == ["Promotional visit", "Session", "Public consultation"]
    february = said(desk.get(ADDRESS, {"month": "2027-02"}))
    assert "Drafting: Numbers" in february
    assert page_of(page).inline == []


@pytest.mark.parametrize("asked", ["2027-13", "x", "0001-01", "2027-02-01", "9999-12"])
def test_month_that_cannot_be_read_is_said_and_this_one_shown(desk, asked):
    text = said(desk.get(ADDRESS, {"month": asked}))
    assert f"“{asked}” is no month." in text
    assert "January 2027" in text
    assert month_called(asked) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "collides"),
    [
        (date(2027, 6, 10), date(2027, 6, 14), True),
        (date(2027, 7, 9), None, True),
        (date(2027, 6, 10), date(2027, 6, 13), False),
        (date(2027, 7, 10), None, False),
    ],
)
def test_visit_during_a_session_is_a_conflict(session, starts_on, ends_on, collides):
    visit(starts_on, ends_on)
    found = visits_during_sessions(on=date(2027, 1, 20))
    assert bool(found) == collides
    if collides:
        assert found[0].sentence.startswith("A visit during a session: A State from")


def test_visit_that_was_called_off_or_a_session_that_is_over_collides_with_nothing(session):
    visit(date(2027, 6, 15), state="cancelled", reason="No visa.")
    assert visits_during_sessions(on=date(2027, 1, 20)) == []
    visit(date(2027, 6, 15))
    assert visits_during_sessions(on=date(2027, 7, 10)) == []


def test_years_without_both_dates_are_not_called_late(desk, planned):
    assert "On-time submission cannot be measured yet" in said(desk.get(ADDRESS))
    Report.objects.create(
        title="Late", forum="GA", year=2026, slot_date=date(2026, 7, 1), submitted_on=date(2026, 7, 4)
    )
    text = said(desk.get(ADDRESS))
    assert "0 of 1 on time, 3 days late in all" in text
    assert "not measured: slot date or day of submission is not recorded" in text


def test_slots_show_plan_and_report_from_last_year_to_the_last_planned(desk, as_user, manager, planned, session):
    planned.themes.add(Theme.objects.create(code="a", label="Numbers of harm", forum="GA", year=2028))
    floating = {"floating": True, "floating_reason": "Later."}
    Theme.objects.create(code="b", label="Water", **floating)
    page = desk.get(ADDRESS)
    assert [(slot.forum, slot.year) for slot in page.context["slots"].slots][::5] == [("HRC", 2026), ("GA", 2028)]
    text = said(page)
    assert "<td>14 Jun – 9 Jul</td>" in text
    assert text.count("Numbers of harm</a>") == 2  # where it is planned, and with the report that takes it up
    assert "Water</a> (Later.)" in text
    add = '<a href="/admin/reports/report/add/?forum={}&amp;year={}">'
    assert (add.format("GA", 2027) in text, add.format("HRC", 2027) in text, add.format("GA", 2026) in text) == (
        True,
        False,
        False,
    )
    assert "/admin/reports/report/add/" not in said(as_user(manager).get(ADDRESS))


def test_any_month_is_reached_and_left_again(desk):
    text = said(desk.get(ADDRESS, {"month": "2031-02"}))
    assert ('<input type="month"' in text, f'<a href="{ADDRESS}">This month</a>' in text) == (True, True)
    assert ">This month</a>" not in said(desk.get(ADDRESS))


def test_file_for_a_calendar_holds_what_lies_ahead(desk, planned, session):
    feed = icalendar.Calendar.from_ical(desk.get(f"{ADDRESS}calendar.ics").content)
    assert [str(event["summary"]) for event in feed.walk("VEVENT")] == [
        "Step due: Drafting: Numbers",
        "Session: Human Rights Council, session 65",
    ]


def test_visits_are_for_whoever_may_see_them(as_user, assistant, planned, session):
    visit(date(2027, 6, 15))
    page = as_user(assistant).get(ADDRESS, {"month": "2027-06"})
    assert [entry.kind for entry in page.context["entries"]] == ["Session"]
    assert "A State" not in said(page)


def test_calendar_is_closed_to_the_public_and_to_roles_without_research(client, as_user, officer):
    assert client.get(ADDRESS).status_code == 302
    officer.groups.clear()
    assert as_user(officer).get(ADDRESS).status_code == 403


def test_calendar_asks_as_often_with_more_rows(desk, planned):
    def count():
        with CaptureQueriesContext(connection) as captured:
            desk.get(ADDRESS, {"month": "2027-02"})
        return len(captured)

    def add(number):
        Consultation.objects.create(title=f"Talks {number}", starts_on=date(2027, 2, 3))
        Theme.objects.create(code=f"t{number}", label="T", forum="GA", year=2028)
        visit(date(2027, 2, 4))
        Report.objects.create(title="More", forum="GA", year=2028 + number, slot_date=date(2028 + number, 3, 1))

    add(1)
    before = count()
    add(2)
    add(3)
    assert count() == before
