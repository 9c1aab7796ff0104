"""What is done on the page of a case, and what was typed when it is refused."""

import pytest
from django.utils import timezone

from communications.cases.enums import CaseState
from communications.cases.models import Case
from iesogi.vault.models import KeyBox
from tests.communications.desk.conftest import text_of, url
from tests.vault.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("note", {"text": "Look at the law."}, "Look at the law."),
        ("title", {"text": "Café"}, "Café"),
        ("answer", {"text": "Thank you for this."}, "Thank you for this."),
    ],
)
def test_what_is_written_stands_on_the_page(enter, desk, case, name, given, says):
    client = enter(desk)
    assert client.get(url("act", case.pk, name)).status_code == 200
    response = client.post(url("act", case.pk, name), given, follow=True)
    assert says in text_of(response)
    assert response.redirect_chain[-1][0] == url("open", case.pk)


def test_refused_step_keeps_what_was_typed(enter, desk, new_case):
    case = new_case(sender="")
    Case.objects.update(state=CaseState.UNDER_REVIEW)
    page = text_of(enter(desk).post(url("step", case.pk, "proposed"), {"reason": "Ready, I think."}))
    assert "takes no anonymous report" in page
    assert "Ready, I think." in page


def test_step_that_was_taken_meanwhile_is_told(enter, desk, case):
    client = enter(desk)
    client.post(url("step", case.pk, "under_review"), {"reason": ""})
    response = client.post(url("step", case.pk, "under_review"), {"reason": ""}, follow=True)
    assert "This step was taken already" in text_of(response)


def test_step_page_says_what_the_source_will_read(enter, desk, case):
    assert "The team is reading your report" in text_of(enter(desk).get(url("step", case.pk, "under_review")))


def test_answer_that_comes_too_late_keeps_its_text_and_goes_on(enter, desk, case):
    client = enter(desk)
    KeyBox.objects.all().delete()
    late = client.post(url("act", case.pk, "answer"), {"text": "A long answer."})
    assert "A long answer." in text_of(late)
    wrong = client.post(url("act", case.pk, "answer"), {"text": "A long answer.", "passphrase": "not these words"})
    assert "A long answer." in text_of(wrong)
    assert "not these words" not in text_of(wrong)
    desk.user.vaults.update(not_before=None)
    done = client.post(
        url("act", case.pk, "answer"), {"text": "A long answer.", "passphrase": PASSPHRASE}, follow=True
    )
    assert "Your answer is sealed" in text_of(done)
    assert KeyBox.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [("nothing", 404), ("merge", 200), ("assign", 200), ("met", 200)])
def test_pages_of_acts(enter, desk, case, name, status):
    assert enter(desk).get(url("act", case.pk, name)).status_code == status


def test_content_is_kept_longer_with_a_reason(enter, desk, case):
    Case.objects.update(expires_on=timezone.localdate())
    client, day = enter(desk), timezone.localdate() + timezone.timedelta(days=90)
    early = client.post(url("act", case.pk, "postpone"), {"to": "2021-01-01", "reason": "A court sits."})
    assert "Choose a later one" in text_of(early)
    page = client.post(url("act", case.pk, "postpone"), {"to": day, "reason": "A court sits."}, follow=True)
    assert "A court sits." in text_of(page)
    case.refresh_from_db()
    assert case.expires_on == day


def test_consent_by_another_way_is_a_line_of_the_ledger(enter, desk, case):
    given = {
        "code": "A",
        "use": "*",
        "answer": "no",
        "given_by": "the person",
        "given_on": "2021-06-20",
        "how": "oral",
    }
    page = text_of(enter(desk).post(url("consent", case.pk), given, follow=True))
    assert "Consent was withdrawn" in page
    case.refresh_from_db()
    assert (case.agrees_to_letter, case.consent_withdrawn) == (False, True)
