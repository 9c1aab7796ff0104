"""The loader that never writes over staff, shown on region tags and States."""

import pytest

from iesogi.audit.models import Entry
from iesogi.reference.enums import LoadOutcome
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import loading
from iesogi.reference.models import Country, LoadedRow, Mandate, MandateHolder, Perspective, RegionTag

pytestmark = pytest.mark.django_db


def put(label, code="TAG", model=RegionTag, **more):
    with loading("test") as loader:
        return loader.put(model, key={"code": code}, values={"label": label}, **more), loader.report


def put_two(first, second):
    with loading("test") as loader:
        loader.put(RegionTag, key={"code": "BEFORE"}, values=first, where="tags.yaml, line 1")
        loader.put(RegionTag, key={"code": "TAG"}, values=second, where="tags.yaml, line 2")


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


def test_field_the_file_never_spoke_of_belongs_to_staff():
    put("A region")
    RegionTag.objects.update(note="What staff wrote")
    assert put("Another name")[0].outcome == LoadOutcome.UPDATED
    with loading("test") as loader:
        row, outcome = loader.put(RegionTag, key={"code": "TAG"}, values={"label": "Another name", "note": "New"})
    assert (outcome, row.note) == (LoadOutcome.EDITED, "What staff wrote")


def test_empty_field_takes_what_a_later_file_says():
    put("A region")
    with loading("test") as loader:
        row, outcome = loader.put(RegionTag, key={"code": "TAG"}, values={"label": "A region", "note": "New"})
    assert (outcome, row.note) == (LoadOutcome.UPDATED, "New")


def test_nothing_in_a_text_is_an_empty_text():
    with loading("test") as loader:
        row = loader.put(RegionTag, key={"code": "TAG"}, values={"label": "A region", "note": None}).row
    assert row.note == ""


def test_relations_are_compared_like_values(reference_data):
    race, age, caste = (Perspective.objects.get(code=code) for code in ["race", "age", "caste"])
    key = {"code": "race-ethnicity-sogi"}
    focus = Perspective.objects.get(**key)
    with loading("test") as loader:
        assert loader.put(Perspective, key=key, m2m={"combines": [race, age]}).outcome == LoadOutcome.UPDATED
        assert loader.put(Perspective, key=key, m2m={"combines": [age, race]}).outcome == LoadOutcome.UNCHANGED
        focus.combines.add(caste)
        assert loader.put(Perspective, key=key, m2m={"combines": [age]}).outcome == LoadOutcome.EDITED
    assert focus.combines.count() == 3


def test_related_rows_may_stand_in_key_and_values(reference_data):
    ours, state = Mandate.objects.ours(), Country.objects.by_iso3("CRI")
    key = {"code": "madrigal-borloz", "mandate": ours}
    with loading("test") as loader:
        put = loader.put(MandateHolder, key=key, values={"country": state})
    assert (put.outcome, put.row.name) == (LoadOutcome.UNCHANGED, "Víctor Madrigal-Borloz")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"lable": "A region"}, "region tag “TAG”: RegionTag has no field named 'lable'"),
        ({"label": "x" * 101}, "region tag “TAG”: label: Ensure this value has at most 100 characters"),
        ({"label": ""}, "label: This field cannot be blank."),
        ({"label": "A region", "evidence": "rumour"}, "evidence: Value 'rumour' is not a valid choice."),
    ],
)
def test_wrong_value_is_a_sentence_with_its_place_and_loads_nothing(values, said):
    with pytest.raises(LoadError) as refusal:
        put_two({"label": "Before"}, values)
    assert str(refusal.value).startswith("tags.yaml, line 2: region tag “TAG”: ")
    assert said in str(refusal.value)
    assert (RegionTag.objects.count(), LoadedRow.objects.count(), Entry.objects.count()) == (0, 0, 0)
