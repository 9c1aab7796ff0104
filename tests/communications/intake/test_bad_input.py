"""Text that cannot be kept, or not as it is: said beside the field, and the rest stays."""

import pytest

from communications.intake.forms import FactsForm
from iesogi.vault.enums import Kind
from tests.communications.intake.conftest import ACCOUNT, case, opened

pytestmark = pytest.mark.django_db


def test_nul_is_refused_beside_its_field(sender):
    sender.to("facts").press("next", account="A\x00B", place="Market")
    assert sender.step == "facts"
    assert "cannot be read" in sender.problems
    assert sender.fields()["place"] == "Market"


@pytest.mark.parametrize("field", ["step", "draft", "go", "nul\x00name", "timing"])
def test_nul_in_what_no_person_types_is_no_error_and_keeps_the_story(sender, field):
    sender.to("facts")
    fields = sender.fields() | {"account": ACCOUNT, "go": "review"}
    response = sender.client.post("/submit/", fields | {field: f"{fields.get(field, '')}\x00"})
    assert response.status_code == 200
    assert field == "step" or "officers stopped A" in response.content.decode()


def test_nul_in_a_confirmation_is_left_out(story):
    story.send()
    token = story.fields()["token"]
    done = story.client.post("/submit/", {"go": "confirm", "token": token, "last": f"{story.number[-4:]}\x00"})
    assert "intake-number" not in done.content.decode()
    lost = story.client.post("/submit/", {"go": "confirm", "token": f"{token}\x00", "last": "1"})
    assert lost.status_code == 200


def test_half_of_an_emoji_is_refused_beside_its_field(db):
    """No browser sends one, and no draft or record has to hold one."""
    form = FactsForm({"account": "A \ud83d B", "place": "Market"})
    assert "cannot be read" in str(form.errors["account"])
    assert set(form.errors) == {"account"}


@pytest.mark.parametrize(("length", "goes_on"), [(30_000, True), (30_001, False)])
def test_length_is_counted_on_the_server_and_the_text_kept(sender, length, goes_on):
    sender.to("facts").press("next", account="ä" * length)
    assert (sender.step != "facts") is goes_on
    if not goes_on:
        assert "30001 characters" in sender.problems.replace(",", "")
        assert len(sender.fields()["account"].strip()) == length


def test_page_with_an_error_can_be_left_but_not_sent(sender):
    sender.to("facts").press("review", account="ä" * 30_001)
    sender.send()
    assert "What happened" in sender.problems
    sender.to("facts").press("review", account=ACCOUNT).send()
    assert sender.number


def test_marks_of_direction_are_kept_and_isolated(sender, amal):
    text = ACCOUNT + "\u202eevil\u202c \u2066x\u2069"
    sender.fill("facts", account=text)
    assert any(text in "".join(each.itertext()) for each in sender.page.xpath("//bdi"))
    sender.send()
    assert opened(amal, case().content_id)[Kind.REPORT][0]["facts"]["account"] == text


def test_markup_stays_text(sender):
    sender.fill("facts", account='<script>alert(1)</script>"&amp;')
    assert not sender.page.xpath("//script")
    assert "<script>alert(1)</script>" in sender.text


@pytest.mark.parametrize("field", ["matter", "timing", "how_known"])
def test_answer_that_is_none_of_the_list_is_refused(sender, field):
    sender.to("matter" if field == "matter" else "facts").press("next", **{field: "invented"})
    assert "invented" in sender.problems


def test_more_than_all_texts_together_gives_the_page_on_size(client, channels):
    response = client.post("/submit/", {"step": "facts", "account": "x" * 2_100_000})
    assert response.status_code == 413
    assert "still there" in response.content.decode()
