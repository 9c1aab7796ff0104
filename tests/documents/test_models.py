"""What the database refuses, whatever code asks for it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from iesogi.documents.enums import State
from iesogi.documents.models import Document
from iesogi.documents.services import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(ask):
    document = ask()
    perform(document.pk)
    return Document.objects.get(pk=document.pk)


def test_ready_document_cannot_be_incomplete(ask):
    document = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(state=State.READY)


def test_failed_document_says_why(ask):
    document = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(state=State.FAILED, error="")


def test_rendering_document_is_claimed(ask):
    document = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(state=State.RENDERING, claimed_at=None)


def test_queued_document_cannot_be_published(ask):
    document = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(published_at=timezone.now())


def test_version_is_given_once_per_kind_and_language(ask):
    first, second = ask(text="one"), ask(text="two")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(version=first.version)


def test_same_data_are_in_the_making_once(ask):
    first, second = ask(text="one"), ask(text="two")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(snapshot_sha256=first.snapshot_sha256)


@pytest.mark.parametrize(
    "change",
    [
        {"snapshot": {"text": "Forty-three letters."}},
        {"snapshot_sha256": "0" * 64},
        {"file": "documents/another.pdf"},
        {"file_sha256": "0" * 64},
        {"title": "Another title"},
        {"as_of": "2023-01-01"},
        {"version": 99},
        {"state": State.QUEUED},
    ],
    ids=lambda change: next(iter(change)),
)
def test_ready_document_never_changes(ready, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=ready.pk).update(**change)


def test_ready_document_may_still_be_published(ready):
    assert Document.objects.filter(pk=ready.pk).update(published_at=timezone.now()) == 1
