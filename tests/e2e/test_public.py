"""The public pages in a browser without scripts: readable, passable, narrow and dark."""

import pytest

from tests.e2e.axe import serious_findings
from tests.e2e.going import follow

PAGES = [
    "/",
    "/about/",
    "/about/protection/",
    "/calendar/",
    "/programme/",
    "/reports/",
    "/visits/",
    "/recommendations/",
    "/countries/GEO/",
    "/campaigns/",
    "/campaigns/renewal-2028/",
    "/newsletter/",
    "/accounts/login/",
    "/nowhere/",
]
IN_ARABIC = ["/ar/", "/ar/programme/", "/ar/reports/", "/ar/visits/", "/ar/recommendations/"]

NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES + IN_ARABIC)
def test_no_serious_barrier(checker, path, scheme):
    checker.emulate_media(color_scheme=scheme)
    checker.goto(path)
    assert serious_findings(checker) == []


@pytest.mark.parametrize("path", PAGES + IN_ARABIC)
def test_nothing_is_loaded_from_elsewhere(reader, path):
    reader.goto(path, wait_until="networkidle")
    assert reader.strangers == []
    assert reader.complaints == ([NOT_FOUND] if path == "/nowhere/" else [])


@pytest.mark.parametrize("path", PAGES + IN_ARABIC)
def test_nothing_is_cut_off_on_a_narrow_phone(reader, path):
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto(path)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_way_out_stays_in_sight_and_leads_away(reader):
    asked = []
    reader.route("https://www.wikipedia.org/**", lambda route: (asked.append(route.request.url), route.abort()))
    reader.goto("/programme/")
    reader.evaluate("window.scrollTo(0, 5000)")
    way_out = reader.get_by_role("link", name="Leave this site now")
    box = way_out.bounding_box()
    assert 0 <= box["y"] < 60
    assert box["height"] >= 44
    response = reader.request.get("/exit/", max_redirects=0)
    assert response.headers["location"] == "https://www.wikipedia.org/"


def test_keyboard_reaches_the_content_first(reader):
    reader.goto("/")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.getAttribute('href')") == "#main"
    reader.keyboard.press("Enter")
    assert reader.url.endswith("#main")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_languages_are_plain_links(reader):
    reader.goto("/reports/")
    follow(reader, reader.get_by_role("link", name="français"))
    assert reader.url.endswith("/fr/reports/")
    assert reader.locator("html").get_attribute("lang") == "fr"
    follow(reader, reader.get_by_role("link", name="العربيّة"))
    assert reader.locator("html").get_attribute("dir") == "rtl"
    assert reader.context.cookies() == []


def test_arabic_starts_on_the_right(reader):
    reader.goto("/ar/")
    title = reader.locator("h1").bounding_box()
    width = reader.viewport_size["width"]
    assert reader.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert title["x"] + title["width"] > width / 2


def test_our_own_fonts_are_loaded(reader):
    fonts = []
    reader.on("response", lambda response: fonts.append(response.url) if "woff2" in response.url else None)
    reader.goto("/ar/", wait_until="networkidle")
    assert any("NotoSansArabic" in url for url in fonts)
