"""A question whose SQL is kept is asked anew each time, and answered as Django answers it."""

import pytest
from django.db import transaction

from iesogi.vault import epochs, intake, receipts, rotation
from iesogi.vault.enums import Slug
from iesogi.vault.models import ChannelEpoch, Receipt
from tests.vault.conftest import submit

BOTH = (Slug.CASES, Slug.IDENTITY)


def asked(*slugs, locked=False):
    with transaction.atomic():
        return [epochs.Epoch._make(row) for row in epochs._epochs(slugs, locked=locked).rows()]


@pytest.mark.django_db
@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("slugs", [BOTH, (Slug.IDENTITY, Slug.CASES), (Slug.INPUTS,)], ids=["both", "turned", "one"])
def test_epochs_are_those_of_the_channels_that_were_asked_for(channels, slugs, locked):
    found = ChannelEpoch.objects.current().filter(channel__slug__in=slugs).select_related("channel").order_by("pk")
    expected = [(each.pk, each.channel_id, each.slug, each.number, each.public, each.pin) for each in found]
    assert [tuple(each) for each in asked(*slugs, locked=locked)] == expected
    assert len(expected) == len(slugs)


@pytest.mark.django_db
def test_rotation_is_seen_by_the_very_next_question(amal, channels):
    before = asked(*BOTH)
    rotation.rotate(Slug.CASES, unlocked=amal)
    after = asked(*BOTH)
    assert {each.slug: each.number for each in before} == {"cases": 1, "identity": 1}
    assert {each.slug: each.number for each in after} == {"cases": 2, "identity": 1}
    assert set(after) & set(before) == {each for each in before if each.slug == "identity"}


@pytest.mark.django_db
def test_receipt_is_found_by_its_own_number_alone(channels):
    numbers = [receipts.new_number() for _each in range(2)]
    sent = [submit(number=number) for number in numbers]
    assert [intake.known(number).content for number in numbers] == [each.content for each in sent]
    assert intake.known(receipts.new_number()) is None
    derived = intake.derive(numbers[0])
    row = Receipt.objects.get(lookup_id=derived.lookup_id)
    assert intake._receipt(derived) == (row.compartment_id, row.box, row.confirmed)
