"""The page of a case: what stands first, what is damaged, and that reading it is recorded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communications.cases.models import Case
from communications.desk import opening, sections, writing
from iesogi.audit.models import Entry
from iesogi.reference.models import Mandate
from iesogi.vault.enums import Kind
from iesogi.vault.models import CompartmentGrant, SealedRecord
from tests.communications.desk.conftest import from_the_source, last_entry, text_of, url

pytestmark = pytest.mark.django_db


def test_open_case_shows_the_report_and_no_name(enter, desk, case):
    page = text_of(enter(desk).get(url("open", case.pk)))
    assert "They came at night to the café" in page
    assert "Zahra Canary" not in page
    assert "Clinic Canary" not in page


def test_opening_is_audited_and_news_end(enter, desk, case):
    client = enter(desk)
    assert "News from the source" in text_of(client.get(url("open", case.pk)))
    entry = last_entry("case.opened")
    assert (entry.by, entry.target_label, entry.data["what"]) == (desk.user, case.ref, {"report": 1})
    case.refresh_from_db()
    assert not case.has_news
    assert "They came" not in str(list(Entry.objects.values()))


def test_sealed_pages_are_kept_nowhere(enter, desk, case):
    assert "no-store" in enter(desk).get(url("open", case.pk))["Cache-Control"]


def test_messages_stand_in_order_both_ways(enter, desk, case):
    from_the_source(case, "first word")
    writing.answer(case, text="second word", unlocked=desk)
    from_the_source(case, "third word", about="reprisal")
    page = text_of(enter(desk).get(url("open", case.pk)))
    assert page.index("first word") < page.index("second word") < page.index("third word")
    assert "about reprisals" in page


def test_signs_that_turn_a_text_are_shown_by_name(enter, desk, new_case):
    case = new_case(account="Paid to \u202eevil<script>")
    page = text_of(enter(desk).get(url("open", case.pk)))
    assert "Paid to ⟦RLO⟧evil&lt;script&gt;" in page
    assert "\u202e" not in page


@pytest.mark.parametrize(("column", "says"), [("reprisal_reported", "reprisals happened"), ("urgent", "▲")])
def test_what_must_be_seen_first_stands_on_top(enter, desk, case, column, says):
    Case.objects.filter(pk=case.pk).update(**{column: True})
    assert says in text_of(enter(desk).get(url("open", case.pk)))


def test_damaged_message_stands_as_damaged_and_the_rest_works(enter, desk, case):
    from_the_source(case, "will be broken")
    SealedRecord.objects.filter(kind=Kind.MESSAGE_IN).update(body=b"x" * 60)
    page = text_of(enter(desk).get(url("open", case.pk)))
    assert "this message does not open" in page
    assert "They came at night" in page


def test_damaged_report_offers_no_way_to_write(enter, desk, case):
    SealedRecord.objects.filter(kind=Kind.REPORT).update(mark=bytes(32))
    page = text_of(enter(desk).get(url("open", case.pk)))
    assert "nothing is written into this case" in page
    assert "Add the note" not in page


def test_damaged_key_of_a_case_is_a_page_and_no_error(enter, desk, case):
    CompartmentGrant.objects.filter(compartment=case.content_id).update(sealed=b"x" * 100)
    response = enter(desk).get(url("open", case.pk))
    assert response.status_code == 200
    assert "closed to you" in text_of(response)


def test_queries_do_not_grow_with_the_records(enter, desk, case, django_assert_num_queries):
    client = enter(desk)
    client.get(url("open", case.pk))
    with CaptureQueriesContext(connection) as few:
        client.get(url("open", case.pk))
    for number in range(5):
        writing.add_note(case, text=f"Note {number}", unlocked=desk)
    with django_assert_num_queries(len(few)):
        client.get(url("open", case.pk))


def test_opening_by_two_at_once_leaves_two_entries(desk, second, case):
    for reader in (desk, second):
        opening.read_case(Case.objects.get(pk=case.pk), unlocked=reader)
    assert Entry.objects.filter(verb="case.opened").count() == 2


def test_language_and_mandates_are_named_and_not_coded(db):
    Mandate.objects.create(code="torture", label="Special Rapporteur on torture")
    matter = sections.sections({"language": "fr", "mandates": ["torture", "gone"]})[0]
    assert {line.label: line.value for line in matter.lines} == {
        "Mandates named by the source": "Special Rapporteur on torture; gone",
        "Written in": "French",
    }
