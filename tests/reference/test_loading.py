"""The loader that never writes over staff, shown on region tags and States."""

import pytest

from iesogi.audit.models import Entry
from iesogi.reference.enums import LoadOutcome
from iesogi.reference.loading import loading
from iesogi.reference.models import LoadedRow, RegionTag

pytestmark = pytest.mark.django_db


def put(label, code="TAG", model=RegionTag, **more):
    with loading("test") as loader:
        return loader.put(model, key={"code": code}, values={"label": label}, **more), loader.report


def test_missing_row_is_created():
    (row, outcome), report = put("A region")
    assert (outcome, row.label, RegionTag.objects.count()) == (LoadOutcome.CREATED, "A region", 1)
    assert report.lines() == ["region tags: 1 created."]


def test_second_run_changes_nothing_and_says_so():
    put("A region")
    (_row, outcome), report = put("A region")
    assert outcome == LoadOutcome.UNCHANGED
    assert report.lines() == ["Nothing changed: 1 rows are as the files say."]


def test_changed_file_updates_a_row_that_nobody_edited():
    put("A region")
    (row, outcome), _report = put("Another name")
    row.refresh_from_db()
    assert (outcome, row.label) == (LoadOutcome.UPDATED, "Another name")


def test_edited_row_is_reported_and_kept_even_when_the_file_changes():
    put("A region")
    RegionTag.objects.update(label="What staff wrote")
    for label in ["A region", "Another name", "Another name"]:
        (row, outcome), report = put(label)
        assert (outcome, row.label) == (LoadOutcome.EDITED, "What staff wrote")
        assert report.lines()[0] == "Edited, kept: region tag “What staff wrote” (label)."


def test_edit_that_the_file_takes_over_is_no_edit_any_more():
    put("A region")
    RegionTag.objects.update(label="Better")
    assert put("Better")[0].outcome == LoadOutcome.UNCHANGED
    assert put("Best")[0].outcome == LoadOutcome.UPDATED


def test_row_typed_in_before_the_first_load_is_kept():
    RegionTag.objects.create(code="TAG", label="By hand")
    assert put("A region")[0].outcome == LoadOutcome.EDITED
    assert LoadedRow.objects.count() == 0


def test_load_leaves_one_audit_entry_and_an_idle_one_none():
    put("A region")
    put("A region")
    entry = Entry.objects.get()
    assert (entry.verb, entry.target_label, entry.data["created"]) == ("data.loaded", "test", 1)


def test_dry_run_reports_and_takes_everything_back():
    with loading("test", dry_run=True) as loader:
        loader.put(RegionTag, key={"code": "TAG"}, values={"label": "A region"})
    assert loader.report[LoadOutcome.CREATED] == 1
    assert (RegionTag.objects.count(), LoadedRow.objects.count()) == (0, 0)
