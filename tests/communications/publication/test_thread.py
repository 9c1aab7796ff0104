"""A reply comes, the letter is proposed, redacted by one, confirmed by another, and then stands on a public page."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from communications.enums import LetterState
from communications.exceptions import StepRefused
from communications.models import Case, Letter, Publication
from communications.publication import services
from communications.publication.enums import PublicationState
from communications.replies import services as replies
from iesogi.audit.models import Entry
from iesogi.deadlines.days import morning_of
from iesogi.deadlines.models import Deadline
from tests.communications.publication.conftest import WORDS

pytestmark = pytest.mark.django_db


def reply_to(*letters, on=date(2021, 4, 12), by=None):
    return replies.record(letters, received_on=on, channel="note_verbale", language="ru", by=by)


def proposed(letter):
    services.tick(now=morning_of(date(2021, 8, 1)), enqueue=False)
    return Publication.objects.get(letter=letter)


def test_from_reply_to_public_page(client, sent, officer, holder, at):
    reply = reply_to(sent, by=officer)
    replies.classify(reply, reply_class="partial", publishable=True, by=officer)
    assert client.get("/communications/KAZ-2-2021/").status_code == 404

    at(2021, 8, 2)
    row = services.redact(proposed(sent), by=officer, **WORDS)
    services.confirm(row, by=holder)

    page = client.get("/communications/KAZ-2-2021/")
    sent.refresh_from_db()
    reply.refresh_from_db()
    assert (sent.state, sent.public, sent.published_on) == (LetterState.PUBLISHED, True, date(2021, 8, 2))
    assert reply.public_since == date(2021, 8, 2)
    for words in ("AL KAZ 2/2021", "Alleged threats", "Partial reply", "Session 48 of the Council, September 2021"):
        assert words in page.content.decode()


def test_tick_proposes_once_and_only_what_the_window_has_closed_on(sent, new_letter):
    new_letter(number=3, sent_on=date(2021, 6, 1))
    assert services.tick(now=morning_of(date(2021, 7, 31)), enqueue=False) == {"publications_proposed": 0}
    assert services.tick(now=morning_of(date(2021, 8, 1)), enqueue=False) == {"publications_proposed": 1}
    assert services.tick(now=morning_of(date(2021, 8, 1)), enqueue=False) == {"publications_proposed": 0}
    row = Publication.objects.get()
    assert (row.letter, row.session, row.state) == (sent, 48, PublicationState.PROPOSED)
    assert not Letter.objects.published().exists()


def test_proposals_nag_the_desk_once_a_session_until_nothing_waits(sent, officer, at):
    nags = Deadline.objects.open().filter(kind__code="confidential-task")
    at(2021, 8, 1)
    row = proposed(sent)
    assert (nags.get().title, nags.get().due_on) == ("A confidential task is due", date(2021, 8, 15))
    row = services.hold(row, reason="The source asked for time.", by=officer)
    assert not nags.exists()
    services.release(row, by=officer)
    assert nags.count() == 1


def test_publication_needs_redacted_text_a_second_person_and_its_day(sent, officer, holder, at):
    row = services.propose(sent, by=holder)
    services.redact(row, by=officer, **WORDS)
    with pytest.raises(StepRefused, match="until 31 July 2021"):
        services.confirm(row, by=holder)
    at(2021, 8, 1)
    for nobody_else in (officer, holder):
        with pytest.raises(StepRefused, match="Ask a colleague"):
            services.confirm(row, by=nobody_else)
    assert not Letter.objects.published().exists()


@pytest.mark.parametrize(
    ("kind", "day", "is_public"),
    [("OL", 3, False), ("OL", 4, True), ("AL", 4, False), ("UA", 4, False)],
)
def test_comment_on_a_law_may_be_public_48_hours_after_sending(sent, officer, holder, at, kind, day, is_public):
    """The hour is not recorded, so 48 hours count from the end of 1 March."""
    Letter.objects.update(kind=kind)
    at(2021, 3, day)
    row = services.redact(services.propose(sent, by=officer), by=officer, **WORDS)
    if is_public:
        assert services.confirm(row, by=holder).is_public
    else:
        with pytest.raises(StepRefused, match=r"not before 4 March|until 31 July"):
            services.confirm(row, by=holder)


def test_early_letter_keeps_its_two_persons_and_its_reply_waits_for_the_report(client, sent, officer, holder, at):
    Letter.objects.update(kind="OL")
    reply = reply_to(sent, by=officer)
    replies.classify(reply, reply_class="partial", publishable=True, by=officer)
    row = services.redact(services.propose(sent, by=None), by=officer, **WORDS)
    with pytest.raises(StepRefused, match="Two persons"):
        services.confirm(row, by=officer)
    services.confirm(row, by=holder)
    text = client.get("/communications/KAZ-2-2021/").content.decode()
    assert "No reply published" in text
    assert "To be reported to" in text
    with pytest.raises(StepRefused, match="until the report"):
        replies.publish(reply, by=holder)
    at(2021, 8, 1)
    replies.publish(reply, by=holder)
    assert "Partial reply" in client.get("/communications/KAZ-2-2021/").content.decode()


def test_early_publication_is_a_setting(sent, officer, holder, settings):
    Letter.objects.update(kind="OL")
    settings.EARLY_PUBLICATION_HOURS = {}
    row = services.redact(services.propose(sent, by=None), by=officer, **WORDS)
    with pytest.raises(StepRefused, match="until 31 July"):
        services.confirm(row, by=holder)


def test_public_finds_a_letter_by_its_redacted_words_alone(client, sent, officer, holder, at):
    Letter.objects.update(matter="What the desk wrote")
    at(2021, 8, 2)
    row = services.redact(proposed(sent), by=officer, **WORDS)
    sent.refresh_from_db()
    assert sent.search_text == ""
    services.confirm(row, by=holder)
    found = [client.get(f"/communications/?q={word}").context["page"].paginator.count for word in ("THREATS", "desk")]
    assert found == [1, 0]


def test_publication_without_its_redacted_version_is_refused(sent, holder, at):
    at(2021, 8, 1)
    with pytest.raises(StepRefused, match="redacted version is missing"):
        services.confirm(proposed(sent), by=holder)


@pytest.mark.parametrize(("agrees", "is_refused"), [(True, False), (False, True), (None, True)])
def test_public_version_names_only_who_agrees_at_the_last_step_too(sent, officer, holder, at, agrees, is_refused):
    """R4; without a case behind the letter nobody is known to agree."""
    case = Case.objects.create(ref="A-1", week=date(2021, 2, 1), matter="individual", may_be_named_publicly=True)
    sent.letter_cases.create(case=case, added_by=officer)
    at(2021, 8, 1)
    row = services.redact(proposed(sent), by=officer, **WORDS | {"naming": "agreed"})
    if agrees is None:
        sent.letter_cases.all().delete()
    else:
        Case.objects.update(may_be_named_publicly=agrees)
    if is_refused:
        with pytest.raises(StepRefused, match="agrees to be named"):
            services.confirm(row, by=holder)
    else:
        assert services.confirm(row, by=holder).is_public


def test_held_publication_says_why_and_is_not_confirmed(sent, officer, holder, at):
    at(2021, 8, 1)
    row = services.redact(proposed(sent), by=officer, **WORDS)
    row = services.hold(row, reason="The source asked for time.", by=officer)
    with pytest.raises(StepRefused, match="Held"):
        services.confirm(row, by=holder)
    services.confirm(services.release(row, by=officer), by=holder)
    assert "asked for time" not in str(list(Entry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "published", "text": ""},
        {"state": "published", "same_person": True},
        {"state": "held", "held_reason": ""},
    ],
)
def test_database_keeps_the_rules_of_publication(sent, officer, holder, fields):
    second = officer if fields.pop("same_person", False) else holder
    whole = {"title": "A", "text": "B", "naming": "nobody", "redacted_by": officer, "confirmed_by": second}
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(letter=sent, session=48, proposed_on=date(2021, 8, 1), **whole | fields)


def test_late_reply_waits_for_a_second_person_and_shows_as_late(client, sent, officer, holder, at):
    at(2021, 8, 2)
    services.confirm(services.redact(proposed(sent), by=officer, **WORDS), by=holder)
    late = reply_to(sent, on=date(2021, 8, 2), by=officer)
    replies.classify(late, reply_class="substantive", publishable=True, by=officer)
    assert "No reply published" in client.get("/communications/KAZ-2-2021/").content.decode()
    with pytest.raises(StepRefused, match="Ask a colleague"):
        replies.publish(late, by=officer)
    replies.publish(late, by=holder)
    text = client.get("/communications/KAZ-2-2021/").content.decode()
    assert "Substantive reply" in text
    assert "late: in the next report" in text
