"""CSV in and out: looked at first, all rows or none, and nothing that a spreadsheet would run."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissemination.engagements.imports import COLUMNS, ENGAGEMENTS
from dissemination.models import AudienceShare, Channel, ChannelDay, Engagement, PostNumbers
from dissemination.posts.imports import AUDIENCE, DAYS, NUMBERS
from dissemination.posts.numbers import growth
from dissemination.tables import TableRefused, decode, take_in
from iesogi.audit.models import Entry
from iesogi.documents.spreadsheets import FORMULA, harmless

pytestmark = pytest.mark.django_db

HEAD = "title,kind,held_on,place,country,languages,attendance,attendance_qualifier,reports"
GOOD = f'{HEAD}\nA lecture,general,2020-03-04,Astana,KAZ,"es, English",120,about,A/HRC/65/1\n'


def take(table, text, **given):
    return take_in(table, text, by=None, **{"dry_run": False} | given)


@pytest.mark.demand("WP-41-4")
def test_import_reads_what_people_write(kazakhstan, report):
    outcome = take(ENGAGEMENTS, GOOD)
    talk = Engagement.objects.get()
    assert (outcome.made, outcome.errors) == (1, [])
    assert (talk.country, talk.languages, talk.attendance_in_words) == (kazakhstan, ["es", "en"], "about 120")
    assert list(talk.reports.all()) == [report]
    assert Entry.objects.get().data == {"rows": 1, "known": 0}


def test_dry_run_writes_nothing(kazakhstan, report):
    assert take(ENGAGEMENTS, GOOD, dry_run=True).made == 1
    assert not Engagement.objects.exists()
    assert not Entry.objects.exists()


def test_row_with_an_error_keeps_all_rows_out(kazakhstan, report):
    text = f"{GOOD}B,dance,soon,Astana,XXX,klingonish,many,,A/1/2\n"
    outcome = take(ENGAGEMENTS, text)
    assert not Engagement.objects.exists()
    said = " ".join(sentence for line, sentence in outcome.errors)
    assert {line for line, sentence in outcome.errors} == {3}
    for name in ("kind", "held_on", "country", "languages", "attendance", "reports"):
        assert f"{name}: " in said


def test_row_that_is_recorded_is_left_out_and_named(kazakhstan, report):
    take(ENGAGEMENTS, GOOD)
    outcome = take(ENGAGEMENTS, GOOD)
    assert (outcome.made, outcome.known) == (0, ["2"])
    assert Engagement.objects.count() == 1


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_signs_stand_between_cells_too(sign, db):
    text = f"title{sign}kind{sign}held_on{sign}online\nA talk{sign}launch{sign}2020-03-04{sign}yes\n"
    assert take(ENGAGEMENTS, text).made == 1


@pytest.mark.parametrize(
    "text", ["", "title\nA\n", "title,kind,held_on,colour\n", "title,title,kind,held_on\n", '"title,kind,held_on\n']
)
def test_table_without_its_columns_is_refused(text, db):
    with pytest.raises(TableRefused):
        take(ENGAGEMENTS, text)


@pytest.mark.parametrize("row", ["A,launch", "A,launch,2020-01-01,x,y"])
def test_row_of_another_length_is_named(row, db):
    assert [line for line, sentence in take(ENGAGEMENTS, f"title,kind,held_on\n{row}\n").errors] == [2]


@pytest.mark.parametrize("content", ["título".encode("latin-1"), b"x" * 1_000_001])
def test_file_that_cannot_be_read_is_refused(content):
    with pytest.raises(TableRefused):
        decode(content)


@given(st.text())
@settings(max_examples=50)
def test_cells_are_never_formulas(text):
    assert not harmless(text).startswith(FORMULA)
    assert harmless(text).endswith(text)


def test_export_is_read_back_as_it_was(as_user, officer, kazakhstan, report):
    take(ENGAGEMENTS, GOOD)
    exported = as_user(officer).get("/admin/dissemination/engagement/export.csv").content.decode("utf-8-sig")
    assert exported.splitlines()[0] == ",".join(COLUMNS)
    Engagement.objects.all().delete()
    assert take(ENGAGEMENTS, exported).made == 1
    talk = Engagement.objects.get()
    assert (talk.country, list(talk.reports.all())) == (kazakhstan, [report])


# Channels and numbers


@pytest.fixture
def channel(db):
    return Channel.objects.create(network="instagram", handle="ie.sogi")


DAYS_CSV = """network,handle,day,followers
instagram,IE.SOGI,2020-01-01,1000
instagram,ie.sogi,2021-01-01,2400
"""


@pytest.mark.demand("WP-42d")
def test_growth_is_computed_between_the_first_and_the_last_day(channel):
    assert growth(channel) is None
    assert take(DAYS, DAYS_CSV).made == 2
    assert (growth(channel).people, growth(channel).percent) == (1400, 140.0)
    assert growth(channel, end=date(2020, 12, 31)) is None


def test_audience_belongs_to_a_recorded_day(channel):
    head = "network,handle,day,trait,group,people\n"
    row = "instagram,ie.sogi,2020-01-01,age,25-34,400\n"
    assert "Import its days first" in take(AUDIENCE, head + row).errors[0][1]
    take(DAYS, DAYS_CSV)
    assert take(AUDIENCE, head + row).made == 1
    assert AudienceShare.objects.get().day == ChannelDay.objects.get(on=date(2020, 1, 1))


def test_channel_that_is_not_there_is_named(db):
    assert "Add the channel first" in take(DAYS, DAYS_CSV).errors[0][1]


@pytest.mark.demand("WP-42b", "WP-42c")
def test_newest_numbers_of_a_post_count(new_post):
    version = new_post().versions.get()
    text = f"post,day,reach,shares\n{version.pk},2021-05-17,100,3\n{version.pk},2021-05-20,150,4\n"
    assert "No posted version" in take(NUMBERS, text).errors[0][1]
    type(version).objects.update(posted_at="2021-05-17T08:00:00Z")
    assert take(NUMBERS, text).made == 2
    assert PostNumbers.objects.all().by_network() == {
        "twitter": {"posts": 1, "reach": 150, "reactions": 0, "comments": 0, "shares": 4}
    }
