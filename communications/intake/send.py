"""The one send. Whatever happens, the answer is a page with a full sentence, and all that was typed is still there."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from communications.cases import services
from communications.intake import answers
from communications.intake.draft import Draft
from iesogi.vault import guard, intake, tokens
from iesogi.vault.enums import Kind
from iesogi.vault.files import Incoming
from iesogi.vault.intake import Submitted
from iesogi.vault.records import Part
from iesogi.vault.sending import NotSent, refusals_told

_buckets = guard.Buckets(burst=settings.INTAKE_BURST, per_minute=settings.INTAKE_PER_MINUTE)


class Received(NamedTuple):
    number: str
    submitted: Submitted


def send(
    draft: Draft, *, files: Iterable[Incoming], wrote_before: bool, address: str | None, now: datetime
) -> Received:
    """Seal and keep, once for each token. Raises NotSent, and then nothing is kept."""
    with refusals_told(
        _(
            "Your report could not be kept at this moment, so nothing was sent. What you typed is kept. "
            "Please send it again in a few minutes; it cannot arrive twice."
        )
    ):
        number = tokens.read_token(draft.token, now=now)
        _ask_the_bucket(address)
        return Received(number, _kept(draft, number, files, wrote_before=wrote_before, now=now))


def _ask_the_bucket(address: str | None) -> None:
    if not _buckets.allow(address):
        raise NotSent(
            _("Many reports come from your network at this moment. What you typed is kept; send it in a minute."),
            status=503,
            retry_after=60,
        )


def _kept(draft: Draft, number: str, files: Iterable[Incoming], *, wrote_before: bool, now: datetime) -> Submitted:
    report = answers.report(draft, wrote_before=wrote_before)
    return intake.submit_sealed(
        number=number,
        content=[Part(Kind.REPORT, report)],
        identity=answers.identity(draft),
        files=files,
        at=now,
        then=partial(services.receive, clear=answers.clear(draft, report), at=now),
    )
