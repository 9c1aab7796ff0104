from datetime import date

import pytest
from django.utils import timezone

from dissemination.campaigns import services
from dissemination.campaigns.renewal import countdown
from iesogi.reference.models import Session

pytestmark = pytest.mark.django_db


@pytest.mark.demand("ILGA-12")
def test_countdown_runs_to_the_end_of_the_term(client, campaign):
    found = countdown(on=date(2026, 11, 21))
    assert (found.last_day, found.days, found.year) == (date(2028, 12, 31), 771, 2028)
    assert countdown(on=date(2020, 1, 2)).last_day == date(2022, 12, 31)
    assert countdown(on=date(2015, 1, 1)) is None
    today = countdown(on=timezone.localdate())
    assert today.in_words in client.get("/campaigns/").content.decode()


def test_home_leads_to_the_renewal_while_it_is_under_way(client, campaign, officer):
    assert "/campaigns/renewal-2028/" in client.get("/").content.decode()
    services.move(campaign, "closed", by=officer)
    assert "/campaigns/renewal-2028/" not in client.get("/").content.decode()


@pytest.mark.demand("N2-0")
def test_calendar_marks_what_lies_after_the_term(client, reference_data):
    session = Session.objects.of_the_mandate().order_by("-year").first()
    Session.objects.filter(pk=session.pk).update(starts_on=date(2028, 12, 31), ends_on=None)
    assert "subject to renewal" not in client.get("/calendar/").content.decode()
    Session.objects.filter(pk=session.pk).update(starts_on=date(2029, 1, 1))
    assert "subject to renewal" in client.get("/calendar/").content.decode()
