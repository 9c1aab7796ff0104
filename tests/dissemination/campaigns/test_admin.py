import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from dissemination.campaigns import handover, services
from dissemination.campaigns.coalition import desk, spikes
from dissemination.campaigns.models import Campaign, Signature
from iesogi.audit.models import Entry
from iesogi.documents import services as documents
from iesogi.documents.models import Document

pytestmark = pytest.mark.django_db


def act(name, pk, model="campaign"):
    return reverse(f"admin:dissemination_{model}_{name}", args=[pk])


def test_campaign_is_opened_by_a_confirmed_act(as_user, officer, campaign):
    Campaign.objects.update(state="draft")
    client = as_user(officer)
    page = client.get(reverse("admin:dissemination_campaign_change", args=[campaign.pk])).content.decode()
    assert "Mark as “Under way”" in page
    assert Campaign.objects.get().state == "draft"
    assert client.post(act("to_open", campaign.pk)).status_code == 302
    assert Campaign.objects.get().state == "open"


@pytest.mark.parametrize("who", ["manager", "assistant"])
@pytest.mark.parametrize("name", ["to_closed", "hand_over_pdf", "hand_over_csv"])
def test_who_may_not_run_campaigns_is_refused(as_user, request, campaign, who, name):
    response = as_user(request.getfixturevalue(who)).post(act(name, campaign.pk), {"language": "en"})
    assert response.status_code in {302, 403, 404}
    assert Campaign.objects.get().state == "open"
    assert not Document.objects.exists()
    assert not Entry.objects.filter(verb="campaign.exported").exists()


def test_coalition_stands_beside_its_campaign(as_user, officer, campaign, new_signature):
    new_signature(organisation="Rainbow of Kenya", state="KEN")
    new_signature(organisation="Kenya Rainbow", state="UGA")
    new_signature(organisation="Rainbow of Kenya", state="KEN", email="x@y.example")
    new_signature(confirmed=False)
    page = as_user(officer).get(reverse("admin:dissemination_campaign_change", args=[campaign.pk])).content.decode()
    for words in ("Confirmed: 2", "Not confirmed yet: 1", "Confirmed, looks like another one: 1", "another one: 3"):
        assert words in page


@pytest.mark.demand("ILGA-12")
def test_desk_marks_what_lies_after_the_term(as_user, officer, campaign):
    from iesogi.deadlines import services as deadlines
    from iesogi.deadlines.models import DeadlineKind

    DeadlineKind.objects.create(code="task", label="Task", reminder_offsets=[])
    for title, day in [("Inside", date(2028, 12, 31)), ("Beyond", date(2029, 1, 1))]:
        deadlines.open_on("task", title=title, due_on=day, explanation="Given.")
    found = [each.title for each in desk(on=date(2026, 11, 21)).after]
    assert "Beyond" in found
    assert "Inside" not in found
    page = as_user(officer).get(reverse("admin:dissemination_campaign_changelist")).content.decode()
    assert "The mandate is secured until" in page
    assert "subject to renewal" in page


def test_signature_is_judged_with_what_it_looks_like_in_sight(as_user, officer, new_signature):
    first = new_signature(organisation="Rainbow")
    double = new_signature(organisation="Rainbow")
    client = as_user(officer)
    page = client.get(reverse("admin:dissemination_signature_change", args=[double.pk])).content.decode()
    assert f"../../{first.pk}/change/" in page
    refused = client.post(act("count", double.pk, "signature")).content.decode()
    assert "counts already" in refused
    client.post(act("invalidate", first.pk, "signature"), {"reason": "Signed twice."})
    assert client.post(act("count", double.pk, "signature")).status_code == 302
    assert Signature.objects.counted().get() == double
    assert Entry.objects.get(verb="signature.invalidated").data["reason"] == "Signed twice."


def test_name_told_apart_lets_both_count(as_user, officer, new_signature):
    new_signature(organisation="Rainbow")
    double = new_signature(organisation="Rainbow")
    client = as_user(officer)
    client.post(reverse("admin:dissemination_signature_change", args=[double.pk]), {"organisation": "Rainbow (Cali)"})
    client.post(act("count", double.pk, "signature"))
    assert Signature.objects.counted().count() == 2
    assert "Rainbow" not in "".join(
        Entry.objects.filter(verb__startswith="signature").values_list("target_label", flat=True)
    )


