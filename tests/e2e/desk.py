"""Staff at sealed cases, as the demo brings them: their login and the passphrase of their vault."""

from contextlib import contextmanager

from iesogi.site.demo import PASSPHRASE
from tests.e2e.going import follow


def log_in(context, name):
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", "portal-trial-2021")
    follow(page, "main button[type=submit]")
    return page


@contextmanager
def without_script(browser, portal, name):
    context = browser.new_context(base_url=portal, java_script_enabled=False)
    yield log_in(context, name)
    context.close()


def press(page, label):
    follow(page, page.get_by_role("button", name=label, exact=True))


def unlock(page):
    """Whatever the language, and whether or not a form comes along."""
    page.fill("[name=passphrase]", PASSPHRASE)
    follow(page, "form:has([name=passphrase]) button.default")


def answer_the_report(page, prefix, word, text):
    """An officer with an open browser finds the one report that says `word`, and answers its source."""
    page.goto(f"{prefix}/admin/communications/case/search/")
    unlock(page)
    page.fill("[name=words]", word)
    follow(page, "form:has([name=words]) button.default")
    assert page.locator(".hits a").count() == 1, page.inner_text("#content")
    follow(page, ".hits a")
    page.locator("form[action$='/act/answer/'] textarea").fill(text)
    follow(page, "form[action$='/act/answer/'] button")
    assert text in page.locator(".message-message-out").last.inner_text()
