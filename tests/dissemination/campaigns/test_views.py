import re
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from dissemination.campaigns import mails, services, views
from dissemination.campaigns.models import Campaign, Signature
from iesogi.outbox.models import Mail
from iesogi.vault.guard import Buckets
from tests.site.markup import page_of

pytestmark = pytest.mark.django_db

PAGE = "/campaigns/renewal-2028/"


@pytest.fixture(autouse=True)
def no_waiting(settings):
    settings.FORM_MIN_SECONDS = 0


def link_in(mail):
    return re.search(r"http://\S+(/campaigns/confirm/\S+)", mail.text)[1]


@pytest.mark.demand("ILGA-15", "ILGA-16", "WP-33-5")
def test_organisation_signs_confirms_and_is_listed(client, campaign, typed):
    response = client.post(PAGE, typed())
    assert response["Location"] == "/campaigns/renewal-2028/asked/"
    assert "Rainbow" not in client.get(PAGE).content.decode()
    link = link_in(Mail.objects.get())
    assert Signature.objects.get().state == "pending"
    assert "does not count yet" in client.get(link).content.decode()
    assert Signature.objects.get().state == "pending"  # looking at it is not confirming it
    assert "is confirmed and counts" in client.post(link, {"step": "confirm"}, follow=True).content.decode()
    text = client.get(PAGE).content.decode()
    assert "Rainbow Coalition" in text
    assert "1 organization has signed and confirmed, from 1 States" in text
    assert "Ana" not in text
    assert "rainbow.example" not in text


def test_organisation_takes_its_name_back(client, campaign, new_signature):
    link = reverse("campaigns:confirm", args=[mails.token_of(new_signature())])
    assert "is withdrawn" in client.post(link, {"step": "withdraw"}, follow=True).content.decode()
    assert Signature.objects.get().reason == services.WITHDRAWN
    again = client.post(link, {"step": "confirm"})
    assert (again.status_code, "withdrawn or invalidated" in again.content.decode()) == (409, True)


def test_button_answers_with_the_page_and_a_second_press_changes_nothing(
    client, campaign, new_signature, django_assert_max_num_queries
):
    link = reverse("campaigns:confirm", args=[mails.token_of(new_signature(confirmed=False))])
    with django_assert_max_num_queries(11):
        first = client.post(link, {"step": "confirm"})
    assert (first.status_code, first["Location"], first["Cache-Control"]) == (303, link, "no-store")
    confirmed_at = Signature.objects.get().confirmed_at
    assert client.post(link, {"step": "confirm"}).status_code == 303
    assert Signature.objects.get().confirmed_at == confirmed_at


def test_counted_only_organisation_is_counted_and_never_named(client, campaign, new_signature):
    new_signature(organisation="Quiet Friends", visibility="counted")
    text = client.get(PAGE).content.decode()
    assert "1 organization has signed" in text
    assert "Quiet" not in text


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"country": ""}, "works in one State"),
        ({"level": "regional", "country": ""}, "works in a region"),
        ({"email": "no"}, "valid email"),
        ({"organisation": ""}, "required"),
        ({"country": "9" * 30}, "valid choice"),
        ({"level": "galactic"}, "valid choice"),
        ({"entitled": ""}, "required"),
        ({"website": "http://spam.example"}, "has to stay empty|stays empty"),
        ({"since": "forged"}, "faster than a person types"),
        ({"organisation": "x" * 201}, "at most 200"),
    ],
)
def test_bad_input_is_said_in_words_and_kept(client, campaign, typed, fields, complaint):
    response = client.post(PAGE, typed(signatory="Kept Name") | fields)
    text = response.content.decode()
    assert response.status_code == 422
    assert re.search(complaint, text)
    assert "Kept Name" in text
    assert not Mail.objects.exists()


def test_too_fast_is_asked_once_more_and_then_taken(client, campaign, typed, settings):
    settings.FORM_MIN_SECONDS = 3
    response = client.post(PAGE, typed())
    assert "faster than a person types" in response.content.decode()
    settings.FORM_MIN_SECONDS = 0
    values = {field["name"]: field.get("value", "") for field in page_of(response).all("input") if "name" in field}
    assert client.post(PAGE, typed(since=values["since"])).status_code == 302


