"""The mandate, its terms and holders as loaded (WP 2021-2023 paras 2, 33, footnote 1, Note 2; domain reference 8)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from iesogi.reference.enums import Evidence
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import loading
from iesogi.reference.lookup import country
from iesogi.reference.models import Mandate, MandateHolder, MandateTerm, StateVote

PROGRAMME_STARTS = date(2021, 1, 1)


@pytest.fixture
def ours(reference_data):
    return Mandate.objects.ours()


@pytest.mark.demand("WP-2-1")
def test_mandate_was_created_in_2016_by_the_council(ours):
    created = ours.terms.get(event=MandateTerm.Event.CREATED)
    assert (ours.created_year, created.year, created.resolution) == (2016, 2016, "A/HRC/RES/32/2")
    assert (created.adopted_on, created.vote) == (date(2016, 6, 30), "23-18-6")


@pytest.mark.demand("WP-2-2")
def test_renewal_keeps_the_printed_month_beside_the_day_of_adoption(ours):
    renewed = ours.terms.get(resolution="A/HRC/RES/41/18")
    assert (renewed.printed_date, renewed.evidence) == ("2019-06", Evidence.PRINTED)
    assert (renewed.adopted_on, renewed.adopted_evidence) == (date(2019, 7, 12), Evidence.PUBLIC)
    assert renewed.vote == "27-12-7"


@pytest.mark.demand("WP-33-1")
def test_creation_took_five_votes(ours):
    assert (ours.creation_votes, ours.terms.get(year=2019).printed_date) == (5, "2019-06")


def test_later_renewals_leave_open_what_is_unconfirmed(ours):
    assert ours.terms.get(year=2022).adopted_evidence == Evidence.UNCONFIRMED
    latest = ours.terms.get(year=2025)
    assert (latest.resolution, latest.vote, str(latest)) == ("", "29-15-3", "resolution of 2025")


def test_title_has_both_words_the_ilga_page_shortens(ours):
    assert "sexual orientation and gender identity" in ours.full_title
    assert ours.full_title.startswith("Independent Expert on protection against violence and discrimination")


@pytest.mark.demand("WP-fn1")
def test_profile_of_the_holder_has_its_affiliation(ours):
    holder = ours.holders.get(code="madrigal-borloz")
    assert (holder.profession, holder.country.iso3) == ("jurist", "CRI")
    affiliation = holder.affiliations.get()
    assert affiliation.title == "Eleanor Roosevelt Senior Visiting Researcher"
    assert affiliation.body == "Human Rights Program, Harvard Law School"
    assert affiliation.starts_on is None


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2015, 12, 31), []),
        (date(2017, 10, 31), ["muntarbhorn"]),
        (date(2017, 11, 1), []),
        (date(2018, 1, 1), ["madrigal-borloz"]),
        (date(2023, 10, 31), ["madrigal-borloz"]),
        (date(2023, 11, 1), ["reid"]),
    ],
)
def test_one_holder_is_in_office_but_for_the_vacancy_of_2017(ours, day, codes):
    assert list(ours.holders.in_office(on=day).values_list("code", flat=True)) == codes


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2015, 6, 1), None),
        (date(2016, 12, 31), 2016),
        (date(2019, 12, 31), 2016),
        (date(2020, 1, 1), 2019),
        (date(2022, 12, 31), 2019),
        (date(2023, 1, 1), 2022),
        (date(2025, 12, 31), 2022),
        (date(2028, 12, 31), 2025),
        (date(2029, 1, 1), None),
    ],
)
def test_current_term_is_the_one_in_force(ours, day, year):
    term = ours.terms.current(on=day)
    assert (term.year if term else None) == year


@pytest.mark.demand("N2-0")
@pytest.mark.parametrize(
    ("day", "flagged"),
    [(date(2021, 1, 1), False), (date(2022, 12, 31), False), (date(2023, 1, 1), True), (date(2023, 12, 31), True)],
)
def test_last_year_of_the_programme_is_subject_to_renewal(ours, day, flagged):
    assert ours.terms.is_subject_to_renewal(day, known_on=PROGRAMME_STARTS) is flagged
    assert (ours.terms.get(year=2019).starts_year, ours.terms.get(year=2019).ends_year) == (2020, 2022)


def test_flag_falls_once_the_renewal_is_known(ours):
    day = date(2023, 6, 1)
    assert ours.terms.is_subject_to_renewal(day, known_on=date(2022, 7, 6))
    assert not ours.terms.is_subject_to_renewal(day, known_on=date(2022, 7, 7))


def test_everything_is_subject_to_renewal_without_a_mandate(db):
    assert MandateTerm.objects.is_subject_to_renewal(date(2021, 1, 1), known_on=PROGRAMME_STARTS)


def test_mandate_is_renewed_every_three_years(ours):
    years = list(ours.terms.order_by("year").values_list("year", flat=True))
    assert years == list(range(2016, 2026, ours.term_length_years))


@pytest.mark.parametrize(
    ("day", "session"), [(PROGRAMME_STARTS, "HRC 50 (2022)"), (date(2026, 1, 1), "HRC 68 (2028)")]
)
def test_next_renewal_is_a_june_session(ours, day, session):
    assert str(ours.renewal_session(on=day)) == session


def test_other_mandates_are_unconfirmed_and_ours_stands_first(reference_data):
    assert Mandate.objects.first() == Mandate.objects.ours()
    assert (Mandate.objects.filter(country=None).count(), Mandate.objects.exclude(country=None).count()) == (46, 14)
    assert set(Mandate.objects.exclude(is_ours=True).values_list("evidence", flat=True)) == {Evidence.UNCONFIRMED}


@pytest.mark.demand("ILGA-13")
def test_votes_of_states_are_kept_per_renewal(ours):
    first, second = ours.terms.get(year=2016), ours.terms.get(year=2019)
    for term, position in [(first, "abstained"), (second, "in_favour")]:
        StateVote.objects.create(term=term, country=country("PHL"), position=position)
    StateVote.objects.create(term=second, country=country("MEX"), position="in_favour", cosponsored=True)
    assert second.votes.tally() == {"in_favour": 2}
    assert second.votes.by_group("in_favour") == {"ASIA_PACIFIC": 1, "GRULAC": 1}
    assert country("PHL").votes.count() == 2


def test_state_votes_once_on_a_resolution(ours):
    vote = {"term": ours.terms.get(year=2019), "country": country("MEX"), "position": "in_favour"}
    StateVote.objects.create(**vote)
    with pytest.raises(IntegrityError), transaction.atomic():
        StateVote.objects.create(**vote)


@pytest.mark.parametrize(
    "make",
    [
        lambda ours: Mandate(code="second", label="Second", is_ours=True),
        lambda ours: Mandate(code="short", label="Short", term_length_years=0),
        lambda ours: MandateHolder(mandate=ours, code="x", name="X", starts_printed="May 2016"),
        lambda ours: MandateTerm(mandate=ours, year=2019, event="renewed"),
        lambda ours: MandateTerm(mandate=ours, year=2028, event="renewed", starts_year=2029, ends_year=2028),
        lambda ours: ours.holders.first().affiliations.model(
            holder=ours.holders.first(), title="T", body="B", starts_on=date(2020, 1, 2), ends_on=date(2020, 1, 1)
        ),
    ],
)
def test_database_refuses_what_cannot_be(ours, make):
    row = make(ours)
    with pytest.raises(ValidationError):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_the_database_refuses_of_a_file_is_said_in_the_sentence_of_its_constraint(db):
    mandate = Mandate.objects.create(code="one", label="One")
    values = {"mandate": mandate, "name": "V. M.", "starts_printed": "in spring"}
    with pytest.raises(LoadError) as refusal, loading("test") as loader:
        loader.put(MandateHolder, key={"code": "vm"}, values=values, where="holders.yaml, line 1")
    assert str(refusal.value) == (
        "holders.yaml, line 1: mandate holder “V. M.”: "
        "Write the start as a year, a month or a day: 2016, 2018-01, 2018-01-01. Nothing was loaded."
    )
    assert MandateHolder.objects.count() == 0
