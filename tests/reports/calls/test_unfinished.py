"""Save and finish later: a contribution waits under a number, and nobody but its holder opens it."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from iesogi.audit.models import Entry
from iesogi.outbox.models import Mail
from iesogi.vault import guard, sending
from iesogi.vault.enums import Kind
from iesogi.vault.models import Receipt, SealedRecord, Unfinished, UnfinishedPart
from reports.contributions import retention, thread_views
from reports.contributions.models import Contribution, UnfinishedContribution
from tests.reports.calls.conftest import ANSWER, CLOSES, opened
from tests.reports.calls.unfinished import DAY, HALF, SECOND, document, kept_under, on_another_device, save
from tests.vault.conftest import AT

LONG = "word " * 11  # more than the question takes


def test_saved_half_comes_back_as_it_was_left_on_another_device(sender, clock):
    number = save(sender, **HALF, cosigners="Lake Forum\nHill Forum")
    assert len(number) == 24
    assert "Saved, not sent yet" in sender.text
    back = on_another_device(clock, number, at=AT + 3 * DAY)
    assert HALF.items() <= back.typed.items()
    assert back.typed["cosigners"].split() == ["Lake", "Forum", "Hill", "Forum"]
    assert not Contribution.objects.exists()
    assert not back.problems


def test_comes_back_in_another_language_and_in_other_digits(sender, clock):
    number = save(sender, q1="ثلاثة قوانين", category="cso")
    arabic = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    back = on_another_device(clock, arabic, language="/ar")
    assert back.typed["q1"] == "ثلاثة قوانين"
    assert back.page.get("dir") == "rtl"


@pytest.mark.parametrize(
    ("saved_in", "door_in", "opens_in"), [("/fr", "", "fr"), ("/fr", "/ar", "ar"), ("", "/es", "es"), ("", "", "en")]
)
def test_opens_in_the_language_chosen_at_the_door_or_else_as_it_was_saved(sender, clock, saved_in, door_in, opens_in):
    sender.path = saved_in + sender.path
    number = save(sender.open(), **HALF)
    back = on_another_device(clock, number, language=door_in)
    assert (back.page.get("lang"), back.response["Content-Language"]) == (opens_in, opens_in)
    assert HALF.items() <= back.typed.items()
    save(back, q1="Three laws were")
    assert back.page.get("lang") == opens_in
    assert on_another_device(clock, number).page.get("lang") == opens_in


def test_each_language_is_one_button_away_and_costs_no_word_that_was_not_saved_yet(sender, clock):
    sender.path = "/fr" + sender.path
    number = save(sender.open(), **HALF, q3=[document()])
    back = on_another_device(clock, number)
    assert not back.page.xpath("//nav[@class='languages']"), "These links would lose what was typed."
    [english] = back.page.xpath("//button[@name='show'][@lang='en']/@formaction")
    answer = back.client.post(english, back.typed | {"show": "1", "q1": "Not saved yet", "take_out": "x"})
    back.take(answer)
    assert (back.page.get("lang"), back.typed["q1"], back.typed["language"]) == ("en", "Not saved yet", "fr")
    assert (back.files, back.may_delete, back.problems) == (["Take out: law.txt (14 bytes)3. Documents"], True, "")
    assert kept_under(number).content["typed"]["q1"] == HALF["q1"]
    back.send(q1=ANSWER, email="", name="Equality Network")
    assert Contribution.objects.get().files.count() == 1


def test_saving_asks_for_nothing_to_be_right(sender, clock):
    number = save(sender, q1=LONG, publication="public", email="x", q2="7")
    assert kept_under(number).content["typed"]["q1"] == LONG
    back = on_another_device(clock, number)
    back.send(category="cso")
    assert "1 word too many" in back.problems
    assert not Contribution.objects.exists()


def test_number_is_shown_once_and_no_more_after_it_was_typed(sender, client, call):
    page = sender.page
    number = save(sender, q1="Three")
    token = sender.page.xpath("//input[@name='token']/@value")[0]
    wrong = client.post(f"/calls/{call.code}/saved/", {"token": token, "last": "x"})
    assert "not the last four digits" in wrong.content.decode()
    right = client.post(f"/calls/{call.code}/saved/", {"token": token, "last": number[-4:]})
    assert "will not be shown any more" in right.content.decode()
    sender.page = page
    assert save(sender, q1="Three laws") == ""
    sender.page = page
    sender.send(q1=ANSWER, category="cso")
    assert (sender.number, Contribution.objects.count()) == ("", 1)


def test_saving_again_keeps_the_number_and_the_last_words(sender, clock):
    number = save(sender, q1="Three laws")
    for words in ("Three laws were", "Three laws were changed"):
        back = on_another_device(clock, number)
        assert save(back, q1=words) == ""
        assert "under the number that you have" in back.text
    assert kept_under(number).content["typed"]["q1"] == "Three laws were changed"
    assert (Unfinished.objects.count(), UnfinishedPart.objects.count()) == (1, 1)


def test_sent_under_the_same_number_and_nothing_is_left_of_the_draft(sender, clock, client, amal):
    number = save(sender, **HALF, q3=[document()])
    back = on_another_device(clock, number, at=AT + DAY)
    assert back.files == ["Take out: law.txt (14 bytes)3. Documents"]
    back.send(q1=ANSWER, email="", name="Equality Network")
    row = Contribution.objects.get()
    assert (row.timing, row.name, row.files.count()) == ("in_time", "Equality Network", 1)
    report = opened(amal, row)
    assert report[Kind.REPORT][0]["answers"] == {"1": ANSWER, "2": "No"}
    assert (report[Kind.FILE_ABOUT][0]["name"], report[Kind.FILE_ABOUT][0]["description"]) == (
        "law.txt",
        "3. Documents",
    )
    assert not Unfinished.objects.exists()
    assert not UnfinishedContribution.objects.exists()
    assert back.number == ""
    assert "sent under the number that you have" in back.text
    assert client.post("/calls/return/", {"number": number}).status_code == 303


def test_sent_twice_from_two_devices_is_one_contribution(sender, clock):
    number = save(sender, **HALF, q3=[document()])
    one, two = on_another_device(clock, number), on_another_device(clock, number)
    for each in (one, two):
        each.send(q1=ANSWER, email="", name="Equality Network")
        assert "Your contribution is with us" in each.text
    assert (Contribution.objects.count(), Receipt.objects.count()) == (1, 1)
    assert not Unfinished.objects.exists()


def test_saving_what_was_sent_meanwhile_says_so_and_keeps_nothing(sender, clock):
    number = save(sender, **HALF)
    one, two = on_another_device(clock, number), on_another_device(clock, number)
    one.send(q1=ANSWER, email="", name="Equality Network")
    save(two, q1="Something else")
    assert "had arrived already" in two.text
    assert not Unfinished.objects.exists()


def test_back_button_after_saving_sends_the_same_one(sender):
    page = sender.page
    number = save(sender, q1="Three laws", q3=[document()])
    sender.page = page
    sender.send(q1=ANSWER, category="cso")
    assert sender.number == number
    assert Contribution.objects.get().files.count() == 1
    assert not Unfinished.objects.exists()


# --- Files ----------------------------------------------------------------------------------------


def test_files_are_taken_out_replaced_and_joined_by_others(sender, clock):
    number = save(sender, q1="x", q3=[document(name="a.txt"), document(name="b.txt")])
    before = {each.name: each for each in kept_under(number).files}
    back = on_another_device(clock, number)
    save(back, take_out=str(before["a.txt"].uuid), q3=[document("Another law.", "b.txt"), document(name="c.txt")])
    after = {each.name: each for each in kept_under(number).files}
    assert sorted(after) == ["b.txt", "c.txt"]
    assert b"".join(after["b.txt"].as_upload().chunks()) == b"Another law."
    assert UnfinishedPart.objects.exclude(blob="").count() == 2


def test_file_that_cannot_be_kept_is_told_and_costs_nothing_else(sender, settings):
    settings.UPLOAD_FILES = 3
    files = [document(name=f"{letter}.txt") for letter in "acd"]
    files.insert(1, document("MZ\x90\x00 program", "b.exe"))
    number = save(sender, q1="Three laws", q3=files)
    assert "“b.exe”" in sender.problems
    assert "“d.txt” is one file too many" in sender.problems
    kept = kept_under(number)
    assert [each.name for each in kept.files] == ["a.txt", "c.txt"]
    assert kept.content["typed"]["q1"] == "Three laws"


def test_limits_count_what_is_kept_together_with_what_comes(sender, clock, settings):
    number = save(sender, **HALF, q3=[document("x" * 600)])
    settings.UPLOAD_TOTAL_BYTES = 1000
    back = on_another_device(clock, number)
    back.send(q1=ANSWER, email="", name="N.", q3=[document("y" * 600, "more.txt")])
    assert "are larger than" in back.problems
    assert back.files, "What is kept stays on the page that complains."
    assert not Contribution.objects.exists()


def test_question_that_must_have_a_file_is_content_with_the_kept_one(sender, clock, call):
    call.questions.filter(order=3).update(required=True)
    number = save(sender, q3=[document()])
    back = on_another_device(clock, number)
    back.send(category="cso", publication="confidential", take_out=str(kept_under(number).files[0].uuid))
    assert "This field is required." in back.problems
    back = on_another_device(clock, number)
    back.send(category="cso", publication="confidential")
    assert Contribution.objects.get().files.count() == 1


def test_damaged_file_is_told_and_nothing_is_sent_without_it(sender, clock):
    number = save(sender, **HALF, q3=[document()])
    default_storage.delete(kept_under(number).files[0].blob)
    back = on_another_device(clock, number)
    back.send(q1=ANSWER, email="", name="N.")
    assert "does not open any more" in back.problems
    assert ANSWER in back.response.content.decode()
    assert not Contribution.objects.exists()


# --- Who may open it, and until when --------------------------------------------------------------


def test_staff_see_a_bare_count_and_nothing_of_the_text(sender, call, as_user, officer, amal):
    entries = Entry.objects.count()
    save(sender, **HALF, name="Zed Canary", q3=[document()])
    assert (Entry.objects.count(), Mail.objects.count(), SealedRecord.objects.count()) == (entries, 0, 3)
    page = as_user(officer).get(f"/admin/reports/call/{call.pk}/change/").content.decode()
    count = page.split("field-unfinished_count")[1][:400]
    assert 'class="readonly">1<' in count
    assert "Zed Canary" not in page
    assert as_user(officer).get("/admin/reports/contribution/").content.decode().count("IN-21") == 0


def test_deleted_on_request_and_the_number_opens_nothing(sender, clock, client, django_capture_on_commit_callbacks):
    number = save(sender, **HALF, q3=[document()])
    [file] = kept_under(number).files
    assert default_storage.exists(file.blob)
    back = on_another_device(clock, number)
    assert back.press("delete/").typed, "Without the tick nothing is deleted."
    page = back.page
    with django_capture_on_commit_callbacks(execute=True):
        back.press("delete/", sure="1")
    assert not default_storage.exists(file.blob)
    assert "Your draft is deleted" in back.text
    assert not Unfinished.objects.exists()
    assert not UnfinishedContribution.objects.exists()
    answer = client.post("/calls/return/", {"number": number})
    assert (answer.status_code, "opens nothing" in answer.content.decode()) == (422, True)
    back.page = page
    assert "nothing unfinished here any more" in back.press("text/").text


@pytest.mark.parametrize(("days", "hour", "left"), [(30, 1, 1), (31, 1, 0), (31, 2, 1)])
def test_erased_in_the_night_after_the_last_day_that_was_told(sender, settings, days, hour, left):
    settings.UNFINISHED_KEPT_DAYS = 30
    save(sender, **HALF)
    assert "with the number until 28 July 2021" in sender.text
    night = CLOSES.replace(hour=hour, minute=30) + days * DAY
    found = retention.tick(now=night, enqueue=False)
    assert (found["unfinished_erased"], Unfinished.objects.count()) == (1 - left, left)
    assert Entry.objects.filter(verb="call.unfinished_erased").count() == 1 - left


def test_last_closing_of_any_category_counts_for_erasing(sender, call):
    call.deadlines.create(category="member_state", closes_at=CLOSES + 9 * DAY)
    save(sender, **HALF)
    night = CLOSES.replace(hour=1) + 36 * DAY
    assert retention.tick(now=night, enqueue=False)["unfinished_erased"] == 0
    assert retention.tick(now=night + 5 * DAY, enqueue=False)["unfinished_erased"] == 1


def test_page_that_was_open_too_long_asks_for_the_number_and_keeps_it(sender, clock):
    number = save(sender, **HALF)
    back = on_another_device(clock, number)
    save(back, after=timedelta(hours=13), q1="Three laws were")
    assert "Type your number" in back.problems
    assert back.typed["q1"] == "Three laws were"
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    save(back, number=wrong)
    assert "mistyped" in back.problems
    save(back, number=number)
    assert "under the number that you have" in back.text
    assert kept_under(number).content["typed"]["q1"] == "Three laws were"
    assert Unfinished.objects.count() == 1


def test_token_of_the_first_page_opens_no_text(sender, client):
    token = sender.page.xpath("//input[@name='token']/@value")[0]
    save(sender, **HALF)
    for address in ("", "text/", "delete/"):
        answer = client.post(f"/calls/return/unfinished/{address}", {"token": token, "sure": "1"})
        assert (answer.status_code, "Three laws" in answer.content.decode()) == (422, False)
        assert client.get(f"/calls/return/unfinished/{address}").status_code == 303
    assert Unfinished.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "nothing to keep yet"),
        ({"q1": "x", "website": "x"}, "A field that stays empty"),
        ({"q1": "x", "token": "x"}, "Part of this page was lost"),
        ({"q1": "x", "after": SECOND}, "faster than a person"),
    ],
    ids=["empty", "trap", "forged", "fast"],
)
def test_what_cannot_be_saved_is_told_and_stays_on_the_page(sender, typed, sentence):
    save(sender, **typed)
    assert sentence in sender.problems
    assert not Unfinished.objects.exists()
    assert typed.get("q1", "") in sender.response.content.decode()


def test_questions_are_frozen_once_somebody_has_saved(sender, call, as_user, officer):
    page = f"/admin/reports/call/{call.pk}/change/"
    assert 'name="questions-0-text_en"' in as_user(officer).get(page).content.decode()
    save(sender, **HALF)
    assert 'name="questions-0-text_en"' not in as_user(officer).get(page).content.decode()


def test_public_page_tells_what_becomes_of_it(client, clock, call):
    page = client.get(f"/calls/{call.code}/").content.decode()
    assert "save what you wrote and finish it another day" in page
    assert "erased after" in page


def test_many_wrong_numbers_from_one_network_have_to_wait(sender, clock, monkeypatch):
    number = save(sender, **HALF)
    monkeypatch.setattr(thread_views.pages, "tries", guard.Buckets(burst=1, per_minute=1))
    assert on_another_device(clock, number).typed
    assert on_another_device(clock, number).response.status_code == 429


@pytest.mark.parametrize("page", ["/calls/laws-2021/saved/", "/calls/laws-2021/received/"])
def test_no_network_makes_the_portal_derive_keys_by_confirming_at_any_rate(sender, clock, monkeypatch, page):
    number = save(sender, **HALF)
    typed = {"token": sender.page.xpath("//input[@name='token']/@value")[0], "last": "0000"}
    monkeypatch.setattr(sending, "confirmations", guard.Buckets(burst=1, per_minute=1))
    assert sender.client.post(page, typed).status_code in {200, 422}
    monkeypatch.setattr(guard, "_slots", None)  # whoever derives a key now fails
    late = sender.client.post(page, typed)
    assert late.status_code == 503
    assert "could not be checked at the moment" in late.content.decode()
    assert number not in late.content.decode()


def test_nor_by_the_buttons_of_a_page_that_a_number_opened(sender, clock, monkeypatch):
    number = save(sender, **HALF)
    back = on_another_device(clock, number)
    monkeypatch.setattr(sending, "confirmations", guard.Buckets(burst=1, per_minute=1))
    token = back.page.xpath("//input[@name='token']/@value")[0]
    assert back.press("text/").response.status_code == 200
    for address in ("", "text/", "delete/"):
        refused = back.client.post(f"/calls/return/unfinished/{address}", {"token": token, "sure": "1"})
        assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert kept_under(number)
