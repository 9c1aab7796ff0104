"""A source sends a report, comes back by number, reads the answer of the desk, adds, withdraws and leaves.

All of it in browsers without scripts, on both sides.
"""

import pytest

from tests.e2e.axe import serious_findings
from tests.e2e.desk import answer_the_report, without_script
from tests.e2e.going import follow
from tests.e2e.test_intake import ACCOUNT, number_on, press

IN_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


ANSWER = "Thank you. On which day was it?"


def send_report(page, prefix, account=ACCOUNT):
    """By the shortest way; the number."""
    page.goto(f"{prefix}/submit/")
    press(page, "start")
    while not page.locator("#id_files").count():
        if page.locator("[name=account]").count():
            page.fill("[name=account]", account)
        press(page, "next")
    page.wait_for_timeout(5500)  # the form asks again what comes faster than a person
    press(page, "send")
    return number_on(page)


def send(page, name):
    follow(page, f"form[action$='/return/thread/{name}/'] button")


def come_back(page, prefix, number):
    page.goto(f"{prefix}/return/")
    page.fill("[name=number]", number)
    follow(page, "main form button")


def word_of(prefix, test="walk"):
    """Stands in one report of this run alone."""
    return f"wombat {test} {prefix.strip('/') or 'en'}"


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_source_comes_back_reads_the_answer_adds_withdraws_and_leaves(reader, browser, portal, prefix):
    reader.set_viewport_size({"width": 360, "height": 740})
    number = send_report(reader, prefix, f"{ACCOUNT} {word_of(prefix)}")
    come_back(reader, prefix, number.translate(IN_ARABIC) if prefix else number)
    assert reader.locator("article.answer").count() == 0
    with without_script(browser, portal, "desk.officer") as officer:
        answer_the_report(officer, prefix, word_of(prefix), ANSWER)
    reader.reload()
    assert ANSWER in reader.locator("article.answer").inner_text()
    assert reader.url.endswith(f"{prefix}/return/thread/")
    assert reader.evaluate("document.documentElement.scrollWidth") <= 360
    reader.fill("[name=add-text]", "He came back on Sunday.")
    reader.set_input_files("[name=add-files]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"})
    send(reader, "add")
    assert "a.txt" in reader.locator("#done").inner_text()
    assert "on Sunday" not in reader.locator("main").inner_text()
    reader.locator("summary").last.click()
    send(reader, "withdraw")
    assert reader.locator("#done").is_visible()
    assert number not in reader.content()
    send(reader, "close")
    reader.goto(f"{prefix}/return/thread/")
    assert reader.locator("[name=number]").is_visible()
    assert reader.strangers == []
    assert reader.complaints == []


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_serious_barrier_on_the_return_page(checker, browser, portal, prefix):
    number = send_report(checker, prefix, f"{ACCOUNT} {word_of(prefix, 'axe')}")
    with without_script(browser, portal, "desk.officer") as officer:
        answer_the_report(officer, prefix, word_of(prefix, "axe"), ANSWER)
    checker.goto(f"{prefix}/return/")
    found = serious_findings(checker)
    checker.fill("[name=number]", "1234")
    follow(checker, "main form button")
    found += serious_findings(checker)
    checker.fill("[name=number]", number)
    follow(checker, "main form button")
    assert checker.locator("article.answer").count() == 1
    for summary in checker.locator("summary").all():
        summary.click()
    found += serious_findings(checker)
    send(checker, "consent")  # nothing chosen: the complaint is shown
    found += serious_findings(checker)
    checker.context.clear_cookies(name="return")
    checker.fill("[name=add-text]", "Too late.")
    send(checker, "add")
    found += serious_findings(checker)
    assert "Too late." in checker.input_value("[name=add-text]")
    checker.fill("[name=add-number]", number)
    send(checker, "add")
    assert checker.locator("#done").is_visible()
    assert found + serious_findings(checker) == []
