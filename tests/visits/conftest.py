from datetime import date

import pytest

from iesogi.reference.models import Country
from visits.enums import VisitKind
from visits.models import Candidate, Visit


@pytest.fixture
def country(reference_data):
    """`country("TUN")`: the State."""
    return lambda iso3: Country.objects.get(iso3=iso3)


@pytest.fixture
def new_visit(country):
    def make(iso3="ARM", **given):
        fields = {"kind": VisitKind.COUNTRY, "country": country(iso3), "state": "requested"}
        return Visit.objects.create(**fields | given)

    return make


@pytest.fixture
def new_candidate(country):
    def make(iso3="ARM", **given):
        period = {"period_start": date(2021, 1, 1), "period_end": date(2023, 12, 31)}
        return Candidate.objects.create(country=country(iso3), **period | given)

    return make
