import re

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from dissemination.newsletter import sending, services
from dissemination.newsletter.enums import ISSUE_NEXT, IssueState
from dissemination.newsletter.exceptions import NewsletterRefused
from dissemination.newsletter.models import Delivery, Issue
from iesogi.audit.models import Entry
from iesogi.outbox.models import Mail, Mailing
from iesogi.site.tasks import tick

pytestmark = pytest.mark.django_db


def run():
    """Mails that the first pass writes are sent by the second."""
    for _each in range(2):
        tick(now=timezone.now(), enqueue=False)


@pytest.mark.demand("ILGA-17")
def test_issue_goes_to_each_confirmed_reader_of_its_list_and_language_once(issue, reader, society, news, officer):
    reader("a@example.org")
    reader("b@example.org")
    reader("es@example.org", language="es")
    reader("other@example.org", society)
    services.ask("waiting@example.org", [news], language="en")
    run()
    django_mail.outbox.clear()
    sending.send(issue, by=officer)
    assert django_mail.outbox == []
    run()
    run()
    assert sorted(each.to[0] for each in django_mail.outbox) == ["a@example.org", "b@example.org"]
    issue.refresh_from_db()
    assert (issue.state, issue.recipients) == (IssueState.SENT, 2)
    assert Entry.objects.get(verb="issue.sent").data == {"recipients": 2}
    assert Mailing.objects.count() == 1


def test_issue_to_all_languages_reaches_all(issue, reader, officer):
    reader("a@example.org"), reader("es@example.org", language="es")
    Issue.objects.update(to_all_languages=True)
    assert sending.send(issue, by=officer).recipients == 2


def test_mail_is_text_and_html_with_links_of_its_own_reader(issue, reader, officer):
    reader("a@example.org"), reader("b@example.org")
    sending.send(issue, by=officer)
    run()
    first, second = [each for each in django_mail.outbox if each.subject == "First issue"]
    html = first.alternatives[0][0]
    assert "A new report (https://example.org/r?a=1&b=2)." in first.body
    assert '<a href="https://example.org/r?a=1&amp;b=2" rel="noreferrer">report</a>' in html
    assert "[[" not in first.body + html
    assert "<img" not in html
    leave = re.search(r"Leave this list: (\S+)", first.body)[1]
    assert leave in html
    assert leave not in second.body
    assert "http://127.0.0.1:8000/newsletter/archive/first/" in first.body


@pytest.mark.demand("ILGA-17")
def test_mail_carries_the_header_of_one_click(issue, reader, officer):
    reader("a@example.org")
    sending.send(issue, by=officer)
    run()
    raw = django_mail.outbox[-1].message()
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://127\.0\.0\.1:8000/newsletter/leave/[\w.:-]+/>", raw["List-Unsubscribe"])
    assert raw["List-Id"] == "<issues.newsletter.127.0.0.1>"


def test_text_is_fixed_when_sending_begins(issue, reader, officer):
    reader("a@example.org")
    sending.send(issue, by=officer)
    Issue.objects.update(body="Changed")
    run()
    assert "new report" in django_mail.outbox[-1].body


def test_reader_who_leaves_in_between_gets_nothing(issue, reader, officer):
    reader("stays@example.org")
    leaver = reader("leaves@example.org")
    sending.send(issue, by=officer)
    sending.fan_out(issue.pk)
    services.leave(leaver)
    run()
    sent = [each.to[0] for each in django_mail.outbox if each.subject == "First issue"]
    assert sent == ["stays@example.org"]


def test_stopped_issue_calls_back_what_waits(issue, reader, officer):
    reader("a@example.org")
    sending.send(issue, by=officer)
    sending.fan_out(issue.pk)
    sending.stop(issue, by=officer)
    run()
    assert Mail.objects.filter(mailing__isnull=False).values_list("state", flat=True).get() == "discarded"
    assert [each for each in django_mail.outbox if each.subject == "First issue"] == []


def test_fan_out_goes_on_where_it_was_and_writes_no_reader_twice(issue, many, officer, monkeypatch):
    monkeypatch.setattr(sending, "HANDFUL", 3)
    many(8)
    sending.send(issue, by=officer)
    assert sending._write_some(issue.pk) == 3  # and here its worker was killed
    assert sending.fan_out(issue.pk) == 5
    assert sending.fan_out(issue.pk) == 0
    assert Delivery.objects.values("subscriber").distinct().count() == Mail.objects.count() == 8


def test_issue_for_nobody_is_refused(issue, officer):
    with pytest.raises(NewsletterRefused, match="Nobody would get this issue"):
        sending.send(issue, by=officer)
    assert not Mailing.objects.exists()


@pytest.mark.parametrize("was", IssueState)
@pytest.mark.parametrize("to", [IssueState.SENDING, IssueState.STOPPED])
def test_issue_takes_only_listed_steps(issue, reader, officer, was, to):
    reader("a@example.org")
    now = timezone.now()
    mailing = Mailing.objects.create(subject="x", text="x")
    Issue.objects.update(
        state=was, mailing=mailing, sending_since=now, sent_at=now if was == IssueState.SENT else None
    )
    step = {IssueState.SENDING: sending.send, IssueState.STOPPED: sending.stop}[to]
    if to in ISSUE_NEXT[was]:
        assert step(issue, by=officer).state == to
    else:
        with pytest.raises(NewsletterRefused, match="cannot become"):
            step(issue, by=officer)


def test_sample_goes_to_who_asks_and_opens_nobodys_page(issue, officer):
    mail = sending.send_sample(issue, by=officer)
    assert (mail.to, mail.subject) == (officer.email, "Sample: First issue")
    assert "/newsletter/leave/" not in mail.text + mail.html
