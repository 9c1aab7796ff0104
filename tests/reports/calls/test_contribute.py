"""Somebody contributes without an account: sealed as a whole, in clear only as far as they agree."""

from datetime import timedelta

import pytest

from iesogi.audit.models import Entry
from iesogi.outbox.models import Mail
from iesogi.vault.enums import Kind
from reports.calls import closing, services
from reports.calls.models import LateLink
from reports.contributions.models import Answer, Contribution
from tests.reports.calls.conftest import ANSWER, CLOSES, PUBLIC, opened
from tests.vault.conftest import AT
from tests.vault.uploading import BOUNDARY, body, part

SECOND = timedelta(seconds=1)


def test_public_contribution_stands_in_clear_and_sealed(sender, amal, kenya):
    sender.send(q1=ANSWER, q2="2", country="KEN", cosigners="Lake Forum\n\nHill Forum", **PUBLIC)
    row = Contribution.objects.get()
    assert (row.name, row.cosigners, row.email) == ("Equality Network", "Lake Forum\nHill Forum", "net@example.org")
    assert (row.category, row.country, row.timing, row.received_at is None) == ("cso", kenya, "in_time", False)
    assert list(row.answers.values_list("question__order", "text")) == [(1, ANSWER), (2, "No")]
    assert opened(amal, row)[Kind.REPORT][0]["answers"] == {"1": ANSWER, "2": "No"}
    assert sender.response["Cache-Control"] == "no-store"


def test_confidential_is_the_default_and_leaves_nothing_in_clear(sender, amal):
    entries = Entry.objects.count()
    sender.send(q1=ANSWER, category="individual", name="Zed Canary", email="zed@example.org")
    row = Contribution.objects.get()
    assert (row.publication, row.name, row.email, row.received_at) == ("confidential", "", "", None)
    assert row.week.isoweekday() == 1
    assert (Answer.objects.count(), Mail.objects.count(), Entry.objects.count()) == (0, 0, entries)
    found = opened(amal, row)
    assert (found[Kind.REPORT][0]["name"], found[Kind.REPORT][0]["answers"]) == ("Zed Canary", {"1": ANSWER})
    assert found[Kind.CONTACT] == [{"email": "zed@example.org"}]


def test_without_name_keeps_the_name_sealed_and_the_answers_readable(sender, amal):
    sender.send(q1=ANSWER, **PUBLIC | {"publication": "public_without_name"})
    row = Contribution.objects.get()
    assert (row.name, row.answers.get().text) == ("", ANSWER)
    assert opened(amal, row)[Kind.REPORT][0]["name"] == "Equality Network"


def test_acknowledgement_leaves_at_once_and_says_nothing_of_the_content(public):
    mail = Mail.objects.get()
    assert (mail.state, mail.to) == ("waiting", "net@example.org")
    assert "Laws and their change" in mail.text
    assert ANSWER not in mail.text


def test_number_opens_the_page_once_and_is_shown_until_it_was_typed(sender, client, call):
    sender.send(q1=ANSWER, category="cso")
    number = sender.number
    token = sender.page.xpath("//input[@name='token']/@value")[0]
    wrong = client.post(
        f"/calls/{call.code}/received/", {"token": token, "last": "0000" if number[-4:] != "0000" else "1"}
    )
    assert "not the last four digits" in wrong.content.decode()
    right = client.post(f"/calls/{call.code}/received/", {"token": token, "last": number[-4:]})
    assert "will not be shown any more" in right.content.decode()
    assert client.post("/calls/return/", {"number": number}).status_code == 303


