"""Hand one mail to the mail server, and tell errors that pass from errors that stay."""

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from iesogi.outbox.models import Mail
from iesogi.outbox.written import written

MAX_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=4)


def hand_over(mail: Mail, connection=None) -> None:
    """Over a connection that the caller keeps open, or over one of its own."""
    said = written(mail)
    message = EmailMultiAlternatives(
        subject=said.subject,
        body=said.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"} | said.headers,
        connection=connection,
    )
    if said.html:
        message.attach_alternative(said.html, "text/html")
    message.send()


def is_passing(error: Exception) -> bool:
    """The closed list of errors worth trying again: the server is away, or says itself that it is for now (4xx)."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(400 <= code < 500 for code, _words in error.recipients.values())
        case smtplib.SMTPResponseException():
            return 400 <= error.smtp_code < 500
        case smtplib.SMTPServerDisconnected():
            return True
        case smtplib.SMTPException():
            return False
        case OSError():  # refused, timed out, unreachable, no such host; SMTPException is an OSError too, hence last
            return True
    return False


def pause_after(attempts: int) -> timedelta:
    """One minute (MAIL_PAUSE_SECONDS) after the first attempt, twice as long after each one more."""
    return min(timedelta(seconds=settings.MAIL_PAUSE_SECONDS) * 2 ** max(attempts - 1, 0), LONGEST_PAUSE)
