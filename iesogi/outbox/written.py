"""What one mail says to its reader: its own text, or that of its mailing with the reader's own parts filled in."""

from html import escape
from typing import NamedTuple

from iesogi.outbox.models import Mail


class Written(NamedTuple):
    subject: str
    text: str
    html: str
    headers: dict[str, str]


def marker(name: str) -> str:
    """What stands in a mailing where each reader's own value goes: [[leave_url]]."""
    return f"[[{name}]]"


def filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(marker(name), value)
    return text


def written(mail: Mail) -> Written:
    if mail.mailing is None:
        return Written(mail.subject, mail.text, mail.html, {})
    mailing, values = mail.mailing, mail.merge
    return Written(
        mail.subject,
        filled(mailing.text, values),
        filled(mailing.html, {name: escape(value) for name, value in values.items()}),
        {name: filled(value, values) for name, value in mailing.headers.items()},
    )
