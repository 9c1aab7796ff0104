"""Losing the broker loses nothing: the row stays, and the tick finds it."""

import pytest
from celery import current_app
from django.db import transaction
from kombu import Connection

from iesogi.outbox import services
from iesogi.outbox.enums import State
from iesogi.outbox.models import Mail
from iesogi.outbox.tasks import send
from iesogi.outbox.wakeup import wake, wake_now
from tests.outbox.smtp import free_port


@pytest.fixture
def broker(monkeypatch):
    """`broker(url)` points Celery at another broker until the test ends."""

    def point(url):
        monkeypatch.setenv("CELERY_BROKER_URL", url)  # Celery reads it before its own configuration
        monkeypatch.setitem(current_app.conf, "broker_transport_options", {"max_retries": 0})
        current_app._after_fork()  # forgets its pools of connections

    yield point
    monkeypatch.undo()
    current_app._after_fork()


def down_urls(tmp_path):
    return [f"redis://127.0.0.1:{free_port()}/0", f"sqla+sqlite:///{tmp_path}/nowhere/broker.sqlite3"]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.django_db(transaction=True)
def test_request_survives_a_broker_that_is_down(broker, tmp_path, caplog, inbox, which):
    broker(down_urls(tmp_path)[which])
    with transaction.atomic():
        mail = services.queue(to="desk@example.org", subject="Something waits", text="Log in.")
    mail.refresh_from_db()
    assert mail.state == State.WAITING
    assert "iesogi.outbox.send waits for the next tick" in caplog.text
    assert services.tick(now=mail.due_at, enqueue=True) == {"mails_woken": 0}
    assert services.tick(now=mail.due_at, enqueue=False) == {"mails_sent": 1}
    assert inbox.ids == {mail.message_id: 1}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_woken_for_a_row_that_was_rolled_back(broker, tmp_path):
    url = f"sqla+sqlite:///{tmp_path}/broker.sqlite3"
    broker(url)
    with transaction.atomic():
        services.queue(to="desk@example.org", subject="Something waits", text="Log in.")
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert messages_in(url) == []


@pytest.mark.django_db(transaction=True)
def test_a_message_holds_a_key_and_nothing_else(broker, tmp_path):
    url = f"sqla+sqlite:///{tmp_path}/broker.sqlite3"
    broker(url)
    with transaction.atomic():
        mail = services.queue(to="desk@example.org", subject="Something waits", text="Log in.")
        wake(send, 7)
    assert wake_now(send.name, [8, 9], expires=55) == 2
    assert messages_in(url) == [[mail.pk], [7], [8], [9]]


def messages_in(url):
    keys = []
    with Connection(url) as connection:
        queue = connection.SimpleQueue("celery")
        while queue.qsize():
            keys.append(queue.get_nowait().payload[0])
        queue.close()
    return keys
