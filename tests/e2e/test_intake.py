"""A report from the first word to the number, in a browser without scripts, from both sides of the page."""

import pytest

from tests.e2e.axe import serious_findings
from tests.e2e.going import enter, follow

ACCOUNT = "On 14 May four officers stopped A near the market and beat A. B saw it from the other side of the street."


def press(page, go):
    follow(page, f"button[name=go][value='{go}']:not(.visually-hidden)")


def number_on(page):
    return "".join(page.locator(".intake-number span").all_inner_texts())


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_report_is_sent_and_its_number_written_down(reader, prefix):
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto(f"{prefix}/submit/")
    press(reader, "start")
    while not reader.locator("#id_files").count():
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360
        if reader.locator("[name=account]").count():
            reader.fill("[name=account]", ACCOUNT)
        if reader.locator("[name=your_name]").count():
            reader.fill("[name=your_name]", "Zed")
            reader.fill("[name=email]", "zed@example.org")
        press(reader, "next")
    assert ACCOUNT in reader.locator("main").inner_text()
    reader.wait_for_timeout(5500)  # the form asks again what comes faster than a person
    reader.set_input_files("#id_files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"})
    press(reader, "send")
    number = number_on(reader)
    assert len(number) == 24
    assert number not in reader.url + reader.title()
    assert reader.locator(".intake-number bdi").get_attribute("dir") == "ltr"
    reader.fill("[name=last]", number[-4:])
    press(reader, "confirm")
    assert number_on(reader) == ""
    assert reader.context.cookies() == []
    assert reader.strangers == []
    assert reader.complaints == []


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_serious_barrier_on_any_page_of_the_form(checker, prefix):
    checker.goto(f"{prefix}/submit/")
    found = serious_findings(checker)
    press(checker, "start")
    while not checker.locator("#id_files").count():
        if checker.locator("[name=account]").count():
            checker.fill("[name=account]", "x" * 30_001)
            press(checker, "next")
            found += serious_findings(checker)
            checker.fill("[name=account]", ACCOUNT)
        found += serious_findings(checker)
        press(checker, "next")
    found += serious_findings(checker)
    checker.wait_for_timeout(5500)
    press(checker, "send")
    found += serious_findings(checker)
    press(checker, "confirm")
    found += serious_findings(checker)
    checker.fill("[name=last]", number_on(checker)[-4:])
    press(checker, "confirm")
    assert found + serious_findings(checker) == []


def test_way_out_is_the_first_thing_a_keyboard_reaches(reader):
    reader.goto("/submit/")
    press(reader, "start")
    first = "a[href], button, input:not([type=hidden]), select, textarea, [tabindex]"
    assert reader.evaluate("first => document.querySelector(first).getAttribute('href')", first) == "/exit/"


def test_enter_in_a_field_goes_on_and_removes_nobody(reader):
    reader.goto("/submit/")
    press(reader, "start")
    press(reader, "next")
    press(reader, "next")
    reader.fill("[name=begun]", "May 2021")
    enter(reader, "[name=begun]")
    assert reader.locator("input[name=step]").get_attribute("value") == "victims"
    press(reader, "back")
    assert reader.input_value("[name=begun]") == "May 2021"
