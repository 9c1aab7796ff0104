"""A desk officer at work on a sealed case, without script: unlock, open, answer, ask for a name, and come too late."""

import re

import pytest

from tests.e2e.axe import serious_findings
from tests.e2e.desk import log_in, press, unlock, without_script
from tests.e2e.going import follow

CASES = "/admin/communications/case/"
LONG = "A long answer that nobody wants to type again."
PAGES = ["/admin/vault/", "/admin/vault/channels/", CASES, f"{CASES}search/", f"{CASES}figures/", f"{CASES}enter/"]


def open_first_case(page):
    page.goto(CASES)
    follow(page, "#result_list tbody a")


def wait_out(page):
    """What ten idle minutes leave: a cookie that opens nothing any more."""
    page.context.clear_cookies(name=re.compile("vault"))


def test_officer_answers_a_source_even_when_too_late(browser, portal):
    with without_script(browser, portal, "desk.officer") as page:
        open_first_case(page)
        unlock(page)
        assert "The report" in page.inner_text("#content")
        page.fill("[name=text] >> nth=0", LONG)
        wait_out(page)
        press(page, "Send to the source")
        assert page.locator("textarea[name=text]").input_value() == LONG
        unlock(page)
        assert "Your answer is sealed" in page.inner_text("body")
        assert LONG in page.inner_text("#content")


def test_name_goes_from_custodian_to_officer_by_a_request(browser, portal):
    with without_script(browser, portal, "desk.officer") as page:
        page.goto("/admin/vault/")
        unlock(page)
        open_first_case(page)
        address = page.url
        follow(page, "text=Ask for names or originals")
        page.locator("[name=wanted]").first.check()
        page.fill("[name=reason]", "To write the letter.")
        press(page, "Ask the custodians")
        with without_script(browser, portal, "mandate.holder") as holder:
            holder.goto(f"{CASES}disclosures/")
            follow(holder, "text=Read the reason and decide")
            unlock(holder)
            assert "To write the letter." in holder.inner_text("#content")
            holder.check("[name=compared]")
            press(holder, "Give these records")
        page.goto(address)
        follow(page, "text=Read what was disclosed to you")
        assert "Sample Person" in page.inner_text("#content")


def test_no_serious_barrier_on_sealed_pages(browser, portal):
    context = browser.new_context(base_url=portal)
    page = log_in(context, "desk.officer")
    open_first_case(page)
    assert serious_findings(page) == []
    unlock(page)
    found = {"the case": serious_findings(page)}
    for path in PAGES:
        page.goto(path)
        found[path] = [each for each in serious_findings(page) if path != CASES or each.startswith("color-contrast")]
    context.close()
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_a_case_can_be_told_apart(browser, portal, scheme):
    context = browser.new_context(base_url=portal, color_scheme=scheme)
    page = log_in(context, "desk.officer")
    open_first_case(page)
    unlock(page)
    found = serious_findings(page)
    context.close()
    assert found == []
