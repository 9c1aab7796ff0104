"""One unfinished contribution in two pages: none writes over what it has not seen, and nothing typed is lost."""

from datetime import timedelta

import pytest

from iesogi.vault import guard
from iesogi.vault.models import Receipt, Unfinished
from reports.calls.models import Question
from reports.contributions import form_page
from reports.contributions.models import Contribution
from tests.reports.calls.conftest import ANSWER
from tests.reports.calls.unfinished import HALF, SECOND, document, kept_under, on_another_device, save

WHOLE = {"q1": ANSWER, "email": "", "name": "Equality Network"}
OVERTAKEN = "saved from another page or device after you opened it here"


@pytest.fixture
def two(sender, clock):
    """The number, and two devices on which it was typed."""
    number = save(sender, **HALF, q3=[document()])
    return number, on_another_device(clock, number), on_another_device(clock, number)


def words(number):
    return kept_under(number).content["typed"]["q1"]


def test_second_save_is_told_and_keeps_what_was_typed_beside_what_the_first_saved(two):
    number, phone, laptop = two
    save(phone, q1="Three laws, on the phone", country="")
    save(laptop, q1="Three laws, on the laptop", name="Typed here alone")
    assert laptop.response.status_code == 409
    assert OVERTAKEN in laptop.problems
    assert laptop.typed["q1"] == "Three laws, on the laptop"
    assert laptop.differs == [
        ("Your name, or that of your organization", "No answer"),
        ("1. What has changed?", "Three laws, on the phone"),
    ]
    assert words(number) == "Three laws, on the phone"
    assert (laptop.files, laptop.may_delete) == (["Take out: law.txt (14 bytes)3. Documents"], True)
    assert "choose your files again" not in laptop.text
    save(laptop, q1="Three laws", q3=[document(name="lost.txt")], token="")
    assert "choose your files again" in laptop.text


def test_button_pressed_again_puts_it_in_the_place_of_the_other_one(two):
    number, phone, laptop = two
    save(phone, q1="Three laws, on the phone")
    save(laptop, q1="Three laws, on the laptop")
    save(laptop)
    assert "under the number that you have" in laptop.text
    assert words(number) == "Three laws, on the laptop"
    assert [each.name for each in kept_under(number).files] == ["law.txt"]


def test_third_save_in_between_is_told_as_well(two):
    number, phone, laptop = two
    save(phone, q1="Once")
    save(laptop, q1="On the laptop")
    save(on_another_device(phone.clock, number), q1="Twice")
    save(laptop)
    assert OVERTAKEN in laptop.problems
    assert words(number) == "Twice"


def test_sending_what_was_saved_elsewhere_meanwhile_sends_and_erases_nothing_before_it_is_told(two):
    number, phone, laptop = two
    save(phone, q1="Three laws, on the phone")
    laptop.send(**WHOLE)
    assert (laptop.response.status_code, OVERTAKEN in laptop.problems) == (409, True)
    assert ("1. What has changed?", "Three laws, on the phone") in laptop.differs
    assert (Contribution.objects.count(), Receipt.objects.count(), words(number)) == (0, 0, "Three laws, on the phone")
    laptop.send()
    assert "Your contribution is with us" in laptop.text
    assert Contribution.objects.get().answers.first().text == ANSWER
    assert not Unfinished.objects.exists()


@pytest.mark.parametrize("button", [{"save": "1"}, WHOLE], ids=["saved", "sent"])
def test_what_was_deleted_elsewhere_meanwhile_goes_on_only_after_it_is_told(two, button):
    _number, phone, laptop = two
    phone.press("delete/", sure="1")
    laptop.send(**{**button, "q1": ANSWER})
    assert "deleted from another page or device, with its files" in laptop.problems
    assert (Unfinished.objects.count(), Contribution.objects.count()) == (0, 0)
    assert (laptop.typed["q1"], laptop.files, laptop.may_delete) == (ANSWER, [], False)
    laptop.send(**button)
    assert (Unfinished.objects.count() + Contribution.objects.count(), laptop.problems) == (1, "")


def test_same_page_saves_twice_and_is_told_nothing(two):
    number, phone, _laptop = two
    page = phone.page
    for each in ("pressed once", "pressed twice, because the answer was lost on the way"):
        phone.page = page
        save(phone, q1=each)
        assert (phone.problems, words(number)) == ("", each)


def test_page_on_which_it_was_begun_shows_nothing_that_was_written_later(sender, clock):
    page = sender.page
    number = save(sender, q1="Three laws")
    save(on_another_device(clock, number), q1="Three laws, and who told me", q3=[document(name="secret.txt")])
    sender.page = page
    save(sender, q1="Three laws, by the Back button")
    assert OVERTAKEN in sender.problems
    shown = sender.response.content.decode()
    assert "who told me" not in shown
    assert "secret.txt" not in shown
    assert words(number) == "Three laws, and who told me"
    save(sender)
    assert words(number) == "Three laws, by the Back button"


def test_page_that_was_open_for_a_day_is_told_once_its_number_is_typed_and_then_sends(two):
    number, phone, laptop = two
    save(phone, q1="Three laws, on the phone")
    laptop.send(after=timedelta(hours=30), **WHOLE)
    assert "Type your number" in laptop.problems
    laptop.send(number=number)
    assert OVERTAKEN in laptop.problems
    assert (laptop.typed["q1"], words(number)) == (ANSWER, "Three laws, on the phone")
    laptop.send()
    assert Contribution.objects.get().answers.first().text == ANSWER


@pytest.mark.parametrize(
    ("button", "answer"), [({"save": "1"}, "Saved, not sent yet"), (WHOLE, "Your contribution is with us")]
)
def test_who_came_back_is_not_too_fast(two, button, answer):
    _number, phone, _laptop = two
    phone.send(after=SECOND, **button)
    assert answer in phone.text


def test_page_that_has_to_wait_still_offers_to_delete_and_forgets_no_tick(two, monkeypatch):
    number, phone, _laptop = two
    [file] = kept_under(number).files
    monkeypatch.setattr(form_page, "tries", guard.Buckets(burst=0, per_minute=0))
    save(phone, q1="One word more", take_out=str(file.uuid))
    assert (phone.response.status_code, phone.may_delete) == (429, True)
    monkeypatch.setattr(form_page, "tries", guard.Buckets(burst=9, per_minute=9))
    save(phone)
    assert (words(number), kept_under(number).files) == ("One word more", ())


def test_page_that_has_to_wait_asks_for_no_file_that_lies_there_already(two, monkeypatch):
    _number, phone, _laptop = two
    Question.objects.filter(kind="file").update(required=True)
    monkeypatch.setattr(form_page, "tries", guard.Buckets(burst=0, per_minute=0))
    phone.send(**WHOLE)
    assert phone.response.status_code == 429
    assert "This field is required." not in phone.text
    monkeypatch.setattr(form_page, "tries", guard.Buckets(burst=9, per_minute=9))
    phone.send(**WHOLE)
    assert "Your contribution is with us" in phone.text


def test_page_that_has_to_wait_and_lost_its_token_is_told_no_more_than_that(sender, client, monkeypatch):
    monkeypatch.setattr(form_page, "tries", guard.Buckets(burst=0, per_minute=0))
    answer = client.post(sender.path, {"q1": "Three laws"})
    assert (answer.status_code, "Three laws" in answer.content.decode()) == (429, True)
