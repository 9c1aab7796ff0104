from datetime import date

import pytest

from iesogi.reference.models import Country
from iesogi.safety.enums import Method, Verdict
from iesogi.safety.models import RiskAssessment
from visits.enums import CONFIRMED, VisitKind
from visits.models import Candidate, TermAnswer, Visit
from visits.terms import Answer, Term

# What a country visit needs to be confirmed; a test takes away what it asks for.
AGREED = {"invitation": "invitation", "terms_accepted_on": date(2021, 1, 20), "funding": "un_regular_budget"}


@pytest.fixture
def country(reference_data):
    """`country("TUN")`: the State."""
    return lambda iso3: Country.objects.get(iso3=iso3)


@pytest.fixture
def new_visit(country):
    """A country visit as asked for; a confirmed one has what the database wants of it."""

    def make(iso3="ARM", **given):
        fields = {"kind": VisitKind.COUNTRY, "country": country(iso3), "state": "requested"} | given
        if fields["state"] in CONFIRMED:
            agreed = AGREED if fields["kind"] == VisitKind.COUNTRY else {}
            fields = {"starts_on": date(2021, 9, 1), **agreed, **fields}
        return Visit.objects.create(**fields)

    return make


@pytest.fixture
def decided(officer):
    """A risk assessment decided in favour, holding through the summer of 2021."""
    return RiskAssessment.objects.create(
        subject_label="country visit, second quarter",
        method=Method.VISIT,
        threat="Surveillance.",
        likelihood=1,
        severity=1,
        exposure=1,
        digital=1,
        mitigation="Smaller rooms.",
        safe_contact="By receipt only.",
        verdict=Verdict.GO,
        decided_by=officer,
        decided_on=date(2021, 4, 1),
        review_on=date(2021, 9, 30),
    )


@pytest.fixture
def ready_visit(new_visit, decided):
    """Invited, on accepted terms, with days, money and a word on participation: nothing stands in the way."""

    def make(iso3="ARM", **given):
        days = {"starts_on": date(2021, 6, 8), "ends_on": date(2021, 6, 18)}
        fields = {**AGREED, **days, "participation": "Three networks were asked.", "risk_assessment": decided}
        visit = new_visit(iso3, **fields | given)
        TermAnswer.objects.bulk_create(
            TermAnswer(visit=visit, term=term, answer=Answer.ACCEPTED, on=date(2021, 1, 20)) for term in Term
        )
        return visit

    return make


@pytest.fixture
def new_candidate(country):
    def make(iso3="ARM", **given):
        period = {"period_start": date(2021, 1, 1), "period_end": date(2023, 12, 31)}
        return Candidate.objects.create(country=country(iso3), **period | given)

    return make
