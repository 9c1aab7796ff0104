"""One send makes one case, sealed in two halves, with clear columns that say as little as they can."""

import datetime
import re
import secrets

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from communications.cases.models import Case, CaseFile
from communications.cases.services import ALPHABET
from communications.intake import send as sending
from iesogi.audit.models import Entry
from iesogi.deadlines.models import Deadline
from iesogi.outbox.models import Mail
from iesogi.vault import guard, receipts, tokens
from iesogi.vault import sending as vault_sending
from iesogi.vault.models import ChannelEpoch, Compartment, KeyBox, Receipt
from tests.communications.intake.conftest import ACCOUNT, Sender, case, opened

pytestmark = pytest.mark.django_db
YES = {f"people-0-{use}": "yes" for use in ("letter", "to_government", "in_public_report", "in_press")}


def test_nothing_but_the_account_is_needed(story, amal):
    story.send()
    assert story.title == "Your report has arrived"
    assert receipts.read_number(story.number) == story.number
    report = opened(amal, case().content_id)["report"][0]
    assert report["facts"]["account"] == ACCOUNT
    assert report["victims"] == report["perpetrators"] == []
    assert report["gaps"] == ["C1", "C2", "C3", "C4", "C5"]


def test_nothing_is_sent_without_an_account(sender):
    sender.press("start").send()
    assert "Write what happened first" in sender.problems
    assert not Case.objects.exists()


@pytest.mark.demand("WP-27-1")
def test_whole_report_lies_in_its_two_halves(story, amal, custodian, reference_data):
    story.fill("state", country="KAZ", actor="A company")
    story.fill("facts", timing="imminent", begun="14 May 2021", place="Market", why_urgent="Threats", how_known="saw")
    story.fill("victims", **{"people-0-age_band": "18-29", "people-0-factors": ["race", "health"]})
    story.fill("consent", how_asked="By phone", **YES)
    story.fill("perpetrators", **{"perpetrators-0-kind": "state", "perpetrators-0-who": "Four officers"})
    story.fill("done", done_at_home="A complaint").fill("risk", fears="Arrest")
    story.fill(
        "identity", your_name="Zed", email="zed@example.org", may_contact="on", **{"people-0-name": "Ada Person"}
    )
    story.send(wrote_before="on")
    content, identity = opened(amal, case().content_id), opened(custodian, case().identity_id)
    report = content["report"][0]
    assert (report["country"], report["actor"], report["wrote_before"]) == ("KAZ", "A company", True)
    assert report["victims"][0]["factors"] == ["race", "health"]
    assert report["victims"][0]["consent"]["in_press"] == "yes"
    assert report["perpetrators"] == [{"kind": "state", "description": "Four officers"}]
    assert identity["people"][0]["name"] == "Ada Person"
    assert (identity["contact"][0]["name"], identity["contact"][0]["email"]) == ("Zed", "zed@example.org")
    assert not re.search("Ada|Zed", str(content))
    found = case()
    assert (found.country.iso3, found.urgent, found.may_be_contacted) == ("KAZ", True, True)
    assert found.agrees_to_letter
    assert found.may_be_named_in_press
    assert [getattr(found, f"meets_c{number}") for number in range(1, 6)] == [True] * 5


def test_state_stays_out_of_the_readable_columns_when_asked(story, amal, reference_data):
    story.fill("state", country="KAZ", keep_out="on").send()
    assert case().country is None
    assert opened(amal, case().content_id)["report"][0]["country"] == "KAZ"


@pytest.mark.parametrize("second", ["no", "not_asked", "unable_to_ask", ""])
def test_readable_consent_is_the_strictest_of_all_victims(story, second):
    story.to("victims").press("add", **{"people-0-gender": "man"}).press("review", **{"people-1-gender": "woman"})
    story.fill("consent", **YES, **{"people-1-in_press": second, "people-1-letter": "yes"}).send()
    assert case().agrees_to_letter
    assert not case().may_be_named_in_press


