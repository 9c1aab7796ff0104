"""The list of cases and a report that came by mail."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communications.cases.enums import CaseState
from communications.cases.models import Case
from tests.communications.desk.conftest import CASES, last_entry, text_of, url

pytestmark = pytest.mark.django_db


def test_list_shows_readable_columns_and_takes_as_many_queries_for_many(enter, desk, new_case):
    client = enter(desk)
    new_case()
    client.get(CASES)
    with CaptureQueriesContext(connection) as few:
        page = text_of(client.get(CASES))
    for _number in range(4):
        new_case()
    with CaptureQueriesContext(connection) as many:
        client.get(CASES)
    assert len(few) == len(many)
    assert "They came" not in page


@pytest.mark.parametrize(
    ("choice", "columns"),
    [
        ("news", {"has_news": True}),
        ("urgent", {"urgent": True}),
        ("unassigned", {}),
        ("late", {}),
        ("reprisal", {"reprisal_reported": True}),
        ("all", {"state": CaseState.CLOSED}),
    ],
)
def test_chip_leads_to_its_rows(enter, desk, case, choice, columns):
    Case.objects.update(has_news=False)
    Case.objects.update(**columns)
    assert enter(desk).get(f"{CASES}?desk={choice}").context["cl"].result_count == 1


def test_ended_cases_are_not_in_the_first_list(enter, desk, case):
    Case.objects.update(state=CaseState.CLOSED)
    assert enter(desk).get(CASES).context["cl"].result_count == 0


def test_nobody_adds_changes_or_deletes_a_case_in_the_list(enter, desk, case):
    client = enter(desk)
    assert client.get(reverse("admin:communications_case_add")).status_code == 403
    assert client.post(reverse("admin:communications_case_delete", args=[case.pk])).status_code == 403
    change = reverse("admin:communications_case_change", args=[case.pk])
    assert client.get(change).url == url("open", case.pk)


def test_report_by_mail_is_sealed_like_any_other(enter, desk):
    given = {"matter": "individual", "timing": "imminent", "account": "A wrote to us.", "victims": "Canary Name"}
    page = text_of(enter(desk).post(url("enter"), given, follow=True))
    assert "A wrote to us." in page
    case = Case.objects.get()
    assert (case.came, case.urgent, case.has_news, case.meets_c1, case.meets_c3) == ("staff", True, False, True, False)
    assert "Canary Name" not in page
    assert last_entry("case.entered").target_label == case.ref
