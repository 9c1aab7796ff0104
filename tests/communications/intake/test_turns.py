"""The way through the form: everything may be skipped, nothing typed is lost, no page shows what another one took."""

import pytest

from communications.intake.steps import STEPS
from iesogi.vault import drafts
from tests.communications.intake.conftest import ACCOUNT, case, opened

pytestmark = pytest.mark.django_db


def test_guidance_comes_first_and_says_what_it_is_not(sender):
    assert sender.response.status_code == 200
    assert "no emergency service" in sender.text
    assert "English, French or Spanish" in sender.text
    assert "50 MB" in sender.text
    assert "24 digits" in sender.text


def test_every_page_can_be_left_empty(sender):
    sender.press("start")
    seen = []
    while sender.step != "review":
        seen.append(sender.step)
        sender.press("next")
    assert seen == [step.name for step in STEPS if step.name != "law"]


def test_law_is_reported_without_people(sender):
    sender.press("start").press("next", matter="law")
    seen = [sender.step]
    while sender.step != "review":
        seen.append(sender.press("next").step)
    assert "law" in seen
    assert not {"victims", "consent"} & set(seen)


def test_later_page_does_not_show_what_an_earlier_one_took(sender):
    sender.fill("facts", account="Something secret happened in Springfield.")
    sender.to("done")
    assert "Springfield" not in sender.response.content.decode()


def test_back_and_forth_keeps_everything(sender):
    sender.to("facts").press("next", account=ACCOUNT, place="Near the market")
    sender.press("add", **{"people-0-age_band": "child"})
    sender.press("next", **{"people-1-age_band": "60+"})
    sender.press("back")
    assert sender.fields()["people-0-age_band"] == "child"
    assert sender.fields()["people-1-age_band"] == "60+"
    sender.press("back")
    assert sender.fields()["account"].strip() == ACCOUNT.strip()
    assert sender.fields()["place"] == "Near the market"


def test_page_sent_again_from_the_browsers_history_goes_on_from_there(sender):
    sender.to("facts")
    page = sender.page
    sender.press("next", account=ACCOUNT).press("next")
    sender.page = page
    sender.press("next", account=ACCOUNT)
    assert sender.step == "victims"


def test_removing_a_person_removes_all_that_was_said_of_them(sender, amal, custodian):
    sender.fill("facts", account=ACCOUNT).to("victims").press("add", **{"people-0-gender": "man"})
    sender.press("review", **{"people-1-gender": "woman"})
    sender.fill("identity", **{"people-0-name": "First Person", "people-1-name": "Second Person"})
    sender.to("victims").press("drop:0").press("review")
    assert "First Person" not in sender.text
    sender.send()
    assert [each["gender"] for each in opened(amal, case().content_id)["report"][0]["victims"]] == ["woman"]
    assert [each["name"] for each in opened(custodian, case().identity_id)["people"]] == ["Second Person"]


def test_no_more_than_twenty_people_by_hand(sender):
    sender.to("victims")
    for _each in range(25):
        sender.press("add")
    assert "people-19-gender" in sender.fields()
    assert "people-20-gender" not in sender.fields()


def test_page_comes_back_in_another_language_with_what_was_typed(sender):
    sender.to("facts")
    sender.path = "/ar/submit/"
    sender.press("stay", account=ACCOUNT)
    assert sender.page.get("dir") == "rtl"
    assert sender.fields()["account"].strip() == ACCOUNT.strip()
    sender.path = "/submit/"
    sender.press("review")
    assert "four officers" in sender.text


def test_lost_draft_keeps_what_was_typed_on_the_page(sender):
    sender.to("victims").press("add")
    sender.press("next", draft="cut off", **{"people-1-gender": "trans_woman"})
    assert sender.step == "victims"
    assert "Part of this page was lost" in sender.problems
    assert sender.fields()["people-1-gender"] == "trans_woman"


def test_lost_draft_of_a_group_keeps_the_group(sender):
    sender.fill("matter", matter="group").to("victims")
    sender.press("next", draft="", description="Trans women of one district")
    assert sender.fields()["description"].strip() == "Trans women of one district"


def test_page_open_for_days_keeps_what_was_typed_on_it(sender):
    sender.to("facts")
    sender.clock.shift(drafts.DRAFT_LASTS)
    sender.press("next", account=ACCOUNT)
    assert "36 hours" in sender.problems
    assert sender.fields()["account"].strip() == ACCOUNT.strip()


def test_more_than_a_page_can_carry_is_said_and_kept(sender, monkeypatch):
    monkeypatch.setattr(drafts, "LONGEST", 4_000)
    sender.to("facts").press("next", account=" ".join(f"{number:x}" for number in range(5_000, 7_500)))
    assert "longer than this form can carry" in sender.problems


def test_unknown_page_or_button_leads_to_a_page(sender):
    sender.press("start")
    for go in ("to:nowhere", "drop:x", "drop:99", "drop:٣", "add:", "", "%", "send"):
        assert sender.press(go, step="matter").response.status_code == 200
    assert sender.press("next", step="nowhere").step == "matter"


@pytest.mark.parametrize("page", [step.name for step in STEPS])
def test_pages_that_ask_the_database_for_nothing(sender, page, django_assert_num_queries):
    """But the page of States, for its two lists; and the last one, which names the State."""
    sender.to("matter")
    sender.press("next", matter="pattern").press("review")
    with django_assert_num_queries(2 if page == "state" else 0):
        sender.press(f"to:{page}")


def test_no_page_is_kept_by_any_cache(sender):
    for _each in range(3):
        assert sender.response["Cache-Control"] == "no-store"
        assert sender.response["Referrer-Policy"] == "no-referrer"
        sender.press("next" if sender.step != "guidance" else "start")
