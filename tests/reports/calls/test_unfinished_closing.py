"""What becomes of a saved contribution when its call closes, to the second, or is taken back."""

from datetime import timedelta

from iesogi.vault.models import Unfinished
from reports.calls import services
from reports.calls.enums import CallState
from reports.contributions.models import Contribution
from tests.reports.calls.conftest import ANSWER, CLOSES
from tests.reports.calls.unfinished import DAY, HALF, SECOND, document, on_another_device, save
from tests.vault.conftest import AT


def test_begun_in_time_and_come_back_to_within_the_grace_is_sent_to_the_second(sender, clock):
    number = save(sender, **HALF)
    back = on_another_device(clock, number, at=CLOSES + SECOND)
    assert "You began in time, so you can still send this until 28 June 2021, 11:00 (Zurich time, UTC+2)" in back.text
    back.send(after=timedelta(minutes=30) - SECOND, q1=ANSWER, email="", name="N.")
    assert Contribution.objects.get().timing == "grace"


def test_one_second_after_the_grace_it_is_told_and_all_of_it_can_be_taken_along(sender, clock, call):
    type(call).objects.update(contact_email="calls@example.org")
    number = save(sender, **HALF, q3=[document()])
    on_time = on_another_device(clock, number, at=CLOSES)
    back = on_another_device(clock, number, at=CLOSES + timedelta(minutes=30) + SECOND)
    for words in (
        "The call closed on 28 June 2021, 10:30 (Zurich time, UTC+2). You began in time, and it was not sent.",
        "Nothing that you typed is lost",
        "Three laws",
        "not an address",
        "law.txt",
        "Ask the team for a late code",
        "calls@example.org",
    ):
        assert words in back.text
    assert back.typed is None
    text = back.press("text/").response
    assert (text["Content-Type"], "attachment" in text["Content-Disposition"]) == ("text/plain; charset=utf-8", True)
    assert "1. What has changed?\nThree laws" in text.content.decode()
    assert "2. Is it enough?\nNo" in text.content.decode()
    on_time.send(after=SECOND, q1=ANSWER, email="", name="N.")
    assert "You began in time" in on_time.problems
    assert not Contribution.objects.exists()


def test_late_code_lets_a_draft_in_after_closing(sender, clock, call, officer):
    number = save(sender, **HALF)
    clock.move_to(CLOSES + DAY, tick=False)
    link = services.give_late_link(call, expires_at=CLOSES + 9 * DAY, uses=1, note="Asked", by=officer)
    back = on_another_device(clock, number)
    back.press("", late="WRONG34679")
    assert "mistyped, used up or no longer good" in back.problems
    assert back.typed is None
    back.press("", late=link.code.lower())
    assert back.typed["q1"] == "Three laws"
    back.send(q1=ANSWER, email="", name="N.")
    row = Contribution.objects.get()
    assert (row.timing, row.late_link) == ("late", link)
    assert not Unfinished.objects.exists()


def test_begun_in_time_can_still_be_saved_after_closing(sender, clock):
    clock.move_to(CLOSES - timedelta(minutes=1), tick=False)
    number = save(sender.open(), after=timedelta(hours=1), q1=ANSWER, category="cso")
    assert "You began in time, and it was not sent" in on_another_device(clock, number).text


def test_begun_with_a_code_that_ended_is_not_kept_and_stays_on_the_page(sender, clock, call, officer):
    clock.move_to(CLOSES + DAY, tick=False)
    link = services.give_late_link(call, expires_at=CLOSES + 2 * DAY, uses=1, note="Asked", by=officer)
    sender.path += f"?late={link.code}"
    clock.move_to(CLOSES + 2 * DAY, tick=False)
    save(sender.open(), q1=ANSWER, category="cso")
    assert "so nothing new is kept" in sender.problems
    assert ANSWER in sender.response.content.decode()
    assert not Unfinished.objects.exists()


def test_begun_after_a_closing_that_was_moved_forward_is_told_no_more_than_that(sender, clock, call):
    number = save(sender, **HALF)
    type(call).objects.update(closes_at=AT - DAY)
    back = on_another_device(clock, number, at=AT + DAY)
    assert "and this was not sent. Nothing" in back.text
    assert "Three laws" in back.text


def test_saving_with_a_page_that_is_too_old_complains_of_nothing_that_only_sending_needs(sender, clock):
    number = save(sender, q1="Three laws")
    back = on_another_device(clock, number)
    save(back, after=timedelta(hours=13))
    assert "Type your number" in back.problems
    assert "You write as" not in back.problems


def test_category_that_closed_earlier_is_told_while_the_form_stays_open(sender, clock, call):
    call.deadlines.create(category="member_state", closes_at=CLOSES + 3 * DAY)
    number = save(sender, **HALF)
    back = on_another_device(clock, number, at=CLOSES + DAY)
    assert "The call closed on 28 June 2021" in back.problems
    back.send(q1=ANSWER, email="", name="N.", category="member_state")
    assert Contribution.objects.get().timing == "in_time"


def test_call_that_is_taken_back_or_closed_early_leaves_every_word_to_its_writer(sender, clock, call, officer):
    number = save(sender, **HALF)
    back = on_another_device(clock, number)
    services.move(call, CallState.DRAFT, by=officer)
    back.send(q1=ANSWER, email="", name="N.")
    assert (ANSWER in back.response.content.decode(), Contribution.objects.exists()) == (True, False)
    taken = on_another_device(clock, number)
    assert "This call was taken back" in taken.text
    assert "Three laws" in taken.text
    assert "Late code" not in taken.text
    call.refresh_from_db()
    services.move(services.move(call, CallState.PUBLISHED, by=officer), CallState.CLOSED, by=officer)
    assert "closed before its time" in on_another_device(clock, number).text
