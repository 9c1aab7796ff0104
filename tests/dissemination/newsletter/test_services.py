from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dissemination.newsletter import services
from dissemination.newsletter.enums import SubscriptionState
from dissemination.newsletter.models import ConsentEvent, Subscriber, Subscription
from iesogi.outbox.models import Mail

pytestmark = pytest.mark.django_db


def log():
    return list(ConsentEvent.objects.order_by("pk").values_list("list__code", "step"))


@pytest.mark.demand("ILGA-17")
def test_nobody_is_on_a_list_before_the_mail_was_answered(news):
    subscriber = services.ask("Ana@Example.org", [news], language="es")
    assert subscriber.subscriptions.get().state == SubscriptionState.PENDING
    mail = Mail.objects.get()
    assert (mail.to, mail.private, "/es/newsletter/confirm/" in mail.text) == ("ana@example.org", True, True)
    assert (services.confirm(subscriber), services.confirm(subscriber)) == (1, 0)
    assert subscriber.subscriptions.get().state == SubscriptionState.ACTIVE
    assert log() == [("issues", "asked"), ("issues", "confirmed")]


def test_database_lets_nobody_on_a_list_unconfirmed(news):
    subscriber = services.ask("a@example.org", [news], language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.filter(subscriber=subscriber).update(state="active")


def test_one_address_is_one_subscriber_however_it_is_written(news, society, reader):
    first = reader("Ana@example.org")
    assert services.ask("ANA@EXAMPLE.ORG", [news, society], language="en").pk == first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="aNA@example.org")


def test_asking_again_sends_no_flood(news):
    for _each in range(4):
        services.ask("a@example.org", [news], language="en")
    assert Mail.objects.count() == 1
    assert log() == [("issues", "asked")]


def test_who_is_subscribed_already_is_told_so_by_mail(news, reader):
    subscriber = reader("a@example.org")
    services.ask("a@example.org", [news], language="en")
    assert "already" in Mail.objects.order_by("pk").last().subject
    assert subscriber.subscriptions.get().state == SubscriptionState.ACTIVE


def test_leaving_one_list_keeps_the_other(news, society, reader):
    subscriber = services.leave(reader("a@example.org", news, society), news)
    assert dict(subscriber.subscriptions.values_list("list__code", "state")) == {
        "issues": "left",
        "civil-society": "active",
    }
    assert subscriber.email == "a@example.org"


@pytest.mark.demand("ILGA-17")
def test_leaving_the_last_list_erases_the_address_and_keeps_the_log(news, society, reader):
    subscriber = services.leave(reader("a@example.org", news, society))
    assert subscriber.email == ""
    assert set(Mail.objects.values_list("to", "text")) == {("erased@invalid.invalid", "")}
    assert log()[-2:] == [("civil-society", "left"), ("issues", "left")]
    assert reader("a@example.org").pk != subscriber.pk


def test_who_left_and_comes_back_has_to_confirm_again(news, society, reader):
    subscriber = services.leave(reader("a@example.org", news, society), news)
    services.ask("a@example.org", [news], language="en")
    assert subscriber.subscriptions.get(list=news).state == SubscriptionState.PENDING


def test_choosing_on_ones_own_page_begins_and_ends_lists(news, society, reader):
    subscriber = services.choose(reader("a@example.org"), [society], language="ar")
    states = dict(subscriber.subscriptions.values_list("list__code", "state"))
    assert (states, subscriber.language) == ({"issues": "left", "civil-society": "active"}, "ar")
    assert services.choose(subscriber, [], language="ar").email == ""


def test_addresses_that_nobody_confirmed_are_erased(news, reader, settings):
    reader("kept@example.org")
    services.ask("typed@example.org", [news], language="en")
    late = timezone.now() + timedelta(days=settings.UNCONFIRMED_KEPT_DAYS, minutes=1)
    assert services.tick(now=timezone.now(), enqueue=False)["addresses_erased"] == 0
    assert services.tick(now=late, enqueue=False)["addresses_erased"] == 1
    assert services.tick(now=late, enqueue=False)["addresses_erased"] == 0
    assert set(Subscriber.objects.values_list("email", flat=True)) == {"", "kept@example.org"}
    assert not Mail.objects.filter(to="typed@example.org").exists()


def test_subscribers_are_never_linked_with_anything_people_tell():
    """No key leads from here to a case, a letter, an input or a person, and none from there to here."""
    from django.apps import apps

    ours = {model for model in apps.get_models() if model.__module__ == "dissemination.newsletter.models"}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model and not field.auto_created:
                inside = (model in ours, field.related_model in ours)
                assert inside != (False, True), f"{field} points at the newsletter"
                if inside == (True, False):
                    assert field.related_model.__module__ == "iesogi.outbox.models"
