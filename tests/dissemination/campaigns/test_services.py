from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dissemination.campaigns import services
from dissemination.campaigns.enums import CAMPAIGN_NEXT, SIGNATURE_NEXT, CampaignState, SignatureState
from dissemination.campaigns.exceptions import CampaignRefused
from dissemination.campaigns.models import Campaign, Signature
from iesogi.audit.models import Entry
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", CampaignState)
@pytest.mark.parametrize("was", CampaignState)
def test_campaign_takes_only_listed_steps(campaign, officer, was, to):
    Campaign.objects.update(state=was)
    if to in CAMPAIGN_NEXT[was]:
        assert services.move(campaign, to, by=officer).state == to
        assert Entry.objects.get(verb="campaign.moved").data == {"was": was.value, "to": to.value}
    else:
        with pytest.raises(CampaignRefused, match="cannot become"):
            services.move(campaign, to, by=officer)


def test_campaign_without_a_statement_is_not_opened_for_signatures(campaign, officer):
    Campaign.objects.update(state="draft")
    campaign.texts.filter(language="en").delete()
    with pytest.raises(CampaignRefused, match="none in English"):
        services.move(campaign, "open", by=officer)


@pytest.mark.demand("WP-33-5", "ILGA-16")
def test_signature_counts_only_once_its_mail_was_answered(new_signature):
    signature = new_signature(confirmed=False)
    assert not Signature.objects.counted().exists()
    services.confirm(signature.public_id)
    services.confirm(signature.public_id)
    assert Signature.objects.counted().get().region == "GRULAC"
    assert Entry.objects.filter(verb="signature.confirmed").count() == 1


def test_mail_holds_the_link_and_is_read_by_its_receiver_only(new_signature):
    new_signature(confirmed=False, language="es", organisation="Coalición")
    mail = Mail.objects.get()
    assert mail.private
    assert "/es/campaigns/confirm/" in mail.text
    assert "Ana" not in mail.text + mail.html
    outbox.tick(now=timezone.now(), enqueue=False)
    assert django_mail.outbox[0].to == [mail.to]


def test_asking_again_replaces_what_waits_and_sends_no_flood(new_signature):
    first = new_signature(confirmed=False, email="a@b.example")
    second = new_signature(confirmed=False, email="A+x@B.example", organisation="Better name")
    assert (second.pk, Signature.objects.get().organisation) == (first.pk, "Better name")
    assert Mail.objects.count() == 1


def test_who_counts_already_is_told_so_by_mail_alone(new_signature):
    same = {"organisation": "Rainbow", "email": "a@b.example"}
    signature = new_signature(**same)
    assert new_signature(confirmed=False, **same).pk == signature.pk
    assert Signature.objects.count() == 1
    assert "already" in Mail.objects.order_by("pk").last().subject


@pytest.mark.parametrize(
    "again",
    [
        {"organisation": "RAINBOW  coalición", "email": "other@else.example"},
        {"organisation": "Another name", "email": "A.na@gmail.com"},
    ],
)
def test_double_is_kept_for_a_person_to_judge(new_signature, again):
    new_signature(organisation="Rainbow Coalición", email="ana@gmail.com")
    assert new_signature(**again).state == SignatureState.REVIEW
    assert Signature.objects.counted().count() == 1


def test_same_name_in_another_state_is_another_organisation(new_signature):
    new_signature(organisation="Rainbow", state="COL")
    assert new_signature(organisation="Rainbow", state="KEN").state == SignatureState.CONFIRMED


def test_database_counts_no_organisation_twice(new_signature):
    first, second = new_signature(organisation="Rainbow"), new_signature(organisation="Rainbow")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=second.pk).update(state=SignatureState.CONFIRMED)
    assert first.organisation_key == second.organisation_key


@pytest.mark.parametrize(
    "broken",
    [
        {"level": "international"},
        {"level": "regional", "region": ""},
        {"country": None},
        {"state": "invalid"},
        {"confirmed_at": None},
    ],
)
def test_database_keeps_every_signature_in_one_cell_with_its_story(new_signature, broken):
    signature = new_signature()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=signature.pk).update(**broken)


