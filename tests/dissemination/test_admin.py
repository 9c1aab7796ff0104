"""The registers as the people of the mandate meet them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from dissemination.enums import EngagementKind
from dissemination.loading import load_engagement_counts
from dissemination.models import Engagement, EngagementCount, Output
from iesogi.audit.models import Entry
from iesogi.programme.source import read_programme
from iesogi.reference.loading import loading
from reports.models import Report
from tests.pages import said

pytestmark = pytest.mark.django_db

MODELS = ["engagement", "engagementcount", "output"]
READS = {"consultant", "officer", "holder", "manager", "administrator"}
WRITES = READS - {"manager"}
DELETES = {"administrator"}


@pytest.fixture
def printed(db):
    with loading("test") as loader:
        load_engagement_counts(loader, read_programme()["engagements"])
    return EngagementCount.objects.all()


def address(model, page=""):
    return f"/admin/dissemination/{model}/{page}"


def engagement_form(**given):
    return {
        "title": "Launch of the report on data",
        "kind": "launch",
        "held_on": "2020-06-01",
        "online": "on",
        "languages": "es, en",
        "attendance": "300",
        "attendance_qualifier": "about",
    } | given


# Who gets in


@pytest.mark.parametrize("who", [*sorted(READS), "assistant"])
@pytest.mark.parametrize("model", MODELS)
def test_roles_reach_what_is_theirs(request, as_user, new_engagement, new_output, printed, who, model):
    client = as_user(request.getfixturevalue(who))
    row = {"engagement": new_engagement, "engagementcount": printed.first, "output": new_output}[model]()
    reads, writes, deletes = (200 if who in group else 403 for group in (READS, WRITES, DELETES))
    assert client.get(address(model)).status_code == reads
    assert client.get(address(model, f"{row.pk}/change/")).status_code == reads
    assert client.get(address(model, f"{row.pk}/history/")).status_code == reads
    assert client.get(address(model, "add/")).status_code == writes
    assert client.get(address(model, f"{row.pk}/delete/")).status_code == deletes


@pytest.mark.parametrize("model", MODELS)
def test_visitors_are_sent_to_the_login(client, model):
    assert client.get(address(model)).status_code == 302


# Lists


def test_list_of_engagements_asks_as_often_for_three_as_for_one(desk, new_engagement, reference_data, printed):
    assert list_queries(desk, "engagement", new_engagement, reference_data) == [ENGAGEMENT_QUERIES] * 2


def test_list_of_outputs_asks_as_often_for_three_as_for_one(desk, new_output, reference_data):
    assert list_queries(desk, "output", new_output, reference_data) == [OUTPUT_QUERIES] * 2


def test_list_of_counts_asks_as_often_for_many_as_for_one(desk):
    def new_count(code, **_row):
        number = EngagementCount.objects.count()
        start, end = date(2019, 9, 1), date(2020, 1, 1 + number)
        EngagementCount.objects.create(code=code, label=code, quantity=number, period_start=start, period_end=end)

    assert (
        list_queries(desk, "engagementcount", lambda: new_count(f"c{EngagementCount.objects.count()}"))
        == [COUNT_QUERIES] * 2
    )


def list_queries(client, model, make, *_loaded):
    asked = []
    for more in (1, 2):
        for _row in range(more):
            make()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(model)).status_code == 200
        asked.append(len(queries))
    return asked


ENGAGEMENT_QUERIES, OUTPUT_QUERIES, COUNT_QUERIES = 13, 11, 10


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("q=launch", 1),
        ("q=Geneva", 2),
        ("kind__exact=launch", 1),
        ("online__exact=1", 1),
        ("held_on__year=2020", 2),
        ("year=2020", 2),
        ("held_on__gte=2019-09-01&held_on__lte=2020-07-31", 2),
    ],
)
def test_list_finds_and_filters(desk, new_engagement, query, found):
    new_engagement(title="A launch", kind="launch", online=True, place="")
    new_engagement()
    new_engagement(held_on=date(2018, 1, 1))
    assert desk.get(address("engagement", f"?{query}")).context["cl"].result_count == found


@pytest.mark.parametrize(
    "query", ["p=x", "q=%00", "kind__exact=nonsense", "held_on__year=99999", "year=99999", "o=9.-1.x"]
)
@pytest.mark.parametrize("model", MODELS)
def test_lists_take_nonsense(desk, model, query):
    assert desk.get(address(model, f"?{query}")).status_code in {200, 302, 400}


# Totals above the list


def test_totals_stand_beside_what_was_printed(desk, new_engagement, printed):
    new_engagement(kind="launch")
    new_engagement(kind="launch", held_on=date(2021, 1, 1))
    new_engagement(kind="product")
    (period,) = desk.get(address("engagement")).context["printed_periods"]
    assert [(line.shown, line.recorded, line.printed) for line in period.lines] == [
        (2, 1, "4"),
        (0, 0, "20"),
        (1, 1, "18"),
        (0, 0, "16"),
    ]
    assert (period.total.shown, period.total.recorded, period.total.printed, period.printed_sum) == (3, 2, "58", "58")


def test_totals_follow_the_filters_of_the_list(desk, new_engagement, printed):
    new_engagement(kind="launch")
    new_engagement(kind="product")
    (period,) = desk.get(address("engagement", "?kind__exact=launch")).context["printed_periods"]
    assert [line.shown for line in period.lines] == [1, 0, 0, 0]
    assert period.total.recorded == 2


def test_each_figure_leads_to_its_rows(desk, new_engagement, printed):
    for day in (date(2019, 9, 1), date(2020, 7, 31), date(2020, 8, 1)):
        new_engagement(kind="launch", held_on=day)
    (period,) = desk.get(address("engagement")).context["printed_periods"]
    for line in [*period.lines, period.total]:
        assert desk.get(line.url).context["cl"].result_count == line.recorded


def test_page_says_the_printed_figures_in_words(desk, printed):
    text = said(desk.get(address("engagement")))
    for words in (
        "beside what was printed for September 2019 to July 2020",
        "The parts add up to 58, as printed.",
        "combined 30,000",
        "about 517 an engagement",
        "Spanish, English, French, Portuguese, Russian, Indonesian (6)",
        "since May 2020",
    ):
        assert words in text


def test_parts_that_do_not_add_up_are_said_to(desk, printed):
    printed.filter(kind="launch").update(quantity=5)
    text = said(desk.get(address("engagement")))
    assert "The parts add up to 59, which is not the printed total." in text


def test_without_printed_counts_the_kinds_are_counted(desk, new_engagement):
    new_engagement(kind="launch")
    text = said(desk.get(address("engagement")))
    for kind, number in zip(EngagementKind, (1, 0, 0, 0), strict=True):
        assert f"{kind.label}: {number}" in text


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_totals_are_drawn_in_every_language(desk, printed, language):
    with translation.override(language):
        assert desk.get(f"/{language}/admin/dissemination/engagement/").status_code == 200


# Entering


@pytest.mark.demand("WP-41-4")
def test_engagement_is_registered_with_all_that_paragraph_41_asks(desk, reference_data):
    report = Report.objects.create(title="On data", forum="HRC", year=2019)
    response = desk.post(address("engagement", "add/"), engagement_form(reports=[report.pk], place="Geneva"))
    assert response.status_code == 302
    engagement = Engagement.objects.get()
    assert (engagement.kind, engagement.held_on, engagement.where) == ("launch", date(2020, 6, 1), "Geneva, online")
    assert (engagement.languages, engagement.attendance_in_words) == (["es", "en"], "about 300")
    assert list(engagement.reports.all()) == [report]
    assert Entry.objects.filter(verb="engagement.added").exists()


@pytest.mark.demand("WP-19c-1")
def test_engagement_for_a_report_without_strategy_is_kept_and_the_gap_is_said(desk, strategy_of, reference_data):
    report = Report.objects.create(title="On data", forum="HRC", year=2019)
    form = engagement_form(reports=[report.pk], place="Geneva")
    assert "“On data” has no complete strategy" in said(desk.post(address("engagement", "add/"), form, follow=True))
    assert Engagement.objects.count() == 1
    strategy_of(report=report)
    form = engagement_form(reports=[report.pk], place="Geneva", title="Second launch")
    assert "no complete strategy" not in said(desk.post(address("engagement", "add/"), form, follow=True))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"languages": "es, klingonish"}, "“klingonish” is not the code of a language."),
        ({"languages": "es\u200f\u202e, x" * 9}, "is not the code of a language."),
        ({"online": ""}, "Say where the engagement took place, or mark it as online."),
        ({"attendance_qualifier": ""}, "An attendance says how sure it is"),
        ({"attendance": "-3"}, "Ensure this value is greater than or equal to 0."),
        ({"kind": "lecture"}, "Select a valid choice."),
        ({"held_on": "soon"}, "Enter a valid date."),
    ],
)
def test_bad_input_is_answered_in_a_sentence_and_kept(desk, given, sentence):
    response = desk.post(address("engagement", "add/"), engagement_form(**given))
    assert sentence in said(response)
    assert not Engagement.objects.exists()
    form = response.context["adminform"].form
    assert form["title"].value() == "Launch of the report on data"


def test_languages_are_shown_as_a_line_and_an_untouched_form_changes_nothing(desk, new_engagement):
    row = new_engagement(languages=["es", "en"])
    page = desk.get(address("engagement", f"{row.pk}/change/"))
    form = page.context["adminform"].form
    assert 'value="es, en"' in str(form["languages"])
    assert not form.fields["languages"].has_changed(["es", "en"], "es, en")
    assert form.fields["languages"].has_changed(["es", "en"], "es")


def test_output_takes_its_language_by_name_and_only_one(desk):
    output = {"kind": "press_release", "title": "A release", "issued_on": "2021-05-17"}
    refused = desk.post(address("output", "add/"), output | {"language": "es, en"})
    assert "Choose one language" in said(refused)
    assert desk.post(address("output", "add/"), output | {"language": "Spanish"}).status_code == 302
    assert Output.objects.get().language == "es"
    assert "Spanish" in said(desk.get(address("output")))


def test_printed_count_can_be_entered_by_hand(desk):
    given = {
        "code": "next",
        "label": "Next period",
        "measure": "engagements",
        "quantity": "70",
        "qualifier": "about",
        "evidence": "printed",
        "languages": "",
        "period_start": "2020-08-01",
        "period_end": "2021-07-31",
    }
    assert desk.post(address("engagementcount", "add/"), given).status_code == 302
    assert EngagementCount.objects.get().as_printed == "about 70"
    assert "about 70" in said(desk.get(address("engagement")))
