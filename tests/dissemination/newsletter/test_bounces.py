from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from dissemination.newsletter import bounces, sending, services
from dissemination.newsletter.models import ConsentEvent, Delivery, Issue
from iesogi.outbox.models import Mail
from iesogi.site.tasks import tick

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@mx.example
To: portal@localhost
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; a@example.org
Action: {action}
Status: 5.1.1
--b
Content-Type: text/rfc822-headers

From: portal@localhost
Message-ID: {message_id}
--b--
"""


@pytest.fixture
def delivery(issue, reader, officer):
    """Of the first issue, to a@example.org; written and sent."""
    reader("a@example.org")
    sending.send(issue, by=officer)
    sending.fan_out(issue.pk)
    tick(now=timezone.now(), enqueue=False)
    return Delivery.objects.get()


def report_on(delivery, action="failed"):
    return REPORT.format(action=action, message_id=delivery.mail.message_id).encode()


def test_report_of_a_mail_that_came_back_is_recorded_once(delivery):
    raw = report_on(delivery)
    assert (bounces.record_report(raw), bounces.record_report(raw)) == (True, False)
    delivery.refresh_from_db()
    assert (delivery.bounce, delivery.subscriber.bounces, delivery.subscriber.bounced_at) == ("Report 5.1.1", 1, None)


def test_a_delay_is_no_bounce(delivery):
    assert not bounces.record_report(report_on(delivery, action="delayed"))


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"Subject: hello\n\nThanks!", b"Content-Type: multipart/report\n\nx"]
)
def test_any_other_mail_is_no_bounce(delivery, raw):
    assert not bounces.record_report(raw)


def test_address_that_the_server_refuses_is_given_up_after_three_in_a_row(news, reader, officer, inbox, settings):
    subscriber = reader("a@example.org")
    services.tick(now=timezone.now(), enqueue=False)
    inbox.rcpt_says = "550 No such user here"
    for number in range(3):
        each = Issue.objects.create(list=news, slug=f"n{number}", subject=f"Issue {number}", body="Text")
        sending.send(each, by=officer)
        sending.fan_out(each.pk)
        tick(now=timezone.now(), enqueue=False)
        assert services.tick(now=timezone.now(), enqueue=False)["bounces_recorded"] == 1
        assert services.tick(now=timezone.now(), enqueue=False)["bounces_recorded"] == 0
    subscriber.refresh_from_db()
    assert subscriber.bounces == 3
    assert subscriber.bounced_at
    assert set(Delivery.objects.values_list("bounce", flat=True)) == {"SMTP 550"}
    assert ConsentEvent.objects.filter(step="bounced").count() == 1
    assert not sending.readers(Issue.objects.first()).exists()
    services.ask("a@example.org", [news], language="en")
    assert services.confirm(subscriber) == 0  # still on the list, so the mail only tells so


def test_one_that_arrives_begins_the_count_anew(news, reader, officer, delivery):
    bounces.record(delivery, "first")
    for number in range(2):
        each = Issue.objects.create(list=news, slug=f"n{number}", subject="Next", body="Text")
        sending.send(each, by=officer)
        sending.fan_out(each.pk)
    bounces.record(Delivery.objects.order_by("pk").last(), "third")
    delivery.subscriber.refresh_from_db()
    assert delivery.subscriber.bounces == 1


def test_fault_of_our_own_server_is_no_bounce(delivery):
    Mail.objects.filter(pk=delivery.mail_id).update(
        state="failed", error="SMTPAuthenticationError: 535", done_at=timezone.now()
    )
    assert bounces.record_refused() == 0


def test_command_reads_mails_and_mailboxes(delivery, tmp_path):
    single, box = tmp_path / "a.eml", tmp_path / "box"
    single.write_bytes(report_on(delivery))
    box.write_bytes(b"From x@y Sat Nov 21 10:00:00 2026\n" + report_on(delivery))
    output = StringIO()
    call_command("record_bounces", box, single, stdout=output)
    assert output.getvalue() == "2 mails read, 1 bounces recorded.\n"


def test_command_says_which_file_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("record_bounces", tmp_path / "missing.eml")