def test_flood_from_one_network_is_slowed_and_nothing_typed_is_lost(client, campaign, typed, monkeypatch):
    monkeypatch.setattr(views, "tries", Buckets(burst=2, per_minute=1))
    for number in range(2):
        assert client.post(PAGE, typed(email=f"a{number}@b.example")).status_code == 302
    response = client.post(PAGE, typed(email="a3@b.example"))
    assert response.status_code == 429
    assert "Many forms came from your network" in response.content.decode()
    assert "a3@b.example" in response.content.decode()
    elsewhere = client.post(PAGE, typed(email="a4@b.example"), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


def test_answer_never_tells_who_has_signed(client, campaign, typed, new_signature):
    new_signature(organisation="Rainbow Coalition", email="ana@rainbow.example")
    known, unknown = client.post(PAGE, typed()), client.post(PAGE, typed(email="new@else.example"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_form_needs_no_cookie(campaign, typed):
    client = Client(enforce_csrf_checks=True)
    assert not client.get(PAGE).cookies
    response = client.post(PAGE, typed())
    assert (response.status_code, dict(response.cookies)) == (302, {})


@pytest.mark.parametrize("token", ["x", "abc:def", "0" * 32 + ":sig"])
def test_link_that_is_not_ours_leads_nowhere(client, campaign, token):
    assert client.get(f"/campaigns/confirm/{token}/").status_code == 404


@pytest.mark.parametrize("state", ["draft", "announced", "closed"])
def test_only_a_campaign_under_way_shows_the_form(client, campaign, typed, state):
    Campaign.objects.update(state=state)
    response = client.get(PAGE)
    assert response.status_code == (404 if state == "draft" else 200)
    assert "Your name" not in response.content.decode()
    assert client.post(PAGE, typed()).status_code == (404 if state == "draft" else 422)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?q=org&level=national&region=GRULAC", "/es/campaigns/renewal-2028/"])
def test_page_takes_the_same_queries_however_many_sign(
    client, campaign, new_signature, django_assert_num_queries, path, count
):
    for _each in range(count):
        new_signature()
    with django_assert_num_queries(12):
        client.get(path)


@pytest.mark.parametrize("query", ["page=-1", "page=x", "level=%27", "region=9", "q=%25", f"page={'9' * 30}"])
def test_nonsense_in_the_filter_is_no_error(client, campaign, new_signature, query):
    new_signature()
    assert client.get(f"{PAGE}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("path", "lang"), [("/ar/campaigns/renewal-2028/", "en"), ("/es/campaigns/renewal-2028/", "es")]
)
def test_statement_is_marked_with_its_own_language(client, campaign, path, lang):
    statement = next(each for each in page_of(client.get(path)).all("div") if each.get("class") == "statement")
    assert (statement["lang"], statement["dir"]) == (lang, "ltr")


def test_detail_headings_leave_no_level_out(client, programme):
    for code in Campaign.objects.values_list("code", flat=True):
        page = page_of(client.get(reverse("campaigns:detail", args=[code])))
        levels = [int(heading[1]) for heading in page.headings]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.demand("WP-33-2", "WP-33-4")
def test_campaign_of_2019_is_shown_as_printed(client, programme):
    text = client.get("/campaigns/renew-2019/").content.decode()
    for words in ("1,312", "174", "942", "941", "1 less than the printed 942", "2019-06", "#RenewIESOGI"):
        assert words in text


def test_nul_byte_in_a_name_is_left_out(client, campaign, typed):
    given = typed()
    field = next(name for name, value in given.items() if value == "Rainbow Coalition")
    response = client.post(PAGE, given | {field: "Rainbow\x00 Coalition\x00"})
    assert response["Location"] == "/campaigns/renewal-2028/asked/"
    assert getattr(Signature.objects.get(), field) == "Rainbow Coalition"