def test_reason_is_needed_to_invalidate(as_user, officer, new_signature):
    signature = new_signature()
    assert as_user(officer).post(act("invalidate", signature.pk, "signature"), {"reason": ""}).status_code == 200
    assert Signature.objects.counted().exists()


def test_who_signed_is_not_shown_to_those_who_only_read(as_user, manager, officer, new_signature):
    address = reverse("admin:dissemination_signature_change", args=[new_signature().pk])
    assert "Ana Pérez" in as_user(officer).get(address).content.decode()
    page = as_user(manager).get(address).content.decode()
    assert "Organization 1" in page
    assert "Ana Pérez" not in page
    assert "group1.example" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_signatures_takes_the_same_queries(as_user, officer, new_signature, django_assert_num_queries, count):
    for _each in range(count):
        new_signature()
    client, address = as_user(officer), reverse("admin:dissemination_signature_changelist")
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)


def test_hour_with_many_times_the_usual_is_named(campaign, new_signature):
    for _each in range(3):
        new_signature()
    assert spikes(campaign) == []
    template = Signature.objects.first()
    Signature.objects.bulk_create(
        Signature(
            campaign=campaign,
            organisation=f"Bot {number}",
            level="international",
            visibility="counted",
            organisation_key=f"bot {number}",
        )
        for number in range(40)
    )
    assert [count for _hour, count in spikes(campaign)] == [43]
    assert template.created_at.date()


def test_csv_names_who_is_listed_and_no_person(as_user, officer, campaign, new_signature):
    new_signature(organisation="=cmd()|calc", state="KEN")
    new_signature(organisation="Quiet", visibility="counted")
    response = as_user(officer).post(act("hand_over_csv", campaign.pk))
    text = b"".join(response.streaming_content).decode()
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert rows[1][:5] == ["'=cmd()|calc", "national", "KEN", "Kenya", "AFRICA"]
    assert len(rows) == 2
    assert "Ana" not in text
    assert Entry.objects.get(verb="campaign.exported").data == {"format": "csv", "rows": 1}


def test_csv_is_taken_by_post_alone(as_user, officer, campaign):
    assert "recorded" in as_user(officer).get(act("hand_over_csv", campaign.pk)).content.decode()
    assert not Entry.objects.filter(verb="campaign.exported").exists()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_holds_statement_totals_and_names_and_no_person(as_user, officer, campaign, new_signature, language):
    new_signature(organisation="Rainbow of Cali")
    new_signature(organisation="Quiet Friends", visibility="counted")
    response = as_user(officer).post(act("hand_over_pdf", campaign.pk), {"language": language})
    document = Document.objects.get()
    assert response["Location"] == reverse("admin:documents_document_change", args=[document.pk])
    documents.perform(document.pk)
    document.refresh_from_db()
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(document.file.open("rb").read())).pages)
    document.file.close()
    assert document.state == "ready"
    assert "Rainbow of Cali" in text
    assert "We ask you to" in text
    for word in ("Quiet", "Ana", "group1.example"):
        assert word not in text + str(document.snapshot)


def test_pdf_of_a_large_campaign_leaves_the_names_to_the_csv(campaign, new_signature, settings):
    settings.HANDOVER_PDF_NAMES = 1
    new_signature(), new_signature()
    found = handover.snapshot(campaign, on=date(2026, 11, 21))
    assert (found["regions"], found["too_many"], found["total"]) == ([], True, "2")


def test_campaign_with_signatures_is_not_deleted(as_user, administrator, campaign, new_signature):
    signature = new_signature()
    response = as_user(administrator).post(
        reverse("admin:dissemination_campaign_delete", args=[campaign.pk]), {"post": "yes"}
    )
    assert response.status_code == 403
    services.invalidate(signature, by=administrator, reason="Asked for it.")
    assert Campaign.objects.exists()
