"""Who agreed to what, line by line: what the reports say, and every change since, oldest first (domain.md 1.4)."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from communications.cases import consent
from communications.cases.enums import Consent, Use
from communications.desk.opening import OpenCase
from communications.desk.sections import said
from iesogi.vault.enums import Kind


class Entry(NamedTuple):
    """`given_on` is what the person said; `at` when it was sealed."""

    code: str
    uses: str
    answer: str
    given_by: str
    given_on: str
    how: str
    recorded_by: str
    at: datetime | None
    is_withdrawal: bool


def entries(found: OpenCase) -> list[Entry]:
    """What is damaged is left out here; the page of the case shows it in its place."""
    made = []
    for item in found.of(Kind.REPORT, Kind.CONSENT):
        if item.content is None:
            continue
        made += _of_report(item) if item.kind == Kind.REPORT else [_of_line(item)]
    return made


def _of_report(item) -> list[Entry]:
    how = item.content.get("how_asked", "")
    return [
        Entry(_who(code), str(use.label), str(answer.label), _("the report"), "", how, _("the form"), item.at, False)
        for code, answers in consent.of_report(item.content).items()
        for use, answer in answers.items()
    ]


def _of_line(item) -> Entry:
    line = item.content
    uses = _("all uses") if line["use"] == consent.ALL else said(Use, line["use"])
    return Entry(
        _who(line["code"]),
        uses,
        said(Consent, line["answer"]),
        line.get("given_by", ""),
        line.get("given_on", ""),
        line.get("how", ""),
        line.get("recorded_by", ""),
        item.at,
        line["answer"] == Consent.NO,
    )


def _who(code: str) -> str:
    return {consent.ALL: _("everybody"), consent.GROUP: _("the group")}.get(code, code)
