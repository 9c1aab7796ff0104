from datetime import date

import pytest

from communications.enums import UNSENT, LetterState
from communications.models import Letter
from iesogi.reference.models import Country


def state_called(iso3, iso2, name, group):
    names = {f"name_{language}": name for language in ("en", "fr", "es", "ar", "ru", "zh")}
    return Country.objects.create(iso3=iso3, iso2=iso2, regional_group=group, **names)


@pytest.fixture
def kazakhstan(db):
    return state_called("KAZ", "KZ", "Kazakhstan", "ASIA_PACIFIC")


@pytest.fixture
def egypt(db):
    return state_called("EGY", "EG", "Egypt", "AFRICA")


@pytest.fixture
def new_letter(kazakhstan):
    """`new_letter(number=3)`: a letter to Kazakhstan as it stands in the database, without its clock."""

    def make(**fields):
        state = fields.get("state", LetterState.SENT)
        reply = date(2021, 4, 1) if state == LetterState.REPLIED else None
        given = {
            "kind": "AL",
            "country": kazakhstan,
            "reference_code": "KAZ",
            "number": 2,
            "year": 2021,
            "sent_on": date(2021, 3, 1),
            "replied_on": reply,
            "public": state in {LetterState.PUBLISHED, LetterState.CLOSED},
        }
        if state in UNSENT:
            given |= {"reference_code": "", "number": None, "year": None, "sent_on": None}
        return Letter.objects.create(**given | fields)

    return make


@pytest.fixture
def letter(new_letter):
    return new_letter()
