from datetime import date

import pytest

from iesogi.safety.models import RiskAssessment
from reports.calendar import public_events
from reports.models import Consultation

pytestmark = pytest.mark.django_db


def test_issue_and_dialogue_are_events_and_working_dates_are_not(new_report):
    new_report(year=2026, slot_date=date(2026, 3, 1), title="A draft")
    report = new_report(
        year=2025,
        state="presented",
        symbol="A/HRC/59/43",
        issued_on=date(2025, 5, 2),
        presented_on=date(2025, 6, 20),
        title="Forced displacement",
    )
    assert [(event.uid, event.starts_on, event.ends_on) for event in public_events()] == [
        (f"report-{report.pk}-issued", date(2025, 5, 2), None),
        (f"report-{report.pk}-dialogue", date(2025, 6, 20), None),
    ]
    assert public_events()[1].title == "Interactive dialogue on A/HRC/59/43: Forced displacement"
    assert public_events()[1].url.endswith("/reports/a-hrc-59-43/")


def test_two_queries(new_report, django_assert_num_queries):
    for year in (2024, 2025):
        new_report(year=year, state="issued", symbol=f"A/HRC/{year}/1", issued_on=date(year, 5, 2))
    with django_assert_num_queries(2):
        assert len(public_events()) == 2


def test_real_dialogues_are_in_the_feed(programme, client):
    feed = client.get("/calendar.ics").content.decode().replace("\r\n ", "")
    assert "Interactive dialogue on A/HRC/59/43" in feed


def test_consultation_is_public_once_it_was_announced_and_opened(new_report, client):
    risk = RiskAssessment.objects.create(
        subject_label="Consultation", method="research", threat="-", likelihood=1, severity=1, exposure=1, digital=1
    )
    report = new_report()
    days = {"report": report, "starts_on": date(2027, 1, 12), "risk_assessment": risk, "participation": "Yes."}
    cases = [
        ("shown", "open", True),
        ("planned", "planned", True),
        ("quiet", "open", False),
        ("off", "cancelled", True),
    ]
    for name, state, announced in cases:
        Consultation.objects.create(title=f"Talks {name}", state=state, announced=announced, **days)
    shown = [event.title for event in public_events() if event.uid.startswith("consultation-")]
    assert shown == ["Public consultation: Talks shown"]
    page = client.get(report.get_absolute_url()).content.decode()
    assert [words for words in ("shown", "planned", "quiet", "off") if f"Talks {words}" in page] == ["shown"]
