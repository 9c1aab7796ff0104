"""Nonsense in an address or a form is answered in a sentence, never by an error of ours."""

import pytest
from django.urls import reverse

from tests.site.markup import page_of

LISTS = ["calendar", "programme:detail", "reports:list", "visits:list", "home"]
NONSENSE = ["-1", "0", "999999999999999999999", "abc", "1.5", "", "'; DROP TABLE x", "%F0%9F%92%A5", "%ff%fe", "[]"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_page_or_search_is_no_error(client, programme, name, value):
    for query in (f"page={value}", f"q={value}", f"page={value}&q={value}&unknown={value}"):
        assert client.get(f"{reverse(name)}?{query}").status_code in {200, 404}


@pytest.mark.parametrize("address", ["/%00", "/fr/%00/", "/reports/%00"])
def test_nul_byte_in_an_address_is_refused_in_a_sentence(client, db, address):
    response = client.get(address)
    assert response.status_code == 400
    assert page_of(response).headings == ["h1"]


SEARCHES = [
    *LISTS,
    "calls:list",
    "campaigns:list",
    "communications:list",
    "recommendations:list",
    "newsletter:archive",
]


@pytest.mark.parametrize("name", SEARCHES)
def test_nul_byte_in_a_search_is_left_out(client, programme, name):
    fields = ("q", "page", "year", "state", "country", "kind", "theme", "sort", "from", "to", "a%00b")
    for field in fields:
        response = client.get(f"{reverse(name)}?{field}=2%00&lang=x")
        assert response.status_code in {200, 302, 404}
        assert "\x00" not in response.content.decode()


def test_search_without_its_nul_byte_is_the_search_that_was_meant(client, db):
    found = client.get("/communications/?q=Kazakh%00stan&page=1%00")
    assert found.wsgi_request.GET.dict() == {"q": "Kazakhstan", "page": "1"}
    assert "%00" not in found.wsgi_request.get_full_path()


def test_login_with_a_nul_byte_gives_the_form_again(client, db):
    response = client.post(reverse("account_login"), {"login": "a\x00b", "password": "x"})
    assert response.status_code == 200
    assert 'value="ab"' in response.content.decode()


def test_nul_bytes_from_staff_are_refused_in_a_sentence(as_user, administrator):
    """What staff write is relied on by others, so nothing of it is left out unseen."""
    client, address = as_user(administrator), reverse("admin:deadlines_deadline_changelist")
    assert client.get(f"{address}?q=%00").status_code == 400
    assert client.post(address, {"action": "a\x00b"}).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("name", [*LISTS, "calendar-feed", "healthz", "readyz"])
def test_public_pages_are_only_read(client, programme, name, method):
    assert getattr(client, method)(reverse(name)).status_code == 405


def test_search_in_staff_lists_takes_nonsense(as_user, administrator):
    client = as_user(administrator)
    for query in ("q=%25%27%22", "p=abc", "p=-1", "o=99.-99", "due=soon", "nofield=1", "all=x"):
        response = client.get(f"{reverse('admin:deadlines_deadline_changelist')}?{query}")
        assert response.status_code in {200, 302}


@pytest.mark.parametrize("query", [f"session={'9' * 30}", f"themes=1,{'9' * 30}", f"holder={10**19}"])
def test_key_too_large_for_any_column_is_no_error_of_ours(as_user, administrator, query):
    """PostgreSQL compares it and finds nothing; SQLite cannot, and the page says so."""
    response = as_user(administrator).get(f"{reverse('admin:reports_report_add')}?{query}")
    refused = "This request cannot be read" in response.content.decode()
    assert (response.status_code, refused) in {(200, False), (400, True)}
