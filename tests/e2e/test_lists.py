"""Staff lists fit beside the menu of a common screen; the board of letters is worked by keyboard, without a script."""

import pytest

from tests.e2e.desk import without_script

SCREEN = {"width": 1300, "height": 900}
LISTS = [
    "communications/letter", "communications/case", "communications/reply", "communications/publication",
    "visits/visit", "visits/candidate", "visits/recommendation", "reports/report", "reports/contribution",
    "dissemination/post", "dissemination/engagement", "dissemination/campaign",
]  # fmt: skip


@pytest.mark.parametrize("language", ["", "/fr"])
@pytest.mark.parametrize("name", LISTS)
def test_rows_of_a_list_need_no_scrolling_sideways(officer_page, name, language):
    officer_page.set_viewport_size(SCREEN)
    officer_page.goto(f"{language}/admin/{name}/")
    hidden = "document.querySelector('.results').scrollWidth - document.querySelector('.results').clientWidth"
    assert officer_page.evaluate(hidden) == 0


def test_board_scrolls_within_itself(officer_page):
    officer_page.set_viewport_size(SCREEN)
    officer_page.goto("/admin/communications/letter/board/")
    assert officer_page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]


def test_filter_is_opened_and_chosen_by_keyboard(officer_page):
    officer_page.goto("/admin/communications/letter/")
    summary = officer_page.locator("#changelist-filter summary").first
    assert "Not closed" in summary.inner_text()
    summary.focus()
    officer_page.keyboard.press("Enter")
    officer_page.locator("#changelist-filter a", has_text="In draft").focus()
    officer_page.keyboard.press("Enter")
    officer_page.wait_for_url("**state=draft")
    assert "In draft" in officer_page.locator("#changelist-filter summary").first.inner_text()


def test_letter_is_moved_on_the_board_by_keyboard_alone(browser, portal):
    with without_script(browser, portal, "desk.officer") as page:
        page.goto("/admin/communications/letter/board/")
        page.get_by_role("link", name="Sent, awaiting a reply").focus()
        page.keyboard.press("Enter")
        summary = page.locator("section[aria-labelledby=stage-sent] .board-card summary").first
        card = summary.locator("xpath=ancestor::article").get_attribute("id")
        while not summary.evaluate("each => each === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        for _stop in ("stage", "reason", "button"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/board/#{card}")
        assert page.locator(f"section[aria-labelledby=stage-follow_up] #{card}").count() == 1
