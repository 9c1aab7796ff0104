"""The staff pages in a browser: scripts of our own only, nothing refused by the policy, no barrier."""

import pytest

from tests.e2e.axe import serious_findings
from tests.e2e.going import follow

PAGES = [
    "/admin/",
    "/admin/deadlines/deadline/",
    "/admin/deadlines/deadline/add/",
    "/admin/reports/report/",
    "/admin/visits/visit/",
    "/admin/outbox/mail/",
    "/admin/documents/document/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/ar/admin/",
    "/ar/admin/deadlines/deadline/",
]
# Lists and forms are Django's own; what axe finds there is Django's to mend, but for contrast, which is ours.
OURS = ["/admin/", "/ar/admin/", "/accounts/2fa/", "/accounts/password/change/"]


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_refuses_nothing(officer_page, path):
    officer_page.goto(path, wait_until="networkidle")
    assert officer_page.complaints == []
    assert officer_page.strangers == []


@pytest.mark.parametrize("path", OURS)
def test_no_serious_barrier(officer_page, path):
    officer_page.goto(path)
    assert serious_findings(officer_page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_colours_can_be_told_apart(officer_page, path, scheme):
    officer_page.emulate_media(color_scheme=scheme)
    officer_page.goto(path)
    assert [found for found in serious_findings(officer_page) if found.startswith("color-contrast")] == []


def test_a_tile_leads_to_as_many_rows_as_it_says(officer_page):
    officer_page.goto("/admin/")
    tile = officer_page.locator("a.tile").filter(has_text="Due in the next 30 days")
    count = int(tile.locator(".tile-count").inner_text())
    follow(officer_page, tile)
    assert officer_page.locator("#result_list tbody tr").count() == count > 0


def test_start_page_fits_a_phone(officer_page):
    officer_page.set_viewport_size({"width": 360, "height": 740})
    officer_page.goto("/admin/")
    assert officer_page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_deadline_is_opened_extended_and_done(officer_page):
    page = officer_page
    page.goto("/admin/deadlines/deadline/")
    follow(page, page.get_by_role("link", name="Sample: terms of reference back to the mission"))
    follow(page, page.get_by_role("link", name="Extend"))
    page.fill("[name=to]", "2030-01-15")
    page.fill("[name=reason]", "The mission asked for more time.")
    follow(page, "button[type=submit].default")
    assert "extended" in page.locator(".messagelist").inner_text()
    assert "The mission asked for more time." in page.content()


def test_buttons_of_a_row_stand_beside_its_name_and_not_over_it(officer_page):
    page = officer_page
    page.goto("/admin/deadlines/deadline/")
    follow(page, page.get_by_role("link", name="Sample: terms of reference back to the mission"))
    heading = page.locator("#content > h2").bounding_box()
    assert page.locator(".object-tools").bounding_box()["y"] >= heading["y"] + heading["height"]


def test_second_factor_is_set_up_with_an_app(browser, portal):
    from tests.accounts.totp import code

    context = browser.new_context(base_url=portal)
    page = context.new_page()
    page.goto("/accounts/login/?next=/accounts/2fa/totp/activate/")
    page.fill("[name=login]", "senior.advisor")
    page.fill("[name=password]", "portal-trial-2021")
    follow(page, "main button[type=submit]")
    page.fill("[name=password]", "portal-trial-2021")
    follow(page, "main button[type=submit]")
    secret = page.locator("#authenticator_secret").input_value()
    assert page.locator("img[src^='data:image/svg+xml']").evaluate("image => image.naturalWidth") > 0
    page.fill("[name=code]", code(secret))
    follow(page, "main button[type=submit]")
    assert page.url.endswith("/accounts/2fa/recovery-codes/")
    context.close()


def test_second_factor_is_set_up_with_a_security_key(browser, portal):
    context = browser.new_context(base_url=portal.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.fill("[name=login]", "mandate.holder")
    page.fill("[name=password]", "portal-trial-2021")
    follow(page, "main button[type=submit]")
    page.fill("[name=password]", "portal-trial-2021")
    follow(page, "main button[type=submit]")
    page.fill("[name=name]", "Key on my ring")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/accounts/2fa/webauthn/")
    assert "Key on my ring" in page.content()
    context.close()