def test_same_form_twice_is_one_contribution(sender):
    sender.send(q1=ANSWER, category="cso")
    first, sender.page = sender.number, sender.page
    assert first
    sender.open()
    before = sender.page
    sender.send(q1=ANSWER, category="cso")
    number = sender.number
    sender.page = before
    sender.send(q1="Something else.", category="cso")
    assert sender.number == number
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("field", ["q1", "category", "email", "token", "a\x00b"], ids=str.isalnum)
def test_nul_byte_costs_nothing_of_what_was_typed(sender, field):
    sender.send(**({"q1": ANSWER, "category": "cso"} | {field: "A\x00B"}))
    assert sender.response.status_code < 500
    assert sender.number or "A" in sender.response.content.decode()
    assert field == "q1" or sender.number or ANSWER in sender.response.content.decode()


# --- Closing --------------------------------------------------------------------------------------


def opened_at(sender, clock, instant):
    clock.move_to(instant, tick=False)
    return sender.open()


def test_begun_after_closing_is_refused_by_one_second(sender, clock):
    opened_at(sender, clock, CLOSES)
    page = sender.page
    opened_at(sender, clock, CLOSES + SECOND)
    assert not sender.page.xpath("//form[@class='intake']")
    assert "Late code" in sender.text
    sender.page = page
    sender.send(q1=ANSWER, category="cso")
    assert Contribution.objects.get().timing == "grace"


@pytest.mark.parametrize(("after", "kept"), [(timedelta(minutes=30), True), (timedelta(minutes=30, seconds=1), False)])
def test_begun_in_time_may_be_sent_within_the_grace_and_is_told_after(sender, clock, after, kept):
    opened_at(sender, clock, CLOSES - timedelta(minutes=5))
    sender.send(after=timedelta(minutes=5) + after, q1=ANSWER, category="cso")
    assert Contribution.objects.exists() == kept
    if not kept:
        assert sender.response.status_code == 409
        assert "You began in time" in sender.problems
        assert ANSWER in sender.response.content.decode()


def test_without_grace_one_second_after_closing_is_too_late(sender, clock, settings):
    settings.CALL_GRACE_MINUTES = 0
    opened_at(sender, clock, CLOSES - timedelta(minutes=1))
    sender.send(after=timedelta(minutes=1, seconds=1), q1=ANSWER, category="cso")
    assert not Contribution.objects.exists()
    assert "28 June 2021, 10:30 (Zurich time, UTC+2)" in sender.problems


def test_category_has_its_own_closing_time(sender, clock, call):
    call.deadlines.create(category="member_state", closes_at=CLOSES + timedelta(days=3))
    opened_at(sender, clock, CLOSES + timedelta(days=1))
    sender.send(q1=ANSWER, category="cso")
    assert "The call closed" in sender.problems
    sender.send(q1=ANSWER, category="member_state")
    assert Contribution.objects.get().timing == "in_time"


# --- Late codes -----------------------------------------------------------------------------------


@pytest.fixture
def late(call, officer, clock):
    return services.give_late_link(
        call, expires_at=CLOSES + timedelta(days=9), uses=1, note="Asked on time", by=officer
    )


def test_late_code_lets_in_as_often_as_it_says(sender, clock, late):
    sender.path += f"?late={late.code.lower()}"
    opened_at(sender, clock, CLOSES + timedelta(days=2))
    page = sender.page
    sender.send(q1=ANSWER, category="cso")
    row = Contribution.objects.get()
    assert (row.timing, row.late_link) == ("late", late)
    sender.page = page
    opened_at(sender, clock, CLOSES + timedelta(days=2))
    assert "mistyped, used up or no longer good" in sender.problems


@pytest.mark.parametrize("code", ["WRONGCODE3", "x" * 40, "١٢٣", "\u202eABC"])
def test_wrong_late_code_keeps_the_text_and_says_so(sender, clock, late, code):
    sender.send(q1=ANSWER, category="cso", late=code)
    assert sender.response.status_code == 409
    assert "mistyped, used up or no longer good" in sender.problems
    assert ANSWER in sender.response.content.decode()
    assert LateLink.objects.get().used == 0


