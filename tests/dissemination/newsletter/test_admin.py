import pytest
from django.urls import reverse
from django.utils import timezone

from dissemination.newsletter import sending
from dissemination.newsletter.models import Issue
from iesogi.outbox.models import Mail, Mailing
from iesogi.site.tasks import tick

pytestmark = pytest.mark.django_db


def act(name, issue):
    return reverse(f"admin:dissemination_issue_{name}", args=[issue.pk])


def test_issue_is_sent_by_a_person_who_sees_the_number_first(as_user, officer, issue, reader):
    reader("a@example.org"), reader("b@example.org")
    client = as_user(officer)
    page = client.get(act("send", issue)).content.decode()
    assert "2 confirmed readers get this issue" in page
    assert "A new report (https://example.org/r?a=1&amp;b=2)" in page
    assert not Mailing.objects.exists()
    assert client.post(act("send", issue)).status_code == 302
    assert Issue.objects.get().state == "sending"
    sending.fan_out(issue.pk)
    tick(now=timezone.now(), enqueue=False)
    change = client.get(reverse("admin:dissemination_issue_change", args=[issue.pk])).content.decode()
    assert "Sent: 2" in change


def test_issue_for_nobody_is_refused_in_words(as_user, officer, issue):
    assert "Nobody would get this issue" in as_user(officer).post(act("send", issue)).content.decode()


@pytest.mark.parametrize("who", ["manager", "assistant"])
@pytest.mark.parametrize("name", ["send", "sample", "stop"])
def test_who_may_not_send_is_refused(as_user, request, issue, reader, who, name):
    reader("a@example.org")
    before = Mail.objects.count()
    response = as_user(request.getfixturevalue(who)).post(act(name, issue))
    assert response.status_code in {302, 403, 404}
    assert (Issue.objects.get().state, Mail.objects.count()) == ("draft", before)


def test_sent_issue_can_no_longer_be_written_over(as_user, officer, issue, reader):
    reader("a@example.org")
    sending.send(issue, by=officer)
    address = reverse("admin:dissemination_issue_change", args=[issue.pk])
    as_user(officer).post(address, {"subject": "Other", "body": "Other", "is_archived": "on"})
    assert Issue.objects.get().subject == "First issue"


def test_readers_addresses_are_not_for_managers(as_user, manager, officer, reader):
    subscriber = reader("a@example.org")
    address = reverse("admin:dissemination_subscriber_change", args=[subscriber.pk])
    assert as_user(manager).get(address).status_code == 403
    page = as_user(officer).get(address).content.decode()
    assert "a@example.org" in page
    assert "Confirmed by mail" in page
    assert as_user(officer).post(address, {"email": "b@example.org"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [("issue", 8), ("newsletterlist", 8), ("subscriber", 8), ("consentevent", 8), ("delivery", 8)],
)
def test_lists_take_the_same_queries(as_user, officer, issue, many, django_assert_num_queries, model, queries, count):
    many(count)
    sending.send(issue, by=officer)
    sending.fan_out(issue.pk)
    client, address = as_user(officer), reverse(f"admin:dissemination_{model}_changelist")
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
