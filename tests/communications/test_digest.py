"""The mail of each working day says the same whether or not anything waits."""

import inspect
from datetime import datetime

import pytest
from celery import current_app
from django.core import mail as outside

from communications import digest, nightly
from communications.cases.models import Case
from iesogi.deadlines.days import GENEVA
from iesogi.outbox import services as outbox
from iesogi.outbox.models import Mail
from tests.communications.thread.conftest import report
from tests.vault.conftest import admit, amal, bela, channels, custodian, keys  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def turned_on(settings):
    settings.DIGEST_MAIL = True


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=GENEVA)


def sent_on(text):
    """Everything a reader of the mailbox sees of one day, but for dates and the id of the message."""
    outside.outbox.clear()
    nightly.tick(now=at(text), enqueue=False)
    outbox.tick(now=at(text), enqueue=False)
    return [(each.to, each.subject, each.body, each.alternatives[0].content) for each in outside.outbox]


def test_mail_is_the_same_to_the_byte_whether_or_not_something_came(amal, channels):  # noqa: F811
    empty = sent_on("2021-06-21T08:00:00")
    case = report(urgent=True, reprisal_reported=True)
    Case.objects.update(has_news=True)
    full = sent_on("2021-06-22T08:00:00")
    assert empty == full
    assert len(full) == 1
    assert case.case.ref not in "".join(map(str, full))
    assert not set("0123456789") & set("".join([full[0][1], digest.write()["text"].split("http")[0]]))


def test_every_member_gets_it_once_a_weekday_at_the_hour(amal, bela):  # noqa: F811
    admit("cases", bela, amal)
    assert sent_on("2021-06-21T07:59:59") == []
    assert [to for to, *_rest in sent_on("2021-06-21T08:00:00")] == [["amal@example.org"], ["bela@example.org"]]
    assert sent_on("2021-06-21T09:00:00") == []
    assert sent_on("2021-06-26T09:00:00") == sent_on("2021-06-27T09:00:00") == []


def test_custodians_and_leavers_get_none(amal, custodian, channels):  # noqa: F811
    assert [user.username for user in digest.recipients()] == ["amal"]
    amal.user.is_active = False
    amal.user.save(update_fields=["is_active"])
    assert digest.recipients() == []


def test_nothing_is_sent_unless_it_is_turned_on(amal, channels, settings):  # noqa: F811
    settings.DIGEST_MAIL = False
    assert sent_on("2021-06-21T08:00:00") == []
    assert not Mail.objects.exists()


def test_every_task_takes_a_key_or_nothing():
    current_app.loader.import_default_modules()
    ours = {name: task for name, task in current_app.tasks.items() if name.startswith("iesogi.")}
    parameters = {name: [*inspect.signature(task.run).parameters] for name, task in ours.items()}
    assert len(parameters) >= 2
    assert {name: names for name, names in parameters.items() if names not in ([], ["pk"])} == {}
