"""One strict policy on every page there is, and nothing in any page that the policy would have to forgive."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from iesogi.deadlines import services as deadlines
from tests.site.markup import Page, page_of

TEMPLATES = settings.BASE_DIR / "templates"
PUBLIC = [
    "/submit/",
    "/ar/submit/",
    "/about/protection/",
    "/return/",
    "/ar/return/",
    "/",
    "/about/",
    "/calendar/",
    "/programme/",
    "/reports/",
    "/visits/",
    "/campaigns/",
    "/newsletter/",
    "/recommendations/",
    "/recommendations/states/",
    "/fr/",
    "/ar/reports/",
]
STAFF = [
    "/admin/",
    "/admin/deadlines/",
    "/admin/deadlines/deadline/",
    "/admin/deadlines/deadline/add/",
    "/admin/accounts/user/add/",
    "/admin/accounts/user/",
    "/admin/reports/report/",
    "/admin/reports/report/add/",
    "/admin/audit/entry/",
    "/admin/documents/document/",
    "/admin/outbox/mail/",
    "/admin/password_change/",
    "/admin/nothing-here/",
    "/admin/jsi18n/",
    "/ar/admin/",
    "/ar/admin/deadlines/deadline/",
]
DOORS = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/nothing-here/"]
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def assert_strict(response):
    directives = {
        part.split()[0]: part.split()[1:] for part in response["Content-Security-Policy"].split(";") if part.strip()
    }
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["img-src"] == ["'self'", "data:"]
    assert directives["form-action"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert not re.search(r"unsafe|\*|https?:|nonce", response["Content-Security-Policy"])
    for name, value in HEADERS.items():
        assert response[name] == value
    assert "camera=()" in response["Permissions-Policy"]


def assert_clean(response):
    """What the policy forbids is not there in the first place."""
    assert_strict(response)
    if response["Content-Type"].startswith("text/html"):
        page = page_of(response)
        assert page.inline == []
        assert page.foreign == []


@pytest.mark.parametrize("path", PUBLIC + DOORS + ["/nowhere/", "/?q=%00", "/healthz", "/readyz", "/calendar.ics"])
def test_every_public_page_is_strict(client, programme, path):
    assert_clean(client.get(path))


@pytest.mark.parametrize("path", STAFF)
def test_every_staff_page_is_strict(as_user, administrator, settings, path):
    settings.DEMO = True
    assert_clean(as_user(administrator).get(path))


def test_every_list_of_the_admin_is_strict(as_user, programme, administrator, settings):
    settings.DEMO = True
    client = as_user(administrator)
    seen = 0
    for model in admin.site._registry:
        opts = model._meta
        response = client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))
        assert_clean(response)
        first = model._default_manager.order_by("pk").first()
        if response.status_code == 200 and first is not None:
            change = client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[first.pk]))
            assert_clean(change)
            seen += change.status_code == 200
    assert seen > 20


def test_a_refusal_is_strict_and_says_why(as_user, assistant, settings):
    settings.DEMO = True
    response = as_user(assistant).get("/admin/communications/letter/")
    assert response.status_code == 403
    assert_clean(response)


def test_an_error_of_ours_is_strict_and_gives_a_way_on(client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("iesogi.site.views.MandateTerm", None)
    response = client.get("/")
    assert response.status_code == 500
    assert_clean(response)
    assert page_of(response).headings.count("h1") == 1


def test_error_page_needs_neither_database_nor_session(client, rf):
    """It must stand when everything else has fallen."""
    from iesogi.site.views import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500


def test_answer_to_a_forged_form_is_strict(officer):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"login": "officer", "password": "x"})
    assert response.status_code == 403
    assert_strict(response)
    assert page_of(response).inline == []


@pytest.mark.parametrize(
    "path", [path for path in sorted(TEMPLATES.rglob("*.html")) if path.parts[-2] != "pdf"], ids=lambda p: p.name
)
def test_no_template_holds_script_style_or_handlers(path: Path):
    relative = path.relative_to(TEMPLATES)
    if relative.parts[0] == "emails":
        pytest.skip("Mail readers know no style sheet of ours.")
    source = re.sub(r"{%.*?%}|{#.*?#}|{{.*?}}", "x", path.read_text("utf-8"), flags=re.DOTALL)
    assert Page(source).inline == []


def test_staff_pages_are_kept_by_no_cache(as_user, officer, settings):
    settings.DEMO = True
    response = as_user(officer).get("/admin/")
    assert "no-store" in response["Cache-Control"]


def test_open_deadline_titles_are_escaped(as_user, administrator, settings):
    settings.DEMO = True
    from django.utils import timezone

    deadlines.open_on(
        "task",
        title="<script>alert(1)</script>",
        due_on=timezone.localdate(),
        explanation="<img src=x onerror=alert(1)>",
    )
    client = as_user(administrator)
    for path in ("/admin/", "/admin/deadlines/deadline/"):
        assert page_of(client.get(path)).inline == []
