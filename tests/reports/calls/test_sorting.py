"""How the team sorts what comes in: tags from the list of a call, and sealed notes beside a decision."""

import csv
import io
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from iesogi.audit.models import Entry
from reports.calls.models import Call
from reports.contributions import quoting, tags
from reports.contributions.exceptions import ContributionRefused
from reports.contributions.models import Contribution
from reports.contributions.tags import Tag
from tests.reports.calls.conftest import ANSWER, opened
from tests.reports.calls.test_desk import act, desk, words  # noqa: F401, a fixture
from tests.vault.conftest import AT

LIST = "admin:reports_contribution_changelist"


@pytest.fixture
def housing(call):
    return Tag.objects.create(call=call, name="housing")


@pytest.fixture
def health(call):
    return Tag.objects.create(call=call, name="health")


@pytest.fixture
def of_another_call(db):
    return Tag.objects.create(call=Call.objects.create(code="other", closes_at=AT), name="schools")


# --- Tags -----------------------------------------------------------------------------------------


def test_ticked_tags_replace_those_that_were_there(public, as_user, officer, housing, health, of_another_call):
    tags.put(public, tag=housing, by=officer)
    client, page = as_user(officer), act("tags", public)
    assert [str(tag) for tag in client.get(page).context["form"].fields["tags"].queryset] == ["health", "housing"]
    assert client.post(page, {"tags": [health.pk]}).status_code == 302
    assert tags.words_of(public) == "health"
    assert "Select a valid choice" in words(client.post(page, {"tags": [of_another_call.pk]}))
    said = Entry.objects.filter(verb__contains="tagged").order_by("pk").values_list("verb", "data__tag")
    assert list(said) == [
        ("contribution.tagged", "housing"),
        ("contribution.untagged", "housing"),
        ("contribution.tagged", "health"),
    ]


def test_many_get_a_tag_and_lose_it_again(public, as_user, officer, housing, of_another_call):
    client = as_user(officer)
    chosen = {"_selected_action": [public.pk], "really": "1", "tag": housing.pk}
    asks = client.post(reverse(LIST), {"action": "tag", "_selected_action": [public.pk]})
    assert list(asks.context["form"].fields["tag"].queryset) == [housing]
    client.post(reverse(LIST), {"action": "tag", **chosen})
    assert tags.words_of(public) == "housing"
    client.post(reverse(LIST), {"action": "untag", **chosen})
    assert not public.tags.exists()


def test_tag_of_another_call_is_refused(public, officer, of_another_call):
    with pytest.raises(ContributionRefused, match="a tag of another call"):
        tags.put(public, tag=of_another_call, by=officer)


@pytest.mark.parametrize("wanted", ["", "0", "999999", "housing", "1e9"])
def test_list_is_narrowed_by_a_tag_and_by_nothing_else(public, as_user, officer, housing, wanted):
    client = as_user(officer)
    assert public.ref in words(client.get(reverse(LIST), {"tag": wanted}))
    assert public.ref not in words(client.get(reverse(LIST), {"tag": housing.pk}))
    tags.put(public, tag=housing, by=officer)
    narrowed = words(client.get(reverse(LIST), {"tag": housing.pk, "call__id__exact": public.call_id}))
    assert public.ref in narrowed
    assert "housing" in narrowed


def test_tags_stand_in_the_manifest_and_beside_quotes(public, as_user, officer, housing, health):
    for each in (housing, health):
        tags.put(public, tag=each, by=officer)
    quoting.take(public, text="Three laws were changed", by=officer)
    client = as_user(officer)
    packed = b"".join(client.get(reverse("admin:reports_call_clear_zip", args=[public.call_id])))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        [row] = csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")))
    assert (row["reference"], row["tags"]) == (public.ref, "health, housing")
    quotes = reverse("admin:reports_quote_changelist")
    assert "health, housing" in words(client.get(quotes, {"tag": housing.pk}))
    tags.take_off(public, tag=housing, by=officer)
    assert "Three laws" not in words(client.get(quotes, {"tag": housing.pk}))


def test_two_tags_of_one_name_or_without_any_are_refused_by_the_database(call, housing):
    for name in ("housing", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tag.objects.create(call=call, name=name)


# --- Notes ----------------------------------------------------------------------------------------


def decide(desk_of, row, **typed):
    return desk_of.post(act("decide", row), typed)


def test_decision_keeps_its_note_sealed_for_the_team(confidential, amal, desk):  # noqa: F811
    client = desk(amal)
    typed = {"decision": "accepted", "note": "Canary: the same as in the capital."}
    assert decide(client, confidential, **typed).status_code == 302
    confidential.refresh_from_db()
    assert confidential.state == "accepted"
    assert [note["decision"] for note in opened(amal, confidential)["note"]] == ["accepted"]
    page = words(client.get(act("open", confidential)))
    assert "Canary: the same as in the capital." in page
    clear = [*Contribution.objects.values_list(), *Entry.objects.values_list("data", "target_label")]
    assert "Canary" not in str(clear)
    assert "Canary" not in words(client.get(act("change", confidential)))


def test_note_alone_decides_nothing(confidential, amal, desk):  # noqa: F811
    assert decide(desk(amal), confidential, note="To be read again.").status_code == 302
    confidential.refresh_from_db()
    assert confidential.state == "received"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"note": "  "}, "There is nothing to keep yet."),
        ({"decision": "not_relevant", "note": "No."}, "Say from the list why it is not relevant."),
        ({"decision": "withdrawn", "note": "No."}, "Select a valid choice."),
    ],
)
def test_decision_that_cannot_be_taken_keeps_nothing(confidential, amal, desk, typed, says):  # noqa: F811
    answer = decide(desk(amal), confidential, **typed)
    assert says in words(answer)
    assert "note" not in opened(amal, confidential)
    confidential.refresh_from_db()
    assert confidential.state == "received"


def test_not_relevant_has_its_reason_from_the_list_and_its_note(confidential, amal, desk):  # noqa: F811
    client = desk(amal)
    decide(client, confidential, decision="not_relevant", reason="off_topic", note="Of another country.")
    confidential.refresh_from_db()
    assert (confidential.state, confidential.reason) == ("not_relevant", "off_topic")


def test_sender_reads_no_note(confidential, sender, amal, desk, client):  # noqa: F811
    number = sender.number
    decide(desk(amal), confidential, note="Not for the sender.")
    client.logout()
    client.post("/calls/return/", {"number": number})
    page = client.get("/calls/return/page/")
    assert page.status_code == 200
    assert "Not for the sender" not in words(page)
    assert ANSWER not in words(page)