def test_consent_is_not_asked_unless_it_is_said(story, amal):
    story.fill("victims", **{"people-0-gender": "man"}).send()
    report = opened(amal, case().content_id)["report"][0]
    assert set(report["victims"][0]["consent"].values()) == {"not_asked"}
    assert not case().agrees_to_letter


def test_group_agrees_as_a_group(story, amal):
    story.fill("matter", matter="group").fill("victims", number="about 30", description="Women of one house")
    story.fill("consent", letter="yes").send()
    group = opened(amal, case().content_id)["report"][0]["group"]
    assert (group["number"], group["consent"]["letter"], group["consent"]["in_press"]) == (
        "about 30",
        "yes",
        "not_asked",
    )
    assert case().agrees_to_letter
    assert not case().may_be_named_to_state


def test_request_leaves_no_clock_entry_deadline_mail_or_session(story):
    """The vault's own set-up made entries before; sending adds none."""
    before = [model.objects.count() for model in (Entry, Deadline, Mail, KeyBox)]
    story.send()
    assert [model.objects.count() for model in (Entry, Deadline, Mail, KeyBox)] == before
    found = case()
    assert found.week == datetime.date(2021, 6, 21)
    assert found.week.isoweekday() == 1
    assert found.expires_on is found.expiry_deadline is None
    stamped = [
        field.name for field in Case._meta.fields if getattr(field, "auto_now_add", False) or field.name == "id"
    ]
    assert stamped == []


def test_reference_is_random_and_without_characters_that_look_alike(story):
    story.send()
    assert re.fullmatch(rf"IE-21-[{ALPHABET}]{{6}}", case().ref)
    assert not set("0O1IL5S8B2ZUV") & set(ALPHABET)


@pytest.mark.django_db(transaction=True)
def test_reference_that_another_case_has_is_drawn_again(channels, client, clock, monkeypatch):
    senders = [Sender(client, clock).begin().fill("facts", account=ACCOUNT) for _each in range(2)]
    senders[0].send()
    taken = Case.objects.get().ref
    drawn, chance = iter(taken.split("-")[2] + "HJKMNP"), secrets.choice
    monkeypatch.setattr(secrets, "choice", lambda among: next(drawn) if among == ALPHABET else chance(among))
    senders[1].send()
    assert senders[1].title == "Your report has arrived"
    assert set(Case.objects.values_list("ref", flat=True)) == {taken, "IE-21-HJKMNP"}
    assert Receipt.objects.count() == 2