def test_code_that_is_used_up_meanwhile_keeps_nothing(sender, clock, late):
    sender.path += f"?late={late.code}"
    opened_at(sender, clock, CLOSES + timedelta(days=2))
    assert LateLink.objects.take(late.pk, now=CLOSES)
    sender.send(q1=ANSWER, category="cso")
    assert not Contribution.objects.exists()
    assert not LateLink.objects.take(late.pk, now=CLOSES)


# --- What is typed --------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "status"), [(10, 200), (11, 422)])
def test_word_limit_counts_to_the_word(sender, words, status):
    sender.send(q1="كلمة " * words, category="cso", language="ar")
    assert sender.response.status_code == status
    assert Contribution.objects.exists() == (status == 200)
    if status == 422:
        assert "11 words and 10 fit: 1 word too many" in sender.problems


def test_all_answers_together_have_a_limit(sender, call):
    call.questions.update(word_limit=None)
    sender.open().send(q1="word " * 41, category="cso")
    assert "41 words and 40 fit" in sender.problems


def test_name_with_an_override_is_kept_without_it(sender):
    sender.send(q1="a \u202e b", **PUBLIC | {"name": "\u202eEquality\u2066\nNetwork"})
    row = Contribution.objects.get()
    assert row.name == "Equality Network"
    assert row.answers.get().text == "a \u202e b"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"category": "cso"}, "nothing to send yet"),
        ({"q1": ANSWER}, "You write as"),
        ({"q1": ANSWER, "category": "cso", "publication": "public"}, "say the name"),
        ({"q1": ANSWER, "category": "cso", "q2": "7"}, "Is it enough?"),
        ({"q1": ANSWER, "category": "cso", "website": "x"}, "A field that stays empty"),
        ({"q1": "Three\x00laws", "category": "cso"}, "Null characters"),
        ({"q1": ANSWER, "category": "cso", "token": "x"}, "Part of this page was lost"),
    ],
)
def test_what_does_not_fit_is_told_and_kept(sender, typed, sentence):
    sender.send(**typed)
    assert sentence in sender.problems
    assert not Contribution.objects.exists()
    assert typed.get("q1", "").replace("\x00", "") in sender.response.content.decode().replace("\x00", "")


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"MZ\x90\x00" + bytes(64), "law.pdf", "no Word, OpenDocument, PDF or plain text file inside"),
        (b"PK\x03\x04 not a zip", "law.docx", "no Word, OpenDocument, PDF or plain text file inside"),
        (PDF, "law.docx", "another kind of file inside"),
        (b"<svg onload='x'></svg>", "law.txt", "no Word, OpenDocument, PDF or plain text file inside"),
        (b"", "law.pdf", "is empty"),
    ],
    ids=["program", "no-zip", "pdf-as-word", "svg", "empty"],
)
def test_disguised_file_is_told_by_name(sender, clock, data, name, sentence):
    clock.shift(timedelta(minutes=1))
    fields = dict(sender.page.xpath("//form[@class='intake']")[0].form_values()) | {"q1": ANSWER, "category": "cso"}
    parts = [part(key, str(value or "").encode()) for key, value in fields.items() if key != "q3"]
    sent = body(*parts, part("q3", data, name))
    response = sender.client.post(sender.path, sent, content_type=f"multipart/form-data; boundary={BOUNDARY}")
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Contribution.objects.exists()


def test_standing_follows_the_clock(call):
    assert closing.standing(call, now=CLOSES) == "open"
    assert closing.standing(call, now=CLOSES + SECOND) == "closed"
    call.opens_at = AT + SECOND
    assert closing.standing(call, now=AT) == "upcoming"


def test_call_whose_questions_were_taken_away_says_that_there_is_nothing_to_send(sender, call):
    """Staff may still take them out before anybody has answered."""
    call.questions.all().delete()
    sender.open().send(category="cso")
    assert sender.response.status_code == 422
    assert "There is nothing to send yet" in sender.problems
    assert sender.client.get(f"/calls/{call.code}/").status_code == 200
    assert sender.client.get(f"/calls/{call.code}/form.docx").status_code == 200
