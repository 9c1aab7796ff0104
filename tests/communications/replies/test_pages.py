"""Replies as the desk meets them: from the letter, and with the acts that fit."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from communications import services as letters_services
from communications.models import Letter
from communications.replies import services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2021-05-12T10:00:00Z", tick=False):
        yield


@pytest.fixture
def reply(kazakhstan, officer):
    letter = Letter(kind="AL", country=kazakhstan, reference_code="KAZ", number=2, year=2021)
    letters_services.register(letter, sent_on=date(2021, 3, 2), by=None)
    given = {"received_on": date(2021, 4, 12), "channel": "note_verbale", "language": "ru"}
    return services.record([letter], by=officer, **given)


def page(client, row):
    return client.get(reverse(f"admin:communications_{row._meta.model_name}_change", args=[row.pk])).content.decode()


def test_letter_leads_to_its_replies_and_says_which_waits(reply, officer, as_user):
    letter, where = reply.letters.get(), reverse("admin:communications_reply_change", args=[reply.pk])
    assert f'<a href="{where}">{reply}</a>: Waits to be read' in page(as_user(officer), letter)
    services.classify(reply, reply_class="rejected", by=officer)
    assert f'<a href="{where}">{reply}</a>: Allegations rejected' in page(as_user(officer), letter)


def test_late_reply_is_published_only_where_its_letter_is_public(reply, officer, as_user):
    services.classify(reply, reply_class="partial", publishable=True, by=officer)
    assert "Publish this late reply" not in page(as_user(officer), reply)
    Letter.objects.update(public=True)
    assert "Publish this late reply" in page(as_user(officer), reply)