def test_send_is_few_queries(story, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        story.send()


def test_files_become_rows_beside_the_case(story, amal):
    from django.core.files.uploadedfile import SimpleUploadedFile

    story.send(
        files={"files": [SimpleUploadedFile("ada.mp3", b"ID3sound"), SimpleUploadedFile("b.txt", b"words")]},
        description="Sound of the arrest",
    )
    assert story.title == "Your report has arrived"
    assert "ada.mp3" in story.text
    assert "cannot be cleaned" in story.text
    assert CaseFile.objects.filter(case=case(), about__isnull=False, original__isnull=False).count() == 2
    about = opened(amal, case().content_id)["file-about"]
    assert {each["description"] for each in about} == {"Sound of the arrest"}


# --- Once only ---


def test_same_page_sent_twice_makes_one_case_and_shows_the_number_again(story):
    story.press("review")
    page = story.page
    number = story.send().number
    story.page = page
    story.send()
    assert story.number == number
    assert "arrived already" in story.text
    assert Case.objects.count() == Receipt.objects.count() == 1


def test_number_is_not_shown_once_it_was_written_down(story):
    story.press("review")
    page = story.page
    number = story.send().number
    story.press("confirm", last=number[-4:])
    assert story.title == "Your report is with us"
    story.page = page
    story.send()
    assert story.number == ""
    assert number not in story.text.replace(" ", "")
    assert Case.objects.count() == 1


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_last_group_is_understood_in_any_digits(story, digits):
    number = story.send().number
    story.press("confirm", last="".join(digits[int(each)] for each in number[-4:]))
    assert story.title == "Your report is with us"


def test_wrong_last_group_shows_the_number_once_more(story):
    number = story.send().number
    story.press("confirm", last="12345")
    assert "not the last four digits" in story.problems
    assert story.number == number


def test_number_that_was_never_sent_confirms_nothing(story):
    token = tokens.new_token(now=datetime.datetime(2021, 6, 21, 8, tzinfo=datetime.UTC))
    story.send().press("confirm", token=token, last="1234")
    assert story.number == ""
    assert story.title == "This page was open for too long"


# --- Whatever goes wrong, what was typed is kept ---


def kept(story):
    assert not Case.objects.exists()
    assert not Compartment.objects.filter(is_canary=False).exists()
    assert story.step == "review"
    assert "four officers" in story.text


def test_page_open_for_too_long_is_sent_with_the_next_press(story):
    story.press("review")
    story.clock.shift(tokens.TOKEN_LASTS)
    story.send()
    assert "more than 12 hours" in story.problems
    kept(story)
    story.send()
    assert Case.objects.count() == 1


def test_faster_than_a_person_is_asked_again(client, clock, channels):
    story = Sender(client, clock).begin()
    story.clock.shift(datetime.timedelta(minutes=-1))
    story.press("review", step="facts", account=ACCOUNT)
    story.clock.shift(datetime.timedelta(minutes=-2))
    story.send()
    assert "faster than a person" in story.problems
    kept(story)


def test_trap_asks_again_and_is_empty_then(story):
    story.send(website="https://example.org")
    assert "stays empty" in story.problems
    kept(story)
    assert not story.fields().get("website")
    assert story.send().number


def test_too_many_at_once_are_asked_to_wait(story, monkeypatch):
    monkeypatch.setattr(guard, "_slots", guard.Slots(0, patience=0))
    story.send()
    assert (story.response.status_code, story.response["Retry-After"]) == (503, "30")
    kept(story)


def test_flood_from_one_network_is_asked_to_wait(story, monkeypatch):
    monkeypatch.setattr(sending, "_buckets", guard.Buckets(burst=0, per_minute=0))
    story.send()
    assert story.response.status_code == 503
    assert "your network" in story.problems
    kept(story)


def test_flood_of_confirmations_is_asked_to_wait_and_shows_no_number(story, monkeypatch):
    number = story.send().number
    monkeypatch.setattr(vault_sending, "confirmations", guard.Buckets(burst=0, per_minute=0))
    story.press("confirm", last="0000")
    assert story.response.status_code == 503
    assert "could not be checked at the moment" in story.problems
    assert number not in story.text.replace(" ", "")


def test_vault_that_was_closed_meanwhile_takes_nothing(story):
    ChannelEpoch.objects.update(state="retired")
    story.send()
    assert story.response.status_code == 503
    assert "not open" in story.problems
    kept(story)


def test_database_that_is_away_loses_nothing(story):
    def away(*args):
        raise DatabaseError("secret detail")

    story.press("review")
    with connection.execute_wrapper(away):
        story.send()
    assert story.response.status_code == 503
    assert "nothing was sent" in story.problems
    assert "secret detail" not in story.response.content.decode()
    kept(story)


def test_file_that_is_too_large_is_named_and_the_text_kept(story, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.UPLOAD_FILE_BYTES = 10
    story.send(files={"files": SimpleUploadedFile("film.mp4", b"x" * 11)})
    assert "film.mp4" in story.problems
    assert "choose your files again" in story.text
    kept(story)


# --- The door ---


def test_form_without_channels_is_not_open(client, db, settings):
    settings.INTAKE_SECRET = "11" * 32
    response = client.get("/submit/")
    assert response.status_code == 503
    assert "not open at the moment" in response.content.decode()
    assert 'name="draft"' not in response.content.decode()


def test_form_needs_no_token_against_forgery(story):
    """No right rides on a cookie, so a browser that keeps none can report."""
    story.client = Client(enforce_csrf_checks=True)
    assert story.send().number
