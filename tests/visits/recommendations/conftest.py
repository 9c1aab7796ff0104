from datetime import date
from itertools import count

import pytest

from iesogi.reference.models import Country
from visits.recommendations.enums import Assessor, SourceKind, Status
from visits.recommendations.models import Recommendation
from visits.recommendations.services import assess

numbers = count(1)


@pytest.fixture
def new_recommendation(reference_data):
    """One of a visit report whose report is public, shown to the public unless said otherwise."""

    def make(iso3="ARM", **given):
        number = next(numbers)
        fields = {
            "text": "Repeal the provisions that punish consensual acts.",
            "source_kind": SourceKind.VISIT_REPORT,
            "source_symbol": "A/HRC/44/53/Add.1",
            "source_paragraph": str(number),
            "source_public_on": date(2020, 4, 27),
            "country": Country.objects.get(iso3=iso3) if iso3 else None,
            "is_public": True,
        }
        return Recommendation.objects.create(**fields | given)

    return make


@pytest.fixture
def found(officer):
    """`found(recommendation, "implemented", on)`: a finding of the mandate."""

    def add(recommendation, status=Status.IN_PROGRESS, on=date(2021, 3, 1), **given):
        finding = {"assessor": Assessor.MANDATE, "evidence": "Law 12 of 2021", "by": officer}
        return assess(recommendation, status=status, on=on, **finding | given)

    return add
