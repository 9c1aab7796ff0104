"""The pages anyone may read: they work without a script or a cookie, and always show the way out."""

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver
from django.utils import translation

from tests.site.markup import page_of

TEMPLATES = settings.BASE_DIR / "templates"
LANGUAGES = ["en", "fr", "es", "ar"]
# Everything that answers without a login. What is not on this list asks for one.
PUBLIC = {
    "thread:door",
    "thread:page",
    "thread:add",
    "thread:consent",
    "thread:withdraw",
    "thread:reprisal",
    "thread:close",
    "about",
    "calendar",
    "calendar-feed",
    "calls:add",
    "calls:atom",
    "calls:calendar",
    "calls:close",
    "calls:confirm",
    "calls:contribute",
    "calls:delete",
    "calls:detail",
    "calls:door",
    "calls:file",
    "calls:go-on",
    "calls:kept-file",
    "calls:list",
    "calls:page",
    "calls:published",
    "calls:restrict",
    "calls:saved",
    "calls:text",
    "calls:withdraw",
    "calls:word-form",
    "calls:word-upload",
    "campaigns:asked",
    "campaigns:confirm",
    "campaigns:detail",
    "campaigns:list",
    "communications:detail",
    "communications:export",
    "communications:figures",
    "communications:figures_file",
    "communications:file",
    "communications:letter-pdf",
    "communications:list",
    "communications:state",
    "communications:states",
    "country",
    "country-sheet",
    "exit",
    "healthz",
    "home",
    "intake:submit",
    "intake:table",
    "newsletter:archive",
    "newsletter:asked",
    "newsletter:confirm",
    "newsletter:issue",
    "newsletter:leave",
    "newsletter:preferences",
    "newsletter:subscribe",
    "programme:detail",
    "programme:pdf",
    "protection",
    "readyz",
    "recommendations:detail",
    "recommendations:export",
    "recommendations:list",
    "recommendations:state",
    "recommendations:states",
    "recommendations:tell",
    "recommendations:told",
    "reports:booklet",
    "reports:detail",
    "reports:detail-by-symbol",
    "reports:list",
    "robots",
    "visits:detail",
    "visits:list",
}
# The login itself, and what someone who has lost a password needs; allauth's own names.
BEFORE_LOGIN = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "mfa_authenticate",
}
PAGES = [
    "home",
    "about",
    "protection",
    "calendar",
    "programme:detail",
    "reports:list",
    "calls:list",
    "visits:list",
    "campaigns:list",
    "communications:list",
    "communications:states",
    "communications:figures",
    "newsletter:subscribe",
]


def routes(resolver=None, namespace=""):
    """(name, view) of every route, with its namespace."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from routes(each, inner)
        else:
            yield f"{namespace}{each.name}", each.callback


def in_language(name, language):
    with translation.override(language):
        return reverse(name)


def test_only_these_pages_answer_without_a_login():
    open_to_all = {name for name, view in routes() if not getattr(view, "login_required", True)}
    admins_own = {name for name in open_to_all if name.startswith("admin:")}
    assert admins_own <= {"admin:login", "admin:jsi18n", "admin:None"}
    assert open_to_all - admins_own == PUBLIC | BEFORE_LOGIN


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_public_page_stands_on_its_own(client, programme, name, language):
    response = client.get(in_language(name, language))
    page = page_of(response)
    assert response.status_code == 200
    assert not response.cookies
    assert page.inline == []
    assert page.foreign == []
    assert page.all("script") == []
    assert page.all("html") == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]
    assert len(page.all("main")) == 1
    assert page.headings.count("h1") == 1
    assert page.headings[0] == "h1"
    assert page.links[0] == "#main"
    assert in_language("exit", language) in page.links
    assert len(page.ids) == len(set(page.ids))
    scrolling = [attrs for attrs in page.all("div") if "table-responsive" in attrs.get("class", "")]
    assert all(attrs["tabindex"] == "0" and attrs["role"] == "region" and attrs["aria-label"] for attrs in scrolling)


@pytest.mark.parametrize("name", PAGES)
def test_languages_lead_to_the_same_page(client, programme, name):
    page = page_of(client.get(reverse(name) + "?q=law"))
    links = {attrs["hreflang"]: attrs["href"] for attrs in page.all("a") if "hreflang" in attrs}
    assert links == {language: in_language(name, language) + "?q=law" for language in LANGUAGES}


@pytest.mark.parametrize("name", PAGES)
def test_headings_leave_no_level_out(client, programme, name):
    levels = [int(heading[1]) for heading in page_of(client.get(reverse(name))).headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", [*PAGES, "calendar-feed", "programme:pdf"])
def test_reading_never_sets_a_cookie_or_starts_a_session(client, programme, name):
    response = client.get(reverse(name))
    b"".join(response)  # read to its end, or the file stays open
    assert not response.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_public_pages_stand_before_any_data_is_loaded(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code in {200, 404}
    assert page_of(response).headings[0] == "h1"


def test_home_says_how_to_reach_the_mandate_and_what_it_is_not(client, programme):
    text = client.get("/").content.decode()
    assert "mailto:ie-sogi@ohchr.org" in text
    assert "confidential" in text
    assert "not an emergency service" in text


def test_home_says_when_the_council_decides_next(client, programme):
    assert "June and July 2028" in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/xx/", "/xx/programme/", "/de/visits/", "/nowhere/", "/fr/nowhere/"])
def test_unknown_address_or_language_gives_a_way_on(client, db, path):
    response = client.get(path)
    page = page_of(response)
    assert response.status_code == 404
    assert page.headings.count("h1") == 1
    assert in_language("home", "fr" if path.startswith("/fr/") else "en") in page.links
    assert {attrs["hreflang"] for attrs in page.all("a") if "hreflang" in attrs} == set(LANGUAGES)


def test_robots_are_kept_from_the_staff_pages(client):
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()


def test_demo_is_named_on_every_page(client, programme, settings):
    assert b"demo-banner" not in client.get("/").content
    settings.DEMO = True
    assert b"demo-banner" in client.get("/").content


def test_no_template_draws_a_scrolling_table_that_keys_do_not_reach():
    """WCAG 2.1.1: who has no mouse scrolls a region that takes the focus. Public ones use `scrolling_table`."""
    known = {path: path.read_text("utf-8").count('class="table-responsive"') for path in TEMPLATES.rglob("*.html")}
    reached = {
        path: len(re.findall(r'class="table-responsive" role="region" aria-label[^>]* tabindex="0"', path.read_text()))
        for path in known
    }
    assert known == reached
