"""Who reaches the pages of a case: the role is asked first, the passphrase last."""

import pytest
from django.urls import reverse

from communications.desk.admin import SEALED_PAGES
from tests.communications.desk.conftest import CASES, last_entry, text_of, url
from tests.vault.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db
NOWHERE = "7a1a9e1e-6a43-4a0c-9a53-0d7a7a6c1f11"


def addresses(case):
    ids = {"pk": case.pk, "state": "under_review", "name": "note", "record": case.pk}
    for route, _view, name in SEALED_PAGES:
        wanted = [key for key in ids if f":{key}>" in route]
        yield reverse(f"admin:communications_case_{name}", kwargs={key: ids[key] for key in wanted})


def test_who_is_paid_from_outside_sees_none_of_the_pages(as_user, assistant, case):
    client = as_user(assistant)
    for address in [CASES, *addresses(case)]:
        assert client.get(address).status_code == 403, address


def test_manager_sees_figures_and_nothing_else(as_user, manager, case):
    client = as_user(manager)
    for address in [CASES, *addresses(case)]:
        allowed = "figures" in address
        assert client.get(address).status_code == (200 if allowed else 403), address


def test_superuser_without_a_key_is_stopped(client, case, administrator, settings):
    settings.DEMO = True
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)
    given = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "understood": "on"}
    client.post(reverse("vault:choose"), given)
    page = text_of(client.get(url("open", case.pk)))
    assert "not a member of this channel" in page
    assert "They came at night" not in page
    assert last_entry("case.not_opened").by == administrator


def test_locked_vault_asks_for_the_passphrase_and_leads_back(enter, desk, case):
    client = enter(desk, is_open=False)
    page = client.get(url("open", case.pk))
    assert "locks itself after ten minutes" in text_of(page)
    response = client.post(reverse("vault:unlock"), {"passphrase": PASSPHRASE, "next": url("open", case.pk)})
    assert response.url == url("open", case.pk)


@pytest.mark.parametrize("rest", [f"{NOWHERE}/", f"{NOWHERE}/widgets.css/", "nothing/change/", "a" * 300 + "/"])
def test_unknown_case_is_no_page(enter, desk, rest):
    assert enter(desk).get(f"{CASES}{rest}", follow=True).status_code == 404
