"""Half a contribution, a number on paper, and the other half on another day, in browsers without scripts."""

from pathlib import Path

import pytest

from tests.e2e.axe import serious_findings
from tests.e2e.going import enter, follow
from tests.e2e.test_intake import number_on

CONTRIBUTE, DOOR = "/calls/sample-education/contribute/", "/calls/return/"
HALF = "Two laws protect pupils."
WHOLE = "Two laws protect pupils, and a hotline exists since 2020."
SAVE, SEND = "button[name=save]", "#contribution .btn-primary"
PHONE = {"width": 390, "height": 844}
LAW = {"name": "loi n° 7.txt", "mimeType": "text/plain", "buffer": b"A law of 2020."}


@pytest.fixture
def phone(browser, portal):
    """Another device, which knows nothing of the first one."""
    context = browser.new_context(base_url=portal, java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


def save_half(page, *, prefix="", file=None):
    """The number, after its last group was typed again."""
    page.goto(prefix + CONTRIBUTE)
    page.select_option("[name=category]", "cso")
    page.fill("[name=q1]", HALF)
    if file:
        page.set_input_files("[name=q4]", file)
    page.wait_for_timeout(5500)  # the form asks again what comes faster than a person
    follow(page, SAVE)
    number = number_on(page)
    page.fill("[name=last]", number[-4:])
    follow(page, "main .btn-primary")
    assert number_on(page) == ""
    return number


def come_back(page, number, *, prefix=""):
    page.goto(prefix + DOOR)
    page.fill("[name=number]", number)
    follow(page, "main .btn-primary")


def is_narrow(page):
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_begun_on_one_device_and_sent_from_another_under_the_same_number(reader, phone):
    number = save_half(reader, prefix="/fr", file=LAW)
    assert reader.context.cookies() == []
    come_back(phone, number)
    assert phone.locator("html").get_attribute("lang") == "fr"
    assert (phone.input_value("[name=q1]"), phone.input_value("[name=category]")) == (HALF, "cso")
    assert is_narrow(phone)
    phone.fill("[name=q1]", WHOLE)
    follow(phone, "button[name=show][lang=en]")
    assert (phone.locator("html").get_attribute("lang"), phone.input_value("[name=q1]")) == ("en", WHOLE)
    follow(phone, SAVE)
    assert "under the number that you have" in phone.inner_text("main")
    assert is_narrow(phone)
    come_back(phone, number)
    follow(phone, SEND)
    assert "Your contribution is with us" in phone.inner_text("main")
    come_back(phone, number)
    assert phone.url.endswith("/calls/return/page/")
    assert WHOLE not in phone.content(), "What was sent cannot be read, not even by its sender."
    assert number not in reader.url + phone.url + phone.content()
    assert (reader.strangers, reader.complaints) == ([], [])


def test_kept_file_is_downloaded_while_the_page_stays_as_it_is(reader, phone):
    come_back(phone, save_half(reader, file=LAW))
    phone.fill("[name=q1]", WHOLE)
    found = []
    phone.context.on("page", lambda page: page.on("download", lambda file: found.append(file)))
    phone.on("download", lambda file: found.append(file))
    phone.locator("button[form=kept]").click()
    phone.wait_for_timeout(2000)
    assert [each.suggested_filename for each in found] == [LAW["name"]]
    assert Path(found[0].path()).read_bytes() == LAW["buffer"]
    assert phone.input_value("[name=q1]") == WHOLE


def test_second_page_that_saves_is_told_and_keeps_its_words(reader, phone):
    number = save_half(reader)
    come_back(reader, number)
    come_back(phone, number)
    reader.fill("[name=q1]", "Written on the laptop.")
    follow(reader, SAVE)
    phone.fill("[name=q1]", "Written on the phone.")
    follow(phone, SAVE)
    shown = phone.inner_text("main")
    assert "saved from another page or device" in shown
    assert "Written on the laptop." in shown
    assert phone.input_value("[name=q1]") == "Written on the phone."
    assert is_narrow(phone)
    follow(phone, SAVE)
    come_back(reader, number)
    assert reader.input_value("[name=q1]") == "Written on the phone."


def test_enter_in_a_field_of_an_opened_draft_loses_nothing(reader, phone):
    number = save_half(reader)
    come_back(phone, number)
    phone.fill("[name=q1]", WHOLE)
    enter(phone, "[name=name]")
    assert phone.locator("html").get_attribute("lang") == "en"
    assert "Nothing was sent yet" in phone.title() or "Your contribution is with us" in phone.inner_text("main")


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_serious_barrier_on_the_way_back(checker, reader, prefix):
    number = save_half(reader, file=LAW)
    come_back(checker, number, prefix=prefix)
    found = serious_findings(checker)
    come_back(reader, number)
    reader.fill("[name=q1]", "Written elsewhere meanwhile.")
    follow(reader, SAVE)
    follow(checker, SAVE)
    found += serious_findings(checker)
    follow(checker, SAVE)
    assert found + serious_findings(checker) == []
