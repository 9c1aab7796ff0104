"""From one page to the next. A click alone comes back while the old page still stands, and a look at the page that
does not wait (how many fields, which address) may then see the old one."""


def follow(page, place):
    """Click what leads to another page, and come back when that page is loaded."""
    with page.expect_navigation():
        (page.locator(place) if isinstance(place, str) else place).first.click()


def enter(page, field):
    """As `follow`, by the Enter key in a field."""
    with page.expect_navigation():
        page.press(field, "Enter")
