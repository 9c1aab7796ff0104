"""A report has come: its row. Written by the request of a source, so no clock, no running number, no trace of when."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from communications.cases.enums import Came, Criterion, Matter
from communications.cases.models import Case, CaseFile
from iesogi.deadlines.days import monday_of
from iesogi.reference.models import Country
from iesogi.vault.intake import Submitted

# Without characters that are taken for each other when they are read aloud or copied: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
# So many that nobody looks for a clash beforehand: with 10,000 cases of a year, one send in 15,000 draws twice.
LETTERS = 6


@dataclass(frozen=True)
class Clear:
    """What queues and figures may read of a report; `consent` as `consent.columns` gives it."""

    matter: Matter
    iso3: str = ""
    urgent: bool = False
    consent: dict[str, bool] = field(default_factory=dict)
    may_be_contacted: bool = False
    unmet: set[str] = field(default_factory=set)

    def columns(self) -> dict:
        met = {f"meets_{each.value.lower()}": each.value not in self.unmet for each in Criterion}
        said = {"matter": self.matter, "urgent": self.urgent, "may_be_contacted": self.may_be_contacted}
        return said | self.consent | met


def receive(submitted: Submitted, clear: Clear, *, at: datetime, came: Came = Came.FORM) -> Case:
    """Called by the vault in the transaction that seals the report; the nightly pass does whatever needs a date."""
    week = monday_of(at)
    case = Case.objects.create(
        ref=new_ref(year=week.year),
        week=week,
        came=came,
        country=Country.objects.filter(iso3=clear.iso3).first() if clear.iso3 else None,
        content_id=submitted.content,
        identity_id=submitted.identity,
        **clear.columns(),
    )
    CaseFile.objects.bulk_create(
        CaseFile(
            case=case,
            state=each.outcome.value,
            about_id=each.about,
            cleaned_id=each.cleaned,
            original_id=each.original,
        )
        for each in submitted.files
    )
    return case


def new_ref(*, year: int) -> str:
    """Random, so that it says neither how many reports come nor in which order."""
    return f"IE-{year % 100:02}-" + "".join(secrets.choice(ALPHABET) for _each in range(LETTERS))
