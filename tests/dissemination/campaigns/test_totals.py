import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dissemination.campaigns.models import Campaign, Signature
from dissemination.campaigns.totals import FIVE, printed, totals
from iesogi.reference.enums import RegionalGroup

pytestmark = pytest.mark.django_db

STATES = ["COL", "KEN", "NPL", "UKR", "FRA", "USA", "VAT", "PSE"]


@pytest.mark.demand("WP-33-5")
def test_every_counted_signature_stands_in_one_cell(campaign, new_signature):
    for state in STATES:
        new_signature(state=state)
    new_signature(level="regional", state=None, region="AFRICA")
    new_signature(level="international", state="CHE")
    new_signature(confirmed=False)
    found = totals(campaign)
    by_region = {line.region: line.counts for line in found.lines}
    assert by_region == {
        "AFRICA": [0, 1, 1],
        "ASIA_PACIFIC": [0, 0, 1],
        "EASTERN_EUROPE": [0, 0, 1],
        "GRULAC": [0, 0, 1],
        "WEOG": [0, 0, 1],
        "WEOG_OBSERVER": [0, 0, 1],
        "": [1, 0, 2],
    }
    assert (found.columns, found.total, found.states) == ([1, 1, 8], 10, 9)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["international", "regional", "national"]),
            st.sampled_from(STATES),
            st.sampled_from(FIVE),
            st.sampled_from(["pending", "confirmed", "review", "invalid"]),
        ),
        max_size=40,
    )
)
def test_totals_always_add_up(campaign, states, rows):
    from django.utils import timezone

    Signature.objects.all().delete()
    now, made = timezone.now(), []
    for number, (level, state, region, standing) in enumerate(rows):
        signature = Signature(
            campaign=campaign,
            organisation=f"Organization {number}",
            level=level,
            country=states[state],
            region=region,
            visibility="listed",
            state=standing,
            reason="x",
            confirmed_at=now,
            invalidated_at=now,
        )
        signature.place()
        made.append(signature)
    Signature.objects.bulk_create(made)
    found = totals(campaign)
    assert found.total == sum(found.columns) == sum(line.total for line in found.lines)
    assert found.total == Signature.objects.counted().count()
    assert {line.region for line in found.lines} >= set(FIVE)
    assert {line.region for line in found.lines} <= {*RegionalGroup.values, ""}


def test_empty_campaign_shows_the_five_groups_at_zero(campaign):
    found = totals(campaign)
    assert ([line.region for line in found.lines], found.total, found.states) == (FIVE, 0, 0)


@pytest.mark.parametrize("count", [1, 4])
def test_totals_take_two_queries(campaign, new_signature, django_assert_num_queries, count):
    for _each in range(count):
        new_signature()
    with django_assert_num_queries(2):
        totals(campaign)


@pytest.mark.demand("WP-33-2", "WP-33-3", "WP-33-4", "trap-1", "WP-38a", "WP-38b", "WP-38-1", "WP-18-2", "trap-12")
def test_printed_figures_stay_and_their_difference_is_named(programme):
    campaign = Campaign.objects.get(code="renew-2019")
    figures = {each.label: each for each in printed(campaign)}
    whole, national = figures["Organizations"], figures["Organizations, National"]
    assert (whole.as_printed, whole.computed) == ("1,312", 1312)
    assert dict(whole.parts) == {"International": "144", "Regional": "226", "National": "942"}
    assert (national.as_printed, national.computed) == ("942", 941)
    assert [quantity for _name, quantity in national.parts] == ["173", "236", "108", "237", "187"]
    assert national.difference == ("The parts add up to 941, which is 1 less than the printed 942; both are kept.")
    assert figures["States"].as_printed == "174"
    assert campaign.hashtag == "RenewIESOGI"
    calls = (
        Campaign.objects.filter(kind="global_call")
        .order_by("pk")
        .values_list("ref", "state", "target_year", "concern")
    )
    assert list(calls) == [
        ("WP-38a", "open", 2030, "sexual_orientation"),
        ("WP-38b", "open", None, ""),
        ("WP-18-2", "announced", None, "gender_identity"),
    ]
