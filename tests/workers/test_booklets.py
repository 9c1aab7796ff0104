"""Ten booklets asked for at once: real workers make each of them once, two at a time."""

from datetime import date

import pytest

from dissemination.images import booklets
from dissemination.models import Booklet
from iesogi.documents.enums import State
from iesogi.documents.models import Document
from reports.models import Finding, Report
from tests.workers.conftest import wait_until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

MANY = 10


def at_work_together(documents):
    """The most documents that were in the making at one moment."""
    edges = [(each.claimed_at, 1) for each in documents] + [(each.done_at, -1) for each in documents]
    most = now = 0
    for _moment, step in sorted(edges):
        now += step
        most = max(most, now)
    return most


def test_ten_booklets_are_made_once_each_by_both_processes(workers, officer):
    asked = []
    workers(1)  # of two processes
    for number in range(MANY):
        report = Report.objects.create(
            title=f"Report {number}", forum="HRC", year=2027 + number, slot_date=date(2027 + number, 3, 31)
        )
        for order in range(1, 21):
            finding = Finding.objects.create(report=report, order=order)
            finding.texts.create(language="en", text=f"Finding {order} of report {number}, in a sentence or two.")
        asked.append(Booklet.objects.create(report=report, language="en", title=f"Booklet {number}"))
    for booklet in asked:
        booklets.make(booklet, by=officer)
    made = Document.objects.filter(state=State.READY)
    wait_until(lambda: made.count() == MANY, "all booklets are made")
    assert Document.objects.count() == MANY
    assert set(made.values_list("attempts", flat=True)) == {1}
    assert at_work_together(list(made)) == 2
