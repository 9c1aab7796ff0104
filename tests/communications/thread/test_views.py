"""Coming back by number: in any digits, with the same words for every miss, and never an id in an address."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from communications.cases.consent import COLUMNS
from communications.cases.enums import CaseState
from communications.thread import views
from iesogi.audit.models import Entry
from iesogi.vault import guard, receipts
from iesogi.vault.cookies import Cookie
from iesogi.vault.enums import Kind
from iesogi.vault.guard import Buckets, Slots
from iesogi.vault.models import KeyBox, Receipt, SealedRecord
from tests.site.markup import page_of
from tests.vault.uploading import upload

ONCE = "0" * 32


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def add(client, text="More.", once=ONCE, **fields):
    return client.post("/return/thread/add/", {"add-once": once, "add-text": text, **fields})


@pytest.mark.parametrize(
    "typed",
    [
        lambda number: number,
        lambda number: f" {receipts.grouped(number)} ",
        lambda number: receipts.grouped(number).replace(" ", "-"),
        lambda number: number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda number: number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        lambda number: "\u200f" + receipts.grouped(number).replace(" ", "\u00a0"),
    ],
)
def test_number_opens_in_any_digits(client, sent, typed):
    response = client.post("/return/", {"number": typed(sent.number)})
    assert response.status_code == 303
    assert response["Location"] == "/return/thread/"
    assert "has arrived and waits" in text_of(client.get("/return/thread/"))


def test_slip_of_the_finger_is_told_apart_and_costs_no_work(client, sent, monkeypatch):
    monkeypatch.setattr(guard, "_slots", Slots(0, patience=0))  # no place to derive a key in
    wrong = sent.number[:-1] + str((int(sent.number[-1]) + 1) % 10)
    response = client.post("/return/", {"number": wrong})
    assert response.status_code == 422
    assert "mistyped" in text_of(response)
    assert wrong in response.content.decode()


def test_unknown_damaged_and_erased_numbers_read_the_same(client, sent):
    def answer(number):
        response = client.post("/return/", {"number": number})
        return response.status_code, text_of(response).replace(number, "")

    unknown = answer(receipts.new_number())
    Receipt.objects.update(box=bytes(200))
    damaged = answer(sent.number)
    Receipt.objects.all().delete()
    assert unknown == damaged == answer(sent.number)
    assert unknown[0] == 422


def test_number_of_an_erased_case_opens_nothing(client, sent):
    sent.case.delete()
    assert client.post("/return/", {"number": sent.number}).status_code == 422
    assert not KeyBox.objects.exists()


def test_wrong_numbers_at_rate_are_slowed_and_then_served_again(client, sent, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(views.pages, "tries", Buckets(burst=3, per_minute=6, clock=lambda: now[0]))
    answers = [client.post("/return/", {"number": receipts.new_number()}) for _each in range(5)]
    assert [each.status_code for each in answers] == [422, 422, 422, 429, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert "Wait a minute" in text_of(answers[-1])
    now[0] = 10.0
    assert client.post("/return/", {"number": sent.number}).status_code == 303


def test_full_house_asks_to_come_back_and_keeps_the_number(client, sent, monkeypatch):
    monkeypatch.setattr(guard, "_slots", Slots(0, patience=0))
    response = client.post("/return/", {"number": sent.number})
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert sent.number in response.content.decode()


def test_cookies_begin_at_the_door_and_are_strict(client, sent):
    assert not client.get("/").cookies
    door = client.get("/return/")
    assert set(door.cookies) == {"csrftoken"}
    assert door.cookies["csrftoken"]["max-age"] == ""
    cookie = client.post("/return/", {"number": sent.number}).cookies[Cookie.REPORTER.full_name]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Strict", "/", "")


def test_cookie_is_bound_to_this_host_outside_the_embedded_run(client, sent, settings):
    settings.VAULT_COOKIE_SECURE = True
    cookies = client.post("/return/", {"number": sent.number}).cookies
    assert cookies["__Host-return"]["secure"]


def test_forged_post_is_refused(sent):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/return/", {"number": sent.number}).status_code == 403


def test_nothing_is_kept_by_the_browser_and_no_address_holds_an_id(inside, sent):
    for path in ("/return/", "/return/thread/"):
        response = inside.get(path)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        page = page_of(response)
        assert [link for link in page.links if re.search(r"[0-9a-f]{6}|\d{4}", link)] == []
        assert sent.case.ref not in response.content.decode()
        assert str(sent.case.pk) not in response.content.decode()


@pytest.mark.parametrize("state", [state for state in CaseState if state not in {CaseState.ERASED, CaseState.MERGED}])
def test_status_is_told_in_plain_words(inside, sent, state):
    minimum = dict.fromkeys(["meets_c1", "meets_c2", "meets_c3", "meets_c4"], True)
    type(sent.case).objects.update(state=state, **minimum)
    assert str(state.public_label) in text_of(inside.get("/return/thread/")).replace("&#x27;", "'")


def test_our_answers_are_shown_and_what_was_sent_stays_closed(inside, sent, reply):
    reply("Please tell us the <b>month</b>.\nThank you.")
    add(inside, "In May, by the two men.")
    html = inside.get("/return/thread/").content.decode()
    assert "<bdi>Please tell us the &lt;b&gt;month&lt;/b&gt;.<br>Thank you.</bdi>" in html
    assert "by the two men" not in html
    assert "They came at night" not in html
    assert "you sent 1 message" in text_of(inside.get("/return/thread/"))


def test_changed_answer_is_left_out_and_said(inside, sent, reply):
    reply("The true answer.")
    forged = reply("Another one.")
    SealedRecord.objects.filter(pk=forged.pk).update(body=bytes(forged.body[:-1]) + b"x")
    text = text_of(inside.get("/return/thread/"))
    assert "The true answer." in text
    assert "Another one." not in text
    assert "1 answer was changed or damaged" in text


def test_answer_moved_from_another_case_is_refused(inside, sent, reply):
    from tests.communications.thread.conftest import report

    other = report(ref="IE-21-AAAA")
    moved = reply("For somebody else.")
    SealedRecord.objects.filter(pk=moved.pk).update(compartment=other.content)
    client = Client()
    client.post("/return/", {"number": other.number})
    assert "1 answer was changed or damaged" in text_of(client.get("/return/thread/"))


def test_message_arrives_sealed_and_is_news(inside, sent, read):
    response = add(inside, "He was seen on Sunday.", **{"add-about": "information"})
    assert "It has arrived and is sealed." in text_of(response)
    assert [each.content for each in read(Kind.MESSAGE_IN)] == [
        {"about": "information", "text": "He was seen on Sunday."}
    ]
    case = sent.fresh()
    assert (case.has_news, case.paused, case.reprisal_reported) == (True, True, False)


def test_same_form_sent_twice_is_one_message(inside, sent, read):
    add(inside)
    assert "had arrived already" in text_of(add(inside))
    assert len(read(Kind.MESSAGE_IN)) == 1
    add(inside, once="1" * 32)
    assert len(read(Kind.MESSAGE_IN)) == 2


def test_empty_message_is_asked_for(inside, read):
    response = add(inside, "  ")
    assert response.status_code == 422
    assert "Nothing to send yet" in text_of(response)
    assert read(Kind.MESSAGE_IN) == []


def test_too_long_a_text_is_kept_and_said(inside):
    response = add(inside, "x" * 30_001)
    assert response.status_code == 422
    assert "30000" in text_of(response)
    assert "x" * 30_001 in response.content.decode()


def test_file_is_taken_with_what_became_of_it(inside, sent, read):
    response = add(
        inside, "", **{"add-files": [upload(bytes(range(9)) * 9, "list.bin")], "add-if_uncleanable": "keep"}
    )
    text = text_of(response)
    assert "list.bin" in text
    assert "Original only" in text
    assert "with all of it 1 file." in text
    file = sent.case.files.get()
    assert (file.state, file.cleaned_id, file.original.compartment_id) == ("original_only", None, sent.identity)
    assert read(Kind.FILE_ABOUT)[0].content["name"] == "list.bin"


def test_file_that_is_too_large_is_named_and_the_text_kept(inside, settings, read):
    settings.UPLOAD_FILE_BYTES = 10
    response = add(inside, "My words.", **{"add-files": [upload(b"x" * 9, "a.bin"), upload(b"x" * 11, "film.mp4")]})
    assert response.status_code == 422
    assert "film.mp4" in text_of(response)
    assert "My words." in response.content.decode()
    assert read(Kind.MESSAGE_IN) == []


def test_reprisal_is_marked_even_without_a_word(inside, sent, read):
    response = inside.post("/return/thread/reprisal/", {"reprisal-once": ONCE, "reprisal-text": ""})
    assert "The team will see" in text_of(response)
    assert sent.fresh().reprisal_reported
    assert read(Kind.MESSAGE_IN)[0].content["about"] == "reprisal"


def test_consent_changes_per_use_and_a_no_acts_at_once(inside, sent, read):
    fields = {"consent-once": ONCE, "consent-whose": "one", "consent-person": "a", "consent-in_press": "no"}
    response = inside.post("/return/thread/consent/", fields)
    assert "Every “no” took effect just now." in text_of(response)
    case = sent.fresh()
    assert (case.may_be_named_in_press, case.may_be_named_publicly, case.consent_withdrawn) == (False, True, False)
    line = read(Kind.CONSENT)[0].content
    assert (line["code"], line["use"], line["answer"], line["recorded_by"]) == ("A", "in_press", "no", "source")


def test_yes_waits_until_staff_have_read_it(inside, sent):
    type(sent.case).objects.update(may_be_named_in_press=False)
    fields = {"consent-once": ONCE, "consent-whose": "everybody", "consent-in_press": "yes"}
    inside.post("/return/thread/consent/", fields)
    case = sent.fresh()
    assert (case.may_be_named_in_press, case.has_news) == (False, True)


@pytest.mark.parametrize(("whose", "letter"), [("everybody", ""), ("one", "B"), ("group", "")])
def test_withdrawal_closes_everything_at_once(inside, sent, read, whose, letter):
    fields = {"withdraw-once": ONCE, "withdraw-whose": whose, "withdraw-person": letter, "withdraw-words": "Stop."}
    assert "Consent is withdrawn." in text_of(inside.post("/return/thread/withdraw/", fields))
    case = sent.fresh()
    assert case.consent_withdrawn
    assert not any(getattr(case, column) for column in COLUMNS.values())
    assert read(Kind.CONSENT)[0].content["use"] == "*"
    assert read(Kind.MESSAGE_IN)[0].content == {"about": "consent", "text": "Stop."}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"consent-whose": "everybody"}, "Nothing is changed yet"),
        ({"consent-whose": "one", "consent-in_press": "no"}, "Type the letter of the person"),
        ({"consent-whose": "one", "consent-person": "Amal", "consent-in_press": "no"}, "Type the letter alone"),
        ({"consent-whose": "nobody", "consent-in_press": "no"}, "Select a valid choice"),
        ({"consent-whose": "everybody", "consent-in_press": "perhaps"}, "Select a valid choice"),
    ],
)
def test_unclear_consent_is_asked_again(inside, read, fields, sentence):
    response = inside.post("/return/thread/consent/", {"consent-once": ONCE, **fields})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert read(Kind.CONSENT) == []


def late(client):
    KeyBox.objects.update(idle_until=timezone.now() - timedelta(seconds=1))
    return client


def test_late_message_comes_back_with_its_text_and_goes_on_with_the_number(inside, sent, read):
    response = add(late(inside), "All of my long text.")
    assert response.status_code == 422
    assert "All of my long text." in response.content.decode()
    assert 'name="add-number"' in response.content.decode()
    assert read(Kind.MESSAGE_IN) == []
    wrong = add(inside, "All of my long text.", **{"add-number": "1234"})
    assert wrong.status_code == 422
    assert "All of my long text." in wrong.content.decode()
    right = add(inside, "All of my long text.", **{"add-number": receipts.grouped(sent.number)})
    assert "It has arrived and is sealed." in text_of(right)
    assert [each.content["text"] for each in read(Kind.MESSAGE_IN)] == ["All of my long text."]
    assert inside.get("/return/thread/").status_code == 200


@pytest.mark.parametrize("name", ["reprisal", "consent", "withdraw"])
def test_every_late_form_asks_for_the_number_alone(inside, name):
    response = late(inside).post(f"/return/thread/{name}/", {f"{name}-text": "kept", f"{name}-words": "kept"})
    assert response.status_code == 422
    assert "kept" in response.content.decode()
    assert f'name="{name}-number"' in response.content.decode()


def test_page_that_ended_leads_to_the_door(inside):
    text = text_of(late(inside).get("/return/thread/"))
    assert "was not used for 20 minutes" in text


def test_stranger_is_led_to_the_door_without_a_word_of_an_end(client, db):
    response = client.get("/return/thread/")
    assert "was not used" not in text_of(response)
    assert 'name="number"' in response.content.decode()


def test_closing_leaves_nothing_that_opens(inside):
    response = inside.post("/return/thread/close/")
    assert "Your page is closed" in text_of(response)
    assert not KeyBox.objects.exists()
    assert response.cookies[Cookie.REPORTER.full_name]["max-age"] == 0


def test_report_erased_meanwhile_ends_the_page_in_a_sentence(inside, sent, monkeypatch):
    sent.case.delete()
    response = add(inside)
    assert response.status_code == 422
    assert inside.get("/return/thread/").status_code == 200


def test_nothing_of_a_visit_is_in_the_audit(inside, sent):
    before = Entry.objects.count()
    add(inside)
    inside.post("/return/thread/withdraw/", {"withdraw-once": "2" * 32, "withdraw-whose": "everybody"})
    assert Entry.objects.count() == before


def test_a_case_that_was_merged_tells_the_one_it_went_into(inside, sent):
    from tests.communications.thread.conftest import report

    target = report(ref="IE-21-BBBB")
    type(sent.case).objects.filter(pk=sent.case.pk).update(state=CaseState.MERGED, merged_into=target.case)
    add(inside)
    assert (sent.fresh().has_news, target.fresh().has_news) == (True, True)


def test_reading_takes_as_many_queries_for_many_answers(inside, reply, django_assert_num_queries):
    for number in range(3):
        reply(f"Answer {number}.")
    with django_assert_num_queries(5):
        inside.get("/return/thread/")


@pytest.mark.parametrize("language", ["", "/fr", "/es", "/ar"])
def test_every_language_has_its_page(client, sent, language):
    response = client.post(f"{language}/return/", {"number": sent.number})
    assert response["Location"] == f"{language}/return/thread/"
    page = page_of(client.get(f"{language}/return/thread/"))
    assert page.headings[0] == "h1"
    assert page.inline == page.foreign == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("name", ["door", "add", "reprisal", "consent", "withdraw", "close"])
def test_every_form_carries_its_token(sent, name):
    """A browser sends what stands in the form, and the check is on."""
    client = Client(enforce_csrf_checks=True)

    def tokens(html):
        found = re.findall(r'action="(\S+)".*?name="csrfmiddlewaretoken" value="(\w+)"', html, re.DOTALL)
        return dict(found)

    token = tokens(client.get("/return/").content.decode())["/return/"]
    opened = client.post("/return/", {"number": sent.number, "csrfmiddlewaretoken": token})
    assert opened.status_code == 303
    if name == "door":
        return
    address = f"/return/thread/{name}/"
    token = tokens(client.get("/return/thread/").content.decode())[address]
    fields = {f"{name}-once": ONCE, f"{name}-text": "x", f"{name}-whose": "everybody", f"{name}-in_press": "no"}
    assert client.post(address, fields | {"csrfmiddlewaretoken": token}).status_code == 200


# --- NUL bytes, which come along when text is copied out of a damaged file ---


def test_number_with_nul_bytes_opens(client, sent):
    response = client.post("/return/", {"number": f"{sent.number[:4]}\x00{sent.number[4:]}\x00"})
    assert (response.status_code, response.url) == (303, "/return/thread/")


@pytest.mark.parametrize("typed", ["\x00", "1234\x005678", "\x00" * 24])
def test_nul_bytes_that_make_no_number_give_the_form_again(client, sent, typed):
    response = client.post("/return/", {"number": typed})
    assert response.status_code == 422
    assert 'name="number"' in response.content.decode()


def test_message_with_a_nul_byte_arrives_whole_but_for_it(client, sent, read):
    client.post("/return/", {"number": sent.number})
    add(client, text="They came\x00 again.")
    assert [each.content["text"] for each in read(Kind.MESSAGE_IN)] == ["They came again."]


def test_field_with_a_nul_byte_in_its_name_is_none_of_ours(client, sent):
    response = client.post("/return/", {"num\x00ber": sent.number})
    assert 'name="number"' in response.content.decode()
    assert not KeyBox.objects.exists()
