"""Staff see how a document gets on, download it, try again and publish; nobody types over it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iesogi.documents import services
from iesogi.documents.enums import State
from iesogi.documents.models import Document

pytestmark = pytest.mark.django_db
LIST = "admin:documents_document_changelist"
LIST_QUERIES = 8


def page(document, name="change"):
    return reverse(f"admin:documents_document_{name}", args=[document.pk])


@pytest.fixture
def made(ask):
    document = ask(text="made")
    services.perform(document.pk)
    return Document.objects.get(pk=document.pk)


@pytest.fixture
def failed(ask):
    document = ask(template="pdf/broken.html", text="failed")
    services.perform(document.pk)
    return Document.objects.get(pk=document.pk)


# --- List -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries_whatever_its_length(
    ask, as_user, officer, django_assert_num_queries, rows
):
    for number in range(rows):
        ask(text=f"document {number}", by=officer)
    client = as_user(officer)
    client.get(reverse(LIST))
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(reverse(LIST)).status_code == 200


def test_list_says_states_in_words_and_why_a_document_failed(as_user, manager, made, failed, ask):
    ask(text="queued")
    text = as_user(manager).get(reverse(LIST)).content.decode()
    assert "● Ready" in text
    assert "◇ Queued" in text
    assert "■ Failed: The PDF could not be made because of an error in the portal itself" in text


@pytest.mark.parametrize(
    "query", ["q=small", "state__exact=failed", "published_at__isempty=1", "p=nonsense", "kind__exact=none"]
)
def test_list_takes_any_search_and_filter(as_user, manager, made, query):
    assert as_user(manager).get(f"{reverse(LIST)}?{query}", follow=True).status_code == 200


def test_list_does_not_load_snapshots(as_user, manager, made):
    client = as_user(manager)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(LIST))
    assert not any('"documents_document"."snapshot",' in query["sql"] for query in captured.captured_queries)


# --- One document ---------------------------------------------------------------------------------


def test_page_of_a_document_in_the_making_loads_itself_again(as_user, manager, ask):
    response = as_user(manager).get(page(ask()))
    assert response["Refresh"] == "3"
    assert "This document is being made." in response.content.decode()


def test_page_of_a_document_that_is_done_stays(as_user, manager, made):
    assert "Refresh" not in as_user(manager).get(page(made))


def test_page_offers_what_the_state_allows(as_user, officer, made, failed):
    client = as_user(officer)
    ready_page, failed_page = (client.get(page(each)).content.decode() for each in (made, failed))
    assert (page(made, "publish") in ready_page, page(made, "try_again") in ready_page) == (True, False)
    assert (page(failed, "publish") in failed_page, page(failed, "try_again") in failed_page) == (False, True)


def test_manager_reads_and_is_offered_no_act(as_user, manager, failed):
    text = as_user(manager).get(page(failed)).content.decode()
    assert page(failed, "try_again") not in text


def test_nobody_types_over_or_deletes(as_user, administrator, made):
    client = as_user(administrator)
    assert client.post(page(made), {"title": "Another"}).status_code == 403
    assert client.post(page(made, "delete"), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:documents_document_add")).status_code == 403


# --- Download -------------------------------------------------------------------------------------


def test_download_gives_the_file_under_a_readable_name(as_user, manager, made):
    response = as_user(manager).get(page(made, "download"))
    content = b"".join(response.streaming_content)
    assert content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="small-en-v1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert int(response["Content-Length"]) == len(content) == made.size


def test_download_of_what_is_not_ready_is_not_found(as_user, manager, ask, failed):
    client = as_user(manager)
    assert [client.get(page(each, "download")).status_code for each in (ask(), failed)] == [404, 404]


@pytest.mark.parametrize("who", ["officer", "holder", "manager", "administrator"])
def test_download_is_open_to_roles_that_read_documents(as_user, request, made, who):
    response = as_user(request.getfixturevalue(who)).get(page(made, "download"))
    response.close()
    assert response.status_code == 200


def test_download_is_closed_to_everybody_else(as_user, assistant, made, client):
    assert client.get(page(made, "download")).status_code == 302
    assert as_user(assistant).get(page(made, "download")).status_code == 403


# --- Acts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["officer", "holder", "administrator"])
def test_try_again_asks_first_and_acts_on_post(as_user, request, failed, who):
    client = as_user(request.getfixturevalue(who))
    assert "Make this document again" in client.get(page(failed, "try_again")).content.decode()
    assert Document.objects.get(pk=failed.pk).state == State.FAILED
    assert client.post(page(failed, "try_again")).status_code == 302
    assert Document.objects.get(pk=failed.pk).state == State.QUEUED


@pytest.mark.parametrize("who", ["manager", "assistant"])
@pytest.mark.parametrize("act", ["try_again", "publish"])
def test_acts_are_refused_to_other_roles(as_user, request, failed, made, who, act):
    target = failed if act == "try_again" else made
    assert as_user(request.getfixturevalue(who)).post(page(target, act)).status_code == 403
    assert Document.objects.get(pk=failed.pk).state == State.FAILED
    assert Document.objects.get(pk=made.pk).published_at is None


def test_try_again_of_a_document_that_has_moved_on_gives_a_sentence(as_user, officer, failed):
    Document.objects.filter(pk=failed.pk).update(state=State.QUEUED, due_at=timezone.now())
    response = as_user(officer).post(page(failed, "try_again"))
    assert "A document that is “Queued” cannot become “Queued”." in response.content.decode()


def test_publish_takes_a_ready_document_to_the_public(as_user, officer, made):
    assert as_user(officer).post(page(made, "publish")).status_code == 302
    assert Document.objects.published().get() == made
