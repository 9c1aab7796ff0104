from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from communications import services
from communications.enums import LetterState
from communications.models import Letter

pytestmark = pytest.mark.django_db

DUE = date(2021, 4, 30)  # 60 days from 1 March 2021


@pytest.mark.parametrize(
    "text",
    ["KAZ 2/2021", "kaz2/2021", "al kaz 2 / 2021", "kaz", "Kazakh", "KAZAKHSTAN 2021", "kaz 2", "\x00kaz\u200f"],
)
def test_search_finds_a_letter_by_reference_or_state(letter, text):
    assert list(Letter.objects.search(text)) == [letter]


@pytest.mark.parametrize("text", ["EGY 2/2021", "KAZ 3/2021", "kaz 2019", "Egypt", "kaz 99999999999999999999", "²"])
def test_search_finds_nothing_else(new_letter, text):
    new_letter(number=1)
    assert not Letter.objects.search(text).exists()


def test_search_finds_another_addressee(new_letter):
    letter = new_letter(country=None, other_addressee="Example Mining Ltd", reference_code="OTH")
    assert list(Letter.objects.search("mining")) == [letter]


@pytest.mark.parametrize(("day", "late"), [(DUE, 0), (date(2021, 5, 1), 1)])
def test_overdue_from_the_day_after_the_last(new_letter, kazakhstan, day, late):
    unsaved = Letter(kind="AL", country=kazakhstan)
    services.register(unsaved, sent_on=date(2021, 3, 1), by=None)
    assert Letter.objects.overdue(on=day).count() == late


def test_overdue_leaves_out_the_answered_and_keeps_the_published(kazakhstan):
    rows = [
        services.register(Letter(kind="AL", country=kazakhstan), sent_on=date(2021, 3, 1), by=None) for _n in range(3)
    ]
    services.move(rows[0], LetterState.REPLIED, on=DUE, by=None)
    services.publish(rows[1], on=DUE, by=None)
    assert set(Letter.objects.overdue(on=date(2021, 6, 1))) == {rows[1], rows[2]}


def test_stock_and_flow_are_two_measures(new_letter):
    new_letter(number=1, sent_on=date(2017, 5, 1))
    new_letter(number=2, state=LetterState.PUBLISHED)
    new_letter(number=3, state=LetterState.CLOSED)
    stock = Letter.objects.active().count()
    flow = Letter.objects.sent_in(date(2021, 1, 1), date(2021, 12, 31)).count()
    assert (stock, flow) == (2, 2)


def test_published_stays_published_in_follow_up(new_letter):
    letter = new_letter(state=LetterState.PUBLISHED)
    new_letter(number=3)
    services.move(letter, LetterState.FOLLOW_UP, by=None, on=date(2021, 9, 1))
    assert list(Letter.objects.published()) == [letter]


def test_nobody_without_login_sees_a_letter(letter):
    assert not Letter.objects.visible_to(AnonymousUser()).exists()
