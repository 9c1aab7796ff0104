import pytest
from django.utils import timezone

from dissemination.newsletter import services, views
from dissemination.newsletter.models import Issue, NewsletterList, Subscriber, Subscription
from iesogi.vault import guard
from tests.outbox.conftest import inbox  # noqa: F401 - the mail server of the outbox tests


@pytest.fixture(autouse=True)
def fresh_buckets(monkeypatch):
    """Tries of one test are not held against the next."""
    monkeypatch.setattr(views, "tries", guard.Buckets(burst=10, per_minute=6))


@pytest.fixture
def news(db):
    return NewsletterList.objects.create(code="issues", name_en="Issues", name_ar="قضايا", about_en="News.")


@pytest.fixture
def society(db):
    return NewsletterList.objects.create(code="civil-society", name_en="Civil society", about_en="Ways to take part.")


@pytest.fixture
def reader(news):
    """`reader("a@b.example")` has confirmed the list, and others if asked."""

    def make(email="ana@example.org", *lists, language="en"):
        subscriber = services.ask(email, lists or [news], language=language)
        services.confirm(subscriber)
        return subscriber

    return make


@pytest.fixture
def many(news):
    """As many confirmed readers at once, past the form."""

    def make(count, of=news, language="en"):
        now = timezone.now()
        made = Subscriber.objects.bulk_create(
            [Subscriber(email=f"reader{number}@example.org", language=language) for number in range(count)],
            batch_size=500,
        )
        Subscription.objects.bulk_create(
            [Subscription(subscriber=each, list=of, state="active", confirmed_at=now) for each in made],
            batch_size=500,
        )
        return made

    return make


@pytest.fixture
def issue(news):
    return Issue.objects.create(
        list=news,
        slug="first",
        subject="First issue",
        body="# Report\n\nA **new** [report](https://example.org/r?a=1&b=2).\n\n- one\n- two",
    )
