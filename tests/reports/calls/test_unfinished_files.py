"""The files of an unfinished contribution come back to whoever has its number, and to nobody else."""

import logging

import pytest
from django.core.files.storage import default_storage

from iesogi.vault import guard, sending
from tests.reports.calls.conftest import CLOSES
from tests.reports.calls.unfinished import DAY, HALF, document, kept_under, on_another_device, save

NAME = "loi n° 7 – القانون.txt"
GONE = "not kept any more, or it is damaged"


@pytest.fixture
def number(sender):
    return save(sender, **HALF, q3=[document(name=NAME)])


def pressed(back, **kwargs):
    """The button of the first file, as a browser without scripts presses it."""
    [button] = back.page.xpath("//button[@form='kept']")
    [form] = back.page.xpath("//form[@id='kept']")
    back.response = back.client.post(form.get("action"), dict(form.form_values()) | {"file": button.get("value")})
    return back.response


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("at", [None, CLOSES + DAY], ids=["open", "closed"])
def test_comes_back_as_it_was_saved_under_its_name(clock, number, at):
    back = on_another_device(clock, number, at=at)
    answer = pressed(back)
    assert body(answer) == b"A law of 2020."
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''loi%20n%C2%B0%207")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert answer["Content-Type"] == "application/octet-stream"
    assert not answer.cookies


def test_address_says_nothing_and_nothing_is_logged(clock, number, caplog):
    back = on_another_device(clock, number)
    [file] = kept_under(number).files
    with caplog.at_level(logging.DEBUG):
        answer = pressed(back)
        body(answer)
    assert answer.wsgi_request.get_full_path() == "/calls/return/unfinished/file/"
    assert caplog.text == ""
    assert str(file.uuid) not in back.client.get("/calls/return/").content.decode()


def test_page_on_which_it_was_saved_opens_no_file(sender, client, number):
    [file] = kept_under(number).files
    token = sender.page.xpath("//input[@name='token']/@value")[0]
    refused = client.post("/calls/return/unfinished/file/", {"token": token, "file": str(file.uuid)})
    assert (refused.status_code, b"A law of 2020." in refused.content) == (422, False)
    assert client.get("/calls/return/unfinished/file/").status_code == 303


def test_number_of_another_draft_opens_no_file_of_this_one(sender, clock, number):
    [file] = kept_under(number).files
    other = save(sender.open(), **HALF, q3=[document("Another law.", "other.txt")])
    back = on_another_device(clock, other)
    back.press("file/", file=str(file.uuid))
    assert (back.response.status_code, GONE in back.text) == (422, True)


def test_damaged_one_is_told_and_not_a_byte_of_it_leaves(clock, number):
    back = on_another_device(clock, number)
    default_storage.delete(kept_under(number).files[0].blob)
    assert (pressed(back).status_code, GONE in back.response.content.decode()) == (422, True)


def test_one_network_that_asks_for_too_many_has_to_wait(clock, number, monkeypatch):
    back = on_another_device(clock, number)
    monkeypatch.setattr(sending, "confirmations", guard.Buckets(burst=1, per_minute=1))
    assert body(pressed(back)) == b"A law of 2020."
    assert pressed(back).status_code == 503