@pytest.mark.parametrize("to", [SignatureState.CONFIRMED, SignatureState.INVALID])
@pytest.mark.parametrize("was", SignatureState)
def test_signature_is_judged_only_in_listed_steps(new_signature, officer, was, to):
    signature = new_signature()
    Signature.objects.update(state=was, reason="x", invalidated_at=timezone.now())
    step = {
        SignatureState.CONFIRMED: lambda: services.count(signature, by=officer),
        SignatureState.INVALID: lambda: services.invalidate(signature, by=officer, reason="Asked for it."),
    }[to]
    if to in SIGNATURE_NEXT[was]:
        assert step().state == to
    else:
        with pytest.raises(CampaignRefused):
            step()


def test_what_was_never_confirmed_cannot_be_made_to_count(new_signature, officer):
    signature = services.invalidate(new_signature(confirmed=False), by=officer, reason="Spam.")
    with pytest.raises(CampaignRefused, match="never confirmed"):
        services.count(signature, by=officer)


def test_closed_campaign_takes_and_confirms_nothing(campaign, new_signature, officer):
    waiting = new_signature(confirmed=False)
    services.move(campaign, "closed", by=officer)
    with pytest.raises(CampaignRefused, match="has closed"):
        services.confirm(waiting.public_id)
    with pytest.raises(CampaignRefused, match="takes no signatures"):
        new_signature()


def test_unconfirmed_signatures_are_erased_with_their_mails(new_signature, settings):
    waiting, kept = new_signature(confirmed=False), new_signature()
    old = timezone.now() - timedelta(days=settings.UNCONFIRMED_KEPT_DAYS, minutes=1)
    Signature.objects.update(created_at=old)
    assert services.tick(now=timezone.now(), enqueue=False)["signatures_forgotten"] == 1
    assert Signature.objects.get() == kept
    erased = Mail.objects.get(dedupe_key__startswith=f"signature-{kept.campaign_id}-{waiting.pk}-")
    assert (erased.to, erased.text, erased.state) == ("erased@invalid.invalid", "", "discarded")
    assert Mail.objects.exclude(pk=erased.pk).get().to == kept.email


def test_closed_campaign_forgets_people_and_keeps_its_count(campaign, new_signature, officer, settings):
    listed = new_signature(organisation="Listed")
    new_signature(organisation="Hidden", visibility="counted")
    new_signature(organisation="Waiting", confirmed=False)
    services.move(campaign, "closed", by=officer)
    long_after = timezone.now() + timedelta(days=settings.SIGNATORIES_KEPT_DAYS, minutes=1)
    assert services.tick(now=timezone.now(), enqueue=False)["campaigns_anonymised"] == 0
    assert services.tick(now=long_after, enqueue=False)["campaigns_anonymised"] == 1
    assert services.tick(now=long_after, enqueue=False)["campaigns_anonymised"] == 0
    assert Signature.objects.counted().count() == 2
    assert set(Signature.objects.values_list("organisation", flat=True)) == {listed.organisation, ""}
    for name in ("signatory", "role", "email", "address_key", "domain"):
        assert set(Signature.objects.values_list(name, flat=True)) == {""}
    assert set(Mail.objects.values_list("to", "text", "html")) == {("erased@invalid.invalid", "", "")}
    with pytest.raises(CampaignRefused, match="anonymised"):
        services.move(campaign, "open", by=officer)


def test_lookalikes_are_shown(new_signature):
    one = new_signature(organisation="The Rainbow Network of Kenya", state="KEN")
    two = new_signature(organisation="Kenya Rainbow", state="UGA")
    three = new_signature(organisation="Something else", email="x@group1.example")
    new_signature(organisation="Quite apart")
    assert set(Signature.objects.with_similar()) == {one, two}
    assert set(Signature.objects.resembling(one)) == {two, three}


def test_no_network_address_is_ever_stored():
    names = {field.name for model in (Signature, Campaign) for field in model._meta.get_fields()}
    assert not {name for name in names if name in {"ip", "ip_address", "remote_addr", "user_agent"}}


@pytest.mark.django_db(transaction=True)
def test_twins_confirmed_at_the_same_moment_count_once():
    of = Campaign.objects.create(code="call", kind="global_call", title="Call", state="open", takes_signatures=True)
    same = {"campaign": of, "organisation": "Twin", "level": "international", "visibility": "listed"}
    twins = [Signature(**same, address_key=f"{number}") for number in range(4)]
    for each in twins:
        each.place()
    Signature.objects.bulk_create(twins)
    start = Barrier(len(twins))

    def confirm(public_id):
        start.wait()
        services.confirm(public_id)
        connection.close()

    threads = [Thread(target=confirm, args=(each.public_id,)) for each in twins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Signature.objects.values_list("state", flat=True)) == ["confirmed", "review", "review", "review"]
