"""Whoever confirms a publication reads on that page exactly what becomes public, and confirms nothing else."""

import re
from datetime import date
from itertools import pairwise

import pytest

from communications.models import Letter
from communications.publication import services
from communications.replies import services as replies
from tests.communications.publication.conftest import WORDS

pytestmark = pytest.mark.django_db
CHANGED = "has changed since you were shown it"


@pytest.fixture
def page(redacted):
    return f"/admin/communications/publication/{redacted.pk}/confirm/"


def reply_to(letter, *, on, by):
    reply = replies.record([letter], received_on=on, channel="email", language="ru", by=by)
    return replies.classify(reply, reply_class="partial", publishable=True, by=by)


def shown_on(response):
    return re.search(r'name="shown" value="(\w{64})"', response.content.decode())[1]


def words_of(content, start, end):
    """Visible words of a part of a page."""
    part = content[content.index(start) : content.index(end)]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_confirming_page_shows_what_the_public_then_reads(as_user, officer, holder, sent, redacted, page, at):
    at(2021, 7, 31)
    reply_to(sent, on=date(2021, 4, 12), by=officer)
    at(2021, 8, 2)
    reply_to(sent, on=date(2021, 8, 1), by=officer)  # late, so it is not among them
    client = as_user(holder)
    before = client.get(page)
    assert client.post(page, {"shown": shown_on(before)}).status_code == 302
    client.logout()
    public = client.get("/communications/KAZ-2-2021/").content.decode()
    expected = words_of(public, '<p class="lead"', '<p><a href="/communications/KAZ-2-2021/letter.pdf"')
    assert words_of(before.content.decode(), '<p class="lead"', "</article>") == expected
    assert "12 April 2021" in expected
    assert "1 August 2021" not in expected


def reworded(row, officer):
    services.redact(row, by=officer, **WORDS | {"text": "Something else is alleged."})


def answered(row, officer):
    reply_to(row.letter, on=date(2021, 7, 30), by=officer)


def readdressed(row, officer):
    Letter.objects.update(number=3)


def with_another_day(row, officer):
    Letter.objects.update(sent_on=date(2021, 3, 2))


@pytest.mark.parametrize("change", [reworded, answered, readdressed, with_another_day])
def test_what_changed_since_it_was_shown_is_read_again_before_it_is_confirmed(
    as_user, officer, holder, redacted, page, change
):
    client = as_user(holder)
    old = shown_on(client.get(page))
    change(redacted, officer)
    refused = client.post(page, {"shown": old})
    assert CHANGED in refused.content.decode()
    assert not Letter.objects.published().exists()
    assert client.post(page, {"shown": shown_on(refused)}).status_code == 302
    assert Letter.objects.published().exists()


@pytest.mark.parametrize("shown", ["", "f" * 64, "x" * 65])
def test_nothing_is_confirmed_unread(as_user, holder, page, shown):
    response = as_user(holder).post(page, {"shown": shown} if shown else {})
    assert response.status_code == 200
    assert not Letter.objects.published().exists()


def test_confirming_page_without_a_redacted_version_says_so(as_user, holder, sent, at):
    at(2021, 8, 2)
    row = services.propose(sent, by=None)
    content = as_user(holder).get(f"/admin/communications/publication/{row.pk}/confirm/").content.decode()
    assert "the redacted version is not written" in content


def test_headings_of_the_confirming_page_step_down_one_by_one(as_user, holder, page):
    levels = [int(level) for level in re.findall(r"<h([1-6])", as_user(holder).get(page).content.decode())]
    assert all(after <= before + 1 for before, after in pairwise(levels))
