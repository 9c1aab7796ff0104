"""Promises of paragraph 30, and how they stand against what is recorded."""

from datetime import date

import pytest

from communications.enums import LetterState
from communications.models import Letter
from dissemination.enums import EngagementKind, OutputKind
from dissemination.models import Engagement, Output
from iesogi.programme.models import ProductTarget
from iesogi.programme.targets import SOURCES, standing
from iesogi.reference.models import Country
from visits.models import Visit

PRINTED = {
    "a": ("hrc_report", 1, "year", "exact", 1, 3),
    "b": ("ga_report", 1, "year", "exact", 1, 3),
    "c": ("policy_statement", 6, "year", "estimated", 6, 18),
    "d": ("country_visit_report", 2, "year", "exact", 2, 6),
    "e": ("promotional_advisory_visit", 6, "year", "exact", 6, 18),
    "f": ("press_release", 12, "year", "estimated", 12, 36),
    "g": ("social_post", 6, "month", "estimated", 72, 216),
    "h": ("speech", 10, "month", "exact", 120, 360),
    "i": ("interview", 3, "month", "exact", 36, 108),
    "j": ("communication_output", 4, "month", "estimated", 48, 144),
}


@pytest.mark.parametrize(
    ("letter", "printed"),
    [pytest.param(*each, marks=pytest.mark.demand(f"WP-30{each[0]}")) for each in PRINTED.items()],
)
def test_target_is_as_printed(programme, letter, printed):
    target = ProductTarget.objects.select_related("programme").get(programme=programme, letter=letter)
    assert (
        target.code,
        target.quantity,
        target.period,
        target.qualifier,
        target.per_year,
        target.in_period,
    ) == printed


@pytest.mark.demand("WP-30-1")
def test_totals_are_computed(programme):
    assert programme.targets.all().totals() == (304, 912)


def test_every_target_has_a_source_of_actuals(programme):
    assert {target.code for target in programme.targets.all()} == set(SOURCES)


def at(programme, code, on=date(2023, 12, 31)):
    return next(each for each in standing(programme, on=on) if each.target.code == code)


@pytest.mark.demand("RAT-8")
def test_reports_of_the_period_are_counted_from_the_register(programme):
    assert (at(programme, "hrc_report").recorded, at(programme, "ga_report").recorded) == (3, 3)
    assert at(programme, "hrc_report", on=date(2022, 1, 31)).promised == 3


def test_expected_spreads_the_promise_evenly(programme):
    assert at(programme, "social_post", on=date(2020, 12, 31)).expected == 0
    assert at(programme, "social_post", on=date(2021, 12, 31)).expected == pytest.approx(72.0, abs=0.1)
    assert at(programme, "social_post", on=date(2030, 1, 1)).expected == 216


def test_outputs_count_by_kind_and_only_in_the_period(programme):
    for day in [date(2020, 12, 31), date(2021, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]:
        Output.objects.create(kind=OutputKind.INTERVIEW, title="Interview", issued_on=day)
    Output.objects.create(kind=OutputKind.PRESS_RELEASE, title="Release", issued_on=date(2021, 1, 1))
    interviews = at(programme, "interview", on=date(2026, 1, 1))
    assert (interviews.recorded, interviews.variance) == (2, -106)


def test_speeches_are_engagements(programme):
    Engagement.objects.create(title="Keynote", kind=EngagementKind.GENERAL, held_on=date(2021, 3, 1), online=True)
    assert at(programme, "speech").recorded == 1


def letters(number, *, published):
    country = Country.objects.get(iso3="POL")
    for each in range(number):
        Letter.objects.create(
            kind="AL",
            country=country,
            reference_code="POL",
            number=900 + each,
            year=2022,
            sent_on=date(2022, 3, 1),
            state=LetterState.PUBLISHED if published else LetterState.SENT,
            published_on=date(2022, 9, 1) if published else None,
            public=published,
        )


def test_unpublished_letters_are_not_even_counted(programme):
    letters(7, published=False)
    assert at(programme, "communication_output").recorded == 0


@pytest.mark.parametrize(("number", "shown"), [(4, None), (5, 5)])
def test_small_number_of_letters_is_suppressed(programme, number, shown):
    letters(number, published=True)
    standing_of_letters = at(programme, "communication_output")
    assert standing_of_letters.recorded is shown or standing_of_letters.recorded == shown
    assert (standing_of_letters.variance is None) == (shown is None)


def test_standing_asks_a_fixed_number_of_queries(programme, django_assert_num_queries):
    with django_assert_num_queries(1 + len(SOURCES)):
        standing(programme, on=date(2023, 12, 31))


def one_of_each(day):
    """A row for every target, begun, held or issued on the day."""
    country = Country.objects.get(iso3="POL")
    for kind in ("policy_statement", "press_release", "social_post", "interview"):
        Output.objects.create(kind=kind, title=kind, issued_on=day)
    Engagement.objects.create(title="Keynote", kind=EngagementKind.GENERAL, held_on=day, online=True)
    Visit.objects.create(kind="advisory", country=country, state="done", starts_on=day, ends_on=day)


@pytest.mark.parametrize("code", sorted(set(SOURCES) - {"communication_output"}))
def test_link_of_a_figure_opens_the_rows_it_counts(programme, officer, as_user, code):
    for day in [date(2020, 12, 31), date(2021, 1, 1), date(2022, 6, 30), date(2023, 12, 31), date(2024, 1, 1)]:
        one_of_each(day)
    figure = at(programme, code)
    response = as_user(officer).get(figure.url)
    assert response.status_code == 200
    assert response.context["cl"].result_count == figure.recorded


def test_link_of_the_letters_opens_the_published_ones_of_the_period(programme, officer, as_user):
    letters(6, published=True)
    figure = at(programme, "communication_output")
    assert as_user(officer).get(figure.url).context["cl"].result_count == figure.recorded == 6
