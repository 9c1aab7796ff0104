"""The same late code, or the same unfinished contribution, from several sides at one moment, on a real database."""

from datetime import timedelta

import pytest

from iesogi.vault import intake, receipts, tokens
from iesogi.vault.editions import seen_on
from iesogi.vault.enums import IfUncleanable
from iesogi.vault.exceptions import Damaged, SavedMeanwhile, SentAlready
from iesogi.vault.files import Incoming
from iesogi.vault.models import Receipt, Unfinished, UnfinishedPart
from iesogi.vault.unfinished import NewFile
from reports.calls.exceptions import CallClosed
from reports.calls.models import Call, LateLink
from reports.contributions import unfinished
from reports.contributions.enums import Timing
from reports.contributions.models import Contribution
from reports.contributions.services import Given, Place, submit
from tests.vault.conftest import AT, amal, channels, custodian, keys  # noqa: F401
from tests.vault.test_races import at_once
from tests.vault.uploading import upload

pytestmark = pytest.mark.django_db(transaction=True)


def test_code_of_one_use_lets_in_one_of_four_at_once(channels):  # noqa: F811
    call = Call.objects.create(code="laws", closes_at=AT, state="published")
    link = LateLink.objects.create(call=call, expires_at=AT + timedelta(days=9), uses=1, note="Asked on time")
    given = Given("cso", "en", "confidential", answers={"1": "Words."})
    later = AT + timedelta(days=1)

    def send():
        place = Place(Timing.LATE, link)
        return submit(call, given, number=receipts.new_number(), files=[], place=place, at=later)

    found = at_once(send, send, send, send)
    assert sorted(type(each).__name__ for each in found) == ["CallClosed", "CallClosed", "CallClosed", "Submitted"]
    assert "used up a moment ago" in str(next(each for each in found if isinstance(each, CallClosed)))
    link.refresh_from_db()
    assert (link.used, Contribution.objects.count()) == (1, 1)


@pytest.fixture
def call():
    return Call.objects.create(code="laws", closes_at=AT + timedelta(days=1), state="published")


@pytest.fixture
def number(channels, call):  # noqa: F811
    """Of a contribution with a file that waits to be finished."""
    found = receipts.new_number()
    keep(call, found, "Half.", new=[NewFile("q3", upload(b"A law.", "law.txt"))])
    return found


def keep(call, number, words, **kwargs):
    held = held_of(number)
    staying = [each.uuid for each in held.files]
    return unfinished.save(call, held, {"q1": words}, staying=staying, at=AT, **kwargs)


def page_of(number):
    """As a page that was opened now brings it along when it is saved or sent."""
    return seen_on(tokens.new_token(now=AT, number=number, begun=AT), held_of(number).edition)


def held_of(number):
    derived = intake.derive(number)
    return unfinished.Held(tokens.Ticket(number, AT), derived, unfinished.vault.find(derived))


def send(call, number, words, **kwargs):
    held, given = held_of(number), Given("cso", "en", "confidential", answers={"1": words})
    files = [Incoming(each.as_upload(), IfUncleanable.KEEP_ORIGINAL, "", True) for each in held.files]
    return submit(call, given, number=held.derived, files=files, place=Place(Timing.IN_TIME), at=AT, **kwargs)


def test_one_draft_sent_four_times_at_once_is_one_contribution_with_its_file(call, number):
    jobs = [lambda each=each: send(call, number, f"Words {each}.") for each in range(4)]
    found = at_once(*jobs)
    # Whoever comes after the winner may find the files gone; the page answers that as a repeat.
    new = [each for each in found if getattr(each, "is_new", False)]
    assert len(new) == 1
    assert all(isinstance(each, Damaged) or each.content == new[0].content for each in found)
    assert (Contribution.objects.get().files.count(), Receipt.objects.count()) == (1, 1)
    assert (Unfinished.objects.count(), UnfinishedPart.objects.count()) == (0, 0)


def test_first_save_pressed_four_times_at_once_keeps_one_draft(channels, call):  # noqa: F811
    number = receipts.new_number()
    found = at_once(*[lambda each=each: keep(call, number, f"Words {each}.") for each in range(4)])
    assert len({each.uuid for each in found}) == 1
    assert (call.unfinished.count(), Unfinished.objects.count(), UnfinishedPart.objects.count()) == (1, 1, 1)
    assert held_of(number).kept.content["typed"]["q1"].startswith("Words")


def test_saved_and_sent_at_once_leaves_the_contribution_alone(call, number):
    jobs = [lambda: send(call, number, "Words."), *[lambda: keep(call, number, "Half, again.")] * 3]
    sent, *saved = at_once(*jobs)
    assert sent.is_new
    assert all(isinstance(each, SentAlready | unfinished.Kept) for each in saved)
    assert (Contribution.objects.count(), Unfinished.objects.count(), UnfinishedPart.objects.count()) == (1, 0, 0)


def test_of_four_pages_that_save_one_draft_at_once_one_wins_and_the_others_are_told(call, number):
    pages = [page_of(number) for _each in range(4)]
    found = at_once(*[lambda page=page: keep(call, number, page.page, seen=page) for page in pages])
    kept = [each for each in found if isinstance(each, unfinished.Kept)]
    told = [each for each in found if isinstance(each, SavedMeanwhile)]
    assert (len(kept), len(told)) == (1, 3)
    assert held_of(number).kept == kept[0]
    assert (Unfinished.objects.count(), UnfinishedPart.objects.count()) == (1, 2)


def test_one_page_that_saves_four_times_at_once_is_told_nothing(call, number):
    page = page_of(number)
    found = at_once(*[lambda each=each: keep(call, number, f"Words {each}.", seen=page) for each in range(4)])
    assert all(isinstance(each, unfinished.Kept) for each in found)
    assert held_of(number).kept in found


def test_saved_from_one_page_and_sent_from_another_at_once_loses_no_word_untold(call, number):
    sends, saves = page_of(number), page_of(number)
    sent, saved = at_once(
        lambda: send(call, number, "Words.", seen=sends), lambda: keep(call, number, "Half, again.", seen=saves)
    )
    if isinstance(sent, SavedMeanwhile):
        assert held_of(number).kept.content["typed"]["q1"] == "Half, again."
        assert not Contribution.objects.exists()
    else:
        assert sent.is_new
        assert isinstance(saved, SentAlready | SavedMeanwhile)
        assert not Unfinished.objects.exists()
