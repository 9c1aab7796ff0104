"""A published booklet never changes: what was corrected since is a new row with the next number."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dissemination.exceptions import StepRefused
from dissemination.images import booklets
from dissemination.models import Booklet
from iesogi.documents.enums import State
from iesogi.documents.models import Document
from reports.findings.booklet import published
from reports.models import Finding, FindingText

pytestmark = pytest.mark.django_db
FIRST, LATER = "Laws that punish still stand.", "Laws that punish stand in fewer States."


def made(report, by):
    """Asked for, and marked as a worker leaves it; what the pages look like is tried elsewhere."""
    booklet = booklets.make(Booklet.objects.create(report=report, language="en", title="What it says"), by=by)
    given = {"file": f"{booklet.document_id}.pdf", "file_sha256": "0" * 64, "size": 9, "pages": 2}
    row = Document.objects.filter(pk=booklet.document_id)
    row.update(state=State.READY, claimed_at=timezone.now(), done_at=timezone.now(), **given)
    return Booklet.objects.get(pk=booklet.pk)


@pytest.fixture
def first(report, officer, holder, strategy_of):
    strategy_of(report=report)
    Finding.objects.create(report=report, order=1).texts.create(language="en", text=FIRST)
    return booklets.publish(made(report, officer), by=holder)


@pytest.mark.demand("WP-19c-5")
def test_corrected_finding_makes_a_new_version_and_leaves_the_published_one(first, report, officer, holder):
    before = Document.objects.values().get(pk=first.document_id)
    FindingText.objects.update(text=LATER)
    with pytest.raises(StepRefused, match="cannot become"):
        booklets.make(first, by=officer)
    second = made(report, officer)
    assert published(report)["en"].pk == first.document_id  # until the new one is published
    booklets.publish(second, by=holder)
    assert Document.objects.values().get(pk=first.document_id) == before
    assert (second.pk != first.pk, second.document.version) == (True, before["version"] + 1)
    assert published(report)["en"].pk == second.document_id
    said = [str(each.snapshot["parts"]) for each in Document.objects.order_by("version")]
    assert [(FIRST in each, LATER in each) for each in said] == [(True, False), (False, True)]


@pytest.mark.parametrize("change", [{"snapshot": {"parts": []}}, {"file": "other.pdf"}, {"version": 7}])
def test_database_refuses_to_change_a_published_booklet(first, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=first.document_id).update(**change)
